import DataLoader, { type BatchLoadFn } from 'dataloader';
import { Extensions } from 'type-graphql';
import { NEEDS } from '../read/index.ts';
import type { HubContext } from './context.ts';

/**
 * For a field that SQL cannot give: its resolver runs for each row, and receives as `@Root` the columns named here
 * (properties of the type's entity, as PostgreSQL writes them in JSON). An operation with such a field runs field by
 * field, so describe the field instead wherever SQL can say it. What the resolver looks up goes through a
 * {@link loader}, so that all rows are served at once.
 */
export function Computed(...columns: string[]): MethodDecorator {
  return Extensions({ [NEEDS]: columns }) as MethodDecorator;
}

const loaders = new WeakMap<HubContext, Map<unknown, DataLoader<unknown, unknown>>>();

/** The request's loader for a batch function: what its rows ask for is looked up together, and once. */
export function loader<Key, Value>(
  context: HubContext,
  batch: BatchLoadFn<Key, Value>,
): DataLoader<Key, Value> {
  let own = loaders.get(context);
  if (!own) {
    own = new Map();
    loaders.set(context, own);
  }
  let found = own.get(batch) as DataLoader<Key, Value> | undefined;
  if (!found) {
    found = new DataLoader(batch);
    own.set(batch, found as DataLoader<unknown, unknown>);
  }
  return found;
}
