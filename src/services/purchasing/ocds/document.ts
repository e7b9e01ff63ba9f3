import { type Read, refuse } from './refusal.ts';

type Json = Record<string, unknown>;

/** A release of a document, not read yet, or why there is none; with its dotted path in the document. */
export type Found = Read<unknown> & { readonly at: string };

/**
 * The releases of a document: a release package, a record package, a record, or a release by itself. A record gives
 * its releases where it holds them, and its compiled release where it only links to them. Never throws.
 */
export function releasesOf(document: unknown): Found[] {
  if (!isObject(document)) return [noDocument('')];
  if ('records' in document)
    return each(document.records, 'records', (record, at) => releasesOfRecord(record, at));
  if ('compiledRelease' in document || ('releases' in document && 'ocid' in document)) {
    return releasesOfRecord(document, '');
  }
  if ('releases' in document) return each(document.releases, 'releases', (value, at) => [{ value, at }]);
  if ('ocid' in document) return [{ value: document, at: '' }];
  return [noDocument('')];
}

function releasesOfRecord(record: unknown, at: string): Found[] {
  const path = (field: string): string => (at ? `${at}.${field}` : field);
  if (!isObject(record)) return [noDocument(at)];
  const { releases, compiledRelease } = record;
  // What only has an address is a link, and nothing is fetched.
  const isHeld =
    Array.isArray(releases) &&
    releases.length > 0 &&
    releases.every((one) => isObject(one) && !('url' in one));
  if (isHeld) return each(releases, path('releases'), (value, where) => [{ value, at: where }]);
  if (isObject(compiledRelease)) return [{ value: compiledRelease, at: path('compiledRelease') }];
  return [
    {
      ...refuse(
        'NO_RELEASE_IN_RECORD',
        'This record only links to its releases: give a file that holds them, or its `compiledRelease`.',
        path('releases'),
      ),
      at,
    },
  ];
}

function each(list: unknown, at: string, of: (entry: unknown, at: string) => Found[]): Found[] {
  if (!Array.isArray(list)) return [noDocument(at)];
  return list.flatMap((entry, index) => of(entry, `${at}.${index}`));
}

function noDocument(at: string): Found {
  return {
    ...refuse(
      'NOT_OCDS',
      'This is no release package, record package, record or release of OCDS: none has `releases`, `records` or an `ocid`.',
      at,
    ),
    at,
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
