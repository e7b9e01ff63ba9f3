import { defineEntity, p } from '@mikro-orm/core';

export const HubStateSchema = defineEntity({
  name: 'HubState',
  tableName: 'hub_state',
  properties: {
    id: p.integer().primary().autoincrement(false),
    /** True from the first record that is not synthetic on; kept by triggers. */
    holdsRealRows: p.boolean().default(false),
    /** Settled at the first start, and never changed: a hub's data is synthetic or real. */
    mode: p.string().length(20).nullable(),
    /** Whether synthetic records may be written: in demonstration mode only. */
    acceptsSynthetic: p.boolean().default(false),
  },
  checks: [
    { name: 'hub_state_single_row', expression: 'id = 1' },
    { name: 'hub_state_mode', expression: `mode in ('demonstration', 'operation')` },
  ],
});
/** What the hub knows of itself: one row. */
export class HubState extends HubStateSchema.class {}
HubStateSchema.setClass(HubState);
