import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { count, keyOf, save } from '../partners/records.ts';
import { adviceInputsOf } from './attempts.ts';
import { AdviceWorld } from './world.ts';

let world: AdviceWorld;
let analysis: string;
beforeAll(async () => {
  world = await AdviceWorld.open('PREVENTION');
  const of = { partner: world.partner.id, service: world.service.id };
  ({ analysis } = (await adviceInputsOf(world.hub).planPreventionMeasure(of)) as { analysis: string });
}, 60_000);
afterAll(() => world.close());

const plan = (input: object = {}) =>
  world.as(world.editor, 'planPreventionMeasure', {
    analysis,
    title: 'Régler la ventilation',
    rubric: 'NOISE',
    responsible: 'FACILITY_MANAGEMENT',
    deadline: '2026-09-30',
    budget: '1200',
    ...input,
  });

describe('A measure', () => {
  test('is planned with a role, a deadline and a budget, begun, and done', async () => {
    const { measure } = await plan();
    expect(measure).toMatchObject({
      title: 'Régler la ventilation',
      state: 'PLANNED',
      priority: 'NORMAL',
      budget: '1200',
      plannedOn: '2026-06-15',
      // The hub's day is later than the test's: its deadline has passed.
      isOverdue: true,
    });
    const change = { measure: measure.id, isStarted: true, priority: 'HIGH', deadline: '2099-01-31' };
    expect((await world.as(world.staff, 'changePreventionMeasure', change)).measure).toMatchObject({
      state: 'IN_PROGRESS',
      priority: 'HIGH',
      title: 'Régler la ventilation',
      isOverdue: false,
    });
    const done = { measure: measure.id, doneOn: '2026-06-15' };
    expect((await world.as(world.editor, 'completePreventionMeasure', done)).measure).toMatchObject({
      state: 'DONE',
      closedOn: '2026-06-15',
    });
    expect(await world.wrong(world.editor, 'changePreventionMeasure', change)).toEqual(['WRONG_STATE']);
    expect(
      await world.wrong(world.editor, 'dropPreventionMeasure', { measure: measure.id, reason: 'x' }),
    ).toEqual(['WRONG_STATE']);
    await expect(
      world.hub.sql(`update prevention_measure set state = 'PLANNED', closed_on = null where id = $1`, [
        keyOf(measure),
      ]),
    ).rejects.toMatchObject({ code: 'MH170' });
  });

  test('is dropped with a reason, and not without', async () => {
    const { measure } = await plan({ title: 'Des portes' });
    const drop = (reason: string) => ({ measure: measure.id, reason });
    expect(await world.wrong(world.staff, 'dropPreventionMeasure', drop('  '))).toEqual(['TEXT_MISSING']);
    expect(
      (await world.as(world.staff, 'dropPreventionMeasure', drop('Une autre suffit'))).measure,
    ).toMatchObject({
      state: 'DROPPED',
      dropReason: 'Une autre suffit',
      isOverdue: false,
    });
  });

  test('comes after the conclusions, with a deadline ahead, by the partner or the service', async () => {
    const early = await save(world.hub, 'openRiskAnalysis', {
      partner: world.partner.id,
      service: world.service.id,
    });
    const before = await count(world.hub, 'prevention_measure');
    expect((await plan({ analysis: early.id })).userErrors).toMatchObject([
      { code: 'STEP_OUT_OF_ORDER', field: 'analysis' },
    ]);
    expect((await plan({ deadline: '2026-06-14' })).userErrors).toMatchObject([
      { code: 'INVALID_DEADLINE', field: 'deadline' },
    ]);
    expect((await plan({ budget: '12.345' })).userErrors).toMatchObject([{ code: 'INVALID_AMOUNT' }]);
    const input = { analysis, title: 'Des tapis', responsible: 'MANAGEMENT', deadline: '2027-01-31' };
    expect(await world.wrong(world.stranger, 'planPreventionMeasure', input)).toEqual(['NOT_FOUND']);
    expect(await count(world.hub, 'prevention_measure')).toBe(before);
  });

  test('is done once, though several say so together', async () => {
    const { measure } = await plan({ title: 'Des casques' });
    const input = { measure: measure.id, doneOn: '2026-06-15' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => world.wrong(world.editor, 'completePreventionMeasure', input)),
    );
    expect(answers.flat()).toEqual(['WRONG_STATE', 'WRONG_STATE', 'WRONG_STATE', 'WRONG_STATE']);
  });
});

describe('A plan', () => {
  test('of a year is the measures that are due in it; of five years, their sums', async () => {
    const of = { partner: world.partner.id, service: world.service.id };
    const own = (await adviceInputsOf(world.hub).planPreventionMeasure(of)) as { analysis: string };
    const due = async (title: string, deadline: string, budget: string | null) =>
      (await plan({ analysis: own.analysis, title, deadline, budget })).measure.id;
    const [first, second] = [await due('A', '2031-03-31', '100.50'), await due('B', '2031-12-31', null)];
    await due('C', '2033-01-01', '20');
    const dropped = await due('D', '2031-05-01', '5000');
    await save(world.hub, 'dropPreventionMeasure', { measure: dropped, reason: 'Une autre suffit' });
    await save(world.hub, 'completePreventionMeasure', { measure: first, doneOn: '2026-06-15' });
    const question = `query ($partner: ID!, $year: DateRangeInput) {
      partner(reference: { id: $partner }) { preventionPlan(from: 2030) { year measures done doneInTime overdue budget } }
      preventionMeasures(filter: { partner: $partner, due: $year, states: [PLANNED, IN_PROGRESS] }) { nodes { id } } }`;
    const variables = { partner: world.partner.id, year: { from: '2031-01-01', to: '2032-01-01' } };
    const { data } = await world.ask(question, variables, world.editor);
    expect(data.partner.preventionPlan).toEqual([
      { year: 2031, measures: 2, done: 1, doneInTime: 1, overdue: 0, budget: '100.5' },
      { year: 2033, measures: 1, done: 0, doneInTime: 0, overdue: 0, budget: '20' },
    ]);
    expect(data.preventionMeasures.nodes).toEqual([{ id: second }]);
    // Nobody else sees anything of it.
    const { data: others } = await world.ask(question, variables, world.stranger);
    expect(others).toEqual({ partner: { preventionPlan: [] }, preventionMeasures: { nodes: [] } });
  });
});
