import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';

const COCOM = 'cocom-institutions-of-the-fund';
const DECLARED = 'free-schools-and-associations';

let hub: TestHub;
let services: { id: string; slug: string }[];

beforeAll(async () => {
  hub = await startTestHub();
  const { data } = await hub.query('{ sharedServices(first: 100) { nodes { id slug } } }');
  services = data.sharedServices.nodes;
});
afterAll(() => hub.close());

interface Answer {
  size: number;
  coverage: { size: number; served: number | null; notReached: number | null; share: string | null };
  members: { totalCount: number; nodes: { slug: string }[] };
  notReached: { totalCount: number; nodes: { slug: string }[] };
}

async function population(slug: string, service: string): Promise<Answer> {
  const { data, errors, statements } = await hub.query(
    `query ($slug: String!, $service: ID!) { population(reference: { slug: $slug }) {
      size coverage(service: $service) { size served notReached share }
      members(first: 100) { totalCount nodes { slug } } notReached(service: $service, first: 100) { totalCount nodes { slug } }
    } }`,
    { slug, service },
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return data.population;
}

/** Listed members that have an enrolment in the service in force today, by plain SQL. */
async function servedOf(slug: string, service: string): Promise<string[]> {
  const rows = await hub.sql<{ slug: string }>(
    `select p.slug from population_member m join population o on o.id = m.population_id join partner p on p.id = m.partner_id
     where o.slug = $1 and p.id in (select partner_id from enrolment where 'service_' || service_id = $2
       and active_from <= now()::date and coalesce(ended_on > now()::date, true)) order by p.slug`,
    [slug, service],
  );
  return rows.map((row) => row.slug);
}

const idOf = (slug: string): string => services.find((service) => service.slug === slug)?.id as string;

describe('coverage of a listed population', () => {
  test('by every service: served and not reached are its members, each once', async () => {
    let reached = 0;
    for (const { id } of services) {
      for (const slug of [COCOM, 'care-homes-of-brussels']) {
        const { size, coverage, members, notReached } = await population(slug, id);
        const served = await servedOf(slug, id);
        reached += served.length;
        expect(members.totalCount).toBe(size);
        expect(coverage).toEqual({
          size,
          served: served.length,
          notReached: size - served.length,
          share: String(Math.round((served.length / size) * 10_000) / 10_000),
        });
        expect(notReached.totalCount).toBe(size - served.length);
        const leftOut = notReached.nodes.map((partner) => partner.slug);
        const all = members.nodes.map((partner) => partner.slug);
        expect([...leftOut, ...served].sort()).toEqual([...all].sort());
      }
    }
    expect(reached).toBeGreaterThan(60);
  });

  test('the 74 institutions of the Fund: a new enrolment reaches one more, an ended one leaves one out', async () => {
    const service = idOf('prevention');
    const before = await population(COCOM, service);
    expect(before.size).toBe(74);
    const partner = before.notReached.nodes[0]?.slug as string;
    const enrolments = await hub.sql<{ id: string }>(
      `select e.id from enrolment e join partner p on p.id = e.partner_id where p.slug = $1 and e.status = 'REQUESTED' and 'service_' || e.service_id = $2`,
      [partner, service],
    );
    const id = enrolments[0]
      ? `enrolment_${enrolments[0].id}`
      : await request(await partnerId(partner), service);
    // A request alone reaches nobody.
    expect((await population(COCOM, service)).coverage).toEqual(before.coverage);
    await change('activateEnrolment', 'ActivateEnrolmentInput', { id });
    const after = await population(COCOM, service);
    expect(after.coverage.served).toBe((before.coverage.served as number) + 1);
    expect(after.notReached.nodes.map(({ slug }) => slug)).not.toContain(partner);
    await change('endEnrolment', 'EndEnrolmentInput', { id });
    expect(await population(COCOM, service)).toEqual(before);
  });

  test('a service shows the coverage of the population that it is for, or none', async () => {
    const { data, statements } = await hub.query(
      '{ sharedServices(first: 100) { nodes { id slug population { slug } coverage { size served notReached share } } } }',
    );
    expect(statements).toHaveLength(1);
    const withPopulation = data.sharedServices.nodes.filter((one: { population: unknown }) => one.population);
    expect(withPopulation.length).toBeGreaterThan(3);
    for (const service of data.sharedServices.nodes) {
      if (!service.population) expect(service.coverage).toBeNull();
      else expect(service.coverage).toEqual((await population(service.population.slug, service.id)).coverage);
    }
  });
});

describe('coverage of a declared population', () => {
  test('that is a count without a list: nobody can say who is served', async () => {
    const answer = await population(DECLARED, idOf('employer-group'));
    expect(answer.size).toBe(2400);
    expect(answer.coverage).toEqual({ size: 2400, served: null, notReached: null, share: null });
    expect(answer.members.totalCount).toBe(0);
    expect(answer.notReached).toBeNull();
  });

  test('that has a partial list too: the count stays the denominator, the list says who is served', async () => {
    const service = idOf('employer-group');
    await hub.sql(
      `insert into population_member (population_id, partner_id) select o.id, p.id from population o, lateral (
         (select e.partner_id as id from enrolment e where 'service_' || e.service_id = $2 and e.status = 'ACTIVE' order by 1 limit 3)
         union all (select p.id from partner p where not exists (select from enrolment e where e.partner_id = p.id) order by 1 limit 2)) p
       where o.slug = $1`,
      [DECLARED, service],
    );
    const answer = await population(DECLARED, service);
    expect(answer.size).toBe(2400);
    // 3 ÷ 2400 = 0.00125, to four decimals.
    expect(answer.coverage).toEqual({ size: 2400, served: 3, notReached: 2397, share: '0.0013' });
    expect([answer.members.totalCount, answer.notReached.totalCount]).toEqual([5, 2]);
  });

  test('an empty list has no share', async () => {
    await hub.sql(
      `insert into population (id, slug, name_en, definition_en, as_of, source, provenance)
       values (gen_random_uuid(), 'nobody', 'Nobody', 'Nobody at all', '2024-01-01', 'test', 'SYNTHETIC')`,
    );
    const answer = await population('nobody', idOf('prevention'));
    expect(answer.coverage).toEqual({ size: 0, served: 0, notReached: 0, share: null });
  });
});

describe('enrolments by authority', () => {
  test.each(['2020-01-01', '2022-05-31', '2022-06-01', '2026-06-30', null])(
    'on %s they add up to the enrolments in force on that day, most first',
    async (asOf) => {
      const { data } = await hub.query(
        `query ($asOf: Date) { sharedServices(first: 100) { nodes { id slug enrolledByAuthority(asOf: $asOf) { authority { code } count } } } }`,
        { asOf },
      );
      let total = 0;
      for (const { id, slug, enrolledByAuthority } of data.sharedServices.nodes) {
        const counts: { authority: { code: string } | null; count: number }[] = enrolledByAuthority;
        const expected = await hub.sql<{ code: string | null; count: number }>(
          `select (select a.code from recognition r join competent_authority a on a.id = r.authority_id where r.id = e.recognition_id) as code, count(*)::int as count
           from enrolment e where 'service_' || service_id = $1 and active_from <= coalesce($2::date, now()::date)
             and coalesce(ended_on > coalesce($2::date, now()::date), true) group by 1`,
          [id, asOf],
        );
        const byCode = (rows: { code: string | null; count: number }[]) =>
          Object.fromEntries(rows.map(({ code, count }) => [String(code), count]));
        expect({
          slug,
          counts: byCode(counts.map(({ authority, count }) => ({ code: authority?.code ?? null, count }))),
        }).toEqual({ slug, counts: byCode(expected) });
        const numbers = counts.map(({ count }) => count);
        expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
        const sum = numbers.reduce((left, right) => left + right, 0);
        total += sum;
        const day = asOf ?? new Date().toISOString().slice(0, 10);
        const active = await hub.query(
          `query ($filter: EnrolmentFilter) { enrolments(filter: $filter) { totalCount } }`,
          { filter: { service: id, activeOn: day } },
        );
        expect({ slug, sum }).toEqual({ slug, sum: active.data.enrolments.totalCount });
      }
      expect(total).toBeGreaterThan(100);
    },
  );

  test('before the first enrolment there is nothing to count', async () => {
    const { data } = await hub.query(
      '{ sharedServices(first: 100) { nodes { enrolledByAuthority(asOf: "1999-12-31") { count } } } }',
    );
    for (const { enrolledByAuthority } of data.sharedServices.nodes) expect(enrolledByAuthority).toEqual([]);
  });
});

async function partnerId(slug: string): Promise<string> {
  const { data } = await hub.query(`query ($slug: String) { partner(reference: { slug: $slug }) { id } }`, {
    slug,
  });
  return data.partner.id;
}

async function change(mutation: string, input: string, value: object): Promise<string> {
  const { data, errors } = await hub.write(
    `mutation ($input: ${input}!) { ${mutation}(input: $input) { userErrors { code message } enrolment { id } } }`,
    { input: { idempotencyKey: `coverage-${mutation}`, ...value } },
  );
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation].enrolment.id;
}

function request(partner: string, service: string): Promise<string> {
  return change('enrolPartner', 'EnrolPartnerInput', { partner, service });
}
