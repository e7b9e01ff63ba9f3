import { type Asked, type CheckedField, column, kind, type Read, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { BY_SLUG, byDay, byText, connection, connectionTypes, listOf, sorted } from '../pages.ts';
import { decimalOf, globalId, isInForce, localised, periodOf, reference } from '../values.ts';
import { named } from './partners.ts';

const TYPE_OF_KIND: Readonly<Record<string, string>> = {
  DIVERSITY: 'DiversityService',
  EMPLOYER_GROUP: 'EmployerGroupService',
  ENERGY: 'EnergyService',
  OTHER: 'OtherService',
  PREVENTION: 'PreventionService',
  PURCHASING: 'PurchasingService',
};

/** Fields that every service has, whatever its kind. */
export function onEveryService(fields: Record<string, Read | CheckedField>): Room['fields'] {
  return Object.fromEntries(Object.values(TYPE_OF_KIND).map((type) => [type, fields]));
}

function carriers({ id }: Row, _: unknown, { db }: Asked): unknown[] {
  const rows = sorted(db.where('service_carrier', 'service_id', id), [
    { of: (row) => (row.is_lead ? 0 : 1), type: 'int' },
    { of: (row) => row.provider_id as string, type: 'uuid' },
  ]);
  return rows.map((row) => ({
    isLead: row.is_lead,
    provider: db.one('provider', 'id', row.provider_id),
  }));
}

/** Enrolments in force on a day, counted by the authority of the recognition that they rest on. */
function enrolledByAuthority(
  { id }: Row,
  { asOf }: { asOf?: string | null },
  { db }: Asked,
): { authority: Row | null; count: number }[] {
  const counts = new Map<string | null, number>();
  for (const enrolment of db.where('enrolment', 'service_id', id)) {
    if (!isInForce(enrolment, asOf ?? db.today)) continue;
    const recognition = db.one('recognition', 'id', enrolment.recognition_id);
    const authority = (recognition?.authority_id as string | undefined) ?? null;
    counts.set(authority, (counts.get(authority) ?? 0) + 1);
  }
  // What rests on no recognition comes after the authorities with as many.
  const inOrder = [...counts].sort(([a, m], [b, n]) => n - m || ((a ?? '~') < (b ?? '~') ? -1 : 1));
  return inOrder.map(([authority, count]) => ({
    authority: db.one('competent_authority', 'id', authority) ?? null,
    count,
  }));
}

const service = onEveryService({
  id: globalId('service'),
  ...same('slug', 'kind', 'languages', 'website', 'provenance'),
  startedOn: column('started_on'),
  enrolmentsPublic: column('enrolments_public'),
  federation: reference('federation', 'federation_id'),
  population: reference('population', 'population_id'),
  ...localised('name'),
  ...localised('description'),
  ...localised('eligibility'),
  ...localised('price'),
  ...localised('howToJoin', 'how_to_join'),
  carriers,
  fundings: listOf('funding', 'service_id', byDay('period_from')),
  enrolledByAuthority,
});

/** The catalogue of services, their providers and funding. */
export const servicesRoom: Room = {
  nodes: {
    shared_service: {
      prefix: 'service',
      types: Object.values(TYPE_OF_KIND),
      typeOf: (row) => TYPE_OF_KIND[row.kind as string] as string,
    },
    provider: kind('provider', 'Provider'),
    funding: kind('funding', 'Funding'),
  },
  fields: {
    Query: {
      sharedServices: connection<{ kind?: string | null }>({
        question: ({ kind }) => ['sharedServices', kind],
        order: BY_SLUG,
        rows: (_, { kind }, { db }) =>
          kind ? db.where('shared_service', 'kind', kind) : db.all('shared_service'),
      }),
      sharedService: named('shared_service', 'service', 'service', '`id` and `slug`'),
      providers: (_, __, { db }) => sorted(db.all('provider'), byText('slug')),
    },
    ...service,
    OtherService: { ...service.OtherService, usageUnit: column('usage_unit') },
    ServiceCarrier: same('provider', 'isLead'),
    Provider: {
      id: globalId('provider'),
      ...same('slug', 'website', 'provenance'),
      modelledOn: column('modelled_on'),
      ...localised('name'),
      sharedServices: ({ id }, _, { db }) => {
        const carried = db.where('service_carrier', 'provider_id', id);
        return sorted(
          carried.map((row) => db.one('shared_service', 'id', row.service_id) as Row),
          BY_SLUG,
        );
      },
    },
    Funding: {
      id: globalId('funding'),
      ...same('funder', 'provenance'),
      service: reference('shared_service', 'service_id'),
      authority: reference('competent_authority', 'authority_id'),
      amount: (row) => row,
      period: periodOf('period_from', 'period_until'),
    },
    Money: { amount: decimalOf('amount'), currency: column('currency') },
    ...connectionTypes('SharedService'),
  },
};
