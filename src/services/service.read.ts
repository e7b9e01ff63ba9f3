import type { Federation } from '../federations/federation.entity.ts';
import {
  connection,
  derived,
  type Fields,
  fields,
  list,
  type OrderKey,
  one,
  type Page,
  type Rows,
  sql,
  today,
} from '../read/index.ts';
import { CompetentAuthority } from '../reference/reference.entity.ts';
import { Funding, Provider, type ServiceKind, SharedService } from './service.entity.ts';

export const SERVICE_ORDER: OrderKey<SharedService>[] = [
  { by: (row) => row.slug, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

export function sharedServices(kind: ServiceKind | null | undefined, page: Page): Rows {
  return connection(SharedService, {
    where: (row) => (kind ? sql`${row.kind} = ${kind}::text` : undefined),
    orderBy: SERVICE_ORDER,
    page,
  });
}

export function sharedServiceBy(column: 'id' | 'slug', value: string, absent?: () => Error): Rows {
  return one(
    SharedService,
    (row) => (column === 'id' ? sql`${row.id} = ${value}::uuid` : sql`${row.slug} = ${value}::text`),
    absent,
  );
}

export function servicesOfFederation(page: Page): Rows {
  return connection<SharedService, Federation>(SharedService, {
    where: (row, federation) => sql`${row.federation} = ${federation.id}`,
    orderBy: SERVICE_ORDER,
    page,
  });
}

export function servicesOfProvider(): Rows {
  return list<SharedService, Provider>(SharedService, {
    where: (row, provider) =>
      sql`exists (select from service_carrier c where c.service_id = ${row.id} and c.provider_id = ${provider.id})`,
    orderBy: SERVICE_ORDER,
  });
}

export function providers(): Rows {
  return list(Provider, { orderBy: [{ by: (row) => row.slug, direction: 'asc', type: 'text' }] });
}

/** The providers that carry a service, the leading one first. */
export function carriersOfService(): Rows {
  return derived<'provider' | 'isLead', SharedService>({
    subquery: (service) => sql`(select c.provider_id as provider, c.is_lead as "isLead" from service_carrier c
      where c.service_id = ${service.id} order by c.is_lead desc, c.provider_id)`,
    columns: ['provider', 'isLead'],
    fields: { provider: (carrier) => one(Provider, (row) => sql`${row.id} = ${carrier.provider}`) },
  });
}

export function fundingsOfService(): Rows {
  return list<Funding, SharedService>(Funding, {
    where: (row, service) => sql`${row.service} = ${service.id}`,
    orderBy: [
      { by: (row) => row.periodFrom, direction: 'asc', type: 'date' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}

export function fundingAmount(): Fields {
  return fields<Funding>({ amount: (row) => row.amount, currency: (row) => row.currency });
}

/**
 * Active enrolments of a service on a day, by the authority of the recognition that they rest on; most
 * first. Counts of public relationships are directory facts.
 */
export function enrolledByAuthority(asOf: string | null | undefined): Rows {
  const day = asOf ? sql`${asOf}::date` : today;
  return derived<'authority' | 'count', SharedService>({
    subquery: (service) => sql`(select r.authority_id as authority, count(*)::int as count
      from counted_enrolment e left join recognition r on r.partner_id = e.partner_id and r.id = e.recognition_id
      where e.service_id = ${service.id} and hub_sees_all_of(e.service_id) and e.active_from <= ${day} and (e.ended_on is null or e.ended_on > ${day})
      group by r.authority_id order by count(*) desc, r.authority_id)`,
    columns: ['authority', 'count'],
    fields: {
      authority: (counted) => one(CompetentAuthority, (row) => sql`${row.id} = ${counted.authority}`),
    },
  });
}

export function providerById(id: string): Rows {
  return one(Provider, (row) => sql`${row.id} = ${id}::uuid`);
}
