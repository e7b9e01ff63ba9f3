import type { Asked, LanguageName } from '../asked.ts';
import type { Row } from '../database.ts';
import type { Fact } from '../facts.ts';
import { isWithin, textOf } from '../values.ts';

/** What a row of an answer is about, in one dimension. */
export interface DimensionValue {
  dimension: string;
  value: string | null;
  label: string | null;
  /** Key of its record, or the code itself. */
  key: string | null;
}

type Labels = Readonly<Record<string, Readonly<Record<LanguageName, string>>>>;

/** What a person reads for codes that have no record of their own. */
const KIND_LABELS: Labels = {
  ENERGY: { FR: 'Énergie', NL: 'Energie', DE: 'Energie', EN: 'Energy' },
  DIVERSITY: { FR: 'Diversité', NL: 'Diversiteit', DE: 'Diversität', EN: 'Diversity' },
  PREVENTION: { FR: 'Prévention', NL: 'Preventie', DE: 'Prävention', EN: 'Prevention' },
  EMPLOYER_GROUP: {
    FR: "Groupement d'employeurs",
    NL: 'Werkgeversgroepering',
    DE: 'Arbeitgeberzusammenschluss',
    EN: 'Employer group',
  },
  PURCHASING: { FR: "Centrale d'achat", NL: 'Aankoopcentrale', DE: 'Einkaufszentrale', EN: 'Purchasing' },
  OTHER: { FR: 'Autre', NL: 'Andere', DE: 'Andere', EN: 'Other' },
};

function heads(from: number, to: number): Labels[string] {
  return {
    FR: `${from} à ${to} travailleurs`,
    NL: `${from} tot ${to} werknemers`,
    DE: `${from} bis ${to} Beschäftigte`,
    EN: `${from} to ${to} workers`,
  };
}

const BAND_LABELS: Labels = {
  UNDER_5: heads(0, 4),
  FROM_5_TO_9: heads(5, 9),
  FROM_10_TO_19: heads(10, 19),
  FROM_20_TO_49: heads(20, 49),
  FROM_50_TO_99: heads(50, 99),
  FROM_100_TO_199: heads(100, 199),
  FROM_200: {
    FR: '200 travailleurs et plus',
    NL: '200 werknemers en meer',
    DE: '200 Beschäftigte und mehr',
    EN: '200 workers and more',
  },
};

/** The values of a fact in a dimension: one, but for a partner in several federations. */
export function valuesOf(dimension: string, fact: Fact, asked: Asked): DimensionValue[] {
  const { db, language } = asked;
  const { partner, profile, service, category, authority } = fact;
  const as = (value: string | null, label: string | null, key = value): DimensionValue[] => [
    { dimension, value, label, key },
  ];
  const row = (found: Row | undefined, value: (row: Row) => unknown): DimensionValue[] =>
    found ? as(value(found) as string, textOf(found, 'name', language), found.id as string) : as(null, null);
  const code = (value: unknown, labels: Labels): DimensionValue[] =>
    as(value as string, labels[value as string]?.[language] ?? null);
  const municipality = db.one('territory', 'id', profile?.municipality_id);
  const territory = (nisCode: unknown): DimensionValue[] => {
    const found = db.one('territory', 'nis_code', nisCode);
    return found ? as(nisCode as string, textOf(found, 'name', language)) : as(null, null);
  };

  switch (dimension) {
    case 'SERVICE':
      return row(service, ({ id }) => `service_${id}`);
    case 'SERVICE_KIND':
      return code(service.kind, KIND_LABELS);
    case 'SECTOR':
      return row(db.one('sector', 'id', profile?.sector_id), (sector) => sector.code);
    case 'SIZE_BAND':
      return code(profile?.size_band ?? null, BAND_LABELS);
    case 'REGION':
      return territory(municipality?.region_code);
    case 'PROVINCE':
      return territory(municipality?.province_code);
    case 'MUNICIPALITY':
      return row(municipality, ({ nis_code }) => nis_code);
    case 'AUTHORITY':
      return row(authority, (one) => one.code);
    case 'FEDERATION': {
      const federations = federationsOf(partner, fact.day, asked);
      if (federations.length === 0) return as(null, null);
      return federations.flatMap((federation) => row(federation, ({ id }) => `federation_${id}`));
    }
    case 'PARTNER':
      return row(partner, ({ id }) => `partner_${id}`);
    case 'CATEGORY':
      return as(category, category);
    default:
      throw new Error(`The oracle does not know the dimension ${dimension}`);
  }
}

/** Federations of which a partner is a member on a day. */
export function federationsOf(partner: Row | undefined, day: string, { db }: Asked): (Row | undefined)[] {
  return db
    .where('membership', 'partner_id', partner?.id)
    .filter((one) => isWithin(day, one.valid_from, one.valid_until))
    .map((one) => db.one('federation', 'id', one.federation_id));
}
