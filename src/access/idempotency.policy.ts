import { ROW, type RowRule } from '../database/row-security.ts';

/** A principal's own requests. */
const own = [{ where: `${ROW}.principal = current_setting('hub.viewer', true)` }];
export const idempotencyRule: RowRule = { see: own, make: own };
