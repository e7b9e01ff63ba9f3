import type { z } from 'zod';
import type { LanguageCode } from '../../../database/localised-text.ts';
import { type Read, refuse } from './refusal.ts';
import { type Release, releaseShape } from './release-shape.ts';

/**
 * A release of OCDS 1.1 as far as the hub needs it, from any JSON. It never throws: what is no release is refused
 * with INVALID_RELEASE and the path of the first thing that does not fit.
 */
export function readRelease(given: unknown): Read<Release> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse('INVALID_RELEASE', 'A release is a JSON object.');
  }
  const read = releaseShape.safeParse(given);
  if (read.success) return { value: withoutGaps(withLanguage(read.data)) as Release };
  const issue = read.error.issues[0] as z.core.$ZodIssue;
  const path = issue.path.map(String).join('.');
  return refuse('INVALID_RELEASE', `This does not fit OCDS 1.1: ${saidBy(issue)}.`, path);
}

/**
 * The same with every text under its language: releases of one process may each have another one, and are merged field by
 * field.
 */
function withLanguage({ language, tender, ...release }: z.infer<typeof releaseShape>): object {
  if (!tender) return { ...release, tender };
  const code = languageOf(language);
  const lots = tender.lots?.map((lot) => named(lot, 'title', code));
  return {
    ...release,
    tender: { ...named(named(tender, 'title', code), 'description', code), lots: lots ?? tender.lots },
  };
}

/** `title` as `title_fr`. */
function named(of: object, field: string, language: LanguageCode): object {
  const { [field]: own, ...others } = of as Record<string, unknown>;
  const key = `${field}_${language}`;
  // Null takes away what an earlier release said.
  const nothing = others[key] === undefined ? own : others[key];
  return { ...others, [key]: others[key] ?? own ?? nothing };
}

/** The hub's language of a release; what it does not have, it keeps under English, the standard's own default. */
function languageOf(tag: string | null | undefined): LanguageCode {
  const language = tag?.toLowerCase().split(/[-_]/)[0];
  return language === 'fr' || language === 'nl' || language === 'de' ? language : 'en';
}

function saidBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected} is expected here`;
  if (issue.code === 'invalid_value')
    return `one of these is expected here: ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

/** The same without the fields of which nothing is said, so that equal releases have equal JSON. */
function withoutGaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, withoutGaps(part)]),
  );
}

/** When a release was made, in milliseconds since 1970. */
export function instantOf(release: Pick<Release, 'date'>): number {
  return Date.parse(release.date);
}
