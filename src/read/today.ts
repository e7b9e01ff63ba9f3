import { raw, type Sql } from './sql.ts';

/** Today in Belgium, whatever the time zone of the database session. */
export const today: Sql = raw(`(now() at time zone 'Europe/Brussels')::date`);
