/**
 * What is asked: five questions of a dashboard, in the words of each contestant, and how the answers become
 * the same plain data. Every request of a run takes the next of the cases, so that no answer is there by chance.
 */
import { LIMIT } from './limit-sql.mjs';

const BANDS = [
  ...['UNDER_5', 'FROM_5_TO_9', 'FROM_10_TO_19', 'FROM_20_TO_49'],
  ...['FROM_50_TO_99', 'FROM_100_TO_199', 'FROM_200'],
];
const PARTNERS = 1_000;

/** What the cases are made of: keys that the database holds, in an order without a pattern. */
export async function readKeys(client) {
  const { rows: partners } = await client.query('select id from partner order by md5(slug) limit $1', [
    PARTNERS,
  ]);
  const { rows: sectors } = await client.query('select id, code from sector order by code');
  return { partners: partners.map((row) => row.id), sectors };
}

const byPartner = (keys) => keys.partners.map((id) => ({ id }));
const byBand = () => BANDS.map((band) => ({ band }));
const bySectorAndBand = (keys) =>
  BANDS.flatMap((band) => keys.sectors.map((sector) => ({ band, sector }))).sort((a, b) =>
    `${a.sector.id}${a.band}`.slice(-16).localeCompare(`${b.sector.id}${b.band}`.slice(-16)),
  );

const hubEnrolments = (more = '') => `enrolments(first: 20) { nodes { id status requestedOn activeFrom endedOn
  service { id slug kind name(lang: FR) } ${more} } }`;
const hubUsage = 'usage(first: 12) { nodes { id occurredOn quantity category } }';
const peerEnrolments = (
  more = '',
) => `enrolmentsByPartnerId(first: 20, orderBy: [REQUESTED_ON_DESC, ROW_ID_DESC]) {
  nodes { rowId status requestedOn activeFrom endedOn sharedServiceByServiceId { rowId slug kind name } ${more} } }`;
const peerUsage = `usageEntriesByPartnerIdAndEnrolmentId(first: 12, orderBy: [OCCURRED_ON_DESC, ROW_ID_DESC]) {
  nodes { rowId occurredOn quantity category } }`;
const peerPartners = (first) =>
  `allPartners(first: ${first}, orderBy: [SORT_NAME_FR_ASC, ROW_ID_ASC], condition: { sizeBand: $band })`;

const hubId = ({ id }) => ({ id: `partner_${id}` });
const peerId = ({ id }) => ({ id });
const bandOnly = ({ band }) => ({ band });

/**
 * The shapes. `target` is the least ratio of the hub's requests per second to a contestant's; `isolation` that of a
 * member's to an anonymous reader's.
 * `cases(keys)` gives the cases; `variables(case)` what a contestant is told of one.
 */
