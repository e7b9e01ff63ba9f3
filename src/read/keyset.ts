import type { OrderKeyOfAny } from './description.ts';
import { type BoundKey, comparable } from './order.ts';

/** A key as text that {@link keysetCondition} can cast back without loss, whatever the session's DateStyle. */
export function keyText({ key, value }: BoundKey): string {
  switch (key.type) {
    case 'text':
      return value;
    case 'date':
      return `to_char(${value}, 'YYYY-MM-DD')`;
    case 'timestamptz':
      return `(to_char(${value} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00')`;
    default:
      return `(${value})::text`;
  }
}

/** The rows past a boundary. Keys of one direction are compared as a row, which an index can follow. */
export function keysetCondition(
  keys: readonly BoundKey[],
  boundary: readonly string[],
  backward: boolean,
): string {
  const columns = keys.map(comparable);
  const values = keys.map(({ key }, index) => `${boundary[index]}::${key.type}`);
  const operator = (key: OrderKeyOfAny): string => ((key.direction === 'asc') !== backward ? '>' : '<');
  const [first] = keys as [BoundKey];
  if (keys.every(({ key }) => key.direction === first.key.direction)) {
    return `(${columns.join(', ')}) ${operator(first.key)} (${values.join(', ')})`;
  }
  const cases = keys.map(({ key }, index) => {
    const equal = columns.slice(0, index).map((column, i) => `${column} = ${values[i]}`);
    return `(${[...equal, `${columns[index]} ${operator(key)} ${values[index]}`].join(' and ')})`;
  });
  return `(${cases.join(' or ')})`;
}
