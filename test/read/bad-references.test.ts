import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { type Case, expectRefusal, UNKNOWN } from './refusal.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const partner = (reference: string) => `{ partner(reference: { ${reference} }) { id } }`;

describe('references', () => {
  test.each<Case>([
    {
      what: 'unknown id',
      source: partner(`id: "partner_${UNKNOWN}"`),
      code: 'NOT_FOUND',
      field: 'reference',
      says: /not found. Check the reference/,
    },
    {
      what: 'unknown slug',
      source: partner('slug: "nobody"'),
      code: 'NOT_FOUND',
      field: 'reference',
      says: /not found/,
    },
    {
      what: 'malformed id',
      source: partner('id: "12"'),
      code: 'INVALID_ID',
      field: 'reference.id',
      says: /"12" is no id.*"partner_0189/,
    },
    {
      what: 'id in capitals',
      source: partner(`id: "partner_${UNKNOWN.toUpperCase()}"`),
      code: 'INVALID_ID',
      field: 'reference.id',
      says: /ids look like/,
    },
    {
      what: 'id of another kind',
      source: partner(`id: "service_${UNKNOWN}"`),
      code: 'INVALID_ID',
      field: 'reference.id',
      says: /no id of this kind/,
    },
    {
      what: 'two references',
      source: partner('slug: "a", id: "b"'),
      code: 'INVALID_REFERENCE',
      field: 'reference',
      says: /exactly one of/,
    },
    {
      what: 'no reference',
      source: partner(''),
      code: 'INVALID_REFERENCE',
      field: 'reference',
      says: /exactly one of/,
    },
    {
      what: 'wrong check digits',
      source: partner('enterpriseNumber: "0999.000.124"'),
      code: 'INVALID_ENTERPRISE_NUMBER',
      field: 'reference.enterpriseNumber',
      says: /check digits/,
    },
  ])('of a partner: $what', (bad) => expectRefusal(hub, { path: ['partner'], ...bad }));

  test.each(['federation', 'sharedService', 'population'])('of a %s are checked alike', async (field) => {
    const prefix = { federation: 'federation', sharedService: 'service', population: 'population' }[field];
    const ask = (reference: string) => `{ ${field}(reference: { ${reference} }) { id } }`;
    const bad = { what: '', path: [field], says: /./ };
    await expectRefusal(hub, {
      ...bad,
      source: ask(`id: "${prefix}_${UNKNOWN}"`),
      code: 'NOT_FOUND',
      field: 'reference',
    });
    await expectRefusal(hub, {
      ...bad,
      source: ask(`slug: "nobody"`),
      code: 'NOT_FOUND',
      field: 'reference',
    });
    await expectRefusal(hub, {
      ...bad,
      source: ask(`id: "partner_${UNKNOWN}"`),
      code: 'INVALID_ID',
      field: 'reference.id',
    });
    await expectRefusal(hub, {
      ...bad,
      source: ask('slug: "a", id: "b"'),
      code: 'INVALID_REFERENCE',
      field: 'reference',
    });
    await expectRefusal(hub, { ...bad, source: ask(''), code: 'INVALID_REFERENCE', field: 'reference' });
  });

  test.each<Case>([
    {
      what: 'node: no id',
      source: '{ node(id: "hello") { id } }',
      code: 'INVALID_ID',
      field: 'id',
      says: /take it from an `id` field/,
      path: ['node'],
    },
    {
      what: 'node: no such kind',
      source: `{ node(id: "dragon_${UNKNOWN}") { id } }`,
      code: 'INVALID_ID',
      field: 'id',
      says: /begin with "dragon_"/,
      path: ['node'],
    },
    {
      what: 'nodes: one bad of two',
      source: `{ nodes(ids: ["partner_${UNKNOWN}", "x"]) { id } }`,
      code: 'INVALID_ID',
      field: 'ids.1',
      says: /"x" is no id/,
      path: ['nodes'],
    },
    {
      what: 'filter.federation',
      source: '{ partners(filter: { federation: "x" }) { totalCount } }',
      code: 'INVALID_ID',
      field: 'filter.federation',
      says: /federation_0189/,
      path: ['partners'],
    },
    {
      what: 'filter.usesServices',
      source: `{ partners(filter: { usesServices: ["service_${UNKNOWN}", "partner_${UNKNOWN}"] }) { totalCount } }`,
      code: 'INVALID_ID',
      field: 'filter.usesServices.1',
      says: /service_0189/,
      path: ['partners'],
    },
    {
      what: 'enrolments filter',
      source: '{ enrolments(filter: { partner: "x" }) { totalCount } }',
      code: 'INVALID_ID',
      field: 'filter.partner',
      says: /partner_0189/,
      path: ['enrolments'],
    },
    {
      what: 'usage filter',
      source: '{ usageEntries(filter: { service: "x" }) { totalCount } }',
      code: 'INVALID_ID',
      field: 'filter.service',
      says: /service_0189/,
      path: ['usageEntries'],
    },
    {
      what: 'metrics filter',
      source: '{ usageMetrics(metrics: [PARTNERS_SERVED], filter: { services: ["x"] }) { rows { metric } } }',
      code: 'INVALID_ID',
      field: 'filter.services.0',
      says: /service_0189/,
      path: ['usageMetrics'],
    },
    {
      what: 'metrics, partners filter',
      source:
        '{ usageMetrics(metrics: [PARTNERS_SERVED], filter: { partners: { population: "x" } }) { rows { metric } } }',
      code: 'INVALID_ID',
      field: 'filter.partners.population',
      says: /population_0189/,
      path: ['usageMetrics'],
    },
    {
      what: 'figures of a service',
      source: '{ publishedFigures(service: "x") { totalCount } }',
      code: 'INVALID_ID',
      field: 'service',
      says: /service_0189/,
      path: ['publishedFigures'],
    },
  ])('ids elsewhere: $what', (bad) => expectRefusal(hub, bad));
});
