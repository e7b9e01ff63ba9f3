import { UserError } from '../errors.ts';

/**
 * An enterprise number (BCE/KBO) as ten digits, from the ways in which people write it: `0671.516.647`,
 * `0671_516_647`, `BE 0671516647`, or nine digits without the leading zero.
 * Source: the check digits are 97 − (first eight mod 97), Crossroads Bank for Enterprises.
 * @throws UserError INVALID_ENTERPRISE_NUMBER, saying which part is wrong.
 */
export function parseEnterpriseNumber(text: string, field = 'enterpriseNumber'): string {
  const digits = text.replace(/^\s*BE/i, '').replace(/[\s._-]/g, '');
  const number = digits.length === 9 ? `0${digits}` : digits;
  if (!/^\d{10}$/.test(number)) {
    throw invalid('has ten digits, as in 0123.456.749', text, field);
  }
  if (!/^[01]/.test(number)) {
    throw invalid(
      'begins with 0 or 1 (a number that begins with 2 to 8 is an establishment unit)',
      text,
      field,
    );
  }
  const expected = 97 - (Number(number.slice(0, 8)) % 97);
  if (Number(number.slice(8)) !== expected) {
    throw invalid('ends with two check digits, which do not fit here: look for a typing error', text, field);
  }
  return number;
}

function invalid(rule: string, text: string, field: string): UserError {
  return new UserError(
    'INVALID_ENTERPRISE_NUMBER',
    `${JSON.stringify(text.slice(0, 40))} is no enterprise number: it ${rule}.`,
    field,
  );
}
