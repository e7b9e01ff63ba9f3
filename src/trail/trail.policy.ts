import type { RowRule } from '../database/row-security.ts';

/** Who changed what is for the hub's administrators alone to read; whoever changes something leaves it. */
export const trailRule: RowRule = { see: [], make: [{ everyone: true }] };
