import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { holder } from '../employer-group/world.ts';
import { count, keyOf, newService, save } from '../partners/records.ts';
import { AdviceWorld } from './world.ts';

let world: AdviceWorld;
beforeAll(async () => {
  world = await AdviceWorld.open('PREVENTION');
}, 60_000);
afterAll(() => world.close());

interface Named {
  id: string;
}

const opened = async (input: object = {}): Promise<string> => {
  const { analysis } = await world.as(world.editor, 'openRiskAnalysis', {
    partner: world.partner.id,
    service: world.service.id,
    requestedOn: '2026-01-05',
    ...input,
  });
  return analysis.id;
};
const step = (analysis: string, name: string, doneOn: string) =>
  world.as(world.staff, 'recordRiskAnalysisStep', {
    analysis,
    step: name,
    doneOn,
    evidence: 'Procès-verbal',
  });
const codes = ({ userErrors }: { userErrors: { code: string }[] }): string[] =>
  userErrors.map(({ code }) => code);
const groupOf = async (analysis: string, name: string, size = 6): Promise<Named> =>
  (await world.as(world.staff, 'addTargetGroup', { analysis, name, size })).group;
const hear = (group: string, findings: object[] = [{ rubric: 'NOISE', goesNotWell: 'La ventilation' }]) =>
  world.as(world.staff, 'saveGroupFindings', { group, metOn: '2026-02-10', findings });

