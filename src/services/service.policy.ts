import { type RowPolicy, sql } from '../read/index.ts';
import type { Enrolment } from './enrolment.entity.ts';

/** The history of an enrolment shows more than that it exists: with real records it is not public. */
export const enrolmentHistoryPolicy: RowPolicy<unknown> = (_, viewer) =>
  viewer.isAdministrator ? undefined : sql`not (select h.holds_real_rows from hub_state h)`;

/** The catalogue of services, their carriers, funding and populations is public. */
export const cataloguePolicy: RowPolicy<unknown> = () => undefined;

/**
 * An enrolment is public only where its service says so. While every record is synthetic there is nobody to
 * protect, and the demonstration shows them all.
 */
export const enrolmentPolicy: RowPolicy<Enrolment> = (row, viewer) =>
  viewer.isAdministrator
    ? undefined
    : sql`(not (select h.holds_real_rows from hub_state h) or exists (select from shared_service s where s.id = ${row.service} and s.enrolments_public))`;
