import { UserError } from '../errors.ts';

/**
 * Refuses what would change a partner that left. The database refuses the same (migration "leaving_rules").
 * @param day for what happened on a day: before the partner left it may still be recorded.
 * @throws UserError PARTNER_CLOSED
 */
export function mustBeOpen(
  { closedOn }: { closedOn?: string | null | undefined },
  field: string,
  day?: string,
): void {
  if (!closedOn || (day !== undefined && day < closedOn)) return;
  throw new UserError(
    'PARTNER_CLOSED',
    `The partner left on ${closedOn}: ${day === undefined ? 'nothing of it changes any more' : 'no use is reported from that day on'}.`,
    field,
  );
}
