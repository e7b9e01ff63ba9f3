import { UserError } from '../errors.ts';

/** A text without spaces around it; null where nothing is left. @throws UserError TEXT_TOO_LONG, TEXT_MISSING */
export function plainText(
  text: string | null | undefined,
  { field, longest, required = false }: { field: string; longest: number; required?: boolean },
): string | null {
  const trimmed = text?.normalize('NFC').trim() || null;
  if (trimmed && trimmed.length > longest) {
    throw new UserError('TEXT_TOO_LONG', `A text here has at most ${longest} characters.`, field);
  }
  if (!trimmed && required) throw new UserError('TEXT_MISSING', `Fill \`${field}\`.`, field);
  return trimmed;
}

/** An exact number with so many decimals at most. @throws UserError INVALID_AMOUNT */
export function exact(
  amount: string,
  { field, decimals, least = 0n }: { field: string; decimals: number; least?: bigint },
): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const isFine = /^\d{1,10}$/.test(whole) && fraction.length <= decimals;
  if (isFine && BigInt(whole + fraction.padEnd(decimals, '0')) >= least) {
    return decimals ? `${whole}.${fraction.padEnd(decimals, '0')}` : whole;
  }
  throw new UserError(
    'INVALID_AMOUNT',
    `Give a number that is not ${least > 0n ? 'zero or ' : ''}negative, with at most 10 digits before the point and ${decimals} after it.`,
    field,
  );
}

/** Between one and so many elements. @throws UserError INVALID_LINES */
export function someOf<T>(all: readonly T[], most: number, field: string): readonly T[] {
  if (all.length >= 1 && all.length <= most) return all;
  throw new UserError('INVALID_LINES', `Give 1 to ${most} of them at once.`, field);
}

/** An address that a browser opens. @throws UserError INVALID_URL */
export function httpsAddress(text: string | null | undefined, field: string): string | null {
  const address = text?.trim() || null;
  if (!address) return null;
  if (URL.parse(address)?.protocol === 'https:' && !/\s/.test(address) && address.length <= 500)
    return address;
  throw new UserError('INVALID_URL', 'Give a complete address that begins with https://.', field);
}

/** Minutes of exact hours in whole quarters. @throws UserError INVALID_HOURS */
export function minutesOf(hours: string, field: string): number {
  const minutes = Number(hours) * 60;
  if (/^\d{1,3}(\.\d{1,2})?$/.test(hours) && minutes > 0 && minutes % 15 === 0) return minutes;
  throw new UserError('INVALID_HOURS', 'Give hours above 0 in whole quarters, such as 7.5 or 3.25.', field);
}

/** A reference that stands for somebody, and is no name. @throws UserError INVALID_REFERENCE */
export function pseudonym(reference: string, field: string): string {
  if (/^[A-Z]{0,3}-?[0-9]{1,8}$/.test(reference)) return reference;
  throw new UserError(
    'INVALID_REFERENCE',
    'A reference is a pseudonym of up to three capital letters and 1 to 8 digits, such as W-0042: no name.',
    field,
  );
}

const MOST_WORDS = 12;
const LONGEST_SEARCH = 200;

/** Words that are searched for, not too many. @throws UserError TEXT_TOO_LONG */
export function checkSearch(search: string | null | undefined, field: string): void {
  if (!search) return;
  if (search.length <= LONGEST_SEARCH && search.trim().split(/\s+/).length <= MOST_WORDS) return;
  throw new UserError(
    'TEXT_TOO_LONG',
    `A search has at most ${MOST_WORDS} words and ${LONGEST_SEARCH} characters.`,
    field,
  );
}
