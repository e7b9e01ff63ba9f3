/** Items with an equal key, together, in the sequence in which the keys come. */
export function groupBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
  equal: (a: K, b: K) => boolean,
): { key: K; items: T[] }[] {
  const groups: { key: K; items: T[] }[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.find((candidate) => equal(candidate.key, key));
    if (group) group.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups;
}

/** One sequence of all keys in which every given sequence keeps its own, and whether there is such a one. */
export function mergedKeys(sequences: readonly (readonly string[])[]): { merged: string[]; agree: boolean } {
  const merged: string[] = [];
  let rest = sequences.map((keys) => [...keys]);
  let agree = true;
  while (rest.some((keys) => keys.length > 0)) {
    const heads = rest.flatMap(([head]) => head ?? []);
    const free = heads.find((head) => rest.every((keys) => keys.indexOf(head) <= 0));
    agree &&= free !== undefined;
    const next = free ?? (heads[0] as string);
    merged.push(next);
    rest = rest.map((keys) => keys.filter((key) => key !== next));
  }
  return { merged, agree };
}
