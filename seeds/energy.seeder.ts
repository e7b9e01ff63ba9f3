import { ServiceKind } from '../src/services/service.entity.ts';
import { dayIn, earlier, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addFunding, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { BRUSSELS_FEDERATION } from './federations.seeder.ts';
import { apportion, Random } from './random.ts';

/** Visits are published for 2018–2021; the savings for three years that the demonstration places at the end. */
const PUBLISHED = { from: '2018-01-01', until: '2022-01-01', savingsFrom: '2019-01-01' };
const INSTITUTIONS = 218;
/** What the published savings add up to, in whole kWh, kg, litres and euro cents. */
const SAVED = { kwh: 8_070_000, co2: 1_291_000, oil: 460_000, cents: 52_000_000 };

/** The energy service: its 218 institutions of 2018–2021 and their savings, then its life since. */
export function seedEnergy(demonstration: Demonstration): void {
  const random = new Random('energy');
  const service = describe(demonstration);
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
  visits(demonstration, random, service, early);
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
  lifeSince(demonstration, random, service, [...early, ...since.filter((one) => one !== null)]);
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

function visit(
  demonstration: Demonstration,
  service: DemoService,
  enrolment: DemoEnrolment,
  on: string,
): void {
  demonstration.use(service, {
    partner: enrolment.partner,
    metric: 'ENERGY_VISITS',
    on,
    quantity: 1,
    enrolment,
  });
}

function visits(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  for (const enrolment of enrolments) {
    const first = weekdayIn(
      random,
      plusDays(enrolment.activeFrom, 5),
      earlier(plusDays(enrolment.activeFrom, 90), '2021-12-21'),
    );
    visit(demonstration, service, enrolment, first);
    if (random.chance(0.4) && first < '2021-06-01') {
      visit(demonstration, service, enrolment, weekdayIn(random, plusDays(first, 60), PUBLISHED.until));
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
  report(demonstration, random, service, savings, SAVED);
}

/** Writes four quantities of each saving that add up to the four totals. */
function report(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  savings: readonly Saving[],
  total: typeof SAVED,
): void {
  const around = (spread: number) =>
    savings.map(({ weight }) => weight * (1 + spread * (random.next() - 0.5)));
  const kwh = apportion(total.kwh, around(0));
  // The equivalences follow the energy more or less: carriers and prices differ from one building to another.
  const co2Weights = around(0.4);
  const co2 = apportion(total.co2, co2Weights);
  const oil = apportion(total.oil, co2Weights);
  const cents = apportion(total.cents, around(0.5));
  savings.forEach(({ enrolment, on }, at) => {
    const quantities: [metric: string, quantity: string][] = [
      ['ENERGY_KWH_SAVED', String(kwh[at])],
      ['ENERGY_CO2_AVOIDED_KG', String(co2[at])],
      ['ENERGY_OIL_LITRES', String(oil[at])],
      ['ENERGY_COST_SAVED_EUR', ((cents[at] as number) / 100).toFixed(2)],
    ];
    for (const [metric, quantity] of quantities) {
      demonstration.use(service, { partner: enrolment.partner, metric, on, quantity, enrolment });
    }
  });
}

function lifeSince(
  demonstration: Demonstration,
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
      visit(demonstration, service, enrolment, weekdayIn(random, from, end));
    }
  }
  const savings = random
    .sample(enrolments, 62)
    .flatMap((enrolment) => savingsOf(random, enrolment, '2022-01-01', until, 0.3));
  report(demonstration, random, service, savings, {
    kwh: savings.length * 10_400,
    co2: savings.length * 1_690,
    oil: savings.length * 600,
    cents: savings.length * 138_000,
  });
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
