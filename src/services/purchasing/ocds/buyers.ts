import { BuyerCategory } from '../agreement.entity.ts';

/*
 * Who may order, which the standard has a sentence for (`techniques.frameworkAgreement.buyerCategories`). The hub writes
 * its codes into that sentence, so that a hub reads them again; what others write there is for people.
 */

const KINDS = 'Kinds of buyers: ';
const AUTHORITIES = 'Recognised by: ';
const SENTENCES = /^(?:Kinds of buyers: ([A-Z_, ]+)\.)? ?(?:Recognised by: ([A-Z0-9_, ]+)\.)?$/;

/** The sentence for kinds of buyers and codes of authorities; undefined where everybody enrolled may order. */
export function writeBuyers(
  categories: readonly string[],
  authorities: readonly string[],
): string | undefined {
  const sentences = [
    categories.length > 0 ? `${KINDS}${[...categories].sort().join(', ')}.` : '',
    authorities.length > 0 ? `${AUTHORITIES}${[...authorities].sort().join(', ')}.` : '',
  ];
  return sentences.filter(Boolean).join(' ') || undefined;
}

/** Who may order; of what is empty, everybody. */
export interface Buyers {
  readonly categories: readonly BuyerCategory[];
  /** Codes of authorities whose organisations may. */
  readonly authorities: readonly string[];
}

/** Nobody is named. */
export const EVERYBODY: Buyers = { categories: [], authorities: [] };

/** What such a sentence says; undefined of one that no hub wrote. */
export function readBuyers(sentence: string | null | undefined): Buyers | undefined {
  if (!sentence) return EVERYBODY;
  const found = SENTENCES.exec(sentence);
  const categories = codes(found?.[1]);
  const known: readonly string[] = Object.values(BuyerCategory);
  if (!found || categories.some((one) => !known.includes(one))) return undefined;
  return { categories: categories as BuyerCategory[], authorities: codes(found[2]) };
}

function codes(text: string | undefined): string[] {
  return text ? [...new Set(text.split(', '))].sort() : [];
}
