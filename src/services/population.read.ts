import { Partner } from '../partners/partner.entity.ts';
import {
  and,
  connection,
  derived,
  type Expression,
  expression,
  list,
  mustExist,
  type OrderKey,
  one,
  type Page,
  type RowRef,
  type Rows,
  raw,
  type Sql,
  sql,
} from '../read/index.ts';
import { Population, SharedService } from './service.entity.ts';

export const POPULATION_ORDER: OrderKey<Population>[] = [
  { by: (row) => row.slug, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

export function populations(page: Page): Rows {
  return connection(Population, { orderBy: POPULATION_ORDER, page });
}

export function populationBy(column: 'id' | 'slug', value: string, absent: () => Error): Rows {
  return one(
    Population,
    (row) => (column === 'id' ? sql`${row.id} = ${value}::uuid` : sql`${row.slug} = ${value}::text`),
    absent,
  );
}

/** Size of a population: its declared count, or the number of its listed members. */
export function populationSize(): Expression {
  return expression<Population>(
    (row) =>
      sql`coalesce(${row.declaredCount}, (select count(*) from population_member m where m.population_id = ${row.id}))`,
  );
}

export function membersOfPopulation(orderBy: readonly OrderKey<Partner>[], page: Page): Rows {
  return connection<Partner, Population>(Partner, {
    where: (row, population) => isMember(row, population.id),
    orderBy,
    page,
  });
}

/** Members of a population without an active enrolment in a service; null without a list of members. */
export function notReached(service: string, orderBy: readonly OrderKey<Partner>[], page: Page): Rows {
  return connection<Partner, Population>(Partner, {
    where: (row, population) =>
      and([
        mustExist('shared_service', [service], 'service'),
        isMember(row, population.id),
        sql`not ${hasActiveEnrolment(row.id, sql`${service}::uuid`)}`,
      ]),
    orderBy,
    page,
    absentWhen: (population) => sql`(${hasNoList(population.id)} or not hub_sees_all_of(${service}::uuid))`,
  });
}

/** Members of the population that a service is for without an active enrolment in it; null without a list. */
export function notReachedByService(orderBy: readonly OrderKey<Partner>[], page: Page): Rows {
  return connection<Partner, SharedService>(Partner, {
    where: (row, service) =>
      and([isMember(row, service.population), sql`not ${hasActiveEnrolment(row.id, service.id)}`]),
    orderBy,
    page,
    absentWhen: (service) => sql`(${hasNoList(service.population)} or not hub_sees_all_of(${service.id}))`,
  });
}

/** Coverage of a population by a given service. */
export function coverageBy(service: string): Rows {
  return coverage<Population>(
    (population) => population.id,
    () => sql`${service}::uuid`,
    mustExist('shared_service', [service], 'service'),
  );
}

/** Coverage by a service of the population that it is for; null without one. */
export function coverageOfService(): Rows {
  return coverage<SharedService>(
    (service) => service.population,
    (service) => service.id,
  );
}

function coverage<P>(
  population: (row: RowRef<P>) => Sql,
  service: (row: RowRef<P>) => Sql,
  condition?: Sql,
): Rows {
  return derived<'size' | 'served' | 'notReached' | 'share', P>(
    {
      subquery: (row) => sql`(select c.size, c.served, c.size - c.served as "notReached",
          round(c.served::numeric / nullif(c.size, 0), 4) as share
        from (select coalesce(p.declared_count, l.listed)::int as size,
            case when (l.listed > 0 or p.declared_count is null) and hub_sees_all_of(${service(row)}) then l.served end as served
          from population p cross join lateral (select count(*)::int as listed,
              (count(*) filter (where ${hasActiveEnrolment(sql`m.partner_id`, service(row), raw('counted_enrolment'))}))::int as served
            from population_member m where m.population_id = p.id) as l
          where ${and([condition, sql`p.id = ${population(row)}`])}) as c)`,
      columns: ['size', 'served', 'notReached', 'share'],
    },
    { kind: 'one' },
  );
}

/** Whether a population is a count alone, so that nobody can say who of it is reached. */
function hasNoList(population: Sql): Sql {
  return sql`not exists (select from population_member m where m.population_id = ${population})`;
}

function isMember(row: RowRef<Partner>, population: Sql): Sql {
  return sql`exists (select from population_member m where m.partner_id = ${row.id} and m.population_id = ${population})`;
}

function hasActiveEnrolment(partner: Sql, service: Sql, of = raw('enrolment')): Sql {
  return sql`exists (select from ${of} e where e.partner_id = ${partner} and e.service_id = ${service} and e.status = 'ACTIVE')`;
}

/** Services that are for a population. */
export function servicesOfPopulation(): Rows {
  return list<SharedService, Population>(SharedService, {
    where: (row, population) => sql`${row.population} = ${population.id}`,
    orderBy: [{ by: (row) => row.slug, direction: 'asc', type: 'text' }],
  });
}

/** Listed populations that a partner belongs to. */
export function populationsOfPartner(): Rows {
  return list<Population, Partner>(Population, {
    where: (row, partner) =>
      sql`exists (select from population_member m where m.population_id = ${row.id} and m.partner_id = ${partner.id})`,
    orderBy: POPULATION_ORDER,
  });
}
