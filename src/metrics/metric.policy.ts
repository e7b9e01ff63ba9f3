import { type RowPolicy, sql } from '../read/index.ts';

/** Definitions and published figures are public. */
export const publicPolicy: RowPolicy<unknown> = () => undefined;

/** Single usage entries belong to the partner and the provider: nobody else sees them once they are real. */
export const usageEntryPolicy: RowPolicy<unknown> = (_, viewer) =>
  viewer.isAdministrator ? undefined : sql`not (select h.holds_real_rows from hub_state h)`;
