/**
 * Splits each class into the elements that are in the set and those that are not (partition refinement). Elements that
 * stand in the same sums have equal columns in the system, so that they can be one variable.
 * @param classes the class of each element; changed in place
 * @param next a number that no class has yet
 * @returns the next such number
 */
export function refine(classes: Int32Array, set: readonly number[], next: number): number {
  const split = new Map<number, number>();
  let free = next;
  for (const element of set) {
    const before = classes[element] as number;
    let after = split.get(before);
    if (after === undefined) {
      after = free++;
      split.set(before, after);
    }
    classes[element] = after;
  }
  return free;
}

/** The elements of each class. */
export function classesOf(classes: Int32Array): number[][] {
  const elements = new Map<number, number[]>();
  for (const [element, of] of classes.entries()) {
    const others = elements.get(of);
    if (others) others.push(element);
    else elements.set(of, [element]);
  }
  return [...elements.values()];
}
