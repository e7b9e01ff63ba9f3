/** A text of the reference data: all four languages are filled. */
export interface ReferenceText {
  fr: string;
  nl: string;
  de: string;
  en: string;
}

export interface SectorInit {
  code: string;
  /** NACE-BEL 2025 code that comes closest, digits only. */
  naceCode: string;
  name: ReferenceText;
}

export interface AuthorityInit {
  code: string;
  /** Code of the authority whose administration it is. */
  partOf?: string;
  name: ReferenceText;
}

function sector(code: string, naceCode: string, fr: string, nl: string, de: string, en: string): SectorInit {
  return { code, naceCode, name: { fr, nl, de, en } };
}

function authority(
  code: string,
  partOf: string | undefined,
  ...[fr, nl, de, en]: [string, string, string, string]
): AuthorityInit {
  return { code, ...(partOf ? { partOf } : {}), name: { fr, nl, de, en } };
}

/** Branches of the social-profit sector. */
export const sectors: readonly SectorInit[] = [
  sector(
    'HOMELESS_SHELTERS',
    '87992',
    "Maisons d'accueil et aide aux sans-abri",
    'Onthaalhuizen en daklozenzorg',
    'Aufnahmehäuser und Wohnungslosenhilfe',
    'Shelters and homeless services',
  ),
  sector('HOSPITALS', '8610', 'Hôpitaux', 'Ziekenhuizen', 'Krankenhäuser', 'Hospitals'),
  sector(
    'CARE_HOMES',
    '87101',
    'Maisons de repos et de soins',
    'Rust- en verzorgingstehuizen',
    'Alten- und Pflegeheime',
    'Care homes',
  ),
  sector(
    'HOME_CARE',
    '88101',
    'Aide et soins à domicile',
    'Thuishulp en thuiszorg',
    'Häusliche Hilfe und Pflege',
    'Home care',
  ),
  sector('CULTURE', '90312', 'Culture', 'Cultuur', 'Kultur', 'Culture'),
  sector('EDUCATION', '85', 'Enseignement', 'Onderwijs', 'Bildungswesen', 'Education'),
  sector(
    'WORK_INTEGRATION',
    '88993',
    'Insertion socioprofessionnelle',
    'Socioprofessionele inschakeling',
    'Berufliche Eingliederung',
    'Work integration',
  ),
  sector(
    'DEVELOPMENT_COOPERATION',
    '94995',
    'Coopération au développement',
    'Ontwikkelingssamenwerking',
    'Entwicklungszusammenarbeit',
    'Development cooperation',
  ),
  sector('DISABILITY', '87202', 'Handicap', 'Handicap', 'Menschen mit Behinderung', 'Disability'),
  sector('YOUTH', '88992', 'Aide à la jeunesse', 'Jeugdhulp', 'Jugendhilfe', 'Youth services'),
  sector(
    'MENTAL_HEALTH_ADDICTIONS',
    '86933',
    'Santé mentale et assuétudes',
    'Geestelijke gezondheid en verslavingszorg',
    'Psychische Gesundheit und Suchthilfe',
    'Mental health and addictions',
  ),
  sector(
    'SOCIAL_WORK',
    '88994',
    'Action sociale générale',
    'Algemeen welzijnswerk',
    'Allgemeine Sozialarbeit',
    'General social work',
  ),
  sector('CHILDCARE', '88911', "Accueil de l'enfance", 'Kinderopvang', 'Kinderbetreuung', 'Childcare'),
  sector(
    'HEALTH_CENTRES',
    '86210',
    'Maisons médicales et santé de première ligne',
    'Wijkgezondheidscentra en eerstelijnszorg',
    'Gesundheitszentren',
    'Health centres',
  ),
  sector('SPORTS', '9312', 'Sport', 'Sport', 'Sport', 'Sports'),
  sector('OTHER', '94999', 'Autres associations', 'Andere verenigingen', 'Andere Vereinigungen', 'Other'),
];

/** Authorities that recognise or fund organisations of the sector; an administration stands after its authority. */
export const authorities: readonly AuthorityInit[] = [
  authority(
    'COCOF',
    undefined,
    'Commission communautaire française (COCOF)',
    'Franse Gemeenschapscommissie (FGC)',
    'Französische Gemeinschaftskommission (COCOF)',
    'French Community Commission (COCOF)',
  ),
  authority(
    'COCOM',
    undefined,
    'Commission communautaire commune (COCOM)',
    'Gemeenschappelijke Gemeenschapscommissie (GGC)',
    'Gemeinsame Gemeinschaftskommission (COCOM)',
    'Common Community Commission (COCOM)',
  ),
  authority(
    'IRISCARE',
    'COCOM',
    'Iriscare (COCOM)',
    'Iriscare (GGC)',
    'Iriscare (COCOM)',
    'Iriscare (COCOM)',
  ),
  authority(
    'DVC',
    'COCOM',
    'Services du Collège réuni (COCOM)',
    'Diensten van het Verenigd College (GGC)',
    'Dienste des Vereinigten Kollegiums (COCOM)',
    'Services of the United College (COCOM)',
  ),
  authority(
    'VGC',
    undefined,
    'Commission communautaire flamande (VGC)',
    'Vlaamse Gemeenschapscommissie (VGC)',
    'Flämische Gemeinschaftskommission (VGC)',
    'Flemish Community Commission (VGC)',
  ),
  authority(
    'BRUSSELS_REGION',
    undefined,
    'Région de Bruxelles-Capitale',
    'Brussels Hoofdstedelijk Gewest',
    'Region Brüssel-Hauptstadt',
    'Brussels-Capital Region',
  ),
  authority(
    'FLEMISH_COMMUNITY',
    undefined,
    'Communauté flamande',
    'Vlaamse Gemeenschap',
    'Flämische Gemeinschaft',
    'Flemish Community',
  ),
  authority(
    'FWB',
    undefined,
    'Fédération Wallonie-Bruxelles',
    'Federatie Wallonië-Brussel',
    'Föderation Wallonie-Brüssel',
    'Wallonia-Brussels Federation',
  ),
  authority('WALLONIA', undefined, 'Région wallonne', 'Waals Gewest', 'Wallonische Region', 'Walloon Region'),
  authority(
    'GERMAN_COMMUNITY',
    undefined,
    'Communauté germanophone',
    'Duitstalige Gemeenschap',
    'Deutschsprachige Gemeinschaft',
    'German-speaking Community',
  ),
];
