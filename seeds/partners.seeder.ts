import type { RequiredEntityData } from '@mikro-orm/core';
import { stableId } from '../src/database/keys.ts';
import { foldText, LANGUAGES, type LanguageCode, LocalisedText } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import { SortKeys } from '../src/database/sort-keys.ts';
import { LegalForm, Partner, Recognition, Site } from '../src/partners/partner.entity.ts';
import { authorityId, sectorId, territoryId } from '../src/reference/install-reference.ts';
import { TerritoryLevel } from '../src/reference/reference.entity.ts';
import { territories } from '../src/reference/territories.ts';
import { at, dayIn, plusDays } from './calendar.ts';
import type { Demonstration, DemoPartner, Group } from './demonstration.ts';
import { Names } from './names.ts';
import { BATCHES, type Batch, headcountOf } from './partner-groups.ts';
import { Random } from './random.ts';

/** Slugs of the organisations of two operators: stocks of a service as a whole are reported for them. */
export const PREVENTION_OPERATOR = 'centre-mutualise-du-bien-etre-au-travail';
export const EMPLOYER_GROUP_OPERATOR = 'groupement-d-employeurs-a-plusieurs';

const FICTIONAL: Record<LanguageCode, string> = {
  fr: 'Organisation fictive, créée pour la démonstration.',
  nl: 'Fictieve organisatie, gemaakt voor de demonstratie.',
  de: 'Fiktive Organisation, für die Demonstration erfunden.',
  en: 'A fictional organisation, made up for the demonstration.',
};

const municipalities = territories.filter(({ level }) => level === TerritoryLevel.MUNICIPALITY);

/** Partners with their sites and recognitions: fictional names in real municipalities. */
export function seedPartners(demonstration: Demonstration): void {
  const random = new Random('partners');
  const names = new Names(new Random('names of partners'));
  for (const batch of BATCHES) {
    for (let count = 0; count < batch.count; count++) {
      const sector = random.weighted(batch.sectors);
      const languages = random.weighted(batch.languages).split(' ') as LanguageCode[];
      addPartner(demonstration, random, batch, sector, languages, names.next(sector, languages));
    }
  }
  const operators: [slug: string, fr: string, nl: string, nisCode: string, headcount: number][] = [
    [
      PREVENTION_OPERATOR,
      'Centre mutualisé du bien-être au travail',
      'Gedeeld centrum voor welzijn op het werk',
      '21004',
      7,
    ],
    [
      EMPLOYER_GROUP_OPERATOR,
      "Groupement d'employeurs À Plusieurs",
      'Werkgeversgroepering Samen',
      '92094',
      44,
    ],
  ];
  for (const [slug, fr, nl, nisCode, headcount] of operators) {
    const batch: Batch = {
      group: 'OPERATOR',
      count: 1,
      authority: null,
      municipalities: [nisCode],
      sectors: {},
      languages: {},
    };
    const partner = addPartner(demonstration, random, batch, 'OTHER', ['fr', 'nl'], { fr, nl }, headcount);
    if (partner.slug !== slug) throw new Error(`The operator ${slug} has the slug ${partner.slug}`);
  }
  addRecognitionsOfThreeSites(demonstration);
}

function addPartner(
  demonstration: Demonstration,
  random: Random,
  batch: Batch,
  sector: string,
  languages: readonly LanguageCode[],
  texts: Partial<Record<LanguageCode, string>>,
  headcount = headcountOf(random, sector, batch.group),
): DemoPartner {
  const name = LocalisedText.of(texts);
  const folded = LANGUAGES.map((language) => foldText(name[language] ?? '')).filter(Boolean);
  const slug = foldText(texts[languages[0] as LanguageCode] as string).replaceAll(' ', '-');
  const nisCode = random.pick(batch.municipalities);
  const partner: DemoPartner = {
    id: stableId(`partner:${slug}`),
    slug,
    group: batch.group as Group,
    sector,
    nisCode,
    inBrussels: nisCode.startsWith('21'),
    headcount,
    languages,
    authority: batch.authority,
    recognition: null,
    firstSeen: null,
  };
  demonstration.add(Partner, {
    id: partner.id,
    slug,
    enterpriseNumber: enterpriseNumber(demonstration.partners.length + 1),
    name,
    description: LocalisedText.of(
      Object.fromEntries(languages.map((language) => [language, FICTIONAL[language]])),
    ),
    legalForm: legalForm(random, batch, sector),
    sector: sectorId(sector),
    municipality: territoryId(nisCode),
    headcount,
    languages: languages.map((language) => language.toUpperCase()),
    website: random.chance(0.7) ? `https://${slug}.example` : null,
    provenance: Provenance.SYNTHETIC,
    searchText: folded.join(' '),
    sortName: SortKeys.of(name),
    // The database itself computes the size band and the search vector.
  } as RequiredEntityData<Partner>);
  demonstration.partners.push(partner);
  const site = addSites(demonstration, random, partner);
  if (batch.authority) {
    partner.recognition = addRecognition(demonstration, partner, batch.authority, {
      from: recognisedFrom(batch.authority, random),
      site: random.chance(0.3) ? site : null,
    });
    if (batch.second && random.chance(0.1)) {
      addRecognition(demonstration, partner, batch.second, {
        from: recognisedFrom(batch.second, random),
        site: null,
      });
    }
  }
  return partner;
}

