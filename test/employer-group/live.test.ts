import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Subscribers, until } from '../live/support.ts';
import { save } from '../partners/records.ts';
import { ADMIN_TOKEN } from '../support/hub.ts';
import { GroupWorld } from './world.ts';

let world: GroupWorld;
let subscribers: Subscribers;
beforeAll(async () => {
  world = await GroupWorld.open();
  subscribers = await Subscribers.of(world.hub);
}, 60_000);
afterAll(async () => {
  await subscribers.close();
  await world.close();
});

const PROPOSED = `subscription ($scope: EmployerGroupScopeInput) { placementProposed(scope: $scope) { placements { id state } isComplete } }`;
const SUBMITTED = `subscription ($scope: EmployerGroupScopeInput) { timesheetSubmitted(scope: $scope) { timesheets { id state hours } isComplete } }`;

async function tokenOf(role: string, reference: string): Promise<string> {
  const client = await save(world.hub, 'createClient', { name: role, roles: [{ role, reference }] });
  const { data } = await world.hub.write(
    `mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { secret } }`,
    { input: { idempotencyKey: `token-${role}-${reference}`, client: client.id, scopes: ['READ'] } },
  );
  return data.issueAccessToken.secret;
}

test('a member hears of what is proposed to it and sent to it, and nobody else does', async () => {
  const other = await world.newMember();
  const own = await tokenOf('PARTNER_READER', world.member.id);
  const stranger = await tokenOf('PARTNER_READER', other.id);
  const proposals = await subscribers.begin(PROPOSED, {}, own);
  const submissions = await subscribers.begin(SUBMITTED, {}, own);
  const silent = [
    await subscribers.begin(PROPOSED, {}, stranger),
    await subscribers.begin(SUBMITTED, {}, stranger),
    await subscribers.begin(PROPOSED),
    await subscribers.begin(PROPOSED, { scope: { partner: other.id } }, ADMIN_TOKEN),
  ];
  const { placement } = await world.as(world.staff, 'proposePlacement', {
    partner: world.member.id,
    worker: world.worker.id,
    weeklyHours: '4',
    startsOn: '2026-06-01',
  });
  await until(() => proposals.events.length === 1);
  expect(proposals.events).toEqual([
    { placements: [{ id: placement.id, state: 'PROPOSED' }], isComplete: true },
  ]);
  await world.as(world.editor, 'agreeToPlacement', { placement: placement.id });
  const { results } = await world.as(world.staff, 'saveTimesheets', {
    timesheets: [{ placement: placement.id, week: '2026-06-01', hours: '4' }],
  });
  await world.as(world.staff, 'submitTimesheets', { timesheets: [results[0].timesheet] });
  await until(() => submissions.events.length === 1);
  expect(submissions.events).toEqual([
    { timesheets: [{ id: results[0].timesheet, state: 'SUBMITTED', hours: '4' }], isComplete: true },
  ]);
  expect(silent.flatMap(({ events }) => events)).toEqual([]);
  expect([proposals, submissions, ...silent].flatMap(({ errors }) => errors)).toEqual([]);
});
