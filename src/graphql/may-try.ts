import { getMetadataStorage } from 'type-graphql';
import { mayTry, type Needed } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';

/** Names of the mutations that a viewer may try, from what each says it needs (`@Authorized`), in alphabetical order. */
export function mutationsFor(viewer: Viewer): string[] {
  const { mutations } = getMetadataStorage();
  return mutations
    .filter(({ roles }) => roles === undefined || mayTry(viewer, roles as Needed[]))
    .map(({ schemaName }) => schemaName)
    .sort();
}