describe('A risk analysis', () => {
  test('goes from the request to the action plan, each step with its day and evidence', async () => {
    const analysis = await opened();
    await step(analysis, 'MANAGEMENT_MET', '2026-02-02');
    const night = await groupOf(analysis, 'Équipe de nuit');
    const day = await groupOf(analysis, 'Équipe de jour', 12);
    const { group } = await hear(night.id, [
      { rubric: 'WORKING_RELATIONS', component: 'RELATIONS_AT_WORK', goesWell: '  L’entraide ' },
      { rubric: 'LIGHTING', goesNotWell: 'Le couloir', ideas: 'Des lampes' },
    ]);
    expect(group.findings).toEqual([
      {
        rubric: 'WORKING_RELATIONS',
        component: 'RELATIONS_AT_WORK',
        goesWell: 'L’entraide',
        goesNotWell: null,
        ideas: null,
      },
      { rubric: 'LIGHTING', component: null, goesWell: null, goesNotWell: 'Le couloir', ideas: 'Des lampes' },
    ]);
    const early = await step(analysis, 'GROUPS_MET', '2026-02-10');
    expect(early.userErrors).toMatchObject([
      { code: 'GROUPS_NOT_MET', field: 'step', message: expect.stringContaining('Équipe de jour') },
    ]);
    await hear(day.id);
    // What is said again takes the place of what was said.
    expect((await hear(day.id, [{ rubric: 'VIBRATIONS', ideas: 'Des tapis' }])).group.findings).toHaveLength(
      1,
    );
    await step(analysis, 'GROUPS_MET', '2026-02-10');
    expect(codes(await step(analysis, 'REPORTS_APPROVED', '2026-02-20'))).toEqual(['REPORT_NOT_APPROVED']);
    for (const { id } of [night, day])
      await world.as(world.editor, 'approveGroupReport', { group: id, approvedOn: '2026-02-20' });
    for (const name of ['REPORTS_APPROVED', 'CONCLUSIONS_PRESENTED', 'WORKERS_CONSULTED'])
      expect(codes(await step(analysis, name, '2026-03-02'))).toEqual([]);
    expect(codes(await step(analysis, 'ACTION_PLANNED', '2026-03-02'))).toEqual(['PLAN_EMPTY']);
    await save(world.hub, 'planPreventionMeasure', {
      analysis,
      title: 'Des lampes',
      responsible: 'MANAGEMENT',
      deadline: '2026-12-31',
    });
    expect(codes(await step(analysis, 'ACTION_PLANNED', '2026-03-02'))).toEqual([]);
    const { data } = await world.ask(
      'query ($id: ID!) { node(id: $id) { ... on RiskAnalysis { step level steps { step doneOn evidence } } } }',
      { id: analysis },
    );
    expect(data.node).toMatchObject({ step: 'ACTION_PLANNED', level: 'SCREENING' });
    expect(data.node.steps.map((one: { step: string }) => one.step)).toEqual([
      'REQUESTED',
      'MANAGEMENT_MET',
      'GROUPS_MET',
      'REPORTS_APPROVED',
      'CONCLUSIONS_PRESENTED',
      'WORKERS_CONSULTED',
      'ACTION_PLANNED',
    ]);
    expect(codes(await step(analysis, 'ACTION_PLANNED', '2026-03-02'))).toEqual(['STEP_OUT_OF_ORDER']);
  });

  test('passes over no step, goes back in no day, and leaves nothing of what was refused', async () => {
    const analysis = await opened();
    for (const [name, day, code] of [
      ['GROUPS_MET', '2026-02-02', 'STEP_OUT_OF_ORDER'],
      ['REQUESTED', '2026-02-02', 'STEP_OUT_OF_ORDER'],
      ['MANAGEMENT_MET', '2026-01-04', 'DATES_OUT_OF_ORDER'],
      ['MANAGEMENT_MET', '2026-06-16', 'DATE_IN_FUTURE'],
    ] as const) {
      expect([name, ...codes(await step(analysis, name, day))]).toEqual([name, code]);
    }
    expect(await count(world.hub, 'risk_analysis_step', 'analysis_id = $1', [keyOf({ id: analysis })])).toBe(
      1,
    );
    // A step needs its evidence.
    expect(
      await world.wrong(world.staff, 'recordRiskAnalysisStep', {
        analysis,
        step: 'MANAGEMENT_MET',
        doneOn: '2026-02-02',
        evidence: '  ',
      }),
    ).toEqual(['TEXT_MISSING']);
  });

  test('takes a step once, though several arrive together', async () => {
    const analysis = await opened();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => step(analysis, 'MANAGEMENT_MET', '2026-02-02')),
    );
    expect(answers.flatMap(codes)).toEqual(Array.from({ length: 5 }, () => 'STEP_OUT_OF_ORDER'));
    const added = await Promise.all(
      Array.from({ length: 4 }, () =>
        world.as(world.staff, 'addTargetGroup', { analysis, name: 'Cuisine', size: 5 }),
      ),
    );
    expect(added.flatMap(codes)).toEqual(['NAME_TAKEN', 'NAME_TAKEN', 'NAME_TAKEN']);
  });

  test('goes deeper alone, with a reason', async () => {
    const analysis = await opened();
    const deepen = (level: string, reason = 'Le bruit dépasse ce qu’une observation montre') =>
      world.as(world.staff, 'deepenRiskAnalysis', { analysis, level, reason });
    expect(codes(await deepen('SCREENING'))).toEqual(['LEVEL_NOT_HIGHER']);
    expect((await deepen('ANALYSIS')).analysis).toMatchObject({
      level: 'ANALYSIS',
      levelReason: expect.stringContaining('bruit'),
    });
    expect(codes(await deepen('OBSERVATION'))).toEqual(['LEVEL_NOT_HIGHER']);
    expect(codes(await deepen('EXPERTISE', ' '))).toEqual(['TEXT_MISSING']);
  });

  test('is one of prevention, which the partner asks for or the service', async () => {
    const diversity = await newService(world.hub, 'DIVERSITY');
    const input = { partner: world.partner.id, service: world.service.id };
    expect(await world.wrong(world.editor, 'openRiskAnalysis', { ...input, service: diversity.id })).toEqual([
      'WRONG_SERVICE_KIND',
    ]);
    expect(await world.wrong(world.stranger, 'openRiskAnalysis', input)).toEqual(['FORBIDDEN']);
    expect(await world.wrong(world.staff, 'openRiskAnalysis', { ...input, leastGroup: 3 })).toEqual([
      'INVALID_COUNT',
    ]);
    const analysis = await opened();
    expect(
      await world.wrong(world.editor, 'recordRiskAnalysisStep', {
        analysis,
        step: 'MANAGEMENT_MET',
        doneOn: '2026-02-02',
        evidence: 'x',
      }),
    ).toEqual(['FORBIDDEN']);
  });
});

