import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask } from './records.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

/** A partner with several enrolments, chosen by the data. */
async function busyPartner(): Promise<string> {
  const [row] = await hub.sql<{ slug: string }>(
    `select p.slug from partner p join enrolment e on e.partner_id = p.id
      group by p.id having count(*) >= 2 order by count(*) desc, p.slug limit 1`,
  );
  return (row as { slug: string }).slug;
}

describe('aliases', () => {
  test('the same field twice with other arguments gives two answers', async () => {
    const { partner } = await ask(
      hub,
      `query ($slug: String) { partner(reference: { slug: $slug }) {
        one: enrolments(first: 1) { nodes { id } } two: enrolments(first: 2) { nodes { id } }
        last: enrolments(last: 1) { nodes { id } } all: enrolments { totalCount nodes { id } }
        fr: name(lang: FR) nl: name(lang: NL) again: name(lang: FR)
      } }`,
      { slug: await busyPartner() },
    );
    expect(partner.one.nodes).toEqual(partner.all.nodes.slice(0, 1));
    expect(partner.two.nodes).toEqual(partner.all.nodes.slice(0, 2));
    expect(partner.last.nodes).toEqual(partner.all.nodes.slice(-1));
    expect(partner.all.totalCount).toBe(partner.all.nodes.length);
    expect(partner.again).toBe(partner.fr);
  });

  test('a response key may be any name that GraphQL allows', async () => {
    const long = 'a'.repeat(200);
    const data = await ask(
      hub,
      `{ __proto__: partners(first: 1) { constructor: totalCount toString: nodes { __proto__: slug ${long}: id ${long}b: slug then: __typename } } }`,
    );
    const [, connection] = Object.entries<Record<string, unknown>>(data)[0] ?? [];
    expect(connection?.constructor).toBe(977);
    const [node] = (connection as unknown as { toString: Record<string, string>[] }).toString;
    expect(Object.keys(node as object)).toEqual(['__proto__', long, `${long}b`, 'then']);
    expect(node?.then).toBe('Partner');
    expect(node?.[`${long}b`]).not.toBe(node?.[long]);
  });

  test('root fields with aliases take one statement together', async () => {
    const { data, statements } = await hub.query(
      '{ a: partners(first: 1) { totalCount } b: partners(filter: { sizeBands: [FROM_200] }) { totalCount } viewer { principal } }',
    );
    expect(data.a.totalCount).toBeGreaterThan(data.b.totalCount);
    expect(data.viewer).toEqual({ principal: 'anonymous' });
    expect(statements).toHaveLength(1);
  });
});

describe('fragments and directives', () => {
  test('a field that two fragments select with other members is merged', async () => {
    const data = await ask(
      hub,
      `query { sharedServices(first: 3) { ...A ...B } }
      fragment A on SharedServiceConnection { nodes { slug carriers { isLead } ...C } }
      fragment B on SharedServiceConnection { totalCount nodes { id carriers { provider { slug } } ...C } }
      fragment C on Node { id ... on SharedService { kind ...D } }
      fragment D on SharedService { name(lang: EN) }`,
    );
    expect(data.sharedServices.totalCount).toBe(7);
    for (const node of data.sharedServices.nodes) {
      expect(Object.keys(node).sort()).toEqual(['carriers', 'id', 'kind', 'name', 'slug']);
      expect(node.carriers[0]).toEqual({ isLead: true, provider: { slug: expect.any(String) } });
    }
  });

  test('@skip and @include leave out fields and whole fragments, also nested ones', async () => {
    const source = `query ($yes: Boolean!, $no: Boolean!) { partners(first: 1) {
      totalCount @include(if: $no)
      nodes { id @skip(if: $yes) slug @include(if: $yes) name @skip(if: $no) @include(if: $yes)
        ... @include(if: $no) { headcount enrolments(first: 0) { totalCount } }
        sector @skip(if: $no) { code name @skip(if: $yes) } }
    } }`;
    const { partners } = await ask(hub, source, { yes: true, no: false });
    expect(Object.keys(partners)).toEqual(['nodes']);
    expect(Object.keys(partners.nodes[0])).toEqual(['slug', 'name', 'sector']);
    expect(Object.keys(partners.nodes[0].sector)).toEqual(['code']);
  });

  test('__typename stands at every level, and alone', async () => {
    const { partners } = await ask(
      hub,
      `{ partners(first: 1) { __typename edges { __typename node { __typename sector { __typename }
        enrolments(first: 1) { __typename pageInfo { __typename } } nameTranslations { __typename } } }
        pageInfo { __typename } } }`,
    );
    expect(partners).toEqual({
      __typename: 'PartnerConnection',
      edges: [
        {
          __typename: 'PartnerEdge',
          node: {
            __typename: 'Partner',
            sector: { __typename: 'Sector' },
            enrolments: { __typename: 'EnrolmentConnection', pageInfo: { __typename: 'PageInfo' } },
            nameTranslations: expect.arrayContaining([{ __typename: 'Translation' }]),
          },
        },
      ],
      pageInfo: { __typename: 'PageInfo' },
    });
    const alone = await ask(hub, '{ partners { __typename } }');
    expect(alone.partners).toEqual({ __typename: 'PartnerConnection' });
    const info = await ask(hub, '{ partners { pageInfo { hasPreviousPage } } }');
    expect(info.partners).toEqual({ pageInfo: { hasPreviousPage: false } });
  });

  test('members come in the sequence in which they were asked for', async () => {
    const { sharedServices } = await ask(
      hub,
      '{ sharedServices(first: 7) { nodes { slug ... on OtherService { usageUnit } id kind } totalCount } }',
    );
    expect(Object.keys(sharedServices)).toEqual(['nodes', 'totalCount']);
    const other = sharedServices.nodes.find(({ kind }: { kind: string }) => kind === 'OTHER');
    expect(Object.keys(other)).toEqual(['slug', 'usageUnit', 'id', 'kind']);
  });
});

