import { ServiceKind } from '../src/services/service.entity.ts';
import { dayIn, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoService } from './demonstration.ts';
import { ENTERPRISES_FEDERATION } from './federations.seeder.ts';
import { Random } from './random.ts';

/** Services of kind OTHER, as a federation sets them up without code. */
export function seedOther(demonstration: Demonstration): void {
  seedPurchasingPower(demonstration);
  seedMeetingRooms(demonstration);
}

function seedPurchasingPower(demonstration: Demonstration): void {
  const random = new Random('jaiplus');
  addProvider(demonstration, 'reseau-maillage', 'Réseau Maillage', 'Netwerk Maaswerk', 'RES/jaiplus.be');
  const service = addService(demonstration, {
    slug: 'jaiplus',
    kind: ServiceKind.OTHER,
    name: {
      fr: "Pouvoir d'achat mutualisé",
      nl: 'Gedeelde koopkracht',
      de: 'Gemeinsame Kaufkraft',
      en: 'Shared purchasing power',
    },
    description: {
      fr: "Des entreprises sociales mènent ensemble des actions pour le pouvoir d'achat de leurs travailleurs, stagiaires et bénéficiaires. Service de démonstration, d'après jaiplus.be.",
      nl: 'Sociale ondernemingen voeren samen acties voor de koopkracht van hun werknemers, stagiairs en begunstigden. Demonstratiedienst, naar jaiplus.be.',
      de: 'Sozialunternehmen stärken gemeinsam die Kaufkraft ihrer Beschäftigten, Praktikanten und Begünstigten. Vorführdienst nach jaiplus.be.',
      en: 'Social enterprises act together for the purchasing power of their workers, trainees and beneficiaries. A demonstration service, modelled on jaiplus.be.',
    },
    eligibility: {
      fr: "Entreprises d'économie sociale qui signent la convention.",
      nl: 'Ondernemingen uit de sociale economie die de overeenkomst ondertekenen.',
      en: 'Social-economy enterprises that sign the convention.',
    },
    price: {
      fr: '10 € par travailleur et 5 € par stagiaire ou bénéficiaire et par an, sur déclaration.',
      nl: '10 € per werknemer en 5 € per stagiair of begunstigde per jaar, op aangifte.',
      en: '10 € per worker and 5 € per trainee or beneficiary a year, as declared.',
    },
    howToJoin: {
      fr: 'Signer la convention et désigner une fonction responsable.',
      nl: 'Onderteken de overeenkomst en wijs een verantwoordelijke functie aan.',
      en: 'Sign the convention and name a responsible role.',
    },
    languages: ['fr', 'de'],
    startedOn: '2016-06-01',
    carriers: ['reseau-maillage'],
    federation: ENTERPRISES_FEDERATION,
    population: `members-of-${ENTERPRISES_FEDERATION}`,
    enrolmentsPublic: true,
    usageUnit: 'participation in a joint action',
  });
  const partners = random.sample(
    demonstration.of('WORK_INTEGRATION', 'ASSOCIATION').filter(({ inBrussels }) => !inBrussels),
    38,
    ({ group, languages }) => (languages.includes('de') ? 30 : group === 'WORK_INTEGRATION' ? 12 : 1),
  );
  partners.forEach((partner, number) => {
    // Ten had joined by February 2017.
    const requestedOn =
      number < 10
        ? weekdayIn(random, '2016-06-06', '2017-01-16')
        : weekdayIn(random, '2017-03-01', '2025-03-01');
    const ends = random.chance(0.12) ? dayIn(random, '2025-06-01', LAST_DAY) : undefined;
    const activeFrom = plusDays(requestedOn, random.int(2, 14));
    const enrolment = demonstration.enrol(service, partner, { requestedOn, activeFrom, endedOn: ends });
    declareBeneficiaries(demonstration, random, service, enrolment);
    for (let count = random.int(3, 10); count > 0; count--) {
      demonstration.use(service, {
        partner,
        metric: 'OTHER_SERVICE_UNITS',
        on: weekdayIn(random, activeFrom, ends ?? LAST_DAY),
        quantity: random.int(2, 40),
        enrolment,
      });
    }
  });
}

