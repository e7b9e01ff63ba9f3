import { LocalisedText } from '../src/database/localised-text.ts';
import { AdviceTopic, AdviserRole } from '../src/services/advice/request.entity.ts';
import { ResourceKind } from '../src/services/advice/resource.entity.ts';
import { SessionKind } from '../src/services/advice/session.entity.ts';
import { ServiceKind } from '../src/services/service.entity.ts';
import { seedAdvice } from './advice-requests.ts';
import { addDownloads, addResource } from './advice-resources.ts';
import { addSessions, come, type DemoSession, sessionOn } from './advice-sessions.ts';
import { dayIn, daysBetween, LAST_DAY, plusDays, weekdayIn } from './calendar.ts';
import { addFunding, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { BRUSSELS_FEDERATION } from './federations.seeder.ts';
import { apportion, Random } from './random.ts';

/** The figures are published as "more than 90" and "more than 350", from the end of 2017 to the colloquium. */
const ORGANISATIONS = 93;
const PEOPLE = 358;
const FROM = '2017-12-01';
const COLLOQUIUM_OVER = '2022-06-13';

/** The sectors of the yearly working groups. */
const WORKING_GROUPS: [year: number, sectors: string[]][] = [
  [2018, ['HOMELESS_SHELTERS']],
  [2019, ['HOSPITALS', 'CARE_HOMES']],
  [2020, ['CULTURE']],
  [2021, ['HOME_CARE', 'DEVELOPMENT_COOPERATION']],
];

/** The diversity service: its 93 organisations and 358 people until June 2022, then its life since. */
export function seedDiversity(demonstration: Demonstration): void {
  const random = new Random('diversity');
  const service = describe(demonstration);
  const possible = demonstration.partners.filter(
    ({ inBrussels, group }) => inBrussels && group !== 'SCHOOL' && group !== 'OPERATOR',
  );
  const chosen = new Set<DemoPartner>();
  const early: DemoEnrolment[] = [];
  const sessions: DemoSession[] = [];

  for (const [year, sectors] of WORKING_GROUPS) {
    const inSector = possible.filter((partner) => sectors.includes(partner.sector) && !chosen.has(partner));
    for (const partner of random.sample(inSector, Math.min(13, inSector.length))) {
      chosen.add(partner);
      const enrolment = enrol(demonstration, random, service, partner, `${year}-01-08`, `${year}-02-20`);
      early.push(enrolment);
      // Five meetings a year between peers; not everyone comes to all.
      for (const month of ['03', '05', '06', '09', '11']) {
        if (month !== '03' && random.chance(0.35)) continue;
        const day = `${year}-${month}-14`;
        step(demonstration, service, enrolment, day, 'WORKING_GROUP');
        // These heads are counted where they are trained.
        come(sessionOn(sessions, SessionKind.WORKING_GROUP, day), partner, { attended: 1, firstTime: 0 });
      }
    }
  }
  const others = possible.filter((partner) => !chosen.has(partner));
  for (const partner of random.sample(others, ORGANISATIONS - early.length, sizeWeight)) {
    chosen.add(partner);
    const enrolment = enrol(demonstration, random, service, partner, FROM, '2022-03-15');
    early.push(enrolment);
    const steps = random.int(1, 4);
    for (let number = 0; number < steps; number++) {
      step(
        demonstration,
        service,
        enrolment,
        weekdayIn(random, enrolment.activeFrom, COLLOQUIUM_OVER),
        'INDIVIDUAL',
      );
    }
  }

  const guests = demonstration.partners.filter(({ group, inBrussels }) => group === 'FLANDERS' || inBrussels);
  const first = { service, sessions, from: FROM, until: COLLOQUIUM_OVER };
  train(demonstration, random, first, early, random.sample(guests, 40), PEOPLE);

  const later = random
    .sample(
      possible.filter((partner) => !chosen.has(partner)),
      64,
      sizeWeight,
    )
    .map((partner) => enrol(demonstration, random, service, partner, '2022-07-01', '2026-03-01'));
  const staying = early.filter(({ endedOn }) => !endedOn);
  for (const enrolment of [...random.sample(staying, 45), ...later]) {
    const from = enrolment.activeFrom < '2022-07-01' ? '2022-07-01' : enrolment.activeFrom;
    for (let number = random.int(1, 3); number > 0; number--) {
      step(demonstration, service, enrolment, weekdayIn(random, from, LAST_DAY), 'INDIVIDUAL');
    }
  }
  const second = { service, sessions, from: '2022-07-01', until: LAST_DAY };
  train(demonstration, random, second, later, random.sample(guests, 46), 402);
  for (const [day, kind] of [
    ['2026-09-17', SessionKind.WORKSHOP],
    ['2026-10-08', SessionKind.TRAINING],
    ['2026-11-19', SessionKind.INTERVISION],
  ] as const) {
    const planned = sessionOn(sessions, kind, day);
    for (const { partner } of later.slice(0, 6)) come(planned, partner, { attended: 1, firstTime: 0 });
  }
  addSessions(demonstration, service, sessions);
  addTools(demonstration, service, [...early, ...later]);
  seedAdvice(demonstration, service, [...early, ...later], {
    topics: [
      AdviceTopic.DIVERSITY_POLICY,
      AdviceTopic.INCLUSIVE_RECRUITMENT,
      AdviceTopic.WELCOMING_STAFF,
      AdviceTopic.DISCRIMINATION,
      AdviceTopic.WORKING_ACROSS_CULTURES,
    ],
    roles: [AdviserRole.DIVERSITY_ADVISER, AdviserRole.PROJECT_OFFICER],
  });
}

/** The guide, the charter and what else the service publishes, for everybody; titles are made up. */
function addTools(
  demonstration: Demonstration,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  const all = ['FR', 'NL', 'EN'];
  const tools = (
    [
      ['CHARTE', ResourceKind.CHARTER, 'Charte modèle', 'Modelcharter', 'Model charter', '2018-05-02', 1],
      ['GUIDE', ResourceKind.GUIDE, 'Guide pratique', 'Praktische gids', 'Practical guide', '2019-02-04', 2],
      [
        'CHECKLIST',
        ResourceKind.CHECKLIST,
        'Autodiagnostic',
        'Zelfdiagnose',
        'Self-diagnosis',
        '2019-10-01',
        3,
      ],
      [
        'VIDEO-1',
        ResourceKind.VIDEO,
        'Recruter autrement',
        'Anders aanwerven',
        'Recruiting otherwise',
        '2021-03-15',
        1,
      ],
      [
        'ARTICLE-1',
        ResourceKind.ARTICLE,
        'Pourquoi commencer',
        'Waarom beginnen',
        'Why to begin',
        '2021-11-08',
        1,
      ],
      [
        'HISTOIRE-1',
        ResourceKind.SUCCESS_STORY,
        'Une équipe raconte',
        'Een team vertelt',
        'A team tells',
        '2023-06-05',
        1,
      ],
    ] as const
  ).map(([code, kind, fr, nl, en, publishedOn, edition]) =>
    addResource(demonstration, service, {
      code,
      kind,
      title: LocalisedText.of({ fr, nl, en }),
      languages: all,
      publishedOn,
      edition,
    }),
  );
  addDownloads(demonstration, service, new Random('diversity downloads'), tools, enrolments);
}

function sizeWeight({ headcount }: DemoPartner): number {
  return headcount >= 20 ? 3 : 1;
}

function enrol(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  partner: DemoPartner,
  from: string,
  until: string,
): DemoEnrolment {
  const requestedOn = weekdayIn(random, from, until);
  // Nobody leaves before the published period is over.
  const endedOn =
    until < '2022-07-01' && random.chance(0.1) ? dayIn(random, '2022-09-01', LAST_DAY) : undefined;
  return demonstration.enrol(service, partner, {
    requestedOn,
    activeFrom: plusDays(requestedOn, random.int(0, 10)),
    endedOn,
  });
}

function step(
  demonstration: Demonstration,
  service: DemoService,
  enrolment: DemoEnrolment,
  on: string,
  category: string,
): void {
  demonstration.use(service, {
    partner: enrolment.partner,
    metric: 'DIVERSITY_ORGANISATIONS_ACCOMPANIED',
    on,
    quantity: 1,
    category,
    enrolment,
  });
}

/** Of which service people are trained, in which of its sessions, and when. */
interface Trained {
  service: DemoService;
  sessions: DemoSession[];
  from: string;
  until: string;
}

/** Weeks from one session of a kind to the next. */
const WEEKS: Partial<Record<SessionKind, number>> = { WORKSHOP: 6, TRAINING: 10, CONFERENCE: 26 };

/** The day of the next session of a kind, from a day on; at the end the last weekday of the period. */
function sessionDay(wanted: string, kind: SessionKind, until: string): string {
  // The days of a kind are counted from a Tuesday.
  const start = '2017-12-05';
  const days = (WEEKS[kind] ?? 6) * 7;
  const next = plusDays(start, Math.ceil(Math.max(0, daysBetween(start, wanted)) / days) * days);
  return next < until ? next : wanted;
}

/** People trained: of enrolled partners, and guests of partners that need not be enrolled. */
function train(
  demonstration: Demonstration,
  random: Random,
  { service, sessions, from, until }: Trained,
  enrolments: readonly DemoEnrolment[],
  guests: readonly DemoPartner[],
  people: number,
): void {
  const groups: { partner: DemoPartner; enrolment?: DemoEnrolment }[] = [
    ...enrolments.map((enrolment) => ({ partner: enrolment.partner, enrolment })),
    ...guests.map((partner) => ({ partner })),
  ];
  // One person at least of each, the others by the size of the organisation.
  const more = apportion(
    people - groups.length,
    groups.map(({ partner }) => Math.sqrt(partner.headcount)),
  );
  groups.forEach(({ partner, enrolment }, at) => {
    const first = enrolment && enrolment.activeFrom > from ? enrolment.activeFrom : from;
    const wanted = weekdayIn(random, first, until);
    const quantity = 1 + (more[at] as number);
    const kind = random.pick([SessionKind.WORKSHOP, SessionKind.TRAINING, SessionKind.CONFERENCE]);
    const on = sessionDay(wanted, kind, until);
    demonstration.use(service, {
      partner,
      metric: 'DIVERSITY_PEOPLE_TRAINED',
      on,
      quantity,
      category: kind,
      enrolment,
    });
    come(sessionOn(sessions, kind, on), partner, { attended: quantity, firstTime: quantity });
  });
}

function describe(demonstration: Demonstration): DemoService {
  addProvider(
    demonstration,
    'union-mutualiste-des-employeurs',
    'Union mutualiste des employeurs',
    'Gedeelde werkgeversunie',
    'UNIPSO',
  );
  const service = addService(demonstration, {
    slug: 'diversity',
    kind: ServiceKind.DIVERSITY,
    name: {
      fr: 'Service diversité et inclusion',
      nl: 'Dienst diversiteit en inclusie',
      de: 'Dienst für Vielfalt und Inklusion',
      en: 'Diversity and inclusion service',
    },
    description: {
      fr: "Accompagnement d'une politique de diversité: groupes de travail entre pairs, ateliers, formation, outils. Service de démonstration, d'après le service diversité de Bruxeo.",
      nl: 'Begeleiding van een diversiteitsbeleid: werkgroepen onder collega’s, workshops, opleiding, instrumenten. Demonstratiedienst, naar de dienst van Bruxeo.',
      en: "Help with a diversity policy: working groups of peers, workshops, training, tools. A demonstration service, modelled on Bruxeo's.",
    },
    eligibility: {
      fr: 'Employeurs à profit social bruxellois; les ateliers accueillent aussi des invités.',
      nl: 'Brusselse social-profitwerkgevers; aan workshops nemen ook gasten deel.',
      en: 'Social-profit employers in Brussels; workshops welcome guests too.',
    },
    price: { fr: 'Gratuit', nl: 'Gratis', en: 'Free of charge' },
    howToJoin: {
      fr: "Rejoindre le groupe de travail de l'année ou demander un accompagnement.",
      nl: 'Sluit aan bij de werkgroep van het jaar of vraag begeleiding.',
      en: "Join the year's working group or ask for an accompaniment.",
    },
    languages: ['fr', 'nl', 'en'],
    startedOn: '2017-12-01',
    carriers: ['conseil-mutualise-bruxelles', 'union-mutualiste-des-employeurs'],
    federation: BRUSSELS_FEDERATION,
    population: `members-of-${BRUSSELS_FEDERATION}`,
  });
  addFunding(
    demonstration,
    service,
    'BRUSSELS_REGION',
    'Région de Bruxelles-Capitale',
    [2018, 2026],
    145_000,
  );
  addFunding(demonstration, service, null, 'Union européenne', [2021, 2022], 60_000);
  return service;
}
