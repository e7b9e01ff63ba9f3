import { ServiceKind } from '../src/services/service.entity.ts';
import { dayIn, earlier, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import { addPopulation, addProvider, addService } from './catalogue.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { InvoiceWriter } from './employer-group-invoices.ts';
import { hoursWorked, seedPlacements, seedTimesheets } from './employer-group-placements.ts';
import { seedStaff } from './employer-group-staff.ts';
import { Random } from './random.ts';

/** Members at the end of each year; those of 2013 (schools) and of 2022 are published. */
const MEMBERS: Record<number, number> = {
  2013: 8,
  2014: 24,
  2015: 52,
  2016: 95,
  2017: 150,
  2018: 215,
  2019: 290,
  2020: 365,
  2021: 480,
  2022: 550,
};

/** The employer group: members since 2013, its workers as it engaged them, and the hours that they work at the members. */
export function seedEmployerGroup(demonstration: Demonstration): void {
  const random = new Random('employer group');
  const service = describe(demonstration);
  const schools = random.sample(demonstration.of('SCHOOL'), 300);
  const associations = random.sample(demonstration.of('ASSOCIATION'), 130);
  const enterprises = random.sample(demonstration.of('WORK_INTEGRATION'), 40);
  const cocof = demonstration.of('RECOGNISED').filter(({ authority }) => authority === 'COCOF');
  const first = schools.slice(0, MEMBERS[2013]);
  const rest = [...schools.slice(first.length), ...associations, ...enterprises, ...random.sample(cocof, 80)];
  const members = [...first, ...random.sample(rest, rest.length)];
  const enrolments = join(demonstration, random, service, members);

  const known = new Set(members);
  const others = random.sample(
    [...demonstration.of('SCHOOL', 'ASSOCIATION', 'WORK_INTEGRATION'), ...cocof].filter(
      (one) => !known.has(one),
    ),
    52,
  );
  // Some left before 2022, and a few of these came back; some came after.
  for (const [at, partner] of others.slice(0, 14).entries()) {
    const activeFrom = dayIn(random, '2014-02-01', '2018-01-01');
    const endedOn = dayIn(random, plusDays(activeFrom, 500), '2021-12-01');
    enrolments.push(enrol(demonstration, random, service, partner, activeFrom, endedOn));
    if (at < 3) enrolments.push(enrol(demonstration, random, service, partner, `2024-0${at + 1}-01`));
  }
  for (const partner of others.slice(14)) {
    enrolments.push(
      enrol(demonstration, random, service, partner, dayIn(random, '2023-02-01', '2026-05-01')),
    );
  }
  const { workers, costs } = seedStaff(demonstration, service);
  const placements = seedPlacements(demonstration, service, workers, enrolments);
  const worked = hoursWorked(placements);
  const invoices = new InvoiceWriter(demonstration, service, placements, costs, worked);
  invoices.write();
  invoices.writeDebts(enrolments);
  seedTimesheets(demonstration, service, placements, worked, (placement, week) =>
    invoices.invoiceOf(placement, week),
  );
  const placed = new Set(placements.map(({ partner }) => partner));
  hours(
    demonstration,
    random,
    service,
    enrolments,
    ({ partner }, year) => year >= 2025 && placed.has(partner),
  );
}

function join(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  members: readonly DemoPartner[],
): DemoEnrolment[] {
  let before = 0;
  return Object.entries(MEMBERS).flatMap(([year, count]) => {
    const joining = members.slice(before, count);
    before = count;
    // In 2022 all had joined before the colloquium of June; the first schools came with the school year.
    const months =
      year === '2013' ? ['09', '10'] : year === '2022' ? ['01', '03', '05'] : ['01', '04', '09', '10'];
    return joining.map((partner) => {
      const activeFrom = `${year}-${random.pick(months)}-01`;
      const leaves = year !== '2022' && random.chance(0.04);
      return enrol(
        demonstration,
        random,
        service,
        partner,
        activeFrom,
        leaves ? dayIn(random, '2023-01-15', LAST_DAY) : undefined,
      );
    });
  });
}

function enrol(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  partner: DemoPartner,
  activeFrom: string,
  endedOn?: string,
): DemoEnrolment {
  const requestedOn = plusDays(activeFrom, -random.int(10, 60));
  return demonstration.enrol(service, partner, { requestedOn, activeFrom, endedOn });
}

/** Hours of a year at a member, as the group reported them before it kept timesheets in the hub. */
function hours(
  demonstration: Demonstration,
  random: Random,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
  hasTimesheets: (enrolment: DemoEnrolment, year: number) => boolean,
): void {
  for (const enrolment of enrolments) {
    for (let year = Number(enrolment.activeFrom.slice(0, 4)); year <= 2026; year++) {
      const from = later(enrolment.activeFrom, `${year}-01-01`);
      const until = earlier(
        enrolment.endedOn ?? '9999-12-31',
        earlier(`${year + 1}-01-01`, plusDays(LAST_DAY, 1)),
      );
      if (plusDays(from, 7) >= until || !random.chance(0.46)) continue;
      const perYear = 60 * random.skewed(0.7) * (enrolment.partner.headcount >= 20 ? 2 : 1);
      const use = {
        partner: enrolment.partner,
        metric: 'EMPLOYER_GROUP_HOURS_PLACED',
        on: weekdayIn(random, from, until),
        // Timesheets count in quarters of an hour.
        quantity: Math.max(2, Math.round(perYear * 4) / 4),
        category: random.weighted({
          PREVENTION_ADVISER: 40,
          ACCOUNTANT: 25,
          DPO: 15,
          ENERGY_ADVISER: 10,
          OTHER: 10,
        }),
        enrolment,
      };
      // Drawn all the same, so that the years of the others stay as they were.
      if (!hasTimesheets(enrolment, year)) demonstration.use(service, use);
    }
  }
}

function describe(demonstration: Demonstration): DemoService {
  addProvider(
    demonstration,
    'groupement-a-plusieurs',
    "Groupement d'employeurs À Plusieurs",
    'Werkgeversgroepering Samen',
    'Basic+',
  );
  addPopulation(
    demonstration,
    {
      slug: 'free-schools-and-associations',
      name: {
        fr: 'Écoles libres et associations francophones',
        nl: 'Franstalige vrije scholen en verenigingen',
        en: 'Free schools and French-speaking associations',
      },
      definition: {
        fr: 'Établissements et associations qui pourraient rejoindre le groupement: un nombre déclaré, sans liste.',
        nl: 'Instellingen en verenigingen die lid kunnen worden: een opgegeven aantal, zonder lijst.',
        en: 'Schools and associations that could join the group: a declared number, without a list.',
      },
      asOf: '2022-12-31',
      source: 'Synthetic: a round number for the demonstration',
    },
    2_400,
  );
  return addService(demonstration, {
    slug: 'employer-group',
    kind: ServiceKind.EMPLOYER_GROUP,
    name: {
      fr: "Groupement d'employeurs",
      nl: 'Werkgeversgroepering',
      de: 'Arbeitgeberzusammenschluss',
      en: 'Employer group',
    },
    description: {
      fr: "Le groupement engage des comptables, conseillers et autres spécialistes et les met à disposition de ses membres. Service de démonstration, d'après Basic+.",
      nl: 'De groepering werft boekhouders, adviseurs en andere specialisten aan en stelt ze ter beschikking van haar leden. Demonstratiedienst, naar Basic+.',
      en: 'The group employs accountants, advisers and other specialists and places them with its members. A demonstration service, modelled on Basic+.',
    },
    eligibility: {
      fr: 'Enseignement libre et associations de la Fédération Wallonie-Bruxelles.',
      nl: 'Vrij onderwijs en verenigingen van de Federatie Wallonië-Brussel.',
      en: 'Free schools and associations of the Wallonia-Brussels Federation.',
    },
    price: {
      fr: 'À prix coûtant: en régie, au forfait ou au prorata.',
      nl: 'Tegen kostprijs: in regie, forfaitair of naar rato.',
      en: 'At cost price: time and materials, flat rate or pro rata.',
    },
    howToJoin: {
      fr: "Demander l'adhésion à l'organe d'administration; les membres sont solidaires des dettes fiscales et sociales.",
      nl: 'Vraag het lidmaatschap aan het bestuur; leden zijn hoofdelijk aansprakelijk voor fiscale en sociale schulden.',
      en: 'Ask the board for membership; members are jointly liable for tax and social debts.',
    },
    languages: ['fr'],
    startedOn: '2013-09-01',
    carriers: ['groupement-a-plusieurs'],
    population: 'free-schools-and-associations',
  });
}