export const SHAPES = [
  {
    name: 'one partner by id',
    isolation: 0.7,
    target: { postgraphile: 1.5, limit: 0.4, constant: 0.8 },
    cases: byPartner,
    hub: {
      query: `query Partner($id: ID!) { partner(reference: { id: $id }) { id slug name(lang: FR) enterpriseNumber
        legalForm sizeBand headcount languages website createdAt } }`,
      variables: hubId,
    },
    postgraphile: {
      query: `query Partner($id: UUID!) { partner: partnerByRowId(rowId: $id) { rowId slug name enterpriseNumber
        legalForm sizeBand headcount languages website createdAt } }`,
      variables: peerId,
    },
    limit: LIMIT.partner,
  },
  {
    name: '100 partners + enrolments + service',
    isolation: 0.85,
    target: { postgraphile: 3, limit: 0.8 },
    cases: byBand,
    hub: {
      query: `query Partners($band: SizeBand!) { partners(first: 100, filter: { sizeBands: [$band] }) {
        nodes { id name(lang: FR) sizeBand headcount ${hubEnrolments()} } } }`,
      variables: bandOnly,
    },
    postgraphile: {
      query: `query Partners($band: String!) { partners: ${peerPartners(100)} {
        nodes { rowId name sizeBand headcount ${peerEnrolments()} } } }`,
      variables: bandOnly,
    },
    limit: LIMIT.partners,
  },
  {
    name: '1 partner, 3 levels, last 12 entries each',
    isolation: 0.7,
    target: { postgraphile: 2, limit: 0.6 },
    cases: byPartner,
    hub: {
      query: `query Partner($id: ID!) { partner(reference: { id: $id }) {
        id name(lang: FR) sizeBand headcount ${hubEnrolments(hubUsage)} } }`,
      variables: hubId,
    },
    postgraphile: {
      query: `query Partner($id: UUID!) { partner: partnerByRowId(rowId: $id) {
        rowId name sizeBand headcount ${peerEnrolments(peerUsage)} } }`,
      variables: peerId,
    },
    limit: LIMIT.partnerWithUsage,
  },
  {
    name: '50 partners, 3 levels, last 12 entries each',
    isolation: 0.85,
    target: { postgraphile: 2.8, limit: 0.85 },
    cases: byBand,
    hub: {
      query: `query Partners($band: SizeBand!) { partners(first: 50, filter: { sizeBands: [$band] }) {
        nodes { id name(lang: FR) sizeBand headcount ${hubEnrolments(hubUsage)} } } }`,
      variables: bandOnly,
    },
    postgraphile: {
      query: `query Partners($band: String!) { partners: ${peerPartners(50)} {
        nodes { rowId name sizeBand headcount ${peerEnrolments(peerUsage)} } } }`,
      variables: bandOnly,
    },
    limit: LIMIT.partnersWithUsage,
  },
  {
    name: 'filtered, sorted page with totalCount',
    isolation: 0.85,
    target: { postgraphile: 2, limit: 0.7 },
    cases: bySectorAndBand,
    hub: {
      query: `query Page($sector: String!, $band: SizeBand!) {
        partners(first: 20, orderBy: HEADCOUNT_DESC, filter: { sectors: [$sector], sizeBands: [$band] }) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
          nodes { id slug name(lang: FR) headcount sizeBand createdAt sector { code name(lang: FR) }
            municipality { nisCode name(lang: FR) } } } }`,
      variables: ({ band, sector }) => ({ sector: sector.code, band }),
    },
    postgraphile: {
      query: `query Page($sector: UUID!, $band: String!) {
        partners: allPartners(first: 20, orderBy: [HEADCOUNT_DESC, ROW_ID_DESC],
          condition: { sectorId: $sector, sizeBand: $band }) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
          nodes { rowId slug name headcount sizeBand createdAt sector: sectorBySectorId { code name }
            municipality: territoryByMunicipalityId { nisCode name } } } }`,
      variables: ({ band, sector }) => ({ sector: sector.id, band }),
    },
    limit: LIMIT.page,
  },
];

/** PostGraphile's names for what has another one in the hub. */
const NAMES = {
  rowId: 'id',
  enrolmentsByPartnerId: 'enrolments',
  sharedServiceByServiceId: 'service',
  usageEntriesByPartnerIdAndEnrolmentId: 'usage',
};

/** A value as everybody means it: ids without their kind, numbers and moments in one way of writing. */
const VALUES = {
  id: (value) => value.replace(/^[a-z_]+_/, ''),
  enterpriseNumber: (value) => value.replaceAll('.', ''),
  quantity: (value) => String(Number(value)),
  createdAt: (value) => new Date(value).toISOString(),
};

/** The `data` of an answer as plain data that is equal where the answers say the same; cursors are left out. */
export function plain(data) {
  if (Array.isArray(data)) return data.map(plain);
  if (data === null || typeof data !== 'object') return data;
  const entries = Object.entries(data).map(([key, value]) => {
    const name = NAMES[key] ?? key;
    return [name, typeof value === 'string' && VALUES[name] ? VALUES[name](value) : plain(value)];
  });
  return Object.fromEntries(entries.filter(([name]) => name !== 'endCursor'));
}
