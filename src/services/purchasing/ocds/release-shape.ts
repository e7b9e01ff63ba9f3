import { z } from 'zod';

/*
 * What the hub needs of a release of the Open Contracting Data Standard 1.1, and nothing else: addresses, contact
 * points, documents, bids, items and whatever else a publisher adds is left out here and reaches no table.
 * Source: the release schema, standard.open-contracting.org/1.1/en/release-schema.json, with the extensions for lots
 * and techniques. Of a field, `null` means "taken back" and absence "nothing said": the two stay apart.
 */

/** What a release is about (codelist releaseTag), in the order of a contracting process. */
export const RELEASE_TAGS = [
  'planning',
  'planningUpdate',
  'tender',
  'tenderAmendment',
  'tenderUpdate',
  'tenderCancellation',
  'award',
  'awardUpdate',
  'awardCancellation',
  'contract',
  'contractUpdate',
  'contractAmendment',
  'implementation',
  'implementationUpdate',
  'contractTermination',
  'compiled',
] as const;

/** Longest texts that are kept; what is longer is shortened. */
const LONGEST_TITLE = 200;
const LONGEST_NAME = 300;
const LONGEST_TEXT = 2000;
const LONGEST_ID = 200;
const LONGEST_LOT_ID = 80;

/** Most entries of a list: what has more is no agreement that anybody orders under. */
const MOST = 5000;

/** Text that PostgreSQL can store, trimmed; one without a letter says nothing. */
function text(longest: number) {
  return z
    .string()
    .refine((given) => !given.includes('\0'), 'has the character NUL, which cannot be stored')
    .transform((given) => shortened(tidy(given), longest) || undefined)
    .nullish();
}

/** A half of a pair of UTF-16, which no encoding has; JSON may write it all the same. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function tidy(given: string): string {
  return given.replace(LONE_SURROGATE, '\uFFFD').normalize('NFC').trim();
}

function shortened(given: string, longest: number): string {
  if (given.length <= longest) return given;
  return `${given
    .slice(0, longest - 1)
    .replace(LONE_SURROGATE, '')
    .trimEnd()}…`;
}

/** The hub's languages of a field, written `title_fr` beside `title`. */
function translations<Field extends string>(field: Field, longest: number) {
  return {
    [field]: text(longest),
    [`${field}_fr`]: text(longest),
    [`${field}_nl`]: text(longest),
    [`${field}_en`]: text(longest),
    [`${field}_de`]: text(longest),
  } as Record<Field | `${Field}_${'fr' | 'nl' | 'en' | 'de'}`, ReturnType<typeof text>>;
}

/** An identifier; numbers are written as text. */
const id = z
  .union([z.string(), z.number().int()], 'must be a text or a whole number')
  .transform((given) => tidy(String(given)))
  .refine((given) => given !== '', 'is empty')
  .refine((given) => given.length <= LONGEST_ID, `has more than ${LONGEST_ID} characters`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are meant
  .refine((given) => !/[\u0000-\u001f\u007f]/.test(given), 'has control characters');

/** Date and time with their offset (RFC 3339), of a day that exists. */
const dateTime = z
  .string()
  .regex(
    /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i,
    'must be a date and time with its offset, e.g. 2026-03-01T09:00:00Z',
  )
  .refine((given) => {
    // It is asked too where the pattern failed.
    const midnight = Date.parse(`${given.slice(0, 10)}T00:00:00Z`);
    if (Number.isNaN(Date.parse(given)) || Number.isNaN(midnight)) return false;
    return new Date(midnight).toISOString().startsWith(given.slice(0, 10)) && given.slice(11, 13) < '24';
  }, 'is no date that exists');

const period = z
  .object({ startDate: dateTime.nullish(), endDate: dateTime.nullish(), maxExtentDate: dateTime.nullish() })
  .nullish();

const value = z
  .object({
    amount: z.number().nullish(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be the three letters of a currency, e.g. EUR')
      .nullish(),
  })
  .nullish();

function list<Entry extends z.ZodType>(entry: Entry) {
  return z.array(entry).max(MOST, `has more than ${MOST} entries`).nullish();
}

const identifier = z
  .object({
    scheme: text(60),
    id: z.union([id, z.literal('').transform(() => undefined)]).nullish(),
    legalName: text(LONGEST_NAME),
  })
  .nullish();

const reference = z.object({
  // In 1.0 a supplier stood here whole, without one.
  id: z.union([id, z.literal('').transform(() => undefined)]).nullish(),
  name: text(LONGEST_NAME),
  identifier,
});

const party = reference.extend({ additionalIdentifiers: list(identifier) });

const techniques = z
  .object({
    hasFrameworkAgreement: z.boolean().nullish(),
    frameworkAgreement: z
      .object({
        method: z
          .enum([
            'withReopeningCompetition',
            'withoutReopeningCompetition',
            'withAndWithoutReopeningCompetition',
          ])
          .nullish(),
        buyerCategories: text(LONGEST_TEXT),
        value,
        period,
      })
      .nullish(),
  })
  .nullish();

const tenderStatus = z
  .enum(['planning', 'planned', 'active', 'cancelled', 'unsuccessful', 'complete', 'withdrawn'])
  .nullish();

const lot = z.object({
  id: id.refine((given) => given.length <= LONGEST_LOT_ID, `has more than ${LONGEST_LOT_ID} characters`),
  ...translations('title', LONGEST_TITLE),
  value,
  contractPeriod: period,
  techniques,
});

const tender = z
  .object({
    id: id.nullish(),
    ...translations('title', LONGEST_TITLE),
    ...translations('description', LONGEST_TEXT),
    status: tenderStatus,
    procurementMethod: z.enum(['open', 'selective', 'limited', 'direct']).nullish(),
    value,
    contractPeriod: period,
    techniques,
    lots: list(lot),
  })
  .nullish();

const award = z.object({
  id,
  status: z.enum(['pending', 'active', 'cancelled', 'unsuccessful']).nullish(),
  relatedLots: list(id),
  suppliers: list(reference),
  contractPeriod: period,
});

const contract = z.object({
  id,
  awardID: id.nullish(),
  status: z.enum(['pending', 'active', 'cancelled', 'terminated']).nullish(),
  period,
});

const relatedProcess = z.object({
  id,
  relationship: list(id),
  scheme: text(60),
  identifier: text(LONGEST_ID),
  title: text(LONGEST_TITLE),
});

/** A release as far as the hub reads it, before every text is put under its language. */
export const releaseShape = z.object({
  ocid: id.refine((given) => !/\s/.test(given), 'has spaces'),
  id,
  date: dateTime,
  tag: z.array(z.enum(RELEASE_TAGS)).min(1, 'is empty').max(RELEASE_TAGS.length, 'names tags twice'),
  language: text(35),
  /** Not of the standard: a hub says so of what is made up. */
  provenance: z.enum(['SYNTHETIC', 'REPORTED']).optional(),
  parties: list(party),
  tender,
  awards: list(award),
  contracts: list(contract),
  relatedProcesses: list(relatedProcess),
});

/** A release as the hub keeps it: each text under its language (`title_fr`). */
export type Release = Omit<z.infer<typeof releaseShape>, 'language'>;
export type Party = z.infer<typeof party>;
export type Reference = z.infer<typeof reference>;
export type Period = z.infer<typeof period>;
export type Value = z.infer<typeof value>;
export type Tender = NonNullable<z.infer<typeof tender>>;
export type RelatedProcess = z.infer<typeof relatedProcess>;