/** Iriscare is the younger of the authorities. */
function recognisedFrom(authority: string, random: Random): string {
  const year = random.int(1996, 2010);
  return authority === 'IRISCARE' ? '2018-01-01' : `${year}-01-01`;
}

/** Numbers that pass the check and were never issued: the range 0999. */
function enterpriseNumber(serial: number): string {
  const first = `0999${String(serial * 7).padStart(4, '0')}`;
  return `${first}${String(97 - (Number(first) % 97)).padStart(2, '0')}`;
}

function legalForm(random: Random, { group, authority }: Batch, sector: string): LegalForm {
  if (authority === 'BRUSSELS_REGION' && random.chance(0.35)) return LegalForm.PUBLIC_BODY;
  if (group === 'WORK_INTEGRATION' && random.chance(0.35)) return LegalForm.COOPERATIVE;
  if (sector === 'CARE_HOMES' && random.chance(0.25)) return LegalForm.COMPANY;
  if (sector === 'DEVELOPMENT_COOPERATION' && random.chance(0.3)) return LegalForm.AISBL_IVZW;
  return random.chance(0.03) ? LegalForm.FOUNDATION : LegalForm.ASBL_VZW;
}

/** The registered office, and for some organisations further places of activity; answers the office's key. */
function addSites(demonstration: Demonstration, random: Random, partner: DemoPartner): string {
  const further = random.chance(partner.headcount > 60 ? 0.5 : 0.12) ? random.int(1, 3) : 0;
  const office = stableId(`site:${partner.slug}:1`);
  for (let number = 1; number <= 1 + further; number++) {
    const nearby = municipalities.filter((one) => one.nisCode.slice(0, 2) === partner.nisCode.slice(0, 2));
    const nisCode = number === 1 ? partner.nisCode : random.pick(nearby).nisCode;
    const place = municipalities.find((one) => one.nisCode === nisCode);
    if (!place) throw new Error(`There is no municipality ${nisCode}`);
    demonstration.add(Site, {
      partner: partner.id,
      id: number === 1 ? office : stableId(`site:${partner.slug}:${number}`),
      name: LocalisedText.of(
        number === 1
          ? { fr: 'Siège social', nl: 'Maatschappelijke zetel', de: 'Sitz', en: 'Registered office' }
          : { fr: `Implantation de ${place.name.fr}`, nl: `Vestiging ${place.name.nl}` },
      ),
      postalCode: random.pick(place.postalCodes),
      municipality: territoryId(nisCode),
      isRegisteredOffice: number === 1,
      provenance: Provenance.SYNTHETIC,
    });
  }
  return office;
}

function addRecognition(
  demonstration: Demonstration,
  partner: DemoPartner,
  authority: string,
  { from, site }: { from: string; site: string | null },
): string {
  const id = stableId(`recognition:${partner.slug}:${authority}:${site ?? 'whole'}`);
  demonstration.add(Recognition, {
    partner: partner.id,
    id,
    site: site ? [partner.id, site] : null,
    authority: authorityId(authority),
    sector: sectorId(partner.sector),
    validFrom: from,
    provenance: Provenance.SYNTHETIC,
  });
  return id;
}

/** One organisation holds several recognitions, as the source tells of one: two sites of Iriscare, one of COCOF. */
function addRecognitionsOfThreeSites(demonstration: Demonstration): void {
  const partner = demonstration.partners.find(
    ({ authority, sector }) => authority === 'COCOF' && sector === 'MENTAL_HEALTH_ADDICTIONS',
  );
  if (!partner) throw new Error('No partner of COCOF works on addictions');
  for (const [number, nisCode, postalCode] of [
    [11, '21013', '1060'],
    [12, '21001', '1070'],
  ] as const) {
    const site = stableId(`site:${partner.slug}:${number}`);
    demonstration.add(Site, {
      partner: partner.id,
      id: site,
      name: LocalisedText.of({ fr: `Antenne de ${postalCode}`, nl: `Antenne ${postalCode}` }),
      postalCode,
      municipality: territoryId(nisCode),
      isRegisteredOffice: false,
      provenance: Provenance.SYNTHETIC,
    });
    addRecognition(demonstration, partner, 'IRISCARE', { from: '2018-01-01', site });
  }
}

/** Says when each partner was recorded: shortly before the first thing that is known of it. */
export function datePartners(demonstration: Demonstration): void {
  const random = new Random('dates of partners');
  const rows = demonstration.rows.get(Partner) as { createdAt?: Date; updatedAt?: Date }[];
  demonstration.partners.forEach((partner, number) => {
    const row = rows[number] as { createdAt?: Date; updatedAt?: Date };
    const day = partner.firstSeen ?? dayIn(random, '2023-01-01', '2026-06-01');
    row.createdAt = at(plusDays(day, -random.int(1, 60)), number % 480);
    row.updatedAt = row.createdAt;
  });
}
