import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

/** One question, one statement, no error. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the data is each test's own question
async function ask(source: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { data, errors, statements } = await hub.query(source, variables);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return data;
}

/** A partner with a recognition of a site, a federation, enrolments and usage. */
async function richPartner(): Promise<string> {
  const [row] = await hub.sql<{ slug: string }>(
    `select p.slug from partner p
     where exists (select from recognition r where r.partner_id = p.id and r.site_id is not null)
       and exists (select from membership m where m.partner_id = p.id and m.valid_until is null)
       and exists (select from usage_entry u where u.partner_id = p.id and u.enrolment_id is not null)
       and (select count(*) from enrolment e where e.partner_id = p.id and e.status = 'ACTIVE' and e.recognition_id is not null) >= 2
     order by p.slug limit 1`,
  );
  return row?.slug as string;
}

describe('from a partner', () => {
  test('through its enrolments, services, carriers and their services back to itself', async () => {
    const slug = await richPartner();
    const { partner } = await ask(
      `query ($slug: String) { partner(reference: { slug: $slug }) { id
        enrolments(first: 3, filter: { status: [ACTIVE] }) { totalCount nodes { id service { id slug
          carriers { isLead provider { slug
            sharedServices { slug ... on SharedService { enrolments(first: 100, filter: { status: [ACTIVE] }) { totalCount nodes { service { slug } partner { id } } } } } } } } } }
      } }`,
      { slug },
    );
    expect(partner.enrolments.totalCount).toBeGreaterThanOrEqual(2);
    for (const { service } of partner.enrolments.nodes) {
      expect(service.carriers.filter(({ isLead }: { isLead: boolean }) => isLead)).toHaveLength(1);
      for (const { provider } of service.carriers) {
        const same = provider.sharedServices.find((one: { slug: string }) => one.slug === service.slug);
        // Back at the service that we came from, and every enrolment there is in it.
        expect(same).toBeDefined();
        const [counted] = await hub.sql<{ count: number }>(
          `select count(*)::int as count from enrolment where 'service_' || service_id = $1 and status = 'ACTIVE'`,
          [service.id],
        );
        expect(same.enrolments.totalCount).toBe(counted?.count);
        expect(same.enrolments.nodes).toHaveLength(Math.min(100, counted?.count ?? 0));
        for (const enrolment of same.enrolments.nodes) expect(enrolment.service.slug).toBe(service.slug);
      }
      const { enrolments } = await ask(
        `query ($filter: EnrolmentFilter) { enrolments(filter: $filter) { nodes { partner { id } service { id } } } }`,
        { filter: { partner: partner.id, service: service.id, status: ['ACTIVE'] } },
      );
      expect(enrolments.nodes).toEqual([{ partner: { id: partner.id }, service: { id: service.id } }]);
    }
  });

  test('to its sites, their recognitions, authorities and territories, and back', async () => {
    const slug = await richPartner();
    const { partner } = await ask(
      `query ($slug: String) { partner(reference: { slug: $slug }) { id
        municipality { nisCode region { nisCode level } }
        sites { id isRegisteredOffice partner { id } municipality { nisCode region { nisCode } arrondissement { level } }
          recognitions { id site { id } authority { code } } }
        recognitions { id partner { id } site { id partner { slug } } authority { code partOf { code administrations { code } } } sector { code } }
      } }`,
      { slug },
    );
    const [office] = partner.sites;
    expect(office).toMatchObject({ isRegisteredOffice: true, partner: { id: partner.id } });
    expect(office.municipality.nisCode).toBe(partner.municipality.nisCode);
    expect(partner.municipality.region).toEqual({
      nisCode: office.municipality.region.nisCode,
      level: 'REGION',
    });
    const ofSites = partner.recognitions.filter((one: { site: unknown }) => one.site);
    expect(ofSites.length).toBeGreaterThan(0);
    for (const recognition of ofSites) {
      expect(recognition.partner.id).toBe(partner.id);
      expect(recognition.site.partner.slug).toBe(slug);
      const site = partner.sites.find(({ id }: { id: string }) => id === recognition.site.id);
      expect(site.recognitions.map(({ id }: { id: string }) => id)).toContain(recognition.id);
      const { partOf } = recognition.authority;
      if (partOf) {
        expect(partOf.administrations.map(({ code }: { code: string }) => code)).toContain(
          recognition.authority.code,
        );
      }
    }
  });

  test('to its usage, the enrolment that it was reported under, and the usage of that', async () => {
    const slug = await richPartner();
    const { partner } = await ask(
      `query ($slug: String) { partner(reference: { slug: $slug }) { id usage(first: 100) { totalCount nodes { id metric { key }
        partner { id } service { id } enrolment { id partner { id } service { id } usage(first: 100) { nodes { id } } } } } } }`,
      { slug },
    );
    const [counted] = await hub.sql<{ count: number }>(
      `select count(*)::int as count from usage_entry where 'partner_' || partner_id = $1`,
      [partner.id],
    );
    expect(partner.usage.totalCount).toBe(counted?.count);
    const enrolled = partner.usage.nodes.filter((entry: { enrolment: unknown }) => entry.enrolment);
    expect(enrolled.length).toBeGreaterThan(0);
    for (const entry of enrolled) {
      expect(entry.partner.id).toBe(partner.id);
      expect(entry.enrolment.partner.id).toBe(partner.id);
      expect(entry.enrolment.service.id).toBe(entry.service.id);
      expect(entry.enrolment.usage.nodes.map(({ id }: { id: string }) => id)).toContain(entry.id);
    }
  });
});

