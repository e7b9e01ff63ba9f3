import type { LanguageCode } from '../database/localised-text.ts';
import type { SizeBand } from '../partners/partner.entity.ts';
import { join, literal, type Sql, sql } from '../read/index.ts';
import type { ServiceKind } from '../services/service.entity.ts';

/** Codes that have no row of their own, as a person reads them. */
type Labels<Code extends string = string> = Readonly<Record<Code, Record<LanguageCode, string>>>;

export const SERVICE_KIND_LABELS: Labels<ServiceKind> = {
  ENERGY: { fr: 'Énergie', nl: 'Energie', de: 'Energie', en: 'Energy' },
  DIVERSITY: { fr: 'Diversité', nl: 'Diversiteit', de: 'Diversität', en: 'Diversity' },
  PREVENTION: { fr: 'Prévention', nl: 'Preventie', de: 'Prävention', en: 'Prevention' },
  EMPLOYER_GROUP: {
    fr: "Groupement d'employeurs",
    nl: 'Werkgeversgroepering',
    de: 'Arbeitgeberzusammenschluss',
    en: 'Employer group',
  },
  PURCHASING: { fr: "Centrale d'achat", nl: 'Aankoopcentrale', de: 'Einkaufszentrale', en: 'Purchasing' },
  OTHER: { fr: 'Autre', nl: 'Andere', de: 'Andere', en: 'Other' },
};

export const SIZE_BAND_LABELS: Labels<SizeBand> = {
  UNDER_5: heads(0, 4),
  FROM_5_TO_9: heads(5, 9),
  FROM_10_TO_19: heads(10, 19),
  FROM_20_TO_49: heads(20, 49),
  FROM_50_TO_99: heads(50, 99),
  FROM_100_TO_199: heads(100, 199),
  FROM_200: {
    fr: '200 travailleurs et plus',
    nl: '200 werknemers en meer',
    de: '200 Beschäftigte und mehr',
    en: '200 workers and more',
  },
};

function heads(from: number, to: number): Record<LanguageCode, string> {
  return {
    fr: `${from} à ${to} travailleurs`,
    nl: `${from} tot ${to} werknemers`,
    de: `${from} bis ${to} Beschäftigte`,
    en: `${from} to ${to} workers`,
  };
}

/** The label of a code in a language. */
export function labelOf(labels: Labels, code: Sql, language: LanguageCode): Sql {
  const branches = Object.entries(labels).map(
    ([key, texts]) => sql`when ${literal(key)} then ${literal(texts[language])}`,
  );
  return sql`(case ${code} ${join(branches, ' ')} else ${code} end)`;
}
