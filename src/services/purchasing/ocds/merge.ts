import { instantOf } from './read-release.ts';
import { RELEASE_TAGS, type Release } from './release-shape.ts';

type Json = Record<string, unknown>;

/** Lists that are replaced as wholes although their entries have ids (`wholeListMerge` in the release schema). */
const WHOLE = new Set(['additionalIdentifiers']);

/** Releases of one process in the order in which they were made; of one moment, by stage of the process, then by id. */
export function inOrder<Of extends Pick<Release, 'date' | 'tag' | 'id'>>(releases: readonly Of[]): Of[] {
  return [...releases].sort(
    (a, b) =>
      instantOf(a) - instantOf(b) || stageOf(a) - stageOf(b) || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/** How far a process has come, by the first tag of a release. */
function stageOf({ tag }: Pick<Release, 'tag'>): number {
  return Math.min(...tag.map((one) => RELEASE_TAGS.indexOf(one)));
}

/**
 * What releases of one process say together: each over those before it, in the order of their dates. A field that a
 * release does not name stays, `null` takes it back, entries of lists are found by their id, and other lists are
 * replaced. Source: OCDS 1.1, "Merging".
 * @returns undefined of no releases
 */
export function compiled(releases: readonly Release[]): Release | undefined {
  const sorted = inOrder(releases);
  if (sorted.length === 0) return undefined;
  return sorted.reduce<Json>((before, release) => mergedObject(before, release), {}) as unknown as Release;
}

function mergedObject(before: Json, after: Json): Json {
  const result: Json = { ...before };
  for (const [key, value] of Object.entries(after)) {
    if (value === null) delete result[key];
    else result[key] = mergedValue(key, result[key], value);
  }
  return result;
}

function mergedValue(key: string, before: unknown, after: unknown): unknown {
  if (Array.isArray(after)) {
    const earlier = Array.isArray(before) ? before : [];
    return !WHOLE.has(key) && [...earlier, ...after].every(hasId)
      ? mergedList(earlier, after)
      : after.map((entry) => (isObject(entry) ? mergedObject({}, entry) : entry));
  }
  return isObject(after) ? mergedObject(isObject(before) ? before : {}, after) : after;
}

function mergedList(before: readonly Json[], after: readonly Json[]): Json[] {
  const byId = new Map<unknown, Json>();
  for (const entry of [...before, ...after])
    byId.set(entry.id, mergedObject(byId.get(entry.id) ?? {}, entry));
  return [...byId.values()];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasId(value: unknown): value is Json {
  return isObject(value) && value.id !== undefined && value.id !== null;
}
