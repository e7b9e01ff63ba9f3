import type { LanguageCode } from '../database/localised-text.ts';
import { TerritoryLevel } from './reference.entity.ts';

export interface TerritoryInit {
  nisCode: string;
  level: TerritoryLevel;
  name: Partial<Record<LanguageCode, string>>;
  postalCodes: string[];
  regionCode: string;
  provinceCode: string | null;
  arrondissementCode: string | null;
}

const BRUSSELS = '04000';
const FLANDERS = '02000';
const WALLONIA = '03000';

/** nisCode | fr | nl | de | en; a language that is left out falls back (see {@link names}). */
const REGIONS = `
04000|Région de Bruxelles-Capitale|Brussels Hoofdstedelijk Gewest|Region Brüssel-Hauptstadt|Brussels-Capital Region
02000|Région flamande|Vlaams Gewest|Flämische Region|Flemish Region
03000|Région wallonne|Waals Gewest|Wallonische Region|Walloon Region`;

const PROVINCES = `
10000|Anvers|Antwerpen||Antwerp
20001|Brabant flamand|Vlaams-Brabant|Flämisch-Brabant|Flemish Brabant
20002|Brabant wallon|Waals-Brabant|Wallonisch-Brabant|Walloon Brabant
30000|Flandre occidentale|West-Vlaanderen|Westflandern|West Flanders
40000|Flandre orientale|Oost-Vlaanderen|Ostflandern|East Flanders
50000|Hainaut|Henegouwen|Hennegau
60000|Liège|Luik|Lüttich
70000|Limbourg|Limburg
80000|Luxembourg|Luxemburg|Luxemburg
90000|Namur|Namen`;

/** Codes of 2019 and later: La Louvière is an arrondissement, Tournai and Mouscron are one. */
const ARRONDISSEMENTS = `
11000|Anvers|Antwerpen||Antwerp
12000|Malines|Mechelen|Mecheln
13000|Turnhout|Turnhout
21000|Bruxelles-Capitale|Brussel-Hoofdstad|Brüssel-Hauptstadt|Brussels-Capital
23000|Hal-Vilvorde|Halle-Vilvoorde
24000|Louvain|Leuven|Löwen
25000|Nivelles|Nijvel
31000|Bruges|Brugge|Brügge|Bruges
33000|Ypres|Ieper|Ypern|Ypres
34000|Courtrai|Kortrijk
35000|Ostende|Oostende|Ostende|Ostend
36000|Roulers|Roeselare
38000|Furnes|Veurne
41000|Alost|Aalst
42000|Termonde|Dendermonde
43000|Eeklo|Eeklo
44000|Gand|Gent||Ghent
45000|Audenarde|Oudenaarde
46000|Saint-Nicolas|Sint-Niklaas
51000|Ath|Aat
52000|Charleroi|Charleroi
53000|Mons|Bergen
55000|Soignies|Zinnik
56000|Thuin|Thuin
57000|Tournai-Mouscron|Doornik-Moeskroen
58000|La Louvière|La Louvière
61000|Huy|Hoei
62000|Liège|Luik|Lüttich
63000|Verviers|Verviers
64000|Waremme|Borgworm
71000|Hasselt|Hasselt
73000|Tongres|Tongeren
81000|Arlon|Aarlen|Arel
82000|Bastogne|Bastenaken
83000|Marche-en-Famenne|Marche-en-Famenne
84000|Neufchâteau|Neufchâteau
85000|Virton|Virton
91000|Dinant|Dinant
92000|Namur|Namen
93000|Philippeville|Philippeville`;

