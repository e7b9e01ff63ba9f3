import type { Viewer } from '../access/viewer.ts';
import type { Way } from '../database/row-security.ts';
import { ROW } from '../database/row-security.ts';
import { oneOf } from './one-of.ts';
import { join, raw, type Sql, sql } from './sql.ts';

/** Which rows of an entity a viewer sees; `undefined` is all of them. Joined to every read of the entity. */
export type RowPolicy = (alias: string, viewer: Viewer) => Sql | undefined;

/**
 * The predicate of a rule's ways for one viewer. Ways that the viewer's roles do not have are left out, and keys are
 * bound: what is written is what an index can follow.
 */
export function waysFor(ways: readonly Way[]): RowPolicy {
  return (alias, viewer) => {
    if (viewer.reads.isAdministrator || ways.some((way) => 'everyone' in way)) return undefined;
    const own = ways.flatMap((way) => condition(alias, way, viewer) ?? []);
    return own.length > 0 ? sql`(${join(own, ' or ')})` : raw('false');
  };
}

function condition(alias: string, way: Way, viewer: Viewer): Sql | undefined {
  if ('everyone' in way) return raw('true');
  if ('synthetic' in way) return raw(`"${alias}".provenance = 'SYNTHETIC'`);
  if (!('reach' in way)) return raw(way.where.replaceAll(ROW, `"${alias}"`));
  const keys = viewer.reads.reach[way.reach];
  if (keys.length === 0) return undefined;
  if ('column' in way) return oneOf(raw(`"${alias}"."${way.column}"`), keys, 'uuid');
  const [first = '', ...rest] = way.where.replaceAll(ROW, `"${alias}"`).split('{list}');
  return rest.reduce((text, part) => sql`${text}${keys}::uuid[]${raw(part)}`, raw(first));
}
