import type { LanguageCode } from '../../../database/localised-text.ts';
import type { VatTreatment } from '../billing.entity.ts';

/** What an invoice prints as the ground of its VAT. Articles of the Belgian VAT Code (law of 3 July 1969). */
const GROUNDS: Readonly<Record<LanguageCode, Readonly<Record<VatTreatment, string>>>> = {
  fr: {
    EXEMPT_INDEPENDENT_GROUP:
      'Exempté de la TVA: article 44, § 2bis, du Code de la TVA (groupement autonome de personnes).',
    STANDARD_RATE: 'TVA au taux normal: arrêté royal n° 20 du 20 juillet 1970, article 1er.',
  },
  nl: {
    EXEMPT_INDEPENDENT_GROUP:
      'Vrijgesteld van btw: artikel 44, § 2bis, van het Btw-Wetboek (zelfstandige groepering van personen).',
    STANDARD_RATE: 'Btw tegen het normale tarief: koninklijk besluit nr. 20 van 20 juli 1970, artikel 1.',
  },
  de: {
    EXEMPT_INDEPENDENT_GROUP:
      'Von der MwSt. befreit: Artikel 44 § 2bis des MwSt.-Gesetzbuches (selbständiger Personenzusammenschluss).',
    STANDARD_RATE: 'MwSt. zum Normalsatz: Königlicher Erlass Nr. 20 vom 20. Juli 1970, Artikel 1.',
  },
  en: {
    EXEMPT_INDEPENDENT_GROUP: 'Exempt from VAT: VAT Code, article 44, § 2bis (independent group of persons).',
    STANDARD_RATE: 'VAT at the standard rate: Royal Decree no. 20 of 20 July 1970, article 1.',
  },
};

export function vatGroundsIn(language: LanguageCode): Readonly<Record<VatTreatment, string>> {
  return GROUNDS[language];
}
