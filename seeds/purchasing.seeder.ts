import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { BuyerCategory } from '../src/services/purchasing/agreement.entity.ts';
import { BuyerAccount, ProductRemark, RemarkState } from '../src/services/purchasing/catalogue.entity.ts';
import { isWorkingDay } from '../src/services/purchasing/working-time.ts';
import { ServiceKind } from '../src/services/service.entity.ts';
import { at, dayIn, earlier, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addFunding, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { AGREEMENTS, addOffer, type DemoLot, type DemoPrice, type DemoProduct } from './purchasing-offer.ts';
import { centsAt, type OrderPlan, OrderWriter, type Wanted } from './purchasing-orders.ts';
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

/** How often orders are of a lot. */
const LOTS = { MASKS: 34, GLOVES: 28, GOWNS: 14, HAND_GEL: 14, TESTS: 10 };
/** Orders of the years after the published period, until three weeks before the demonstration stands still. */
const LATER_UNTIL = plusDays(LAST_DAY, -21);

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
  const newcomers = random
    .sample(
      left.filter((partner) => !former.includes(partner)),
      30,
    )
    .map((partner) => {
      const activeFrom = weekdayIn(random, '2022-06-07', '2026-05-01');
      return enrol(demonstration, service, partner, plusDays(activeFrom, -random.int(0, 3)), activeFrom);
    });
  const buyers = [...members, ...newcomers];
  for (const enrolment of buyers) addBuyer(demonstration, random, service, enrolment);
  const offer = addOffer(demonstration, service, Object.keys(MEMBERS));
  for (const enrolment of random.sample(members, 40))
    addRemark(demonstration, random, service, enrolment, offer);
  const centre = new Centre(random, offer, new OrderWriter(demonstration, service, random));
  centre.orders(members, { count: ORDERS, cents: CENTS, from: LAUNCH, until: PUBLISHED_UNTIL });
  centre.orders(buyers, { count: 410, cents: 61_240_035, from: PUBLISHED_UNTIL, until: LATER_UNTIL });
  // Orders get their numbers here; what comes later goes on from the last.
  demonstration.afterwards(
    `select setval('purchase_order_number', (select max(number) from purchase_order))`,
  );
  demonstration.afterwards(
    `update framework_agreement set status = 'COMPLETE' where valid_until <= date '${LAST_DAY}' and provenance = 'SYNTHETIC'`,
  );
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

/** Which kind of buyer a member is to the centre. */
function addBuyer(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  { partner }: DemoEnrolment,
): void {
  demonstration.add(BuyerAccount, {
    partner: partner.id,
    id: stableId(`buyer:${service.slug}:${partner.slug}`),
    service: service.id,
    category: random.pick([
      BuyerCategory.CARE_INSTITUTION,
      BuyerCategory.CARE_PROVIDER,
      BuyerCategory.SOCIAL_CULTURAL_SPORTS,
    ]),
    provenance: Provenance.SYNTHETIC,
    recordedAt: at(LAUNCH),
  } as never);
}

const REMARKS = [
  "L'emballage est solide.",
  'De doos is moeilijk te openen.',
  'Convient bien à nos équipes.',
  'Le délai pourrait être plus court.',
];

/** What a member tells the council of users of a product. */
function addRemark(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  { partner }: DemoEnrolment,
  offer: ReadonlyMap<string, ReadonlyMap<string, DemoLot>>,
): void {
  const lot = random.pick([...(offer.get(AGREEMENTS[0].slug)?.values() ?? [])]);
  demonstration.add(ProductRemark, {
    partner: partner.id,
    id: stableId(`remark:${partner.slug}`),
    service: service.id,
    product: random.pick(lot.products).id,
    rating: random.int(2, 5),
    text: random.chance(0.6) ? random.pick(REMARKS) : null,
    state: random.pick([RemarkState.OPEN, RemarkState.TAKEN_UP, RemarkState.SET_ASIDE]),
    provenance: Provenance.SYNTHETIC,
    recordedAt: at(plusDays(PUBLISHED_UNTIL, random.int(0, 300))),
  } as never);
}

/** What orders of a time come to, and how many they are. */
interface Sales {
  count: number;
  cents: number;
  from: string;
  until: string;
}

class Centre {
  constructor(
    private readonly random: Random,
    private readonly offer: ReadonlyMap<string, ReadonlyMap<string, DemoLot>>,
    private readonly writer: OrderWriter,
  ) {}

  /** Orders of some of the members, large ones more often, that add up to the amount; and some that came to nothing. */
  orders(enrolments: readonly DemoEnrolment[], { count, cents, from, until }: Sales): void {
    const { random, writer } = this;
    const buyers = random.sample(
      enrolments.filter(
        ({ activeFrom, endedOn }) =>
          activeFrom < plusDays(until, -21) && (!endedOn || endedOn > plusDays(from, 21)),
      ),
      Math.round(enrolments.length * 0.55),
      ({ partner }) => Math.sqrt(partner.headcount),
    );
    // A large organisation orders more often.
    const tickets = buyers.flatMap(
      (buyer) => Array(buyer.partner.headcount >= 50 ? 4 : 2).fill(buyer) as DemoEnrolment[],
    );
    const amounts = apportion(
      cents,
      Array.from({ length: count }, () => 0.08 + random.skewed(0.8)),
    );
    let left = 0;
    for (const amount of amounts.slice(0, -1)) {
      const plan = this.plan(random.pick(tickets), from, until);
      const wanted = basketOf(random, plan.lot, Math.max(amount + left, 1_000), plan.rank);
      // What an order misses of its amount, the next one makes good.
      left += amount - centsAt(wanted, plan.rank);
      writer.write({ ...plan, wanted });
    }
    const plan = this.plan(random.pick(tickets), from, until, 'GLOVES');
    const rest = (amounts.at(-1) as number) + left;
    writer.write({ ...plan, rank: 1, wanted: exactly(plan.lot, rest) });
    for (const ending of ['CANCELLED', 'CANCELLED', 'CANCELLED', 'EXHAUSTED'] as const) {
      const lost = this.plan(random.pick(tickets), from, until);
      const rank = ending === 'EXHAUSTED' ? 3 : 1;
      writer.write({ ...lost, rank, ending, wanted: basketOf(random, lost.lot, 80_000, rank) });
    }
  }

  /** Who orders when, of what, and who has it in the end. */
  private plan(
    enrolment: DemoEnrolment,
    from: string,
    until: string,
    wantedLot?: string,
  ): Omit<OrderPlan, 'wanted'> {
    const { random } = this;
    const day = this.workingDay(enrolment, from, until);
    const agreement = AGREEMENTS.find(
      (one) => one.from <= day && day < one.until,
    ) as (typeof AGREEMENTS)[number];
    const lot = this.offer.get(agreement.slug)?.get(wantedLot ?? random.weighted(LOTS)) as DemoLot;
    return {
      enrolment,
      lot,
      day,
      rank: Number(random.weighted({ 1: 87, 2: 10, 3: 3 })),
      ending: 'DELIVERED',
    };
  }

  private workingDay({ activeFrom, endedOn }: DemoEnrolment, from: string, until: string): string {
    for (;;) {
      const day = weekdayIn(this.random, later(activeFrom, from), earlier(endedOn ?? until, until));
      if (isWorkingDay(day)) return day;
    }
  }
}

/** Products of a lot that come to about so many cents with VAT. */
function basketOf(random: Random, lot: DemoLot, cents: number, rank: number): Wanted[] {
  const products = random.sample(lot.products, random.int(1, lot.products.length));
  const shares = apportion(
    cents,
    products.map(() => 0.2 + random.next()),
  );
  return products.map((product, index) => {
    const { unitPrice, vatRate } = product.prices[rank - 1] as DemoPrice;
    const unit = Number(unitPrice) * 100 * (1 + Number(vatRate) / 100) * product.saleUnit;
    return {
      product,
      quantity: Math.max(1, Math.round((shares[index] as number) / unit)) * product.saleUnit,
    };
  });
}

/** Products of a lot that come to so many cents with VAT, neither more nor less. */
function exactly({ products }: DemoLot, cents: number): Wanted[] {
  const [one, two, three] = products as [DemoProduct, DemoProduct, DemoProduct];
  const most = Math.floor(cents / 100 / Number(one.prices[0]?.unitPrice) / 1.21);
  for (let first = most; first > 0; first -= 1) {
    for (let second = 1; second <= 60; second += 1) {
      const some = [
        { product: one, quantity: first },
        { product: two, quantity: second },
      ];
      const missing = cents - centsAt(some, 1);
      const unit = Number(three.prices[0]?.unitPrice) * 100 * (1 + Number(three.prices[0]?.vatRate) / 100);
      const third = Math.round(missing / unit);
      if (third < 1) continue;
      const wanted = [...some, { product: three, quantity: third }];
      if (centsAt(wanted, 1) === cents) return wanted;
    }
  }
  throw new Error(`No order comes to ${cents} cents`);
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