describe('from a federation', () => {
  test('to its members of today, whose memberships name it, and to the services that it set up', async () => {
    const { federations } = await ask(
      `{ federations(first: 20) { totalCount nodes { id slug
        members(first: 100) { totalCount nodes { id memberships { federation { id } period { from to } } } }
        sharedServices(first: 20) { nodes { slug federation { id } population { slug } } } } } }`,
    );
    expect(federations.nodes).toHaveLength(federations.totalCount);
    let services = 0;
    for (const federation of federations.nodes) {
      const [counted] = await hub.sql<{ count: number }>(
        `select count(*)::int as count from membership where 'federation_' || federation_id = $1
           and valid_from <= now()::date and coalesce(valid_until > now()::date, true)`,
        [federation.id],
      );
      expect(federation.members.totalCount).toBe(counted?.count);
      const today = new Date().toISOString().slice(0, 10);
      for (const { memberships } of federation.members.nodes) {
        const now = memberships.filter(
          ({
            federation: of,
            period,
          }: {
            federation: { id: string };
            period: { from: string; to: string | null };
          }) => of.id === federation.id && period.from <= today && (!period.to || today < period.to),
        );
        expect(now).toHaveLength(1);
      }
      services += federation.sharedServices.nodes.length;
      for (const service of federation.sharedServices.nodes)
        expect(service.federation.id).toBe(federation.id);
    }
    expect(services).toBeGreaterThan(0);
  });
});

describe('from a service', () => {
  test('each kind has its own object type, and its enrolments rest on recognitions of their partners', async () => {
    const { sharedServices } = await ask(
      `{ sharedServices(first: 20) { nodes { __typename kind slug provenance
        fundings { funder authority { code } service { slug } period { from to } amount { amount currency } }
        enrolments(first: 20) { nodes { partner { id } recognition { partner { id } authority { code } } history { status } status } } } } }`,
    );
    const types = Object.fromEntries(
      sharedServices.nodes.map((one: { kind: string; __typename: string }) => [one.kind, one.__typename]),
    );
    expect(types).toEqual({
      DIVERSITY: 'DiversityService',
      EMPLOYER_GROUP: 'EmployerGroupService',
      ENERGY: 'EnergyService',
      OTHER: 'OtherService',
      PREVENTION: 'PreventionService',
      PURCHASING: 'PurchasingService',
    });
    for (const { slug, fundings, enrolments } of sharedServices.nodes) {
      for (const funding of fundings) expect(funding.service.slug).toBe(slug);
      for (const { partner, recognition, history, status } of enrolments.nodes) {
        if (recognition) expect(recognition.partner.id).toBe(partner.id);
        // The history ends with the state that the enrolment is in.
        expect(history.at(-1).status).toBe(status);
      }
    }
  });

  test('a service of one kind only, and the same service by slug, by id and as a node', async () => {
    const { sharedServices } = await ask(
      '{ sharedServices(kind: PREVENTION) { totalCount nodes { id slug } } }',
    );
    expect(sharedServices.totalCount).toBe(1);
    const [{ id, slug }] = sharedServices.nodes;
    const data = await hub.query(
      `query ($id: ID!, $slug: String) { byId: sharedService(reference: { id: $id }) { id slug } bySlug: sharedService(reference: { slug: $slug }) { id slug }
        node(id: $id) { id ... on PreventionService { slug } } nodes(ids: [$id]) { id ... on SharedService { slug } } }`,
      { id, slug },
    );
    const same = { id, slug };
    expect(data.errors).toBeUndefined();
    expect(data.data).toEqual({ byId: same, bySlug: same, node: same, nodes: [same] });
  });
});