describe('relations', () => {
  test('to-one chains go as far as they are asked, and null stays null', async () => {
    const { enrolments } = await ask(
      hub,
      `{ enrolments(first: 50) { nodes { partner { id municipality { nisCode province { nisCode region { nisCode } }
        region { nisCode region { nisCode } } } } recognition { partner { id } authority { code partOf { code } } } } } }`,
    );
    for (const { partner, recognition } of enrolments.nodes) {
      const { municipality } = partner;
      expect(municipality.region.region).toEqual({ nisCode: municipality.region.nisCode });
      if (municipality.province)
        expect(municipality.province.region.nisCode).toBe(municipality.region.nisCode);
      else expect(municipality.region.nisCode).toBe('04000');
      if (recognition) expect(recognition.partner.id).toBe(partner.id);
    }
    const withRecognition = enrolments.nodes.filter((node: { recognition: unknown }) => node.recognition);
    expect(withRecognition.length).toBeGreaterThan(0);
  });

  test('connections nest three deep, each with its own page and its own parent', async () => {
    const { partner } = await ask(
      hub,
      `query ($slug: String) { partner(reference: { slug: $slug }) { id enrolments(first: 2) { nodes { id service { slug
        enrolments(first: 3) { totalCount edges { cursor node { id service { slug } partner {
          id usage(first: 2) { totalCount nodes { partner { id } } } } } } } } } } } }`,
      { slug: await busyPartner() },
    );
    expect(partner.enrolments.nodes).toHaveLength(2);
    for (const { service } of partner.enrolments.nodes) {
      expect(service.enrolments.edges.length).toBe(Math.min(3, service.enrolments.totalCount));
      for (const { node } of service.enrolments.edges) {
        expect(node.service.slug).toBe(service.slug);
        expect(node.partner.usage.nodes.length).toBe(Math.min(2, node.partner.usage.totalCount));
        for (const entry of node.partner.usage.nodes) expect(entry.partner.id).toBe(node.partner.id);
      }
    }
  });

  test('totalCount alone reads no rows, and agrees with the database', async () => {
    const { data, statements } = await hub.query(
      '{ enrolments(first: 1, filter: { status: [ACTIVE] }) { totalCount } }',
    );
    const [row] = await hub.sql(`select count(*)::int as n from enrolment where status = 'ACTIVE'`);
    expect(data.enrolments).toEqual({ totalCount: (row as { n: number }).n });
    expect(statements[0]).not.toContain('row_number');
  });

  test('edges, nodes and pageInfo of one page agree', async () => {
    const { partners } = await ask(
      hub,
      '{ partners(first: 5) { pageInfo { startCursor endCursor hasNextPage hasPreviousPage } nodes { id } edges { node { id } cursor } more: nodes { slug } } }',
    );
    const { edges, nodes, more, pageInfo } = partners;
    expect(edges.map((edge: { node: object }) => edge.node)).toEqual(nodes);
    expect(more).toHaveLength(5);
    expect(pageInfo).toEqual({
      startCursor: edges[0].cursor,
      endCursor: edges[4].cursor,
      hasNextPage: true,
      hasPreviousPage: false,
    });
    expect(new Set(edges.map((edge: { cursor: string }) => edge.cursor)).size).toBe(5);
  });

  test('an empty page has no elements and no cursors', async () => {
    const { partners } = await ask(
      hub,
      '{ partners(filter: { search: "zzzzzz" }) { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    );
    expect(partners).toEqual({
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});

describe('@include with a variable that may be null', () => {
  const source = 'query ($x: Boolean = true) { partners(first: 1) { nodes { id slug @include(if: $x) } } }';

  test('is refused where it is null, and that spoils no other answer to the same document', async () => {
    const refused = await hub.query(source, { x: null });
    expect(refused.errors?.[0]?.message).toMatch(/must not be null/);
    const { data, errors } = await hub.query(source, { x: false });
    expect(errors).toBeUndefined();
    expect(Object.keys(data.partners.nodes[0])).toEqual(['id']);
    expect((await hub.query(source)).data.partners.nodes[0]).toHaveProperty('slug');
    expect((await hub.query(source, { x: null })).errors).toHaveLength(1);
  });

  test('at the root, too', async () => {
    const root = 'query ($x: Boolean = true) { partners(first: 1) @include(if: $x) { totalCount } }';
    const { errors } = await hub.query(root, { x: null });
    expect(errors?.[0]?.message).toMatch(/must not be null/);
  });
});
