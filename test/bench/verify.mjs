/** Whether the contestants give the same data: asked before anything is measured. */
import { isDeepStrictEqual } from 'node:util';
import { ask, requestOf } from './contestants.mjs';
import { plain } from './shapes.mjs';

const CASES = 7;

/**
 * Compares the answers to some cases of a shape.
 * @throws Error that shows the first difference
 */
export async function verify(contestants, shape, number, cases) {
  const step = Math.max(1, Math.floor(cases.length / CASES));
  for (const given of cases.filter((_, index) => index % step === 0).slice(0, CASES)) {
    const [first, ...others] = contestants;
    const wanted = plain((await ask(first, requestOf(first, shape, number, given))).data);
    for (const other of others) {
      const got = plain((await ask(other, requestOf(other, shape, number, given))).data);
      if (isDeepStrictEqual(got, wanted)) continue;
      const { path, left, right } = firstDifference(wanted, got, 'data');
      throw new Error(
        `"${shape.name}" for ${JSON.stringify(given)} differs at ${path}:\n  ${first.name}: ${left}\n  ${other.name}: ${right}`,
      );
    }
  }
}

function firstDifference(left, right, path) {
  const isTree = (value) => value !== null && typeof value === 'object';
  if (isTree(left) && isTree(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (!isDeepStrictEqual(left[key], right[key])) {
        return firstDifference(left[key], right[key], `${path}.${key}`);
      }
    }
  }
  const show = (value) => String(JSON.stringify(value)).slice(0, 500);
  return { path, left: show(left), right: show(right) };
}
