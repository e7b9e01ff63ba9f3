import { stableId } from '../src/database/keys.ts';
import { foldText, LANGUAGES, LocalisedText } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import {
  AdviceResource,
  ResourceDownload,
  ResourceKind,
  ToolboxAccess,
} from '../src/services/advice/resource.entity.ts';
import { at, LAST_DAY, later, weekdayIn } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import type { Random } from './random.ts';

/** A resource of the demonstration. */
export interface DemoResource {
  id: string;
  publishedOn: string;
}

interface Text {
  fr: string;
  nl: string;
  de?: string;
  en: string;
}

/** What sheets are about, and what they are: together more than a hundred titles. */
const SUBJECTS: readonly Text[] = [
  { fr: 'Écrans', nl: 'Beeldschermen', de: 'Bildschirme', en: 'Screens' },
  { fr: 'Chaises et bureaux', nl: 'Stoelen en bureaus', de: 'Stühle und Tische', en: 'Chairs and desks' },
  { fr: 'Port de charges', nl: 'Tillen en dragen', de: 'Heben und Tragen', en: 'Lifting' },
  { fr: 'Escabeaux et échelles', nl: 'Trappen en ladders', de: 'Leitern', en: 'Ladders' },
  { fr: 'Produits de nettoyage', nl: 'Schoonmaakproducten', de: 'Reinigungsmittel', en: 'Cleaning products' },
  { fr: 'Cuisine collective', nl: 'Grootkeuken', de: 'Großküche', en: 'Shared kitchen' },
  { fr: 'Bruit', nl: 'Lawaai', de: 'Lärm', en: 'Noise' },
  { fr: 'Éclairage', nl: 'Verlichting', de: 'Beleuchtung', en: 'Lighting' },
  {
    fr: 'Air et température',
    nl: 'Lucht en temperatuur',
    de: 'Luft und Temperatur',
    en: 'Air and temperature',
  },
  { fr: 'Incendie', nl: 'Brand', de: 'Brand', en: 'Fire' },
  { fr: 'Évacuation', nl: 'Evacuatie', de: 'Räumung', en: 'Evacuation' },
  { fr: 'Premiers secours', nl: 'Eerste hulp', de: 'Erste Hilfe', en: 'First aid' },
  { fr: 'Travail isolé', nl: 'Alleen werken', de: 'Alleinarbeit', en: 'Working alone' },
  { fr: 'Horaires et pauses', nl: 'Uurroosters en pauzes', en: 'Hours and breaks' },
  { fr: 'Charge de travail', nl: 'Werkdruk', de: 'Arbeitslast', en: 'Workload' },
  { fr: 'Conflits d’équipe', nl: 'Conflicten in het team', en: 'Conflicts in a team' },
  { fr: 'Agression du public', nl: 'Agressie van het publiek', en: 'Aggression by visitors' },
  {
    fr: 'Accueil d’un nouveau collègue',
    nl: 'Onthaal van een nieuwe collega',
    en: 'Welcoming a new colleague',
  },
  { fr: 'Déplacements', nl: 'Verplaatsingen', de: 'Wege', en: 'Travelling' },
  { fr: 'Télétravail', nl: 'Telewerk', de: 'Telearbeit', en: 'Working from home' },
];
const FORMS: readonly Text[] = [
  { fr: 'repérer les risques', nl: 'risico’s herkennen', de: 'Risiken erkennen', en: 'spotting the risks' },
  { fr: 'agir en équipe', nl: 'samen handelen', de: 'gemeinsam handeln', en: 'acting together' },
  { fr: 'liste de contrôle', nl: 'checklist', de: 'Checkliste', en: 'checklist' },
  { fr: 'ce que dit la loi', nl: 'wat de wet zegt', de: 'was das Gesetz sagt', en: 'what the law says' },
  { fr: 'petits aménagements', nl: 'kleine ingrepen', de: 'kleine Maßnahmen', en: 'small changes' },
  { fr: 'en parler', nl: 'erover praten', de: 'darüber reden', en: 'talking about it' },
];