describe('from the code lists', () => {
  test('COCOM acts through Iriscare and DVC, and they are part of it', async () => {
    const { competentAuthorities } = await ask(
      '{ competentAuthorities { code partOf { code } administrations { code partOf { code } } } }',
    );
    const byCode = Object.fromEntries(competentAuthorities.map((one: { code: string }) => [one.code, one]));
    expect(byCode.COCOM).toEqual({
      code: 'COCOM',
      partOf: null,
      administrations: [
        { code: 'DVC', partOf: { code: 'COCOM' } },
        { code: 'IRISCARE', partOf: { code: 'COCOM' } },
      ],
    });
    expect(byCode.IRISCARE).toEqual({ code: 'IRISCARE', partOf: { code: 'COCOM' }, administrations: [] });
    expect(byCode.COCOF.administrations).toEqual([]);
  });

  test('a municipality lies in its arrondissement, province and region; Brussels has no province', async () => {
    const { territories } = await ask(
      '{ territories(level: MUNICIPALITY) { nisCode region { nisCode } province { nisCode } arrondissement { nisCode } } }',
    );
    const byCode = Object.fromEntries(territories.map((one: { nisCode: string }) => [one.nisCode, one]));
    expect(byCode['21004']).toEqual({
      nisCode: '21004',
      region: { nisCode: '04000' },
      province: null,
      arrondissement: { nisCode: '21000' },
    });
    for (const { region } of territories) expect(['02000', '03000', '04000']).toContain(region.nisCode);
    expect(byCode['62063']).toMatchObject({ region: { nisCode: '03000' }, province: { nisCode: '60000' } });
  });
});

describe('from what a record refers to, back to it', () => {
  test('sector, territories and authority lead to the partner and its recognition', async () => {
    const slug = await richPartner();
    const { partner } = await ask(
      `query ($slug: String) { partner(reference: { slug: $slug }) { id
        sector { partners(first: 100) { nodes { id } pageInfo { hasNextPage } totalCount } }
        municipality { partners(first: 100) { nodes { id } } region { partners(first: 1) { totalCount } } }
        recognitions { id authority { recognitions(first: 100) { totalCount } } enrolments { recognition { id } partner { id } } }
        populations { sharedServices { population { slug } } slug members(first: 100) { nodes { id } } }
      } }`,
      { slug },
    );
    const [counts] = await hub.sql<{ sector: string; region: string }>(
      `select (select count(*) from partner o where o.sector_id = p.sector_id) as sector,
         (select count(distinct s.partner_id) from site s join territory st on st.id = s.municipality_id where st.region_code = t.region_code) as region
       from partner p join territory t on t.id = p.municipality_id where p.slug = $1`,
      [slug],
    );
    expect(partner.sector.partners.totalCount).toBe(Number(counts?.sector));
    expect(partner.municipality.region.partners.totalCount).toBe(Number(counts?.region));
    expect(partner.municipality.partners.nodes).toContainEqual({ id: partner.id });
    expect(partner.recognitions.length).toBeGreaterThan(0);
    for (const recognition of partner.recognitions) {
      expect(recognition.authority.recognitions.totalCount).toBeGreaterThan(0);
      for (const enrolment of recognition.enrolments) {
        expect(enrolment).toEqual({ recognition: { id: recognition.id }, partner: { id: partner.id } });
      }
    }
    for (const population of partner.populations) {
      for (const service of population.sharedServices) expect(service.population.slug).toBe(population.slug);
    }
  });

  test('an entry that was taken back leads to the one that did it', async () => {
    const [row] = await hub.sql<{ id: string; reverses: string }>(
      'select id, reverses_id as reverses from usage_entry where reverses_id is not null order by id limit 1',
    );
    const { node } = await ask(
      `query ($id: ID!) { node(id: $id) { ... on UsageEntry { isReversed reversedBy { id reverses { id } } } } }`,
      { id: `usage_entry_${row?.reverses}` },
    );
    expect(node).toEqual({
      isReversed: true,
      reversedBy: { id: `usage_entry_${row?.id}`, reverses: { id: `usage_entry_${row?.reverses}` } },
    });
  });
});
