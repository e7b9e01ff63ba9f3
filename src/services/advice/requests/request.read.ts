import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  type Expression,
  expression,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type Rows,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import { AdviceRequest } from '../request.entity.ts';

/** A filter with its references turned into keys. */
export interface RequestCondition {
  partner?: string | undefined;
  service?: string | undefined;
  states?: readonly string[] | null | undefined;
  topics?: readonly string[] | null | undefined;
}

/** The latest first. */
export const REQUEST_ORDER: OrderKey<AdviceRequest>[] = [
  { by: (row) => row.requestedAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function requests({ partner, service, states, topics }: RequestCondition, page: Page): Rows {
  return connection(AdviceRequest, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        states ? oneOf(row.state, states, 'text') : undefined,
        topics ? oneOf(row.topic, topics, 'text') : undefined,
      ]),
    orderBy: REQUEST_ORDER,
    page,
  });
}

export function requestsOfPartner(page: Page): Rows {
  return connection<AdviceRequest, Partner>(AdviceRequest, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: REQUEST_ORDER,
    page,
  });
}

export function requestById(id: string): Rows {
  return one(AdviceRequest, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Hours from the request to its answer, to two decimals. */
export function responseHours(): Expression {
  return expression<AdviceRequest>(
    (row) =>
      sql`case when ${row.state} = 'ANSWERED' then trim_scale(round(extract(epoch from ${row.closedAt} - ${row.requestedAt}) / 3600, 2)) end`,
  );
}
