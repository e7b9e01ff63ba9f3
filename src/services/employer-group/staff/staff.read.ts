import {
  and,
  connection,
  type Expression,
  expression,
  list,
  mustExist,
  type OrderKey,
  one,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import type { SharedService } from '../../service.entity.ts';
import { EmployerGroup, LegalParameter, SharedWorker } from '../employer-group.entity.ts';

/** A worker filter with its references turned into keys. */
export interface WorkerCondition {
  service?: string | undefined;
  functions?: readonly string[] | null | undefined;
  on?: string | null | undefined;
}

export const WORKER_ORDER: OrderKey<SharedWorker>[] = [
  { by: (row) => row.reference, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** Numbers of the law, by kind and first day; those that hold on a day. */
export function legalParameters(on: string | null | undefined): Rows {
  return list(LegalParameter, {
    where: (row) =>
      on
        ? sql`${row.validFrom} <= ${on}::date and (${row.validUntil} is null or ${on}::date < ${row.validUntil})`
        : sql`true`,
    orderBy: [
      { by: (row) => row.kind, direction: 'asc', type: 'text' },
      { by: (row) => row.validFrom, direction: 'asc', type: 'date' },
    ],
  });
}

/** The employer group of a service; null where it has none. */
export function groupOfService(): Rows {
  return one<EmployerGroup, SharedService>(
    EmployerGroup,
    (row, service) => sql`${row.service} = ${service.id}`,
  );
}

export function groupById(id: string): Rows {
  return one(EmployerGroup, (row) => sql`${row.id} = ${id}::uuid`);
}

export function legalParameterById(id: string): Rows {
  return one(LegalParameter, (row) => sql`${row.id} = ${id}::uuid`);
}

export function workerById(id: string, absent?: () => Error): Rows {
  return one(SharedWorker, (row) => sql`${row.id} = ${id}::uuid`, absent);
}

/** Workers that the viewer sees. */
export function workers(filter: WorkerCondition, page: Page): Rows {
  return connection(SharedWorker, {
    where: (row) =>
      and([
        filter.service
          ? and([
              mustExist('shared_service', [filter.service], 'filter.service'),
              sql`${row.service} = ${filter.service}::uuid`,
            ])
          : undefined,
        condition(row, filter),
      ]),
    orderBy: WORKER_ORDER,
    page,
  });
}

function condition(row: RowRef<SharedWorker>, { functions, on }: WorkerCondition): Sql | undefined {
  return and([
    functions ? sql`${row.jobFunction} = any(${[...functions]}::text[])` : undefined,
    on
      ? sql`${row.employedFrom} <= ${on}::date and (${row.employedUntil} is null or ${on}::date < ${row.employedUntil})`
      : undefined,
  ]);
}

/** Full-time equivalent of a contract: its hours over those of a full-time week of the group. */
export function fullTimeEquivalent(): Expression {
  return expression<SharedWorker>(
    (row) =>
      sql`(select round(${row.contractHours} / g.full_time_hours, 2) from employer_group g where g.service_id = ${row.service})`,
  );
}