/** Each partner declares its workers and its trainees itself, on joining and then every second January. */
function declareBeneficiaries(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolment: DemoEnrolment,
): void {
  const { partner, activeFrom, endedOn } = enrolment;
  const trainees = Math.round(partner.headcount * (0.5 + 2 * random.next()));
  const years = [2018, 2020, 2022, 2024, 2026]
    .map((year) => `${year}-01-31`)
    .filter((day) => day > activeFrom);
  for (const on of [activeFrom, ...years]) {
    if (endedOn && on >= endedOn) continue;
    for (const [category, heads] of [
      ['WORKER', partner.headcount],
      ['TRAINEE', trainees],
    ] as const) {
      demonstration.use(service, {
        partner,
        metric: 'OTHER_SERVICE_BENEFICIARIES',
        on,
        quantity: Math.max(1, Math.round(heads * (0.9 + 0.2 * random.next()))),
        category,
        enrolment,
      });
    }
  }
}

function seedMeetingRooms(demonstration: Demonstration): void {
  const random = new Random('meeting rooms');
  addProvider(
    demonstration,
    'maison-des-entreprises-partagee',
    "Centre d'entreprises partagé",
    'Gedeeld bedrijvencentrum',
    'Centre Dansaert',
  );
  const service = addService(demonstration, {
    slug: 'meeting-rooms',
    kind: ServiceKind.OTHER,
    name: {
      fr: 'Salles de réunion partagées',
      nl: 'Gedeelde vergaderzalen',
      de: 'Gemeinsame Sitzungsräume',
      en: 'Shared meeting rooms',
    },
    description: {
      fr: "Des salles d'un centre d'entreprises, à l'heure, pour les associations du quartier. Service de démonstration.",
      nl: 'Zalen van een bedrijvencentrum, per uur, voor verenigingen uit de buurt. Demonstratiedienst.',
      en: 'Rooms of a business centre, by the hour, for associations of the neighbourhood. A demonstration service.',
    },
    eligibility: {
      fr: 'Ouvert à toute association.',
      nl: 'Open voor elke vereniging.',
      en: 'Open to any association.',
    },
    price: { fr: '12 € par heure', nl: '12 € per uur', en: '12 € an hour' },
    howToJoin: {
      fr: "S'inscrire ou réserver comme invité.",
      nl: 'Schrijf in of reserveer als gast.',
      en: 'Register, or book as a guest.',
    },
    languages: ['fr', 'nl'],
    startedOn: '2019-09-01',
    carriers: ['maison-des-entreprises-partagee'],
    enrolmentsPublic: true,
    usageUnit: 'hour of room',
  });
  const possible = demonstration.partners.filter(
    ({ inBrussels, headcount, group }) => inBrussels && headcount < 20 && group !== 'OPERATOR',
  );
  const users = random.sample(possible, 36);
  for (const partner of users.slice(0, 26)) {
    const activeFrom = weekdayIn(random, '2019-09-02', '2025-09-01');
    const endedOn = random.chance(0.15) ? dayIn(random, '2025-10-01', LAST_DAY) : undefined;
    const enrolment = demonstration.enrol(service, partner, { requestedOn: activeFrom, activeFrom, endedOn });
    book(demonstration, random, service, partner, random.int(2, 11), enrolment);
  }
  for (const partner of users.slice(26)) book(demonstration, random, service, partner, random.int(1, 3));
}

function book(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  partner: DemoEnrolment['partner'],
  times: number,
  enrolment?: DemoEnrolment,
): void {
  const from = later(enrolment?.activeFrom ?? '2020-01-06', '2019-09-02');
  for (let time = 0; time < times; time++) {
    demonstration.use(service, {
      partner,
      metric: 'OTHER_SERVICE_UNITS',
      on: weekdayIn(random, from, enrolment?.endedOn ?? LAST_DAY),
      quantity: random.int(2, 16) / 2,
      enrolment,
    });
  }
}
