import { type Asked, column, kind, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { BY_SLUG, connection, connectionTypes, listOf, sorted } from '../pages.ts';
import { globalId, keyOf, localised, mustExist } from '../values.ts';
import { named, partnersByName } from './partners.ts';
import { onEveryService } from './services.ts';

function members(population: unknown, { db }: Asked): Row[] {
  return db
    .where('population_member', 'population_id', population)
    .map(({ partner_id }) => db.one('partner', 'id', partner_id) as Row);
}

function isReached(partner: Row, service: unknown, { db }: Asked): boolean {
  return db
    .where('enrolment', 'partner_id', partner.id)
    .some((enrolment) => enrolment.service_id === service && enrolment.status === 'ACTIVE');
}

/** A share to four decimals, what lies in the middle rounded up. */
function share(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const tenThousandths = Math.floor((20_000 * part + whole) / (2 * whole));
  return String(tenThousandths / 10_000);
}

function coverage(population: Row, service: unknown, asked: Asked) {
  const listed = members(population.id, asked);
  const size = (population.declared_count as number | null) ?? listed.length;
  if (listed.length === 0 && population.declared_count !== null)
    return { size, served: null, notReached: null, share: null };
  const served = listed.filter((partner) => isReached(partner, service, asked)).length;
  return { size, served, notReached: size - served, share: share(served, size) };
}

function leftOut(population: unknown, service: unknown, asked: Asked): Row[] {
  return members(population, asked).filter((partner) => !isReached(partner, service, asked));
}

interface ServiceArg {
  service: string;
}

function serviceKey({ service }: ServiceArg): string {
  return keyOf('service', service, 'service');
}

/** Whom a service is for, and whom it does not reach. */
export const populationsRoom: Room = {
  nodes: { population: kind('population', 'Population') },
  fields: {
    Query: {
      populations: connection({
        question: () => ['populations'],
        order: BY_SLUG,
        rows: (_, __, { db }) => db.all('population'),
      }),
      population: named('population', 'population', 'population', '`id` and `slug`'),
    },
    Population: {
      id: globalId('population'),
      ...same('slug', 'source', 'provenance'),
      declaredCount: column('declared_count'),
      asOf: column('as_of'),
      ...localised('name'),
      ...localised('definition'),
      size: (population, _, asked) => population.declared_count ?? members(population.id, asked).length,
      members: partnersByName({
        question: () => ['Population.members'],
        rows: ({ id }, _, asked) => members(id, asked),
      }),
      coverage: {
        check: (args: ServiceArg) => void serviceKey(args),
        read: (population, args: ServiceArg, asked) => {
          mustExist(asked, 'shared_service', [serviceKey(args)], 'service');
          return coverage(population, serviceKey(args), asked);
        },
      },
      notReached: partnersByName<ServiceArg>({
        question: ({ service }) => ['Population.notReached', service],
        check: (args) => void serviceKey(args),
        rows: ({ id }, args, asked) => {
          mustExist(asked, 'shared_service', [serviceKey(args)], 'service');
          return leftOut(id, serviceKey(args), asked);
        },
        isAbsent: ({ id }, _, asked) => members(id, asked).length === 0,
      }),
      sharedServices: listOf('shared_service', 'population_id', BY_SLUG),
    },
    Coverage: same('size', 'served', 'notReached', 'share'),
    ...onEveryService({
      coverage: (service, _, asked) => {
        const population = asked.db.one('population', 'id', service.population_id);
        return population ? coverage(population, service.id, asked) : null;
      },
      notReached: partnersByName({
        question: () => ['SharedService.notReached'],
        rows: (service, _, asked) => leftOut(service.population_id, service.id, asked),
        isAbsent: ({ population_id }, _, asked) => members(population_id, asked).length === 0,
      }),
    }),
    Partner: {
      populations: ({ id }, _, { db }) => {
        const memberships = db.where('population_member', 'partner_id', id);
        return sorted(
          memberships.map(({ population_id }) => db.one('population', 'id', population_id) as Row),
          BY_SLUG,
        );
      },
    },
    ...connectionTypes('Population'),
  },
};