describe('A target group', () => {
  test('is never smaller than its analysis asks, in the database neither', async () => {
    const analysis = await opened({ leastGroup: 8 });
    expect(
      codes(await world.as(world.staff, 'addTargetGroup', { analysis, name: 'Accueil', size: 9 })),
    ).toEqual(['STEP_OUT_OF_ORDER']);
    await step(analysis, 'MANAGEMENT_MET', '2026-02-02');
    const small = { analysis, name: 'Accueil', size: 7 };
    expect((await world.as(world.staff, 'addTargetGroup', small)).userErrors).toMatchObject([
      { code: 'GROUP_TOO_SMALL', field: 'size' },
    ]);
    const attempt = world.hub.sql(
      `insert into target_group (partner_id, id, service_id, analysis_id, name, size, provenance, created_at, version)
       values ($1, gen_random_uuid(), $2, $3, 'Accueil', 7, 'REPORTED', now(), 1)`,
      [keyOf(world.partner), keyOf(world.service), keyOf({ id: analysis })],
    );
    await expect(attempt).rejects.toMatchObject({ code: 'MH161' });
    expect(await count(world.hub, 'target_group', 'analysis_id = $1', [keyOf({ id: analysis })])).toBe(0);
  });

  test('says something of each rubric once, before it approves', async () => {
    const analysis = await opened();
    await step(analysis, 'MANAGEMENT_MET', '2026-02-02');
    const { id } = await groupOf(analysis, 'Équipe de nuit');
    const noise = { rubric: 'NOISE', ideas: 'Des portes' };
    expect(codes(await hear(id, [noise, noise]))).toEqual(['RUBRIC_TWICE']);
    expect(codes(await hear(id, [{ rubric: 'NOISE', ideas: ' ' }]))).toEqual(['FINDING_EMPTY']);
    expect(codes(await hear(id, []))).toEqual(['INVALID_LINES']);
    expect(await count(world.hub, 'group_finding', 'group_id = $1', [keyOf({ id })])).toBe(0);
    await hear(id, [noise]);
    const approve = { group: id, approvedOn: '2026-02-20' };
    expect(await world.wrong(world.editor, 'approveGroupReport', approve)).toEqual(['STEP_OUT_OF_ORDER']);
    await step(analysis, 'GROUPS_MET', '2026-02-10');
    expect(codes(await hear(id, [noise]))).toEqual(['STEP_OUT_OF_ORDER']);
    expect(
      await world.wrong(world.editor, 'approveGroupReport', { ...approve, approvedOn: '2026-02-09' }),
    ).toEqual(['DATES_OUT_OF_ORDER']);
    await save(world.hub, 'approveGroupReport', approve);
    expect(await world.wrong(world.editor, 'approveGroupReport', approve)).toEqual(['WRONG_STATE']);
    // What a group approved stands, whoever writes.
    await expect(
      world.hub.sql('delete from group_finding where group_id = $1', [keyOf({ id })]),
    ).rejects.toMatchObject({ code: 'MH160' });
  });

  test('and what it said are the partner’s and the service’s; a federation learns the steps by an agreement', async () => {
    const analysis = await opened();
    await step(analysis, 'MANAGEMENT_MET', '2026-02-02');
    await groupOf(analysis, 'Équipe de nuit');
    const federation = await save(world.hub, 'createFederation', {
      slug: 'analysis-seers',
      name: { fr: 'Seers' },
    });
    await world.hub.sql(
      `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2020-01-01')`,
      [keyOf(world.partner), keyOf(federation)],
    );
    const seen = async (viewer: AdviceWorld['staff']) => {
      const { data } = await world.ask(
        `query ($id: ID!) { node(id: $id) { ... on RiskAnalysis { step steps { evidence } targetGroups { name } } } }`,
        { id: analysis },
        viewer,
      );
      return data?.node ?? null;
    };
    const own = {
      step: 'MANAGEMENT_MET',
      steps: [{ evidence: null }, { evidence: 'Procès-verbal' }],
      targetGroups: [{ name: 'Équipe de nuit' }],
    };
    const analyst = holder(Role.FEDERATION_ANALYST, federation);
    expect([await seen(world.editor), await seen(world.staff)]).toEqual([own, own]);
    expect([await seen(world.stranger), await seen(analyst)]).toEqual([null, null]);
    await save(world.hub, 'grantDataSharing', {
      partner: world.partner.id,
      federation: federation.id,
      purpose: 'Advice to the members',
      rooms: ['ADVICE'],
      validUntil: '2027-01-01',
    });
    expect(await seen(analyst)).toEqual({
      step: 'MANAGEMENT_MET',
      steps: [{ evidence: null }, { evidence: null }],
      targetGroups: [],
    });
  });
});
