import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  derived,
  type Expression,
  expression,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import type { SharedWorker } from '../employer-group.entity.ts';
import { LabourDispute, Placement } from '../placement.entity.ts';

/** A filter with its references turned into keys. */
export interface PlacementCondition {
  partner?: string | undefined;
  service?: string | undefined;
  worker?: string | undefined;
  states?: readonly string[] | null | undefined;
  on?: string | null | undefined;
}

/** The latest first. */
export const PLACEMENT_ORDER: OrderKey<Placement>[] = [
  { by: (row) => row.startsOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];
export const DISPUTE_ORDER: OrderKey<LabourDispute>[] = [
  { by: (row) => row.startedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function condition(row: RowRef<Placement>, filter: PlacementCondition): Sql | undefined {
  const { partner, service, worker, states, on } = filter;
  return and([
    named('partner', partner, 'partner', row.partner),
    named('shared_service', service, 'service', row.service),
    named('shared_worker', worker, 'worker', row.worker),
    states ? oneOf(row.state, states, 'text') : undefined,
    on
      ? sql`${row.startsOn} <= ${on}::date and (${row.endsOn} is null or ${on}::date < ${row.endsOn})`
      : undefined,
  ]);
}

export function placements(filter: PlacementCondition, page: Page): Rows {
  return connection(Placement, { where: (row) => condition(row, filter), orderBy: PLACEMENT_ORDER, page });
}

export function placementsOfPartner(page: Page): Rows {
  return connection<Placement, Partner>(Placement, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: PLACEMENT_ORDER,
    page,
  });
}

export function placementsOfWorker(page: Page): Rows {
  return connection<Placement, SharedWorker>(Placement, {
    where: (row, worker) => sql`${row.worker} = ${worker.id}`,
    orderBy: PLACEMENT_ORDER,
    page,
  });
}

export function placementById(id: string): Rows {
  return one(Placement, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Hours by day of the week; days without any are left out. */
export function scheduleOfPlacement(): Rows {
  return derived<'weekday' | 'hours', Placement>({
    subquery: (placement) =>
      sql`(select (array['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'])[u.n] as weekday,
        trim_scale(round(u.minutes / 60.0, 2)) as hours
        from unnest(${placement.minutesByWeekday}) with ordinality as u(minutes, n) where u.minutes > 0 order by u.n)`,
    columns: ['weekday', 'hours'],
  });
}

/** Its hours over those of the contract. */
export function shareOfContract(): Expression {
  return expression<Placement>(
    (row) =>
      sql`(select round(${row.weeklyHours} / w.contract_hours, 4) from shared_worker w where w.id = ${row.worker})`,
  );
}

/** Path of its calendar, for the member and the group: who knows it reads it, labour disputes included, whatever is revoked later. */
export function calendarPath(): Expression {
  return expression<Placement>(
    (
      row,
    ) => sql`(case when hub_is('administrator') or ${row.provenance} = 'SYNTHETIC' or ${row.partner} = any (hub_scope('partners')::uuid[])
      or ${row.service} = any (hub_scope('services')::uuid[]) then '/calendar/placements/' || ${row.calendarKey} || '.ics' end)`,
  );
}

export function disputes(
  { partner, service, on }: Pick<PlacementCondition, 'partner' | 'service' | 'on'>,
  page: Page,
): Rows {
  return connection(LabourDispute, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        on
          ? sql`${row.startedOn} <= ${on}::date and (${row.endedOn} is null or ${on}::date < ${row.endedOn})`
          : undefined,
      ]),
    orderBy: DISPUTE_ORDER,
    page,
  });
}

export function disputeById(id: string): Rows {
  return one(LabourDispute, (row) => sql`${row.id} = ${id}::uuid`);
}