/** Municipalities before the mergers of 2025: nisCode | postal codes | fr | nl | de | en. */
const MUNICIPALITIES = `
21001|1070|Anderlecht|Anderlecht
21002|1160|Auderghem|Oudergem
21003|1082|Berchem-Sainte-Agathe|Sint-Agatha-Berchem
21004|1000 1020 1120 1130|Bruxelles|Brussel|Brüssel|City of Brussels
21005|1040|Etterbeek|Etterbeek
21006|1140|Evere|Evere
21007|1190|Forest|Vorst
21008|1083|Ganshoren|Ganshoren
21009|1050|Ixelles|Elsene
21010|1090|Jette|Jette
21011|1081|Koekelberg|Koekelberg
21012|1080|Molenbeek-Saint-Jean|Sint-Jans-Molenbeek
21013|1060|Saint-Gilles|Sint-Gillis
21014|1210|Saint-Josse-ten-Noode|Sint-Joost-ten-Node
21015|1030|Schaerbeek|Schaarbeek
21016|1180|Uccle|Ukkel
21017|1170|Watermael-Boitsfort|Watermaal-Bosvoorde
21018|1200|Woluwe-Saint-Lambert|Sint-Lambrechts-Woluwe
21019|1150|Woluwe-Saint-Pierre|Sint-Pieters-Woluwe
11002|2000 2018 2020 2030 2040 2050 2060 2100 2140 2170 2180 2600 2610 2660|Anvers|Antwerpen||Antwerp
12025|2800 2801 2811 2812|Malines|Mechelen|Mecheln
13008|2440|Geel|Geel
13040|2300|Turnhout|Turnhout
23027|1500 1501 1502|Hal|Halle
23088|1800|Vilvorde|Vilvoorde
24020|3290 3293 3294|Diest|Diest
24062|3000 3001 3010 3012 3018|Louvain|Leuven|Löwen
24107|3300|Tirlemont|Tienen
25048|1370|Jodoigne|Geldenaken
25072|1400 1401 1402 1404|Nivelles|Nijvel
25105|1480|Tubize|Tubeke
25112|1300 1301|Wavre|Waver
25121|1340 1341 1342 1348|Ottignies-Louvain-la-Neuve|Ottignies-Louvain-la-Neuve
31005|8000 8200 8310 8380|Bruges|Brugge|Brügge|Bruges
33011|8900 8902 8904 8906 8908|Ypres|Ieper|Ypern|Ypres
34022|8500 8501 8510 8511|Courtrai|Kortrijk
35013|8400|Ostende|Oostende|Ostende|Ostend
36015|8800|Roulers|Roeselare
38025|8630|Furnes|Veurne
41002|9300 9308 9310 9320|Alost|Aalst
42006|9200|Termonde|Dendermonde
43005|9900|Eeklo|Eeklo
44021|9000 9030 9031 9032 9040 9041 9042 9050 9051 9052|Gand|Gent||Ghent
45035|9700|Audenarde|Oudenaarde
46021|9100 9111 9112|Saint-Nicolas|Sint-Niklaas
51004|7800 7801 7802 7803 7804 7810 7811 7812 7822 7823|Ath|Aat
52011|6000 6001 6010 6020 6030 6031 6032 6040 6041 6042 6043 6044 6060 6061|Charleroi|Charleroi
53053|7000 7011 7012 7020 7021 7022 7024 7030 7031 7032 7033 7034|Mons|Bergen
53065|7390|Quaregnon|Quaregnon
55040|7060 7061 7062 7063|Soignies|Zinnik
56078|6530 6531 6532 6533 6534 6536|Thuin|Thuin
57081|7500 7501 7502 7503 7504 7506 7520 7521 7522 7530 7531 7532 7533 7534 7536 7538 7540 7542 7543 7548|Tournai|Doornik
57096|7700 7711 7712|Mouscron|Moeskroen
58001|7100 7110|La Louvière|La Louvière
61031|4500|Huy|Hoei
62051|4040 4041 4042|Herstal|Herstal
62063|4000 4020 4030 4031 4032|Liège|Luik|Lüttich
62096|4100 4101 4102|Seraing|Seraing
62118|4460|Grâce-Hollogne|Grâce-Hollogne
62121|4120 4121 4122|Neupré|Neupré
63023|4700 4701|Eupen|Eupen
63040|4720 4721 4728|La Calamine|Kelmis|Kelmis
63067|4780 4782 4783 4784|Saint-Vith|Sankt Vith|Sankt Vith
63079|4800 4801 4802|Verviers|Verviers
64074|4300|Waremme|Borgworm
71016|3600|Genk|Genk
71022|3500 3501 3510 3511 3512|Hasselt|Hasselt
71053|3800 3803 3806|Saint-Trond|Sint-Truiden
73083|3700|Tongres|Tongeren
81001|6700|Arlon|Aarlen|Arel
82003|6600|Bastogne|Bastenaken
83034|6900|Marche-en-Famenne|Marche-en-Famenne
84043|6840|Neufchâteau|Neufchâteau
84077|6800|Libramont-Chevigny|Libramont-Chevigny
85045|6760 6761 6762|Virton|Virton
91034|5500 5501 5502 5503 5504|Dinant|Dinant
92094|5000 5001 5002 5003 5004 5020 5021 5022 5024 5100 5101|Namur|Namen
92142|5030 5031 5032|Gembloux|Gembloux
93056|5600|Philippeville|Philippeville`;

