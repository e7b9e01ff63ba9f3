import { type Case, UNKNOWN } from './refusal.ts';

const partner = (reference: string) => `{ partner(reference: { ${reference} }) { id } }`;
const usage = 'query ($p: DateRangeInput) { usageEntries(filter: { period: $p }) { totalCount } }';

/** References of a partner. */
export const BAD_PARTNER_REFERENCES: Case[] = [
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
];

/** Ids in other places. */
export const BAD_IDS: Case[] = [
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
    what: 'usage filter, absent partner',
    source: `{ usageEntries(filter: { partner: "partner_${UNKNOWN}" }) { totalCount } }`,
    code: 'NOT_FOUND',
    field: 'filter.partner',
    says: /not found/,
    path: ['usageEntries'],
  },
  {
    what: 'enrolments filter, absent service',
    source: `{ enrolments(filter: { service: "service_${UNKNOWN}" }) { totalCount } }`,
    code: 'NOT_FOUND',
    field: 'filter.service',
    says: /not found/,
    path: ['enrolments'],
  },
  {
    what: 'metrics filter, absent service',
    source: `{ usageMetrics(metrics: [PARTNERS_SERVED], filter: { services: ["service_${UNKNOWN}"] }) { rows { metric } } }`,
    code: 'NOT_FOUND',
    field: 'filter.services',
    says: /not found/,
    path: ['usageMetrics'],
  },
  {
    what: 'metrics, partners filter, absent population',
    source: `{ usageMetrics(metrics: [PARTNERS_SERVED], filter: { partners: { population: "population_${UNKNOWN}" } }) { rows { metric } } }`,
    code: 'NOT_FOUND',
    field: 'filter.partners.population',
    says: /not found/,
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
];

/** Periods, days and other values. */
export const BAD_VALUES: Case[] = [
  {
    what: 'period backwards',
    source: usage,
    variables: { p: { from: '2021-01-01', to: '2020-12-31' } },
    code: 'INVALID_PERIOD',
    field: 'filter.period',
    says: /ends on 2020-12-31.*first day after/,
    path: ['usageEntries'],
  },
  {
    what: 'empty period',
    source: usage,
    variables: { p: { from: '2021-01-01', to: '2021-01-01' } },
    code: 'INVALID_PERIOD',
    field: 'filter.period',
    says: /before or on its first day/,
    path: ['usageEntries'],
  },
  {
    what: 'metrics period',
    source:
      '{ usageMetrics(metrics: [PARTNERS_SERVED], period: { from: "2021-01-01", to: "2020-01-01" }) { rows { metric } } }',
    code: 'INVALID_PERIOD',
    field: 'period',
    says: /first day/,
    path: ['usageMetrics'],
  },
  {
    what: 'a day that does not exist',
    source: usage,
    variables: { p: { from: '2021-02-29' } },
    code: 'BAD_USER_INPUT',
    says: /Date expects a day of the calendar.*2021-02-29/,
  },
  {
    what: 'a date in another form',
    source: usage,
    variables: { p: { from: '29/02/2020' } },
    code: 'BAD_USER_INPUT',
    says: /YYYY-MM-DD/,
  },
  {
    what: 'a date as a number',
    source: '{ usageEntries(filter: { period: { from: 2020 } }) { totalCount } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: /YYYY-MM-DD/,
  },
  {
    what: 'the year 0',
    source: '{ sharedServices { nodes { enrolledByAuthority(asOf: "0000-01-01") { count } } } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: /YYYY-MM-DD/,
  },
  {
    what: 'null for a value that has to be there',
    source: 'query ($o: PartnerOrder = NAME) { partners(orderBy: $o) { totalCount } }',
    variables: { o: null },
    code: 'BAD_USER_INPUT',
    says: /"orderBy".*must not be null/,
    path: ['partners'],
  },
  {
    what: 'the same in a nested field',
    source: 'query ($s: ID = "x") { populations { nodes { coverage(service: $s) { size } } } }',
    variables: { s: null },
    code: 'BAD_USER_INPUT',
    says: /"service".*must not be null/,
    path: ['populations'],
  },
  {
    what: 'an enum that is not one',
    source: 'query ($o: PartnerOrder!) { partners(orderBy: $o) { totalCount } }',
    variables: { o: 'AGE' },
    code: 'BAD_USER_INPUT',
    says: /"AGE" does not exist in "PartnerOrder"/,
  },
  {
    what: 'the character NUL',
    source: 'query ($s: String!) { partners(filter: { sectors: [$s] }) { totalCount } }',
    variables: { s: 'a\0b' },
    code: 'TEXT_INVALID',
    says: /NUL/,
    path: ['partners'],
  },
  {
    what: 'a text without end',
    source: 'query ($s: String!) { partners(filter: { sectors: [$s] }) { totalCount } }',
    variables: { s: 'a'.repeat(10_001) },
    code: 'TEXT_TOO_LONG',
    says: /at most 10000 characters/,
    path: ['partners'],
  },
  {
    what: 'no metric',
    source: '{ usageMetrics(metrics: []) { rows { metric } } }',
    code: 'TOO_MANY_METRICS',
    field: 'metrics',
    says: /1 to 6/,
    path: ['usageMetrics'],
  },
];

/** Arguments of fields below the root field `sharedServices`. */
export const BAD_NESTED: Case[] = [
  {
    what: 'a bad page',
    source: '{ sharedServices(first: 2) { nodes { slug enrolments(first: 0) { totalCount } } } }',
    code: 'INVALID_PAGE',
    field: 'first',
    says: /1 to 100/,
  },
  {
    what: 'a bad page two levels down',
    source: '{ sharedServices { nodes { enrolments { nodes { usage(first: 101) { totalCount } } } } } }',
    code: 'INVALID_PAGE',
    field: 'first',
    says: /1 to 100/,
  },
  {
    what: 'a forged cursor',
    source: '{ sharedServices { nodes { usage(after: "x") { totalCount } } } }',
    code: 'INVALID_CURSOR',
    field: 'after',
    says: /take it from/,
  },
  {
    what: 'a period that ends before it begins',
    source:
      '{ sharedServices { nodes { usage(filter: { period: { from: "2021-01-01", to: "2020-01-01" } }) { totalCount } } } }',
    code: 'INVALID_PERIOD',
    field: 'filter.period',
    says: /`to` is the first day after it/,
  },
  {
    what: 'an id of another kind',
    source: `{ sharedServices { nodes { enrolments(filter: { partner: "service_${UNKNOWN}" }) { totalCount } } } }`,
    code: 'INVALID_ID',
    field: 'filter.partner',
    says: /no id of this kind/,
  },
];

/** Page arguments, the field that is wrong, and what the message says. */
export const BAD_PAGES = [
  ['first: 0', 'first', /`first` is 0: ask for 1 to 100/],
  ['first: 101', 'first', /`first` is 101: ask for 1 to 100/],
  ['first: -1', 'first', /`first` is -1/],
  ['last: 0', 'last', /`last` is 0/],
  ['last: 101', 'last', /`last` is 101/],
  ['first: 1, last: 1', 'first', /either `first` or `last`/],
  ['after: "x", last: 1', 'after', /`after` with `first`/],
  ['after: "x", before: "y"', 'after', /`before` with `last`/],
  ['before: "x"', 'before', /together with `last`/],
  ['before: "x", first: 1', 'before', /together with `last`/],
] as const;