/** The title of a sheet by its number, from 0. */
function titleOf(number: number): LocalisedText {
  const subject = SUBJECTS[number % SUBJECTS.length] as Text;
  const form = FORMS[Math.floor(number / SUBJECTS.length) % FORMS.length] as Text;
  const joined = (language: keyof Text): string | null =>
    subject[language] && form[language] ? `${subject[language]}: ${form[language]}` : null;
  return LocalisedText.of({ fr: joined('fr'), nl: joined('nl'), de: joined('de'), en: joined('en') });
}

/** Adds a resource and answers it. */
export function addResource(
  demonstration: Demonstration,
  service: DemoService,
  of: {
    code: string;
    kind: ResourceKind;
    title: LocalisedText;
    languages: string[];
    publishedOn: string;
    isRestricted?: boolean;
    edition?: number;
  },
): DemoResource {
  const id = stableId(`resource:${service.slug}:${of.code}`);
  demonstration.add(AdviceResource, {
    id,
    service: service.id,
    code: of.code,
    kind: of.kind,
    title: of.title,
    languages: of.languages,
    edition: of.edition ?? 1,
    url: `https://resources.example/${of.code.toLowerCase()}`,
    isRestricted: of.isRestricted ?? false,
    publishedOn: of.publishedOn,
    withdrawnOn: null,
    searchText: foldText([of.code, ...LANGUAGES.flatMap((language) => of.title[language] ?? [])].join(' ')),
    provenance: Provenance.SYNTHETIC,
    createdAt: at(of.publishedOn),
    version: 1,
  });
  return { id, publishedOn: of.publishedOn };
}

/** The sheets of a toolbox: as many on each day as there were then. */
export function addSheets(
  demonstration: Demonstration,
  service: DemoService,
  counts: readonly (readonly [on: string, sheets: number])[],
): DemoResource[] {
  const sheets: DemoResource[] = [];
  for (const [publishedOn, count] of counts) {
    while (sheets.length < count) {
      const number = sheets.length;
      const sheet = addResource(demonstration, service, {
        code: `FICHE-${String(number + 1).padStart(3, '0')}`,
        kind: ResourceKind.TOOL_SHEET,
        title: titleOf(number),
        languages: number % 3 === 0 ? ['FR', 'NL', 'EN'] : ['FR', 'NL'],
        publishedOn,
        isRestricted: true,
      });
      sheets.push(sheet);
    }
  }
  return sheets;
}

/** Access of a partner to a toolbox, for good or until a day. */
export function addAccess(
  demonstration: Demonstration,
  service: DemoService,
  partner: DemoPartner,
  grantedOn: string,
  withdrawnOn: string | null,
): void {
  demonstration.add(ToolboxAccess, {
    partner: partner.id,
    id: stableId(`access:${service.slug}:${partner.slug}:${grantedOn}`),
    service: service.id,
    grantedOn,
    withdrawnOn,
    provenance: Provenance.SYNTHETIC,
    createdAt: at(grantedOn),
    version: 1,
  });
}

/** What partners took: about one in three of those that may never takes anything. */
export function addDownloads(
  demonstration: Demonstration,
  service: DemoService,
  random: Random,
  resources: readonly DemoResource[],
  users: readonly Pick<DemoEnrolment, 'partner' | 'activeFrom' | 'endedOn'>[],
): void {
  for (const { partner, activeFrom, endedOn } of users) {
    if (random.chance(0.33)) continue;
    for (let number = random.int(1, 4); number > 0; number--) {
      const resource = random.pick(resources);
      const from = later(later(activeFrom, resource.publishedOn), '2022-01-03');
      const until = endedOn ?? LAST_DAY;
      if (from >= until.slice(0, 8).concat('01')) continue;
      const on = weekdayIn(random, from, until);
      demonstration.add(ResourceDownload, {
        partner: partner.id,
        id: stableId(`download:${resource.id}:${partner.slug}:${number}`),
        service: service.id,
        resource: resource.id,
        downloadedOn: on,
        copies: random.chance(0.8) ? 1 : random.int(2, 20),
        provenance: Provenance.SYNTHETIC,
        createdAt: at(on, 90),
      });
    }
  }
}
