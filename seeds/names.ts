import type { LanguageCode } from '../src/database/localised-text.ts';
import type { Random } from './random.ts';

type Texts = Partial<Record<LanguageCode, string>>;

/** French head, Dutch and German endings: together with the second list they make names that nobody bears. */
const HEADS: [fr: string, nl: string, article: string, de: string][] = [
  ['Le Pont', 'brug', 'Die', 'brücke'],
  ['Le Moulin', 'molen', 'Die', 'mühle'],
  ['Le Jardin', 'tuin', 'Der', 'garten'],
  ['Le Havre', 'haven', 'Der', 'hafen'],
  ['Le Cercle', 'kring', 'Der', 'kreis'],
  ['La Source', 'bron', 'Die', 'quelle'],
  ['Le Quai', 'kade', 'Der', 'kai'],
  ['La Tour', 'toren', 'Der', 'turm'],
  ['La Ferme', 'hoeve', 'Der', 'hof'],
  ['La Prairie', 'weide', 'Die', 'wiese'],
  ["L'Arche", 'boog', 'Der', 'bogen'],
  ['La Clé', 'sleutel', 'Der', 'schlüssel'],
  ['Le Phare', 'vuurtoren', 'Der', 'leuchtturm'],
];

const COMPLEMENTS: [fr: string, nl: string, de: string][] = [
  ['des Saules', 'Wilgen', 'Weiden'],
  ['des Tilleuls', 'Linden', 'Linden'],
  ['des Bouleaux', 'Berken', 'Birken'],
  ['des Hirondelles', 'Zwaluwen', 'Schwalben'],
  ['des Papillons', 'Vlinder', 'Schmetterlings'],
  ['des Alouettes', 'Leeuweriken', 'Lerchen'],
  ['des Trèfles', 'Klaver', 'Klee'],
  ['des Aubépines', 'Meidoorn', 'Weißdorn'],
  ['des Bleuets', 'Korenbloemen', 'Kornblumen'],
  ['des Moineaux', 'Mussen', 'Spatzen'],
  ['des Hérons', 'Reiger', 'Reiher'],
  ['des Sureaux', 'Vlier', 'Holunder'],
  ['des Hêtres', 'Beuken', 'Buchen'],
  ['des Hérissons', 'Egel', 'Igel'],
  ['des Châtaigniers', 'Kastanje', 'Kastanien'],
  ['des Noisetiers', 'Hazelaar', 'Hasel'],
];

/** What an organisation of a sector calls itself: pairs in French and Dutch, and a German one where needed. */
const KINDS: Record<string, [fr: string, nl: string, de?: string][]> = {
  HOMELESS_SHELTERS: [
    ["Maison d'accueil", 'Onthaalhuis'],
    ["Centre d'hébergement", 'Opvangcentrum'],
    ['Accueil de nuit', 'Nachtopvang'],
  ],
  HOSPITALS: [
    ['Clinique', 'Kliniek'],
    ['Centre hospitalier', 'Ziekenhuis'],
  ],
  CARE_HOMES: [
    ['Résidence', 'Woonzorgcentrum', 'Seniorenheim'],
    ['Maison de repos', 'Rusthuis', 'Altenheim'],
  ],
  HOME_CARE: [
    ['Aide à domicile', 'Thuiszorg', 'Häusliche Hilfe'],
    ['Soins à domicile', 'Thuisverpleging', 'Hauskrankenpflege'],
  ],
  CULTURE: [
    ['Centre culturel', 'Cultuurcentrum', 'Kulturzentrum'],
    ['Théâtre', 'Theater', 'Theater'],
    ['Musée', 'Museum', 'Museum'],
  ],
  EDUCATION: [
    ['École fondamentale libre', 'Vrije basisschool', 'Freie Grundschule'],
    ['Institut', 'Instituut', 'Institut'],
    ['Collège', 'College', 'Kolleg'],
    ['École libre spécialisée', 'Vrije school voor buitengewoon onderwijs', 'Freie Förderschule'],
  ],
  WORK_INTEGRATION: [
    ["Entreprise d'insertion", 'Inschakelingsbedrijf', 'Eingliederungsbetrieb'],
    ['Atelier', 'Werkplaats', 'Werkstatt'],
    ['Centre de formation', 'Opleidingscentrum', 'Ausbildungszentrum'],
  ],
  DEVELOPMENT_COOPERATION: [
    ['Solidarité', 'Solidariteit', 'Solidarität'],
    ['Coopération', 'Samenwerking', 'Zusammenarbeit'],
  ],
  DISABILITY: [
    ['Centre de jour', 'Dagcentrum', 'Tagesstätte'],
    ["Foyer d'hébergement", 'Woonvorm', 'Wohnheim'],
  ],
  YOUTH: [
    ['Maison de jeunes', 'Jeugdhuis', 'Jugendheim'],
    ["Service d'aide en milieu ouvert", 'Jongerenwerking', 'Jugendbüro'],
  ],
  MENTAL_HEALTH_ADDICTIONS: [
    ['Centre de santé mentale', 'Centrum voor geestelijke gezondheid'],
    ["Centre d'accueil assuétudes", 'Centrum voor verslavingszorg'],
  ],
  SOCIAL_WORK: [
    ["Centre d'action sociale", 'Centrum voor welzijnswerk', 'Sozialzentrum'],
    ['Service social', 'Sociale dienst', 'Sozialdienst'],
    ['Maison de quartier', 'Buurthuis', 'Nachbarschaftshaus'],
  ],
  CHILDCARE: [
    ['Crèche', 'Kinderdagverblijf', 'Kinderkrippe'],
    ['Halte-garderie', 'Kinderopvang', 'Kinderhort'],
  ],
  HEALTH_CENTRES: [
    ['Maison médicale', 'Wijkgezondheidscentrum', 'Gesundheitshaus'],
    ['Planning familial', 'Centrum voor gezinsplanning', 'Familienberatung'],
  ],
  SPORTS: [
    ['Club sportif', 'Sportclub', 'Sportverein'],
    ['Centre sportif', 'Sportcentrum', 'Sportzentrum'],
  ],
  OTHER: [
    ['Association', 'Vereniging', 'Verein'],
    ['Réseau', 'Netwerk', 'Netzwerk'],
  ],
};

/** Gives out names of organisations, each once: a kind of the sector and an invented name. */
export class Names {
  readonly #left = new Map<string, Texts[]>();

  constructor(private readonly random: Random) {}

  next(sector: string, languages: readonly LanguageCode[]): Texts {
    let left = this.#left.get(sector);
    if (!left) {
      left = this.random.sample(everyName(sector), everyName(sector).length);
      this.#left.set(sector, left);
    }
    // A kind without a German name serves organisations that need none.
    const at = left.findIndex((name) => languages.every((language) => name[language]));
    const [name] = left.splice(at, 1);
    if (at < 0 || !name) throw new Error(`No name is left for the sector ${sector}`);
    return Object.fromEntries(languages.map((language) => [language, name[language]]));
  }
}

function everyName(sector: string): Texts[] {
  return (KINDS[sector] ?? []).flatMap(([kindFr, kindNl, kindDe]) =>
    HEADS.flatMap(([headFr, headNl, article, headDe]) =>
      COMPLEMENTS.map(([fr, nl, de]) => ({
        fr: `${kindFr} ${headFr} ${fr}`,
        nl: `${kindNl} De ${nl}${headNl}`,
        ...(kindDe ? { de: `${kindDe} ${article} ${de}${headDe}` } : {}),
      })),
    ),
  );
}
