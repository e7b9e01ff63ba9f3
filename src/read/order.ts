import type { OrderKeyOfAny } from './description.ts';

/** An order key with the text of its value for a row in scope. */
export interface BoundKey {
  key: OrderKeyOfAny;
  value: string;
}

/** `order by` with its keys; text keys are compared byte by byte on every server. */
export function orderClause(keys: readonly BoundKey[], reversed: boolean): string {
  if (keys.length === 0) return '';
  const parts = keys.map(
    (bound) => `${comparable(bound)} ${(bound.key.direction === 'asc') !== reversed ? 'asc' : 'desc'}`,
  );
  return ` order by ${parts.join(', ')}`;
}

/** A key as it is compared. */
export function comparable({ key, value }: BoundKey): string {
  return key.type === 'text' ? `${value} collate "C"` : value;
}
