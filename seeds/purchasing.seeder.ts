import { ServiceKind } from '../src/services/service.entity.ts';
import { dayIn, earlier, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addFunding, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { apportion, Random } from './random.ts';

/** Members on 31 May 2022 by the authority on whose recognition the enrolment rests: 310 in all. */
const MEMBERS: Record<string, number> = {
  COCOF: 134,
  IRISCARE: 99,
  BRUSSELS_REGION: 34,
  DVC: 26,
  VGC: 11,
  FLEMISH_COMMUNITY: 5,
  FWB: 1,
};
const LAUNCH = '2021-01-05';
/** The first day after the published period. */
const PUBLISHED_UNTIL = '2022-06-01';
const ORDERS = 472;
const CENTS = 94_505_480;

const PRODUCTS = { MASKS: 34, GLOVES: 28, GOWNS: 14, HAND_GEL: 14, TESTS: 10 };

/** The purchasing centre: its members and orders until 31 May 2022, then its life since. */
export function seedPurchasing(demonstration: Demonstration): void {
  const random = new Random('purchasing');
  const service = describe(demonstration);
  const members: DemoEnrolment[] = [];
  const left: DemoPartner[] = [];
  for (const [authority, count] of Object.entries(MEMBERS)) {
    const recognised = demonstration.of('RECOGNISED').filter((partner) => partner.authority === authority);
    const shuffled = random.sample(recognised, recognised.length);
    for (const partner of shuffled.slice(0, count))
      members.push(enrolEarly(demonstration, random, service, partner));
    left.push(...shuffled.slice(count));
  }
  const former = left.filter(({ authority }) => authority === 'COCOF').slice(0, 9);
  for (const partner of former) {
    const activeFrom = weekdayIn(random, '2021-02-01', '2021-07-01');
    const endedOn = dayIn(random, plusDays(activeFrom, 60), '2022-05-15');
    enrol(demonstration, service, partner, activeFrom, activeFrom, endedOn);
  }
  orders(demonstration, random, service, members, ORDERS, CENTS, LAUNCH, PUBLISHED_UNTIL);
  takenBack(demonstration, random, service, members.slice(0, 3), PUBLISHED_UNTIL);

  const newcomers = random
    .sample(
      left.filter((partner) => !former.includes(partner)),
      30,
    )
    .map((partner) => {
      const activeFrom = weekdayIn(random, '2022-06-07', '2026-05-01');
      return enrol(demonstration, service, partner, plusDays(activeFrom, -random.int(0, 3)), activeFrom);
    });
  const today = plusDays(LAST_DAY, 1);
  orders(demonstration, random, service, [...members, ...newcomers], 410, 61_240_035, PUBLISHED_UNTIL, today);
  takenBack(demonstration, random, service, newcomers.slice(0, 2), today);
}

/** An enrolment that is active on 31 May 2022: many came at once, and none leaves before July 2022. */
function enrolEarly(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  partner: DemoPartner,
): DemoEnrolment {
  const requestedOn = plusDays(LAUNCH, Math.floor(480 * random.next() ** 2));
  const endedOn = random.chance(0.07) ? dayIn(random, '2022-07-01', LAST_DAY) : undefined;
  return enrol(
    demonstration,
    service,
    partner,
    requestedOn,
    plusDays(requestedOn, random.int(0, 6)),
    endedOn,
  );
}

function enrol(
  demonstration: Demonstration,
  service: DemoService,
  partner: DemoPartner,
  requestedOn: string,
  activeFrom: string,
  endedOn?: string,
): DemoEnrolment {
  return demonstration.enrol(service, partner, { requestedOn, activeFrom, endedOn }, partner.recognition);
}

/** Orders of some of the members, large ones more often, that add up to the amount. */
function orders(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
  count: number,
  cents: number,
  from: string,
  until: string,
): void {
  const buyers = random.sample(
    enrolments.filter(({ endedOn }) => !endedOn || endedOn > plusDays(from, 21)),
    Math.round(enrolments.length * 0.55),
    ({ partner }) => Math.sqrt(partner.headcount),
  );
  // A large organisation draws several lots.
  const lots = buyers.flatMap(
    (buyer) => Array(buyer.partner.headcount >= 50 ? 4 : 2).fill(buyer) as DemoEnrolment[],
  );
  const amounts = apportion(
    cents,
    Array.from({ length: count }, () => 0.05 + random.skewed(0.9)),
  );
  for (const amount of amounts) {
    const enrolment = random.pick(lots);
    const first = later(enrolment.activeFrom, from);
    const on = weekdayIn(random, first, earlier(enrolment.endedOn ?? until, until));
    order(demonstration, service, enrolment, on, amount, random.weighted(PRODUCTS));
  }
}

function order(
  demonstration: Demonstration,
  service: DemoService,
  enrolment: DemoEnrolment,
  on: string,
  cents: number,
  category: string,
  reverses: string[] = [],
): string[] {
  const sign = reverses.length > 0 ? -1 : 1;
  const quantities: [metric: string, quantity: string][] = [
    ['PURCHASING_ORDERS', String(sign)],
    ['PURCHASING_AMOUNT_INCL_VAT_EUR', ((sign * cents) / 100).toFixed(2)],
  ];
  return quantities.map(([metric, quantity], at) =>
    demonstration.use(service, {
      partner: enrolment.partner,
      metric,
      on,
      quantity,
      category,
      enrolment,
      ...(reverses[at] ? { reverses: reverses[at] } : {}),
    }),
  );
}

/** Orders that were reported by mistake and taken back: they count for nothing. */
function takenBack(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
  until: string,
): void {
  for (const enrolment of enrolments) {
    const on = weekdayIn(random, enrolment.activeFrom, earlier(enrolment.endedOn ?? until, until));
    const cents = random.int(9_000, 160_000);
    const category = random.weighted(PRODUCTS);
    const entries = order(demonstration, service, enrolment, on, cents, category);
    order(demonstration, service, enrolment, on, cents, category, entries);
  }
}

function describe(demonstration: Demonstration): DemoService {
  addProvider(
    demonstration,
    'centrale-mutualisee-bruxelles',
    "Centrale d'achat mutualisée",
    'Gedeelde aankoopcentrale',
    'Iriscare/eCat',
  );
  const service = addService(demonstration, {
    slug: 'purchasing',
    kind: ServiceKind.PURCHASING,
    name: {
      fr: "Centrale d'achat mutualisée",
      nl: 'Gemeenschappelijke aankoopcentrale',
      de: 'Gemeinsame Einkaufszentrale',
      en: 'Shared purchasing centre',
    },
    description: {
      fr: "La centrale passe les marchés de matériel de protection; les membres commandent et paient eux-mêmes. Service de démonstration, d'après l'eCat d'Iriscare.",
      nl: 'De centrale gunt opdrachten voor beschermingsmateriaal; de leden bestellen en betalen zelf. Demonstratiedienst, naar de eCat van Iriscare.',
      de: 'Die Zentrale vergibt Aufträge für Schutzausrüstung; die Mitglieder bestellen und zahlen selbst. Vorführdienst nach dem eCat von Iriscare.',
      en: "The centre tenders protective equipment; members order and pay themselves. A demonstration service, modelled on Iriscare's eCat.",
    },
    eligibility: {
      fr: 'Institutions et services situés à Bruxelles, reconnus par une autorité compétente.',
      nl: 'Instellingen en diensten in Brussel die door een bevoegde entiteit erkend zijn.',
      en: 'Institutions and services in Brussels that a competent authority recognises.',
    },
    price: {
      fr: "L'adhésion est gratuite; les produits se paient au prix du marché attribué.",
      nl: 'Toetreden is gratis; producten kosten de gegunde prijs.',
      en: 'Joining is free; products cost the price of the contract awarded.',
    },
    howToJoin: {
      fr: 'Adhérer en ligne; le compte est activé, puis on commande.',
      nl: 'Treed online toe; na activering van de account kan u bestellen.',
      en: 'Join online; once the account is active, order.',
    },
    languages: ['fr', 'nl'],
    startedOn: LAUNCH,
    carriers: ['centrale-mutualisee-bruxelles'],
  });
  addFunding(demonstration, service, 'IRISCARE', 'Iriscare', [2021, 2026], 220_000);
  return service;
}
