import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

test('who came to sessions for the first time is who was trained, organisation by organisation and day by day', async () => {
  const trained = await hub.sql(
    `select e.partner_id, e.occurred_on::text as day, sum(e.quantity)::int as people from usage_entry e where e.metric_key = 'DIVERSITY_PEOPLE_TRAINED' group by 1, 2 order by 1, 2`,
  );
  const came = await hub.sql(
    `select a.partner_id, (s.starts_at at time zone 'Europe/Brussels')::date::text as day, sum(a.first_time)::int as people
      from session_attendance a join advice_session s on s.id = a.session_id join shared_service v on v.id = s.service_id
      where v.kind = 'DIVERSITY' group by 1, 2 having sum(a.first_time) > 0 order by 1, 2`,
  );
  expect(trained.length).toBeGreaterThan(200);
  expect(came).toEqual(trained);
});

test('the working groups met five times a year from 2018 to 2021, and there are sessions to come', async () => {
  const { data } = await hub.query(
    `{ groups: adviceSessions(filter: { kinds: [WORKING_GROUP] }, first: 100) { nodes { startsAt attendance { attended } } }
      coming: adviceSessions(filter: { from: "2026-07-01T00:00:00Z" }) { nodes { freeSeats attendance { attended } provenance } } }`,
  );
  const years = data.groups.nodes.map(({ startsAt }: { startsAt: string }) => startsAt.slice(0, 4));
  expect(years).toEqual(['2021', '2020', '2019', '2018'].flatMap((year) => Array(5).fill(year)));
  expect(data.groups.nodes.every(({ attendance }: { attendance: unknown[] }) => attendance.length > 0)).toBe(
    true,
  );
  expect(data.coming.nodes.length).toBeGreaterThan(3);
  for (const session of data.coming.nodes)
    expect(session).toMatchObject({ attendance: [], provenance: 'SYNTHETIC' });
});
