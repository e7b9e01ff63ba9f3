import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/access/viewer.ts';
import { keyOf, newPartner } from '../partners/records.ts';
import { AdviceWorld, NOW } from './world.ts';

let world: AdviceWorld;
beforeAll(async () => {
  world = await AdviceWorld.open();
}, 60_000);
afterAll(() => world.close());
beforeEach(() => {
  world.now = new Date(NOW);
});

const register = (session: { id: string }, seats = 1, viewer = world.editor, partner = world.partner) =>
  world.as(viewer, 'registerForSession', { session: session.id, partner: partner.id, seats });

describe('a session', () => {
  test('is planned by the staff of an advisory service, and everybody reads it but for its address online', async () => {
    const session = await world.newSession({ onlineUrl: 'https://meet.example.org/abc' });
    expect(session).toMatchObject({
      kind: 'WORKSHOP',
      capacity: 10,
      freeSeats: 10,
      registrationUntil: world.later(1),
      onlineUrl: 'https://meet.example.org/abc',
    });
    const question = `query ($id: ID!) { node(id: $id) { ... on AdviceSession { title(lang: NL) municipality { nisCode } onlineUrl } } }`;
    const seen = (viewer = ANONYMOUS) =>
      world.ask(question, { id: session.id }, viewer).then(({ data }) => data.node);
    expect(await seen()).toEqual({ title: 'Onthaal', municipality: { nisCode: '21004' }, onlineUrl: null });
    expect(await seen(world.editor)).toMatchObject({ onlineUrl: null });
    await register(session);
    expect(await seen(world.editor)).toMatchObject({ onlineUrl: 'https://meet.example.org/abc' });
    expect(await seen(world.stranger)).toMatchObject({ onlineUrl: null });
  });

  test.each([
    ['ends before it begins', { endsAt: NOW }, 'INVALID_PERIOD'],
    ['lasts longer than a month', { endsAt: '2026-08-01T08:00:00Z' }, 'INVALID_PERIOD'],
    ['is far ahead', { startsAt: '2050-01-01T08:00:00Z', endsAt: '2050-01-01T09:00:00Z' }, 'INVALID_PERIOD'],
    ['is registered for after it begins', { registrationUntil: '2026-06-15T09:00:01Z' }, 'INVALID_DEADLINE'],
    ['has no seat', { capacity: 0 }, 'INVALID_COUNT'],
    ['has too many seats', { capacity: 10_001 }, 'INVALID_COUNT'],
    ['is nowhere', { municipality: null }, 'PLACE_MISSING'],
    ['is in no municipality', { municipality: '99999' }, 'UNKNOWN_CODE'],
    ['is at no safe address', { onlineUrl: 'http://meet.example.org' }, 'INVALID_URL'],
    ['has no title', { title: { fr: ' ' } }, 'TEXT_MISSING'],
    ['has an endless title', { title: { fr: 'a'.repeat(201) } }, 'TEXT_TOO_LONG'],
  ])('that %s is refused, and none is there', async (_, input, code) => {
    const count = () => world.hub.sql('select count(*) from advice_session');
    const before = await count();
    expect(
      await world.wrong(world.staff, 'planSession', {
        service: world.service.id,
        kind: 'TRAINING',
        title: { fr: 'Accueil' },
        startsAt: world.later(1),
        endsAt: world.later(2),
        municipality: '21004',
        capacity: 10,
        ...input,
      }),
    ).toEqual([code]);
    expect(await count()).toEqual(before);
  });

  test('that changes keeps the seats that are taken; cancelled, it changes no more', async () => {
    const session = await world.newSession();
    await register(session, 4);
    const change = (input: object) =>
      world.wrong(world.staff, 'changeSession', { session: session.id, ...input });
    expect(await change({ capacity: 3 })).toEqual(['CAPACITY_BELOW_SEATS']);
    expect(await change({ municipality: null })).toEqual(['PLACE_MISSING']);
    expect(await change({ capacity: 4, title: { de: 'Empfang' }, municipality: '21009' })).toEqual([]);
    const { data } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on AdviceSession { freeSeats titleTranslations { text } municipality { nisCode } } } }`,
      { id: session.id },
    );
    expect(data.node).toEqual({
      freeSeats: 0,
      titleTranslations: [{ text: 'Accueil' }, { text: 'Onthaal' }, { text: 'Empfang' }],
      municipality: { nisCode: '21009' },
    });
    expect(await world.wrong(world.staff, 'cancelSession', { session: session.id })).toEqual([]);
    expect(await change({ capacity: 5 })).toEqual(['SESSION_CANCELLED']);
    expect(await world.wrong(world.staff, 'cancelSession', { session: session.id })).toEqual([
      'SESSION_CANCELLED',
    ]);
    expect((await register(session, 1, world.stranger, world.other)).userErrors).toMatchObject([
      { code: 'SESSION_CANCELLED' },
    ]);
  });

  test('is found by service, kind, time and whether it is open', async () => {
    const [full, open, later] = [
      await world.newSession({ kind: 'INTERVISION', capacity: 1 }),
      await world.newSession({ kind: 'INTERVISION' }),
      await world.newSession({ kind: 'FIELD_VISIT', startsAt: world.later(500), endsAt: world.later(501) }),
    ];
    await register(full as { id: string });
    const found = async (filter: string) => {
      const { data } = await world.ask(
        `query ($service: ID!) { adviceSessions(filter: { service: $service, ${filter} }, first: 100) { nodes { id } } }`,
        { service: world.service.id },
      );
      return data.adviceSessions.nodes.map(({ id }: { id: string }) => id);
    };
    expect(await found('kinds: [INTERVISION]')).toEqual([open?.id, full?.id]);
    expect(await found(`from: "${world.later(400)}"`)).toEqual([later?.id]);
    expect(await found(`to: "${world.later(1)}"`)).toEqual([]);
    // The time to register is over by the clock of the database.
    expect(await found('kinds: [INTERVISION], isOpen: true')).toEqual([]);
    await world.hub.sql(
      `update advice_session set starts_at = now() + interval '1 day', ends_at = now() + interval '2 days', registration_until = now() + interval '1 day' where kind = 'INTERVISION'`,
    );
    expect(await found('kinds: [INTERVISION], isOpen: true')).toEqual([open?.id]);
    expect(await found('kinds: [INTERVISION], isOpen: false')).toEqual([full?.id]);
    const { data } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on DiversityService { calendarUrl sessions(filter: { kinds: [FIELD_VISIT] }) { totalCount nodes { id } } } } }`,
      { id: world.service.id },
    );
    expect(data.node.sessions).toEqual({ totalCount: 1, nodes: [{ id: later?.id }] });
    const calendar = await world.hub.http.inject({
      url: data.node.calendarUrl,
      headers: { 'accept-language': 'nl' },
    });
    expect(calendar.statusCode).toBe(200);
    expect(calendar.body).toContain('SUMMARY:Werkbezoek · Onthaal');
    expect((await world.hub.http.inject({ url: '/calendar/sessions/no-such.ics' })).statusCode).toBe(404);
  });

  test('belongs to an advisory service, and its staff alone writes it', async () => {
    const session = await world.newSession();
    for (const viewer of [world.editor, world.stranger])
      expect(await world.wrong(viewer, 'cancelSession', { session: session.id })).toEqual(['FORBIDDEN']);
    expect(await world.wrong(world.staff, 'cancelSession', { session: world.service.id })).toEqual([
      'INVALID_ID',
    ]);
  });
});