function rows(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split('|'));
}

/** The province of a code, from its first digits; Brussels belongs to none. */
function provinceOf(nisCode: string): string | null {
  if (nisCode.startsWith('21')) return null;
  if (nisCode.startsWith('2')) return nisCode.startsWith('25') || nisCode === '20002' ? '20002' : '20001';
  return `${nisCode[0]}0000`;
}

function regionOf(nisCode: string): string {
  const province = provinceOf(nisCode);
  if (province === null) return BRUSSELS;
  return ['20002', '50000', '60000', '80000', '90000'].includes(province) ? WALLONIA : FLANDERS;
}

/** In German and English a Flemish place goes by its Dutch name and any other by its French one, unless said. */
function names(regionCode: string, fr = '', nl = '', de = '', en = ''): TerritoryInit['name'] {
  const usual = regionCode === FLANDERS ? nl : fr;
  return { fr, nl, de: de || usual, en: en || usual };
}

/** Regions and provinces in whole; the arrondissements and municipalities that the hub starts with. */
export const territories: readonly TerritoryInit[] = [
  ...rows(REGIONS).map(([nisCode = '', ...texts]) => ({
    nisCode,
    level: TerritoryLevel.REGION,
    name: names(nisCode, ...texts),
    postalCodes: [],
    regionCode: nisCode,
    provinceCode: null,
    arrondissementCode: null,
  })),
  ...rows(PROVINCES).map(([nisCode = '', ...texts]) => ({
    nisCode,
    level: TerritoryLevel.PROVINCE,
    name: names(regionOf(nisCode), ...texts),
    postalCodes: [],
    regionCode: regionOf(nisCode),
    provinceCode: nisCode,
    arrondissementCode: null,
  })),
  ...rows(ARRONDISSEMENTS).map(([nisCode = '', ...texts]) => ({
    nisCode,
    level: TerritoryLevel.ARRONDISSEMENT,
    name: names(regionOf(nisCode), ...texts),
    postalCodes: [],
    regionCode: regionOf(nisCode),
    provinceCode: provinceOf(nisCode),
    arrondissementCode: nisCode,
  })),
  ...rows(MUNICIPALITIES).map(([nisCode = '', postalCodes = '', ...texts]) => ({
    nisCode,
    level: TerritoryLevel.MUNICIPALITY,
    name: names(regionOf(nisCode), ...texts),
    postalCodes: postalCodes.split(' '),
    regionCode: regionOf(nisCode),
    provinceCode: provinceOf(nisCode),
    arrondissementCode: `${nisCode.slice(0, 2)}000`,
  })),
];
