import { type Asked, column, kind, type Read, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { byDay, byText, connection, connectionTypes, sorted } from '../pages.ts';
import {
  checkPeriod,
  type DateRange,
  decimalOf,
  globalId,
  isIn,
  isWithin,
  keyOf,
  localised,
  mustExist,
  reference,
} from '../values.ts';
import { partnerOf } from './partners.ts';
import { onEveryService } from './services.ts';

interface UsageFilter {
  service?: string | null;
  partner?: string | null;
  metrics?: string[] | null;
  period?: DateRange | null;
  source?: string | null;
}

function thatMeet(entries: readonly Row[], filter: UsageFilter, asked: Asked): readonly Row[] {
  const service = filter.service ? keyOf('service', filter.service, 'filter.service') : undefined;
  const partner = filter.partner ? keyOf('partner', filter.partner, 'filter.partner') : undefined;
  if (service) mustExist(asked, 'shared_service', [service], 'filter.service');
  if (partner) mustExist(asked, 'partner', [partner], 'filter.partner');
  return entries.filter(
    (entry) =>
      (!service || entry.service_id === service) &&
      (!partner || entry.partner_id === partner) &&
      isIn(filter.metrics, entry.metric_key) &&
      isWithin(entry.occurred_on as string, filter.period?.from ?? null, filter.period?.to ?? null) &&
      (!filter.source || entry.source === filter.source),
  );
}

function entries(name: string, rows: (parent: Row, asked: Asked) => readonly Row[]) {
  return connection<{ filter?: UsageFilter | null }>({
    question: ({ filter }) => [name, filter],
    order: byDay('occurred_on', true),
    check: ({ filter }) => {
      checkPeriod(filter?.period, 'filter.period');
      if (filter?.service) keyOf('service', filter.service, 'filter.service');
      if (filter?.partner) keyOf('partner', filter.partner, 'filter.partner');
    },
    rows: (parent, { filter }, asked) => thatMeet(rows(parent, asked), filter ?? {}, asked),
  });
}

/** Another metric that a metric is computed from. */
function part(key: string): Read {
  return (metric, _, { db }) => db.one('metric_definition', 'key', metric[key]) ?? null;
}

/** What a step of a metric's series shows. */
const inSeries: Read = ({ kind, aggregation }) => {
  if (aggregation === 'RATIO' || aggregation === 'AVERAGE') return 'RATIO_OF_STEP';
  if (kind === 'STOCK') return 'LEVEL_AT_END_OF_STEP';
  return aggregation === 'SUM' ? 'SUM_OF_STEP' : 'COUNT_IN_STEP';
};

/** What was reported of the use of services, and what each metric means. */
export const usageRoom: Room = {
  nodes: { usage_entry: kind('usage_entry', 'UsageEntry') },
  fields: {
    Query: {
      usageEntries: entries('usageEntries', (_, { db }) => db.all('usage_entry')),
      metricDefinitions: (_, __, { db }) => sorted(db.all('metric_definition'), byText('key')),
    },
    Partner: {
      usage: entries('Partner.usage', ({ id }, { db }) => db.where('usage_entry', 'partner_id', id)),
    },
    ...onEveryService({
      usage: entries('SharedService.usage', ({ id }, { db }) => db.where('usage_entry', 'service_id', id)),
    }),
    Enrolment: {
      usage: entries('Enrolment.usage', ({ id }, { db }) => db.where('usage_entry', 'enrolment_id', id)),
    },
    UsageEntry: {
      id: globalId('usage_entry'),
      ...same('category', 'source', 'provenance'),
      partner: partnerOf,
      service: reference('shared_service', 'service_id'),
      enrolment: reference('enrolment', 'enrolment_id'),
      metric: ({ metric_key }, _, { db }) => db.one('metric_definition', 'key', metric_key),
      occurredOn: column('occurred_on'),
      recordedAt: column('recorded_at'),
      externalReference: column('external_reference'),
      quantity: decimalOf('quantity'),
      reverses: reference('usage_entry', 'reverses_id'),
      reversedBy: ({ id }, _, { db }) => db.one('usage_entry', 'reverses_id', id) ?? null,
      isReversed: ({ id }, _, { db }) => db.where('usage_entry', 'reverses_id', id).length > 0,
    },
    MetricDefinition: {
      ...same('key', 'unit', 'kind', 'aggregation', 'source', 'origin', 'owner'),
      since: column('covered_since'),
      inSeries,
      numerator: part('numerator_key'),
      denominator: part('denominator_key'),
      serviceKind: column('service_kind'),
      needsEnrolment: column('needs_enrolment'),
      wholeNumbers: column('whole_numbers'),
      neverNegative: column('never_negative'),
      ...localised('label'),
      ...localised('description'),
    },
    ...connectionTypes('UsageEntry'),
  },
};
