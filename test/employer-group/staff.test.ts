import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { viewerOf } from '../../src/access/viewer.ts';
import { keyOf, newPartner, newService, refused, save } from '../partners/records.ts';
import { GroupWorld, holder } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

const contract = (more: object = {}) => ({
  service: world.service.id,
  reference: `W-${Math.floor(Math.random() * 1e7)}`,
  jobFunction: 'DPO',
  contractHours: '19',
  employedFrom: '2026-01-01',
  ...more,
});

describe('An employer group', () => {
  test('is set up for a service, once, and shows its authorisation to everybody', async () => {
    const service = await newService(world.hub, 'EMPLOYER_GROUP');
    const partner = await newPartner(world.hub);
    const staff = holder(Role.SERVICE_STAFF, service);
    const input = {
      service: service.id,
      partner: partner.id,
      legalForm: 'NON_PROFIT_ASSOCIATION',
      jointCommittee: '329.02',
      authorisedFrom: '2026-01-01',
    };
    // Staff does not make a partner an employer that did not ask for it.
    expect(await world.as(staff, 'createEmployerGroup', input)).toEqual({ refused: 'FORBIDDEN' });
    const founder = viewerOf({
      principal: 'client_founder',
      grants: [
        { role: Role.SERVICE_STAFF, of: keyOf(service) },
        { role: Role.PARTNER_EDITOR, of: keyOf(partner) },
      ],
    });
    const { employerGroup } = await world.as(founder, 'createEmployerGroup', input);
    expect(employerGroup).toMatchObject({
      jointCommittee: '329.02',
      fullTimeHours: '38',
      authorisedUntil: null,
    });
    expect(await refused(world.hub, 'createEmployerGroup', input)).toEqual({
      code: 'GROUP_EXISTS',
      field: 'service',
    });
    expect(
      await refused(world.hub, 'createEmployerGroup', {
        ...input,
        service: world.service.id,
        jointCommittee: '329.2',
      }),
    ).toEqual({ code: 'INVALID_JOINT_COMMITTEE', field: 'jointCommittee' });
    const energy = await newService(world.hub, 'ENERGY');
    expect(await refused(world.hub, 'createEmployerGroup', { ...input, service: energy.id })).toEqual({
      code: 'NOT_EMPLOYER_GROUP',
      field: 'service',
    });
    const { employerGroup: changed } = await world.as(staff, 'updateEmployerGroup', {
      id: employerGroup.id,
      authorisedUntil: '2030-01-01',
    });
    expect(changed.authorisedUntil).toBe('2030-01-01');
    const { data } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on EmployerGroupService { employerGroup { legalForm authorisedUntil } } } }`,
      { id: service.id },
      holder(Role.PARTNER_READER, world.member),
    );
    expect(data.node.employerGroup).toEqual({
      legalForm: 'NON_PROFIT_ASSOCIATION',
      authorisedUntil: '2030-01-01',
    });
  });

  test('engages workers under a pseudonym, for 19 hours a week at least', async () => {
    const { worker } = await world.as(world.staff, 'engageWorker', contract());
    expect(worker).toMatchObject({ contractHours: '19', fullTimeEquivalent: '0.5', isDedicated: false });
    const codes = await Promise.all(
      [
        contract({ contractHours: '18.99' }),
        contract({ contractHours: '51' }),
        contract({ reference: 'Jansen' }),
        contract({ reference: worker.reference }),
        contract({ employedUntil: '2026-01-01' }),
      ].map((input) => refused(world.hub, 'engageWorker', input)),
    ).then((all) => all.map(({ code }) => code));
    expect(codes).toEqual([
      'CONTRACT_HOURS_TOO_FEW',
      'INVALID_AMOUNT',
      'INVALID_REFERENCE',
      'REFERENCE_TAKEN',
      'INVALID_PERIOD',
    ]);
  });

  test('gives other hours by another contract of the same reference', async () => {
    const { worker } = await world.as(world.staff, 'engageWorker', contract());
    const end = { worker: worker.id, employedUntil: '2026-07-01' };
    expect((await world.as(world.staff, 'endContract', end)).worker.employedUntil).toBe('2026-07-01');
    const next = contract({ reference: worker.reference, contractHours: '38', employedFrom: '2026-07-01' });
    expect((await world.as(world.staff, 'engageWorker', next)).worker.fullTimeEquivalent).toBe('1');
    expect(await refused(world.hub, 'endContract', { ...end, employedUntil: '2026-07-02' })).toEqual({
      code: 'REFERENCE_TAKEN',
      field: 'reference',
    });
  });

  test('never has more workers than the law allows, however many are engaged at once', async () => {
    const full = await GroupWorld.beside(world);
    for (let n = 1; n < 48; n += 1) await full.newWorker();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        full.as(full.staff, 'engageWorker', {
          ...contract({ reference: `N-${n}` }),
          service: full.service.id,
        }),
      ),
    );
    expect(answers.filter(({ worker }) => worker)).toHaveLength(2);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual(
      ['WORKER_LIMIT_REACHED', 'WORKER_LIMIT_REACHED', 'WORKER_LIMIT_REACHED'],
    );
  });

  test('takes the law’s numbers as they are on the day: a higher limit counts from its first day on', async () => {
    const full = await GroupWorld.beside(world);
    for (let n = 1; n < 50; n += 1) await full.newWorker();
    await save(world.hub, 'saveLegalParameter', {
      kind: 'MAX_WORKERS',
      value: '60',
      validFrom: '2027-01-01',
      source: 'Made up for a test',
    });
    const early = { ...contract({ reference: 'E-1', employedFrom: '2026-12-31' }), service: full.service.id };
    expect((await full.as(full.staff, 'engageWorker', early)).userErrors[0].code).toBe(
      'WORKER_LIMIT_REACHED',
    );
    const later = { ...early, employedFrom: '2027-01-01' };
    expect((await full.as(full.staff, 'engageWorker', later)).userErrors).toEqual([]);
    const { data } = await world.ask('{ legalParameters(on: "2026-06-15") { kind value source } }');
    expect(
      data.legalParameters.map(({ kind, value }: { kind: string; value: string }) => [kind, value]),
    ).toEqual([
      ['MAX_HOURS_WORKED', '50'],
      ['MAX_WORKERS', '50'],
      ['MIN_CONTRACT_HOURS', '19'],
      ['STANDARD_VAT_RATE', '21'],
    ]);
    expect(
      await refused(world.hub, 'saveLegalParameter', {
        kind: 'MAX_WORKERS',
        value: '70',
        validFrom: '2027-01-01',
        source: 'Made up for a test',
      }),
    ).toEqual({ code: 'PARAMETER_OVERLAPS', field: 'validFrom' });
  });
});

describe('Workers are seen', () => {
  const seen = async (viewer: GroupWorld['staff']) => {
    const question = `query ($service: ID!) { sharedWorkers(filter: { service: $service, on: "2026-06-15" }) { nodes { id } totalCount } }`;
    const { data } = await world.ask(question, { service: world.service.id }, viewer);
    return data.sharedWorkers.nodes.map(({ id }: { id: string }) => id);
  };

  test('by the group’s staff, and by the members with whom they are placed', async () => {
    const placed = await world.newWorker();
    await world.newPlacement({ worker: placed });
    expect(await seen(world.staff)).toContain(world.worker.id);
    expect(await seen(world.editor)).toEqual([placed.id]);
    const other = await GroupWorld.beside(world);
    expect(await seen(other.editor)).toEqual([]);
    expect(await seen(other.staff)).toEqual([]);
  });

  test('and written by the staff of their own group alone', async () => {
    const other = await GroupWorld.beside(world);
    expect(await world.as(other.staff, 'engageWorker', contract())).toEqual({ refused: 'FORBIDDEN' });
    expect(await world.as(world.editor, 'engageWorker', contract())).toEqual({ refused: 'FORBIDDEN' });
    const end = { worker: world.worker.id, employedUntil: '2026-07-01' };
    expect((await world.as(other.staff, 'endContract', end)).userErrors[0].code).toBe('NOT_FOUND');
    const law = { kind: 'MAX_WORKERS', value: '99', validFrom: '2028-01-01', source: 'Nobody' };
    expect(await world.as(world.staff, 'saveLegalParameter', law)).toEqual({ refused: 'FORBIDDEN' });
  });
});
