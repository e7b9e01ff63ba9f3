import { ServiceKind } from '../src/services/service.entity.ts';
import { dayIn, earlier, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addFunding, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { AdviceWriter } from './energy-advice.ts';
import { equivalencesOf, seedFactors } from './energy-factors.ts';
import { MeterWriter, READ } from './energy-meters.ts';
import { SavingsWriter } from './energy-savings.ts';
import { seedWeather } from './energy-weather.ts';
import { BRUSSELS_FEDERATION } from './federations.seeder.ts';
import { apportion, Random } from './random.ts';

/** Visits are published for 2018–2021; the savings for three years that the demonstration places at the end. */
const PUBLISHED = { from: '2018-01-01', until: '2022-01-01', savingsFrom: '2019-01-01' };
const INSTITUTIONS = 218;
/** Institutions whose meters are followed. */
const METERED = 40;
/** What the published savings add up to, in kWh. */
const SAVED = 8_070_000;

/** The energy service: its 218 institutions of 2018–2021 and their savings, then its life since. */
export function seedEnergy(demonstration: Demonstration): void {
  const random = new Random('energy');
  const service = describe(demonstration);
  const weather = seedWeather(demonstration);
  seedFactors(demonstration, service);
  const advice = new AdviceWriter(demonstration, service);
  const clients = random.sample(
    demonstration.partners.filter((partner) => weight(partner) > 0),
    INSTITUTIONS + 72,
    weight,
  );
  const early = clients
    .slice(0, INSTITUTIONS)
    .map((partner, at) =>
      enrol(demonstration, random, service, partner, at < 190 ? '2021-07-01' : '2021-10-15'),
    );
  visits(advice, random, early);
  publishedSavings(demonstration, random, service, early.slice(0, 150));
  const since = clients.slice(INSTITUTIONS).map((partner, at) => {
    // Some enrolled early and were visited later only; some wait for an answer still.
    if (at < 12) return enrol(demonstration, random, service, partner, '2021-12-01', '2020-06-01');
    if (at > 67) {
      demonstration.enrol(service, partner, { requestedOn: dayIn(random, '2026-05-01', LAST_DAY) });
      return null;
    }
    return enrol(demonstration, random, service, partner, '2026-05-01', '2022-01-05');
  });
  const clientsSince = since.filter((one) => one !== null);
  lifeSince(demonstration, advice, random, service, [...early, ...clientsSince]);
  followMeters(
    advice,
    new MeterWriter(demonstration, service, weather),
    new SavingsWriter(demonstration, service, weather),
    early,
  );
  for (const [at, enrolment] of clientsSince.slice(-6).entries()) {
    if (!enrolment.endedOn) advice.request(enrolment, plusDays(LAST_DAY, -3 * at - 1));
  }
}

/** Meters that are followed, and a measure in every other building that they are to show. */
function followMeters(
  advice: AdviceWriter,
  meters: MeterWriter,
  savings: SavingsWriter,
  enrolments: readonly DemoEnrolment[],
): void {
  const random = new Random('energy meters followed');
  const followed = random.sample(
    enrolments.filter(({ activeFrom, endedOn }) => activeFrom < READ.from && !endedOn),
    METERED,
  );
  for (const [at, enrolment] of followed.entries()) {
    const building = advice.buildingOf(enrolment);
    const doneOn = at % 2 === 0 ? dayIn(random, '2022-02-01', '2022-12-20') : null;
    if (doneOn) advice.done(building, doneOn);
    // One in eight uses more than before.
    const saved = doneOn
      ? at % 16 === 0
        ? -0.06
        : 0.08 + 0.14 * random.next()
      : 0.02 * (random.next() - 0.5);
    const gas = meters.gas(building, doneOn ?? '2023-01-01', saved);
    const electricity = meters.electricity(building);
    if (doneOn) for (const meter of [gas, electricity]) savings.record(meter);
    const neighbour = followed[at + 1];
    // A boiler for two: counted once.
    if (at === 0 && neighbour) meters.share(gas, advice.buildingOf(neighbour));
  }
}

/** Buildings in Brussels; members of the federation are the likeliest clients. */
function weight({ group, inBrussels, headcount }: DemoPartner): number {
  if (!inBrussels || group === 'OPERATOR') return 0;
  return ({ RECOGNISED: 5, ASSOCIATION: 3, SCHOOL: 1 }[group as string] ?? 0) * (headcount > 9 ? 2 : 1);
}

function enrol(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  partner: DemoPartner,
  until: string,
  from = PUBLISHED.from,
): DemoEnrolment {
  const requestedOn = weekdayIn(random, from, until);
  const activeFrom = plusDays(requestedOn, random.int(1, 21));
  // No partner leaves before the published years are over.
  const endedOn = random.chance(0.07)
    ? dayIn(random, later(plusDays(activeFrom, 400), '2022-02-01'), '2027-09-01')
    : null;
  return demonstration.enrol(
    service,
    partner,
    { requestedOn, activeFrom, endedOn: endedOn && endedOn <= LAST_DAY ? endedOn : undefined },
    partner.recognition,
  );
}

function visits(advice: AdviceWriter, random: Random, enrolments: readonly DemoEnrolment[]): void {
  for (const enrolment of enrolments) {
    const first = weekdayIn(
      random,
      plusDays(enrolment.activeFrom, 5),
      earlier(plusDays(enrolment.activeFrom, 90), '2021-12-21'),
    );
    advice.visit(enrolment, first);
    if (random.chance(0.4) && first < '2021-06-01') {
      advice.visit(enrolment, weekdayIn(random, plusDays(first, 60), PUBLISHED.until));
    }
  }
}

interface Saving {
  enrolment: DemoEnrolment;
  on: string;
  weight: number;
}

/** Savings are reported a quarter at a time, with the last day of the quarter. */
function savingsOf(
  random: Random,
  enrolment: DemoEnrolment,
  from: string,
  until: string,
  share: number,
): Saving[] {
  const size = Math.max(2, enrolment.partner.headcount) ** 0.7 * random.skewed(0.6);
  const savings: Saving[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(until.slice(0, 4)); year++) {
    for (const quarterEnd of ['03-31', '06-30', '09-30', '12-31']) {
      const on = `${year}-${quarterEnd}`;
      const enrolled =
        on >= plusDays(enrolment.activeFrom, 60) && (!enrolment.endedOn || on < enrolment.endedOn);
      if (!enrolled || on < from || on >= until || !random.chance(share)) continue;
      // Heating seasons save most; one quarter in twelve uses more than before.
      const season = quarterEnd === '03-31' || quarterEnd === '12-31' ? 1.6 : 0.6;
      const sign = random.chance(1 / 12) ? -0.3 : 1;
      savings.push({ enrolment, on, weight: size * season * sign * random.skewed(0.4) });
    }
  }
  return savings;
}

function publishedSavings(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  const savings = enrolments.flatMap((enrolment) =>
    savingsOf(random, enrolment, PUBLISHED.savingsFrom, PUBLISHED.until, 0.75),
  );
  report(demonstration, service, savings, SAVED);
}

/** Writes savings that add up to a total, and what they come to by the factors of the demonstration. */
function report(
  demonstration: Demonstration,
  service: DemoService,
  savings: readonly Saving[],
  total: number,
): void {
  const kwh = apportion(
    total,
    savings.map(({ weight }) => weight),
  );
  savings.forEach(({ enrolment, on }, at) => {
    const { co2Kg, oilLitres, costEur } = equivalencesOf(kwh[at] as number);
    const quantities: [metric: string, quantity: string][] = [
      ['ENERGY_KWH_SAVED', String(kwh[at])],
      ['ENERGY_CO2_AVOIDED_KG', co2Kg],
      ['ENERGY_OIL_LITRES', oilLitres],
      ['ENERGY_COST_SAVED_EUR', costEur],
    ];
    for (const [metric, quantity] of quantities) {
      demonstration.use(service, { partner: enrolment.partner, metric, on, quantity, enrolment });
    }
  });
}

function lifeSince(
  demonstration: Demonstration,
  advice: AdviceWriter,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  const until = plusDays(LAST_DAY, 1);
  for (const enrolment of enrolments) {
    const from = later(plusDays(enrolment.activeFrom, 5), '2022-01-03');
    const end = earlier(enrolment.endedOn ?? until, until);
    const newcomer = enrolment.activeFrom >= '2020-06-01';
    for (let count = random.int(newcomer ? 1 : 0, 2); count > 0 && plusDays(from, 10) < end; count--) {
      advice.visit(enrolment, weekdayIn(random, from, end));
    }
  }
  const savings = random
    .sample(enrolments, 62)
    .flatMap((enrolment) => savingsOf(random, enrolment, '2022-01-01', until, 0.3));
  report(demonstration, service, savings, savings.length * 10_400);
}

function describe(demonstration: Demonstration): DemoService {
  addProvider(
    demonstration,
    'conseil-mutualise-bruxelles',
    'Conseil mutualisé bruxellois',
    'Gedeeld advies Brussel',
    'Bruxeo',
  );
  const service = addService(demonstration, {
    slug: 'energy-pack',
    kind: ServiceKind.ENERGY,
    name: {
      fr: 'Conseil énergie mutualisé',
      nl: 'Gemeenschappelijk energieadvies',
      de: 'Gemeinsame Energieberatung',
      en: 'Shared energy advice',
    },
    description: {
      fr: "Une équipe de conseillers en énergie visite les bâtiments, propose des mesures et suit les consommations. Service de démonstration, d'après l'Energie Pack de Bruxeo.",
      nl: 'Een team van energieadviseurs bezoekt gebouwen, stelt maatregelen voor en volgt het verbruik op. Demonstratiedienst, naar het Energie Pack van Bruxeo.',
      de: 'Energieberater besuchen Gebäude, schlagen Maßnahmen vor und verfolgen den Verbrauch. Vorführdienst nach dem Energie Pack von Bruxeo.',
      en: "Energy advisers visit buildings, propose measures and follow consumption. A demonstration service, modelled on Bruxeo's Energy Pack.",
    },
    eligibility: {
      fr: 'Organisations à profit social qui occupent un bâtiment en Région bruxelloise.',
      nl: 'Social-profitorganisaties met een gebouw in het Brussels Gewest.',
      en: 'Social-profit organisations that use a building in the Brussels Region.',
    },
    price: { fr: 'Gratuit', nl: 'Gratis', de: 'Kostenlos', en: 'Free of charge' },
    howToJoin: {
      fr: 'Demander une première visite; un conseiller propose une date.',
      nl: 'Vraag een eerste bezoek aan; een adviseur stelt een datum voor.',
      en: 'Ask for a first visit; an adviser proposes a date.',
    },
    languages: ['fr', 'nl'],
    startedOn: '2018-01-01',
    carriers: ['conseil-mutualise-bruxelles'],
    federation: BRUSSELS_FEDERATION,
    population: `members-of-${BRUSSELS_FEDERATION}`,
    enrolmentsPublic: true,
  });
  addFunding(
    demonstration,
    service,
    'BRUSSELS_REGION',
    'Région de Bruxelles-Capitale',
    [2018, 2026],
    310_000,
  );
  return service;
}
