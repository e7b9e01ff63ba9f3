import type { CheckedField, NodeKind, Read, Room } from '../asked.ts';
import { adviceRoom } from './advice.ts';
import { employerGroupRoom } from './employer-group.ts';
import { energyRoom } from './energy.ts';
import { enrolmentsRoom } from './enrolments.ts';
import { federationsRoom } from './federations.ts';
import { figuresRoom } from './figures.ts';
import { hubRoom } from './hub.ts';
import { identityRoom } from './identity.ts';
import { metricsRoom } from './metrics.ts';
import { partnersRoom } from './partners.ts';
import { populationsRoom } from './populations.ts';
import { purchasingRoom } from './purchasing.ts';
import { referenceRoom } from './reference.ts';
import { servicesRoom } from './services.ts';
import { trailRoom } from './trail.ts';
import { usageRoom } from './usage.ts';

/** Every room that the oracle knows: a new one is added here. */
const ROOMS: readonly Room[] = [
  referenceRoom,
  partnersRoom,
  federationsRoom,
  servicesRoom,
  populationsRoom,
  enrolmentsRoom,
  usageRoom,
  purchasingRoom,
  employerGroupRoom,
  adviceRoom,
  energyRoom,
  metricsRoom,
  figuresRoom,
  trailRoom,
  identityRoom,
];

/** Kinds of records with a global id, by their table. */
export const NODES: Readonly<Record<string, NodeKind>> = Object.assign(
  {},
  ...ROOMS.map(({ nodes }) => nodes),
);

/** What the oracle knows of the schema: the fields of all rooms, by `Type.field`. */
export const FIELDS: ReadonlyMap<string, Read | CheckedField> = allFields([...ROOMS, hubRoom(NODES)]);

function allFields(rooms: readonly Room[]): Map<string, Read | CheckedField> {
  const all = new Map<string, Read | CheckedField>();
  for (const { fields } of rooms) {
    for (const [type, ofType] of Object.entries(fields)) {
      for (const [field, answer] of Object.entries(ofType)) {
        const name = `${type}.${field}`;
        if (all.has(name)) throw new Error(`Two rooms of the oracle answer ${name}`);
        all.set(name, answer);
      }
    }
  }
  return all;
}
