import { FigureQualifier } from '../src/metrics/metric.entity.ts';
import { MetricKind } from '../src/metrics/metric-definition.ts';

const { EXACT, AT_LEAST, ABOUT } = FigureQualifier;
const { STOCK, FLOW } = MetricKind;

const BRUXEO = '002_Bruxeo_colloque_mutualisation.txt';
const JAIPLUS = '000_jaiplus_RES.txt';
const DANSAERT = '004_SMart_Dansaert_JYB.txt';

/** Where figures stand, what they are about, and of when: shared by several. */
export interface Place {
  document: string;
  heading: string;
  qualifier: FigureQualifier;
  kind: MetricKind;
  service?: string;
  from?: string;
  until?: string;
  note?: string;
}

/**
 * Every figure that is quoted, in the documents' sequence. Three lines each: slug, value, unit, metric (or a
 * dash where the hub has none) and what else narrows it; the label in French, Dutch and English; the words of
 * the document.
 */
export const FIGURES: readonly [Place, string][] = [
  [
    {
      document: BRUXEO,
      heading: 'Enkele cijfers',
      qualifier: EXACT,
      kind: FLOW,
      service: 'energy-pack',
      from: '2018-01-01',
      until: '2022-01-01',
    },
    `
energy-institutions 218 ORGANISATION PARTNERS_SERVED
  Institutions de l'Energie Pack | Instellingen van het Energie Pack | Energy Pack institutions
  Verdeling van de 218 instellingen per type activiteit (2018-2021)`,
  ],
  [
    {
      document: BRUXEO,
      heading: 'Enkele cijfers',
      qualifier: ABOUT,
      kind: FLOW,
      service: 'energy-pack',
      from: '2019-01-01',
      until: '2022-01-01',
      note: 'Three years ("op 3 jaar tijd") that the document does not name; the demonstration places them in 2019–2021',
    },
    `
energy-saved 8070000 KWH ENERGY_KWH_SAVED
  Énergie économisée (8,07 GWh) | Bespaarde energie (8,07 GWh) | Energy saved (8.07 GWh)
  8,07 GWh besparing
energy-co2 1291000 KG_CO2 ENERGY_CO2_AVOIDED_KG
  CO₂ évité (1291 t) | Vermeden CO₂ (1291 ton) | CO₂ avoided (1,291 t)
  1291 ton CO2
energy-oil 460000 LITRE ENERGY_OIL_LITRES
  Litres de mazout | Liters stookolie | Litres of heating oil
  460 000 liters mazout
energy-cost 520000 EUR ENERGY_COST_SAVED_EUR
  Euros économisés | Bespaarde euro | Euro saved
  520 000 €`,
  ],
  [
    {
      document: BRUXEO,
      heading: '1.1.3 En quelques chiffres',
      qualifier: AT_LEAST,
      kind: FLOW,
      service: 'diversity',
      from: '2017-12-01',
      until: '2022-06-14',
      note: 'From the end of 2017 ("fin 2017") to the colloquium of 13 June 2022',
    },
    `
diversity-organisations 90 ORGANISATION DIVERSITY_ORGANISATIONS_ACCOMPANIED
  Entreprises accompagnées | Begeleide organisaties | Organisations accompanied
  C'est plus de 90 entreprises à profit social accompagnées individuellement ou collectivement
diversity-people 350 PERSON DIVERSITY_PEOPLE_TRAINED
  Personnes (in)formées | Geïnformeerde of opgeleide personen | People informed or trained
  C'est plus de 350 directeur·ices, coordinateur·rices, responsables RH, et responsables d'équipe du secteur à profit social (in)formé·es`,
  ],
  [
    {
      document: BRUXEO,
      heading: "Les accords NM de juillet 2018 ont permis d'ouvrir l'ABBET aux travailleurs de la COCOM",
      qualifier: AT_LEAST,
      kind: STOCK,
      service: 'prevention',
      until: '2023-01-01',
      note: '2022; the document names the year only',
    },
    `
bobet-sheets 100 TOOL_SHEET PREVENTION_TOOL_SHEETS
  Fiches de la BOBET | Fiches van de BOBET | BOBET sheets
  plus de 100 fiches courtes et adaptées au secteur non marchand`,
  ],
  [
    {
      document: BRUXEO,
      heading: "Les accords NM de juillet 2018 ont permis d'ouvrir l'ABBET aux travailleurs de la COCOM",
      qualifier: EXACT,
      kind: STOCK,
      service: 'prevention',
      until: '2023-01-01',
      note: '2022; the document names the year only',
    },
    `
bobet-access-granted 52 ORGANISATION PREVENTION_TOOLBOX_ACCESSES population:cocom-institutions-of-the-fund
  Accès à la BOBET (52 sur 74) | Toegang tot de BOBET (52 op 74) | BOBET access granted (52 of 74)
  Toutes les institutions COCOM du Fonds ont eu accès gratuitement à cet outil (via l'Abbet), soit 52 institutions sur 74.`,
  ],
  [
    {
      document: BRUXEO,
      heading: 'Mise à disposition de travailleurs',
      qualifier: EXACT,
      kind: STOCK,
      service: 'employer-group',
      until: '2014-01-01',
      note: '2013; the document names the year only',
    },
    `
basic-members-2013 8 ENROLMENT ENROLMENTS_ACTIVE
  Membres de Basic+ en 2013 | Leden van Basic+ in 2013 | Basic+ members in 2013
  2013:8 établissements scolaires
basic-workers-2013 1 WORKER EMPLOYER_GROUP_WORKERS category:ACCOUNTANT
  Travailleurs de Basic+ en 2013 | Werknemers van Basic+ in 2013 | Basic+ workers in 2013
  2013:8 établissements scolaires 1 comptable`,
  ],
  [
    {
      document: BRUXEO,
      heading: 'Mise à disposition de travailleurs',
      qualifier: EXACT,
      kind: STOCK,
      service: 'employer-group',
      until: '2023-01-01',
      note: '2022; the document names the year only',
    },
    `
basic-members-2022 550 ENROLMENT ENROLMENTS_ACTIVE
  Membres de Basic+ en 2022 | Leden van Basic+ in 2022 | Basic+ members in 2022
  2022 : 550 associations-membres
basic-workers-2022 43 WORKER EMPLOYER_GROUP_WORKERS
  Travailleurs de Basic+ en 2022 | Werknemers van Basic+ in 2022 | Basic+ workers in 2022
  2022 : 550 associations-membres 43 travailleurs
basic-workers-2022-accountant 7 WORKER EMPLOYER_GROUP_WORKERS category:ACCOUNTANT
  Comptables | Boekhouders | Accountants
  7 Comptables
basic-workers-2022-prevention-adviser 16 WORKER EMPLOYER_GROUP_WORKERS category:PREVENTION_ADVISER
  Conseillers en prévention | Preventieadviseurs | Prevention advisers
  16 Conseillers en prévention
basic-workers-2022-energy-adviser 4 WORKER EMPLOYER_GROUP_WORKERS category:ENERGY_ADVISER
  Conseillers en énergie | Energieadviseurs | Energy advisers
  4 Conseillers en énergie
basic-workers-2022-dpo 5 WORKER EMPLOYER_GROUP_WORKERS category:DPO
  Délégués à la protection des données | Functionarissen voor gegevensbescherming | Data protection officers
  5 DPO
basic-workers-2022-lawyer 1 WORKER EMPLOYER_GROUP_WORKERS category:LAWYER
  Juriste | Jurist | Lawyer
  1 Juriste
basic-workers-2022-dedicated 10 WORKER EMPLOYER_GROUP_WORKERS category:DEDICATED
  Travailleurs dédiés à un membre | Werknemers voor één lid | Workers dedicated to one member
  10 Travailleurs « dédiés »`,
  ],
  [
    {
      document: BRUXEO,
      heading: 'Aantal toetredingen per bevoegde entiteit: 310 leden',
      qualifier: EXACT,
      kind: STOCK,
      service: 'purchasing',
      until: '2022-06-01',
    },
    `
ecat-members 310 ENROLMENT ENROLMENTS_ACTIVE
  Membres de l'eCat | Leden van de eCat | eCat members
  Totaal 310
ecat-members-cocof 134 ENROLMENT ENROLMENTS_ACTIVE authority:COCOF
  Membres eCat: 134 · COCOF | Leden eCat: 134 · COCOF | eCat members: 134 · COCOF
  Franstalige Gemeenschapscommissie 134
ecat-members-iriscare 99 ENROLMENT ENROLMENTS_ACTIVE authority:IRISCARE
  Membres eCat: 99 · IRISCARE | Leden eCat: 99 · IRISCARE | eCat members: 99 · IRISCARE
  Iriscare (GGC) 99
ecat-members-brussels-region 34 ENROLMENT ENROLMENTS_ACTIVE authority:BRUSSELS_REGION
  Membres eCat: 34 · BRUSSELS_REGION | Leden eCat: 34 · BRUSSELS_REGION | eCat members: 34 · BRUSSELS_REGION
  Brussels Hoofdstedelijk Gewest 34
ecat-members-dvc 26 ENROLMENT ENROLMENTS_ACTIVE authority:DVC
  Membres eCat: 26 · DVC | Leden eCat: 26 · DVC | eCat members: 26 · DVC
  DVC (GGC) 26
ecat-members-vgc 11 ENROLMENT ENROLMENTS_ACTIVE authority:VGC
  Membres eCat: 11 · VGC | Leden eCat: 11 · VGC | eCat members: 11 · VGC
  Nederlandstalige Gemeenschapscommissie 11
ecat-members-flemish-community 5 ENROLMENT ENROLMENTS_ACTIVE authority:FLEMISH_COMMUNITY
  Membres eCat: 5 · FLEMISH_COMMUNITY | Leden eCat: 5 · FLEMISH_COMMUNITY | eCat members: 5 · FLEMISH_COMMUNITY
  Vlaamse Gemeenschap 5
ecat-members-fwb 1 ENROLMENT ENROLMENTS_ACTIVE authority:FWB
  Membres eCat: 1 · FWB | Leden eCat: 1 · FWB | eCat members: 1 · FWB
  Federatie Wallonië Brussel 1`,
  ],
  [
    {
      document: BRUXEO,
      heading: 'Bestellingen en verkoopbedrag per maand',
      qualifier: EXACT,
      kind: FLOW,
      service: 'purchasing',
      from: '2021-01-05',
      until: '2022-06-01',
    },
    `
ecat-orders 472 ORDER PURCHASING_ORDERS
  Commandes de l'eCat | Bestellingen via de eCat | eCat orders
  Aantal bestellingen: 472
ecat-sales 945054.80 EUR PURCHASING_AMOUNT_INCL_VAT_EUR
  Ventes de l'eCat, TVA comprise | Verkoop via de eCat, incl. btw | eCat sales incl. VAT
  Bedrag van de verkopen: 945.054,80 € (incl. BTW)`,
  ],
  [
    {
      document: BRUXEO,
      heading: '3.0. 10 Principaux Résultats',
      qualifier: EXACT,
      kind: STOCK,
      note: 'Survey launched in June 2021',
    },
    `
survey-want-pooled-services 91 PERCENT -
  Souhaitent des services mutualisés | Willen gemeenschappelijke diensten | Want pooled services
  91 % des ASBL souhaitent bénéficier de services mutualisés
survey-would-help-to-create 49 PERCENT -
  Prêts à participer à leur création | Bereid om mee op te richten | Would help to create them
  seulement 49% sont prêts à participer à la création de services mutualisés`,
  ],
  [
    {
      document: JAIPLUS,
      heading: 'Ce qu’implique la participation au projet pour chaque partenaire',
      qualifier: EXACT,
      kind: FLOW,
      service: 'jaiplus',
      note: 'A year, in 2016–2017',
    },
    `
jaiplus-contribution-worker 10 EUR -
  Contribution par travailleur | Bijdrage per werknemer | Contribution per worker
  10€/travailleur/an
jaiplus-contribution-trainee 5 EUR -
  Contribution par stagiaire ou bénéficiaire | Bijdrage per stagiair of begunstigde | Contribution per trainee or beneficiary
  5€/stagiaire ou bénéficiaire/an`,
  ],
  [
    {
      document: JAIPLUS,
      heading: 'Le financement du projet',
      qualifier: ABOUT,
      kind: STOCK,
      service: 'jaiplus',
      note: '2016–2017; a threshold, not a count',
    },
    `
jaiplus-break-even 5000 BENEFICIARY -
  Seuil de rentabilité | Rendabiliteitsdrempel | Break-even
  Ce seuil de rentabilité annuel est fixé aux alentours de 5 000 bénéficiaires`,
  ],
  [
    {
      document: DANSAERT,
      heading: 'Centre Dansaert',
      qualifier: EXACT,
      kind: STOCK,
      note: 'The document names no date',
    },
    `
dansaert-enterprises 75 ORGANISATION -
  Entreprises hébergées | Gehuisveste ondernemingen | Enterprises hosted
  Le Centre abrite 75 entreprises
dansaert-survival 70 PERCENT -
  Taux de pérennisation | Overlevingsgraad | Survival rate
  En 15 ans, le Centre a accueilli cent entreprises, avec un taux de pérennisation de 70 %.`,
  ],
];
