import type { RowRule } from '../database/row-security.ts';

/** What principals spend is the hub's own affair: nobody else reads or writes it. */
export const rateLimitUseRule: RowRule = { see: [] };
