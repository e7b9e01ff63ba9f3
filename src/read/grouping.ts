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