describe('seats', () => {
  test('are taken by a partner for itself, are its business and the service’s, and are given back before it begins', async () => {
    const session = await world.newSession();
    const { registration } = await register(session, 3);
    expect(registration).toMatchObject({ seats: 3, cancelledAt: null, session: { freeSeats: 7 } });
    const seen = async (viewer: typeof world.editor) => {
      const { data } = await world.ask(
        `query ($id: ID!) { node(id: $id) { ... on AdviceSession { registrations { nodes { id } } } } }`,
        { id: session.id },
        viewer,
      );
      return data.node.registrations.nodes.length;
    };
    expect([await seen(world.editor), await seen(world.staff)]).toEqual([1, 1]);
    expect([await seen(world.stranger), await seen(ANONYMOUS)]).toEqual([0, 0]);
    expect((await register(session)).userErrors).toMatchObject([{ code: 'ALREADY_REGISTERED' }]);
    const cancel = () => world.as(world.editor, 'cancelRegistration', { registration: registration.id });
    expect((await cancel()).registration.session.freeSeats).toBe(10);
    expect((await cancel()).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    const again = await register(session, 10);
    expect(again.registration.session.freeSeats).toBe(0);
    world.now = new Date(world.later(2));
    expect(
      await world.wrong(world.editor, 'cancelRegistration', { registration: again.registration.id }),
    ).toEqual(['SESSION_BEGUN']);
  });

  test('are refused when they are too many, too late or somebody else’s', async () => {
    const session = await world.newSession({ registrationUntil: world.later(0.5), capacity: 5 });
    expect((await register(session, 6)).userErrors).toMatchObject([{ code: 'SESSION_FULL', field: 'seats' }]);
    expect((await register(session, 0)).userErrors).toMatchObject([{ code: 'INVALID_COUNT' }]);
    expect(await register(session, 1, world.stranger)).toEqual({ refused: 'FORBIDDEN' });
    world.now = new Date(new Date(world.later(0.5)).getTime() + 1);
    expect((await register(session)).userErrors).toMatchObject([{ code: 'REGISTRATION_CLOSED' }]);
    expect(
      await world.hub.sql('select 1 from session_registration where session_id = $1', [keyOf(session)]),
    ).toEqual([]);
  });

  test('of a session are never more than it has, however many ask at once', async () => {
    const session = await world.newSession({ capacity: 7 });
    const partners = await Promise.all(Array.from({ length: 12 }, () => newPartner(world.hub)));
    const codes = await Promise.all(
      partners.map((partner) =>
        world.wrong(world.staff, 'registerForSession', {
          session: session.id,
          partner: partner.id,
          seats: 2,
        }),
      ),
    );
    expect(codes.filter((one) => one.length === 0)).toHaveLength(3);
    expect(codes.flat()).toEqual(Array(9).fill('SESSION_FULL'));
    const [row] = await world.hub.sql(
      `select s.seats_taken as taken, (select sum(r.seats)::int from session_registration r where r.session_id = s.id) as seats from advice_session s where s.id = $1`,
      [keyOf(session)],
    );
    expect(row).toEqual({ taken: 6, seats: 6 });
  });
});

describe('who came', () => {
  test('is counted by role when it has begun, once for each, and corrected by counting again', async () => {
    const session = await world.newSession();
    const count = (counts: object[], partner = world.partner) =>
      world.as(world.staff, 'recordAttendance', { session: session.id, partner: partner.id, counts });
    world.now = new Date(world.later(2));
    const first = await count([
      { role: 'MANAGEMENT', attended: 2, ofWhomFirstTime: 1 },
      { role: 'HUMAN_RESOURCES', attended: 1 },
    ]);
    expect(first.session.attendance).toEqual([
      { role: 'HUMAN_RESOURCES', attended: 1, ofWhomFirstTime: 0 },
      { role: 'MANAGEMENT', attended: 2, ofWhomFirstTime: 1 },
    ]);
    await count([{ role: 'MANAGEMENT', attended: 3, ofWhomFirstTime: 3 }], world.other);
    const { session: counted } = await count([{ role: 'MANAGEMENT', attended: 1, ofWhomFirstTime: 1 }]);
    expect(counted.attendance).toEqual([
      { role: 'HUMAN_RESOURCES', attended: 1, ofWhomFirstTime: 0 },
      { role: 'MANAGEMENT', attended: 4, ofWhomFirstTime: 4 },
    ]);
    const { data } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on AdviceSession { attendance { role attended } } } }`,
      { id: session.id },
      world.editor,
    );
    expect(data.node.attendance).toEqual([
      { role: 'HUMAN_RESOURCES', attended: 1 },
      { role: 'MANAGEMENT', attended: 1 },
    ]);
    for (const [counts, code] of [
      [[{ role: 'STAFF', attended: 1, ofWhomFirstTime: 2 }], 'INVALID_COUNT'],
      [[{ role: 'STAFF', attended: -1 }], 'INVALID_COUNT'],
      [
        [
          { role: 'STAFF', attended: 1 },
          { role: 'STAFF', attended: 2 },
        ],
        'ROLE_TWICE',
      ],
      [[], 'INVALID_LINES'],
    ] as const)
      expect((await count([...counts])).userErrors).toMatchObject([{ code }]);
    expect(
      await world.wrong(world.staff, 'changeSession', { session: session.id, endsAt: world.later(3) }),
    ).toEqual(['SESSION_HELD']);
    expect(await world.wrong(world.staff, 'cancelSession', { session: session.id })).toEqual([
      'SESSION_HELD',
    ]);
  });

  test('is not counted before it begins', async () => {
    const session = await world.newSession({
      startsAt: '2030-01-01T09:00:00Z',
      endsAt: '2030-01-01T10:00:00Z',
    });
    const counts = [{ role: 'STAFF', attended: 1 }];
    expect(
      await world.wrong(world.staff, 'recordAttendance', {
        session: session.id,
        partner: world.partner.id,
        counts,
      }),
    ).toEqual(['SESSION_NOT_BEGUN']);
  });
});

describe('what was thought of it', () => {
  test('is the service’s, as counts by grade, and a mean from four answers on', async () => {
    const session = await world.newSession();
    const grade = (grades: object[]) =>
      world.as(world.staff, 'recordSatisfaction', { session: session.id, grades });
    expect((await grade([{ grade: 5, answers: 1 }])).userErrors).toMatchObject([
      { code: 'MORE_ANSWERS_THAN_PEOPLE' },
    ]);
    await world.as(world.staff, 'recordAttendance', {
      session: session.id,
      partner: world.partner.id,
      counts: [{ role: 'STAFF', attended: 5 }],
    });
    const few = await grade([
      { grade: 5, answers: 2 },
      { grade: 2, answers: 1 },
    ]);
    expect(few.session.satisfaction).toBeNull();
    const enough = await grade([{ grade: 2, answers: 2 }]);
    expect(enough.session.satisfaction).toEqual({
      answers: 4,
      mean: '3.5',
      grades: [
        { grade: 2, answers: 2 },
        { grade: 5, answers: 2 },
      ],
    });
    expect((await grade([{ grade: 3, answers: 2 }])).userErrors).toMatchObject([
      { code: 'MORE_ANSWERS_THAN_PEOPLE' },
    ]);
    for (const [grades, code] of [
      [[{ grade: 0, answers: 1 }], 'INVALID_GRADE'],
      [[{ grade: 6, answers: 1 }], 'INVALID_GRADE'],
      [[{ grade: 1, answers: -1 }], 'INVALID_COUNT'],
      [
        [
          { grade: 1, answers: 0 },
          { grade: 1, answers: 0 },
        ],
        'GRADE_TWICE',
      ],
    ] as const)
      expect((await grade([...grades])).userErrors).toMatchObject([{ code }]);
    const { data } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on AdviceSession { satisfaction { mean } } } }`,
      { id: session.id },
      world.editor,
    );
    expect(data.node.satisfaction).toBeNull();
    expect(
      await world.wrong(world.staff, 'recordAttendance', {
        session: session.id,
        partner: world.partner.id,
        counts: [{ role: 'STAFF', attended: 3 }],
      }),
    ).toEqual(['MORE_ANSWERS_THAN_PEOPLE']);
  });
});
