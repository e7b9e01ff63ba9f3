import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { ANONYMOUS } from '../../src/access/viewer.ts';
import { holder } from '../employer-group/world.ts';
import { keyOf, newPartner, newService, save } from '../partners/records.ts';
import { AdviceWorld, NOW } from './world.ts';

let world: AdviceWorld;
beforeAll(async () => {
  world = await AdviceWorld.open('PREVENTION');
}, 60_000);
afterAll(() => world.close());
beforeEach(() => {
  world.now = new Date(NOW);
});

const ask = (input: object = {}) =>
  world.as(world.editor, 'requestAdvice', {
    partner: world.partner.id,
    service: world.service.id,
    topic: 'PSYCHOSOCIAL_RISKS',
    ...input,
  });

describe('a request', () => {
  test('is asked, taken as a role, handed over and answered; how long it took is told', async () => {
    const { request } = await ask({ urgency: 'HIGH', question: '  Par où commencer?  ' });
    expect(request).toMatchObject({
      state: 'RECEIVED',
      channel: 'HUB',
      urgency: 'HIGH',
      question: 'Par où commencer?',
      handledBy: null,
      responseHours: null,
    });
    const step = (mutation: 'takeAdviceRequest' | 'answerAdviceRequest', input: object = {}) =>
      world.as(world.staff, mutation, { request: request.id, ...input });
    expect((await step('answerAdviceRequest')).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    world.now = new Date(world.later(2));
    await step('takeAdviceRequest', { handledBy: 'PREVENTION_ADVISER' });
    const taken = world.now.toISOString();
    world.now = new Date(world.later(24.5));
    await step('takeAdviceRequest', { handledBy: 'PSYCHOSOCIAL_ADVISER' });
    expect((await step('answerAdviceRequest')).request).toMatchObject({
      state: 'ANSWERED',
      handledBy: 'PSYCHOSOCIAL_ADVISER',
      takenAt: taken,
      responseHours: '26.5',
    });
    for (const mutation of ['takeAdviceRequest', 'answerAdviceRequest'] as const) {
      const again = await step(mutation, mutation === 'takeAdviceRequest' ? { handledBy: 'ERGONOMIST' } : {});
      expect(again.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    }
  });

  test('is withdrawn by who asked, and by nobody else', async () => {
    const { request } = await ask();
    expect(await world.wrong(world.stranger, 'withdrawAdviceRequest', { request: request.id })).toEqual([
      'NOT_FOUND',
    ]);
    const { request: withdrawn } = await world.as(world.editor, 'withdrawAdviceRequest', {
      request: request.id,
    });
    expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', responseHours: null });
    expect(
      await world.wrong(world.staff, 'takeAdviceRequest', { request: request.id, handledBy: 'ERGONOMIST' }),
    ).toEqual(['WRONG_STATE']);
  });

  test('goes to an advisory service, and is not endless', async () => {
    const other = await newService(world.hub, 'OTHER');
    expect((await ask({ service: other.id })).userErrors).toMatchObject([{ code: 'WRONG_SERVICE_KIND' }]);
    expect((await ask({ question: 'a'.repeat(2001) })).userErrors).toMatchObject([{ code: 'TEXT_TOO_LONG' }]);
    expect(
      await world.as(world.stranger, 'requestAdvice', {
        partner: world.partner.id,
        service: world.service.id,
        topic: 'OTHER',
      }),
    ).toEqual({ refused: 'FORBIDDEN' });
  });

  test('that two take at once is answered once', async () => {
    const { request } = await ask();
    await world.as(world.staff, 'takeAdviceRequest', { request: request.id, handledBy: 'ERGONOMIST' });
    const codes = await Promise.all(
      [1, 2, 3].map(() => world.wrong(world.staff, 'answerAdviceRequest', { request: request.id })),
    );
    expect(codes.flat()).toEqual(['WRONG_STATE', 'WRONG_STATE']);
  });

  test('is told to a federation by agreement, and its words to nobody but the two', async () => {
    const federation = await save(world.hub, 'createFederation', { slug: 'advised', name: { fr: 'F' } });
    const partner = await newPartner(world.hub, {
      memberships: [{ federation: federation.id, validFrom: '2020-01-01' }],
    });
    await world.as(world.staff, 'requestAdvice', {
      partner: partner.id,
      service: world.service.id,
      topic: 'ERGONOMICS',
      channel: 'TELEPHONE',
      question: 'Quels sièges?',
    });
    const seen = async (viewer = holder(Role.FEDERATION_ANALYST, federation)) => {
      const { data } = await world.ask(
        `query ($partner: ID!) { node(id: $partner) { ... on Partner { adviceRequests { nodes { topic question } } } } }`,
        { partner: partner.id },
        viewer,
      );
      return data.node.adviceRequests.nodes;
    };
    expect([await seen(), await seen(ANONYMOUS), await seen(world.editor)]).toEqual([[], [], []]);
    await save(world.hub, 'grantDataSharing', {
      partner: partner.id,
      federation: federation.id,
      purpose: 'Statistics',
      rooms: ['ADVICE'],
      validUntil: '2027-06-01',
    });
    expect(await seen()).toEqual([{ topic: 'ERGONOMICS', question: null }]);
    expect(await seen(holder(Role.PARTNER_READER, partner))).toEqual([
      { topic: 'ERGONOMICS', question: 'Quels sièges?' },
    ]);
  });
});

describe('an adviser', () => {
  let names = 0;
  const newMandate = async (input: object = {}) => {
    names += 1;
    return world.as(world.staff, 'createAdviserMandate', {
      service: world.service.id,
      reference: `A-${names}`,
      role: 'PREVENTION_ADVISER',
      hoursPerMonth: '20',
      validFrom: '2026-01-01',
      ...input,
    });
  };
  const book = (mandate: { id: string }, hours: string, day = '2026-06-16', input: object = {}) =>
    world.as(world.staff, 'bookAdviser', {
      mandate: mandate.id,
      partner: world.partner.id,
      day,
      hours,
      ...input,
    });
  const freeHours = async (mandate: { id: string }, month: string, viewer = world.staff) => {
    const { data, errors } = await world.ask(
      `query ($id: ID!, $month: Date!) { node(id: $id) { ... on AdviserMandate { freeHours(month: $month) } } }`,
      { id: mandate.id, month },
      viewer,
    );
    return errors ? errors[0]?.extensions?.code : (data.node?.freeHours ?? null);
  };

  test('has hours for partners together, and what is booked of a month is no more free', async () => {
    const { mandate } = await newMandate({ validUntil: '2026-09-01' });
    const { booking } = await book(mandate, '7.5');
    expect(booking).toMatchObject({ day: '2026-06-16', hours: '7.5', cancelledAt: null });
    await book(mandate, '11', '2026-06-30', { partner: world.other.id });
    expect(await freeHours(mandate, '2026-06-01')).toBe('1.5');
    expect([await freeHours(mandate, '2026-07-01'), await freeHours(mandate, '2026-09-01')]).toEqual([
      '20',
      '0',
    ]);
    expect(await freeHours(mandate, '2026-06-02')).toBe('INVALID_PERIOD');
    // Who booked sees the mandate, and not how much others have of it.
    expect(await freeHours(mandate, '2026-06-01', world.editor)).toBeNull();
    expect((await book(mandate, '1.75')).userErrors).toMatchObject([
      { code: 'MANDATE_EXCEEDED', field: 'hours' },
    ]);
    await world.as(world.staff, 'cancelAdviserBooking', { booking: booking.id });
    expect(await world.wrong(world.staff, 'cancelAdviserBooking', { booking: booking.id })).toEqual([
      'WRONG_STATE',
    ]);
    expect(await freeHours(mandate, '2026-06-01')).toBe('9');
  });

  test('is booked in quarters of hours, of a month that the mandate has, for an own request', async () => {
    const { mandate } = await newMandate({ validUntil: '2026-09-01' });
    const { request } = await ask();
    const elsewhere = await newService(world.hub, 'DIVERSITY');
    const { request: other } = await world.as(world.editor, 'requestAdvice', {
      partner: world.partner.id,
      service: elsewhere.id,
      topic: 'OTHER',
    });
    for (const [answer, code] of [
      [await book(mandate, '1.1'), 'INVALID_HOURS'],
      [await book(mandate, '0'), 'INVALID_HOURS'],
      [await book(mandate, '11.25'), 'INVALID_HOURS'],
      [await book(mandate, '1', '2026-09-01'), 'OUTSIDE_MANDATE'],
      [await book(mandate, '1', '2025-12-31'), 'OUTSIDE_MANDATE'],
      // What was asked of another service is not the staff’s to see.
      [await book(mandate, '1', '2026-06-16', { request: other.id }), 'NOT_FOUND'],
      [await book(mandate, '1', '2026-06-16', { request: request.id, partner: world.other.id }), 'NOT_FOUND'],
    ] as const)
      expect([code, answer.userErrors?.[0]?.code]).toEqual([code, code]);
    expect((await book(mandate, '1', '2026-06-16', { request: request.id })).booking.request.id).toBe(
      request.id,
    );
    const end = (validUntil: string) =>
      world.wrong(world.staff, 'endAdviserMandate', { mandate: mandate.id, validUntil });
    expect(await end('2026-06-01')).toEqual(['BOOKED_AFTER_END']);
    expect(await end('2026-07-02')).toEqual(['INVALID_PERIOD']);
    expect(await end('2026-07-01')).toEqual([]);
  });

  test('goes by a pseudonym, has whole months, and one mandate at a time', async () => {
    for (const [input, code] of [
      [{ reference: 'Dupont' }, 'INVALID_REFERENCE'],
      [{ hoursPerMonth: '220.25' }, 'INVALID_HOURS'],
      [{ validFrom: '2026-01-02' }, 'INVALID_PERIOD'],
      [{ validUntil: '2026-01-01' }, 'INVALID_PERIOD'],
    ] as const)
      expect((await newMandate(input)).userErrors).toMatchObject([{ code }]);
    await newMandate({ reference: 'Z-1', validUntil: '2026-04-01' });
    expect((await newMandate({ reference: 'Z-1', validFrom: '2026-03-01' })).userErrors).toMatchObject([
      { code: 'MANDATE_OVERLAPS' },
    ]);
    expect((await newMandate({ reference: 'Z-1', validFrom: '2026-04-01' })).userErrors).toEqual([]);
  });

  test('is never booked for more hours in a month than the mandate has, however many ask at once', async () => {
    const { mandate } = await newMandate();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        book(mandate, '3', `2026-06-${10 + at}`, { partner: [world.partner, world.other][at % 2]?.id }),
      ),
    );
    expect(answers.filter(({ booking }) => booking)).toHaveLength(6);
    const [row] = await world.hub.sql(
      'select sum(hours)::int as hours from adviser_booking where mandate_id = $1',
      [keyOf(mandate)],
    );
    expect(row).toEqual({ hours: 18 });
  });
});
