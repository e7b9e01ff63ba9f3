import { stableId } from '../src/database/keys.ts';
import { LocalisedText } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import { Federation, Membership } from '../src/federations/federation.entity.ts';
import { at, dayIn, plusDays } from './calendar.ts';
import { addPopulation, federationId, type Texts } from './catalogue.ts';
import type { Demonstration, DemoPartner } from './demonstration.ts';
import { Random } from './random.ts';

/** Slugs of the federations. */
export const BRUSSELS_FEDERATION = 'toit-commun-bruxelles';
export const ENTERPRISES_FEDERATION = 'maillage-entreprises-sociales';
const WORKSHOPS_FEDERATION = 'passerelle-ateliers';
const INTEGRATION_FEDERATION = 'envol-insertion';

/** The day of the colloquium: the populations are listed as of it. */
export const COLLOQUIUM = '2022-06-13';

interface FederationInit {
  slug: string;
  modelledOn: string;
  name: Texts;
  description: Texts;
  foundedOn: string;
  /** Weight of a partner among the possible members; 0 if it cannot be one. */
  weight: (partner: DemoPartner) => number;
  count: number;
}

const FEDERATIONS: readonly FederationInit[] = [
  {
    slug: BRUSSELS_FEDERATION,
    modelledOn: 'Bruxeo',
    name: {
      fr: 'Toit Commun, confédération bruxelloise du profit social',
      nl: 'Gemeenschappelijk Dak, Brusselse confederatie van de social profit',
      en: 'Common Roof, Brussels confederation of social-profit organisations',
    },
    description: {
      fr: 'Fédération fictive: représente des employeurs bruxellois et leur propose des services mutualisés.',
      nl: 'Fictieve federatie: vertegenwoordigt Brusselse werkgevers en biedt hun gemeenschappelijke diensten aan.',
      en: 'A fictional federation: it speaks for employers in Brussels and offers them pooled services.',
    },
    foundedOn: '2005-01-01',
    weight: (partner) => {
      if (!partner.inBrussels || partner.group === 'OPERATOR') return 0;
      return { RECOGNISED: 6, ASSOCIATION: 4, SCHOOL: 0.5 }[partner.group as string] ?? 0;
    },
    count: 236,
  },
  {
    slug: ENTERPRISES_FEDERATION,
    modelledOn: 'RES',
    name: {
      fr: "Maillage, réseau d'entreprises sociales",
      nl: 'Maaswerk, netwerk van sociale ondernemingen',
      de: 'Maschenwerk, Netzwerk sozialer Unternehmen',
    },
    description: {
      fr: "Fédération fictive d'entreprises sociales qui mènent ensemble des projets pour leurs travailleurs.",
      nl: 'Fictieve federatie van sociale ondernemingen die samen projecten voor hun werknemers opzetten.',
      de: 'Fiktiver Verband sozialer Unternehmen mit gemeinsamen Projekten für ihre Beschäftigten.',
    },
    foundedOn: '2004-03-01',
    weight: ({ group, languages }) => (group === 'WORK_INTEGRATION' ? (languages.includes('de') ? 8 : 2) : 0),
    count: 52,
  },
  {
    slug: WORKSHOPS_FEDERATION,
    modelledOn: 'CAIPS',
    name: { fr: 'Passerelle, concertation des ateliers', nl: 'Loopbrug, overleg van werkplaatsen' },
    description: {
      fr: "Fédération fictive de centres de formation et d'ateliers d'insertion.",
      nl: 'Fictieve federatie van opleidingscentra en inschakelingswerkplaatsen.',
    },
    foundedOn: '2006-09-01',
    weight: ({ group, sector, inBrussels }) =>
      group === 'WORK_INTEGRATION' ? 4 : sector === 'SOCIAL_WORK' && !inBrussels ? 0.6 : 0,
    count: 41,
  },
  {
    slug: INTEGRATION_FEDERATION,
    modelledOn: 'Atout EI',
    name: {
      fr: "Envol, fédération d'entreprises d'insertion",
      nl: 'Opvlucht, federatie van inschakelingsbedrijven',
    },
    description: {
      fr: "Fédération fictive d'entreprises d'insertion wallonnes.",
      nl: 'Fictieve federatie van Waalse inschakelingsbedrijven.',
    },
    foundedOn: '2008-01-01',
    weight: ({ group, languages }) => (group === 'WORK_INTEGRATION' && languages[0] === 'fr' ? 1 : 0),
    count: 30,
  },
];

/** Federations, memberships (a few have ended, some partners are in two), and who the members were. */
export function seedFederations(demonstration: Demonstration): void {
  for (const federation of FEDERATIONS) {
    const random = new Random(`federation ${federation.slug}`);
    demonstration.add(Federation, {
      id: federationId(federation.slug),
      slug: federation.slug,
      name: LocalisedText.of(federation.name),
      description: LocalisedText.of(federation.description),
      website: `https://${federation.slug}.example`,
      modelledOn: federation.modelledOn,
      provenance: Provenance.SYNTHETIC,
      createdAt: at('2018-01-02'),
    });
    const possible = demonstration.partners.filter((partner) => federation.weight(partner) > 0);
    const members = random.sample(possible, federation.count, federation.weight);
    const onTheDay: DemoPartner[] = [];
    for (const partner of members) {
      const from = random.chance(0.85)
        ? dayIn(random, federation.foundedOn, '2020-01-01')
        : dayIn(random, '2020-01-01', '2026-01-01');
      const until = random.chance(0.06) ? dayIn(random, plusDays(from, 365), '2027-02-01') : null;
      const endsInTime = until !== null && until <= '2026-06-30' ? until : null;
      join(demonstration, federation.slug, partner, from, endsInTime);
      if (from <= COLLOQUIUM && (endsInTime === null || endsInTime > COLLOQUIUM)) onTheDay.push(partner);
    }
    if (federation.slug === BRUSSELS_FEDERATION || federation.slug === ENTERPRISES_FEDERATION) {
      addMembersPopulation(demonstration, federation, onTheDay);
    }
  }
}

function join(
  demonstration: Demonstration,
  federation: string,
  partner: DemoPartner,
  validFrom: string,
  validUntil: string | null,
): void {
  demonstration.seen(partner, validFrom);
  demonstration.add(Membership, {
    partner: partner.id,
    id: stableId(`membership:${federation}:${partner.slug}`),
    federation: federationId(federation),
    validFrom,
    validUntil,
    provenance: Provenance.SYNTHETIC,
  });
}

function addMembersPopulation(
  demonstration: Demonstration,
  { slug, name }: FederationInit,
  members: readonly DemoPartner[],
): void {
  addPopulation(
    demonstration,
    {
      slug: `members-of-${slug}`,
      name: {
        fr: `Membres de ${name.fr}`,
        nl: `Leden van ${name.nl}`,
        en: `Members of ${name.en ?? name.fr}`,
      },
      definition: {
        fr: `Partenaires membres de la fédération le ${COLLOQUIUM}.`,
        nl: `Partners die op ${COLLOQUIUM} lid van de federatie waren.`,
        en: `Partners that were members of the federation on ${COLLOQUIUM}.`,
      },
      asOf: COLLOQUIUM,
      source: 'Synthetic: the list of members of the demonstration',
    },
    members,
  );
}
