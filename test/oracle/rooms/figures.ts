import { decimal, rounded } from '../../metrics/arithmetic.ts';
import { type Asked, column, kind, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { type Fact, factsIn, millionthsOf, total } from '../facts.ts';
import { connection, connectionTypes, type OrderKey } from '../pages.ts';
import { decimalOf, globalId, keyOf, localised, periodOf, reference } from '../values.ts';
import { onEveryService } from './services.ts';

/** In the sequence of the documents. */
const BY_POSITION: OrderKey[] = [{ of: (row) => row.position as number, type: 'int' }];

interface ServiceArg {
  service?: string | null;
}

function serviceKey({ service }: ServiceArg): string | undefined {
  return service ? keyOf('service', service, 'service') : undefined;
}

/** The hub's own value for the same metric, period, service, category and authority as a figure. */
function computedValue(figure: Row, { db }: Asked): bigint | null {
  const metric = db.one('metric_definition', 'key', figure.metric_key);
  if (!metric) return null;
  const span = { from: figure.period_from as string | null, to: figure.period_until as string | null };
  const isAbout = ({ service, category, authority }: Fact): boolean =>
    (figure.service_id === null || figure.service_id === service.id) &&
    (figure.category === null || figure.category === category) &&
    (figure.authority_id === null || figure.authority_id === authority?.id);
  const sum = total(metric, factsIn(db, metric, span).filter(isAbout));
  return sum === null ? null : rounded(sum);
}

/** EXACT agrees when equal, AT_LEAST when not below, ABOUT within 5 %. */
function agrees(computed: bigint, published: bigint, qualifier: unknown): boolean {
  const difference = computed - published;
  const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);
  if (qualifier === 'EXACT') return difference === 0n;
  if (qualifier === 'AT_LEAST') return difference >= 0n;
  return 20n * magnitude(difference) <= magnitude(published);
}

function computed(figure: Row, _: unknown, asked: Asked) {
  const value = computedValue(figure, asked);
  if (value === null) return { value: null, difference: null, agreement: 'NOT_COMPUTED' };
  const published = millionthsOf(figure.value as string);
  const services = asked.db
    .all('shared_service')
    .filter(({ id }) => figure.service_id === null || figure.service_id === id);
  // Synthetic records were made so that they agree, which proves nothing.
  const isSynthetic = services.some(({ provenance }) => provenance === 'SYNTHETIC');
  const agreement = isSynthetic ? 'BY_CONSTRUCTION' : 'AGREES';
  return {
    value: decimal(value),
    difference: decimal(value - published),
    agreement: agrees(value, published, figure.qualifier) ? agreement : 'DIFFERS',
  };
}

/** Figures as their owners published them, beside the hub's own. */
export const figuresRoom: Room = {
  nodes: { published_figure: kind('figure', 'PublishedFigure') },
  fields: {
    Query: {
      publishedFigures: connection<ServiceArg>({
        question: ({ service }) => ['publishedFigures', service || undefined],
        order: BY_POSITION,
        check: (args) => void serviceKey(args),
        rows: (_, args, { db }) =>
          args.service
            ? db.where('published_figure', 'service_id', serviceKey(args))
            : db.all('published_figure'),
      }),
    },
    ...onEveryService({
      publishedFigures: connection({
        question: () => ['SharedService.publishedFigures'],
        order: BY_POSITION,
        rows: ({ id }, _, { db }) => db.where('published_figure', 'service_id', id),
      }),
    }),
    PublishedFigure: {
      id: globalId('figure'),
      ...same('slug', 'qualifier', 'unit', 'kind', 'document', 'heading', 'category'),
      value: decimalOf('value'),
      periodNote: column('period_note'),
      quotedWords: column('quoted_words'),
      period: periodOf('period_from', 'period_until'),
      service: reference('shared_service', 'service_id'),
      authority: reference('competent_authority', 'authority_id'),
      population: reference('population', 'population_id'),
      metric: ({ metric_key }, _, { db }) => db.one('metric_definition', 'key', metric_key) ?? null,
      computed,
      ...localised('label'),
    },
    ComputedFigure: same('value', 'difference', 'agreement'),
    ...connectionTypes('PublishedFigure'),
  },
};
