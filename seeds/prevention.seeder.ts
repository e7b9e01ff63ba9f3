import { AdviceTopic, AdviserRole } from '../src/services/advice/request.entity.ts';
import { SessionKind } from '../src/services/advice/session.entity.ts';
import { ServiceKind } from '../src/services/service.entity.ts';
import { seedAdvice } from './advice-requests.ts';
import { addAccess, addDownloads, addSheets } from './advice-resources.ts';
import { addSessions, come, type DemoSession, sessionOn } from './advice-sessions.ts';
import { dayIn, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addFunding, addPopulation, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { COLLOQUIUM } from './federations.seeder.ts';
import { PREVENTION_OPERATOR } from './partners.seeder.ts';
import { Random } from './random.ts';
import { seedRiskAnalyses } from './risk-analyses.ts';

export const COCOM_POPULATION = 'cocom-institutions-of-the-fund';

/** 52 of the 74 institutions were granted access to the toolbox. */
const INSTITUTIONS = 74;
const GRANTED = 52;

/** Sheets of the toolbox by day; the source says "more than 100" in June 2022. */
const SHEETS: [on: string, sheets: number][] = [
  ['2013-06-30', 24],
  ['2016-06-30', 58],
  ['2019-06-30', 81],
  ['2021-06-30', 97],
  ['2022-05-16', 104],
  ['2023-10-02', 108],
  ['2025-03-10', 113],
];

/** The prevention service: access to the toolbox, its sheets, requests for advice. */
export function seedPrevention(demonstration: Demonstration): void {
  const random = new Random('prevention');
  const cocom = demonstration
    .of('RECOGNISED')
    .filter(({ authority }) => ['IRISCARE', 'DVC'].includes(authority ?? ''));
  const institutions = random.sample(cocom, INSTITUTIONS, ({ headcount }) => (headcount > 9 ? 2 : 1));
  addPopulations(demonstration, institutions);
  const service = describe(demonstration);

  const opened = new Map<DemoPartner, { from: string; until?: string }>();
  const granted: DemoEnrolment[] = institutions.slice(0, GRANTED).map((partner) => {
    const requestedOn = weekdayIn(random, '2018-09-03', '2022-04-01');
    const activeFrom = plusDays(requestedOn, random.int(3, 20));
    const enrolment = demonstration.enrol(service, partner, { requestedOn, activeFrom }, partner.recognition);
    opened.set(partner, { from: activeFrom });
    access(demonstration, service, enrolment, activeFrom, 1);
    return enrolment;
  });
  const associations = demonstration
    .of('RECOGNISED')
    .filter(({ authority, headcount }) => authority === 'COCOF' && headcount >= 5);
  const others = random.sample(associations, 66).map((partner) => {
    const requestedOn = weekdayIn(random, '2011-03-01', '2022-04-01');
    const activeFrom = plusDays(requestedOn, random.int(3, 20));
    const endedOn = random.chance(0.1) ? dayIn(random, '2023-06-01', '2026-01-01') : undefined;
    return demonstration.enrol(service, partner, { requestedOn, activeFrom, endedOn }, partner.recognition);
  });

  for (const [on, sheets] of SHEETS) {
    demonstration.use(service, {
      partner: demonstration.partner(PREVENTION_OPERATOR),
      metric: 'PREVENTION_TOOL_SHEETS',
      on,
      quantity: sheets,
    });
  }
  // Since 2023 the toolbox is open to the other members; two institutions gave their access back.
  for (const enrolment of random.sample(others, 30)) {
    const on = weekdayIn(random, '2023-02-01', '2025-12-01');
    if (enrolment.endedOn && on >= enrolment.endedOn) continue;
    opened.set(enrolment.partner, { from: on, ...(enrolment.endedOn && { until: enrolment.endedOn }) });
    access(demonstration, service, enrolment, on, 1);
  }
  for (const enrolment of granted.slice(0, 2)) {
    const on = weekdayIn(random, '2024-03-01', '2024-09-01');
    const held = opened.get(enrolment.partner);
    if (held) held.until = on;
    access(demonstration, service, enrolment, on, 0);
  }
  for (const partner of institutions.slice(GRANTED, GRANTED + 8)) {
    demonstration.enrol(
      service,
      partner,
      { requestedOn: '2026-06-01', activeFrom: random.chance(0.5) ? '2026-06-15' : undefined },
      partner.recognition,
    );
  }
  consultations(demonstration, random, service, [...granted, ...others]);
  informed(demonstration, service, [...granted, ...others]);
  const sheets = addSheets(demonstration, service, SHEETS);
  const users = [...opened].map(([partner, { from, until = null }]) => {
    addAccess(demonstration, service, partner, from, until);
    return { partner, activeFrom: from, endedOn: until };
  });
  addDownloads(demonstration, service, new Random('prevention downloads'), sheets, users);
  seedAdvice(demonstration, service, [...granted, ...others], {
    topics: [
      AdviceTopic.WELL_BEING_POLICY,
      AdviceTopic.RISK_ANALYSIS,
      AdviceTopic.PSYCHOSOCIAL_RISKS,
      AdviceTopic.ERGONOMICS,
      AdviceTopic.WORKPLACE_SAFETY,
      AdviceTopic.FIRE_AND_EVACUATION,
      AdviceTopic.LEGAL_DUTIES,
    ],
    roles: [AdviserRole.PREVENTION_ADVISER, AdviserRole.PSYCHOSOCIAL_ADVISER],
  });
  seedRiskAnalyses(demonstration, service, [...granted, ...others]);
}

/** Information meetings and trainings, twice a year since 2024. */
function informed(
  demonstration: Demonstration,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  const random = new Random('prevention sessions');
  const sessions: DemoSession[] = [];
  const known = new Set<string>();
  for (const [day, kind] of [
    ['2024-03-19', SessionKind.INFORMATION_MEETING],
    ['2024-10-15', SessionKind.TRAINING],
    ['2025-03-18', SessionKind.INFORMATION_MEETING],
    ['2025-10-14', SessionKind.WORKSHOP],
    ['2026-03-17', SessionKind.INFORMATION_MEETING],
    ['2026-10-13', SessionKind.TRAINING],
  ] as const) {
    const possible = enrolments.filter(
      ({ activeFrom, endedOn }) => activeFrom < plusDays(day, -60) && (!endedOn || endedOn > day),
    );
    for (const { partner } of random.sample(possible, 9)) {
      const attended = random.int(1, 3);
      const firstTime = known.has(partner.slug) ? random.int(0, attended - 1) : attended;
      known.add(partner.slug);
      come(sessionOn(sessions, kind, day), partner, { attended, firstTime });
    }
  }
  addSessions(demonstration, service, sessions);
}

function access(
  demonstration: Demonstration,
  service: DemoService,
  enrolment: DemoEnrolment,
  on: string,
  quantity: 0 | 1,
): void {
  demonstration.use(service, {
    partner: enrolment.partner,
    metric: 'PREVENTION_TOOLBOX_ACCESSES',
    on,
    quantity,
    enrolment,
  });
}

function consultations(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  for (const enrolment of enrolments) {
    // Access is not use: about one in four never asks for anything.
    if (random.chance(0.25)) continue;
    const from = later(enrolment.activeFrom, '2015-01-05');
    for (let count = random.int(1, 7); count > 0; count--) {
      demonstration.use(service, {
        partner: enrolment.partner,
        metric: 'PREVENTION_CONSULTATIONS',
        on: weekdayIn(random, from, enrolment.endedOn ?? LAST_DAY),
        quantity: random.chance(0.85) ? 1 : random.int(2, 4),
        category: random.pick(['INFORMATION', 'ADVICE', 'RISK_ANALYSIS']),
        enrolment,
      });
    }
  }
  for (const enrolment of enrolments.slice(0, 6)) takenBack(demonstration, service, enrolment);
}

/** A consultation that was reported by mistake and taken back: it counts for nothing. */
function takenBack(demonstration: Demonstration, service: DemoService, enrolment: DemoEnrolment): void {
  const consultation = {
    partner: enrolment.partner,
    metric: 'PREVENTION_CONSULTATIONS',
    on: later(enrolment.activeFrom, '2015-01-05'),
    category: 'ADVICE',
    enrolment,
  };
  const reverses = demonstration.use(service, { ...consultation, quantity: 1 });
  demonstration.use(service, { ...consultation, quantity: -1, reverses });
}

function addPopulations(
  demonstration: Demonstration,
  institutions: Parameters<typeof addPopulation>[2],
): void {
  addPopulation(
    demonstration,
    {
      slug: COCOM_POPULATION,
      name: {
        fr: 'Institutions COCOM du Fonds',
        nl: 'GGC-instellingen van het Fonds',
        en: 'COCOM institutions of the Fund',
      },
      definition: {
        fr: 'Institutions de la COCOM affiliées au Fonds, au jour du colloque.',
        nl: 'Instellingen van de GGC die op de dag van het colloquium bij het Fonds waren aangesloten.',
        en: 'Institutions of COCOM that belonged to the Fund on the day of the colloquium.',
      },
      asOf: COLLOQUIUM,
      source:
        'Synthetic list; its length is the published one (002_Bruxeo_colloque_mutualisation.txt, ABBET)',
    },
    institutions,
  );
  addPopulation(
    demonstration,
    {
      slug: 'care-homes-of-brussels',
      name: {
        fr: 'Maisons de repos de Bruxelles',
        nl: 'Rusthuizen van Brussel',
        de: 'Altenheime in Brüssel',
        en: 'Care homes of Brussels',
      },
      definition: {
        fr: 'Maisons de repos et de soins dont le siège est en Région bruxelloise.',
        nl: 'Rust- en verzorgingstehuizen met zetel in het Brussels Gewest.',
        en: 'Care homes whose registered office is in the Brussels Region.',
      },
      asOf: COLLOQUIUM,
      source: 'Synthetic: the care homes of the demonstration',
    },
    demonstration.partners.filter(({ sector, inBrussels }) => sector === 'CARE_HOMES' && inBrussels),
  );
}

function describe(demonstration: Demonstration): DemoService {
  addProvider(
    demonstration,
    'centre-mutualise-du-bien-etre',
    'Centre mutualisé du bien-être au travail',
    'Gedeeld centrum voor welzijn op het werk',
    'ABBET',
  );
  const service = addService(demonstration, {
    slug: 'prevention',
    kind: ServiceKind.PREVENTION,
    name: {
      fr: 'Prévention et bien-être au travail',
      nl: 'Preventie en welzijn op het werk',
      de: 'Prävention und Wohlbefinden bei der Arbeit',
      en: 'Prevention and well-being at work',
    },
    description: {
      fr: "Information, conseil, analyses de risques participatives et une boîte à outils de fiches courtes. Service de démonstration, d'après l'ABBET.",
      nl: 'Informatie, advies, participatieve risicoanalyses en een gereedschapskist met korte fiches. Demonstratiedienst, naar het voorbeeld van ABBET.',
      en: 'Information, advice, participatory risk analyses and a toolbox of short sheets. A demonstration service, modelled on ABBET.',
    },
    eligibility: {
      fr: 'Associations reconnues par la COCOF et institutions COCOM du Fonds.',
      nl: 'Verenigingen erkend door de FGC en GGC-instellingen van het Fonds.',
      en: 'Associations recognised by COCOF and COCOM institutions of the Fund.',
    },
    price: { fr: 'Gratuit', nl: 'Gratis', en: 'Free of charge' },
    howToJoin: {
      fr: "La direction demande l'accès; une rencontre fixe les groupes et le calendrier.",
      nl: 'De directie vraagt toegang; een gesprek legt groepen en kalender vast.',
      en: 'The management asks for access; a meeting settles groups and calendar.',
    },
    languages: ['fr', 'nl'],
    startedOn: '2011-01-01',
    carriers: ['centre-mutualise-du-bien-etre'],
    population: COCOM_POPULATION,
  });
  addFunding(demonstration, service, 'COCOF', 'Commission communautaire française', [2011, 2026], 180_000);
  addFunding(demonstration, service, 'COCOM', 'Commission communautaire commune', [2019, 2026], 75_000);
  return service;
}
