import { UserError } from '../../../errors.ts';

/** @throws UserError INVALID_CODE */
export function checkCode(code: string): void {
  if (/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(code) && code.length <= 40) return;
  throw new UserError(
    'INVALID_CODE',
    'A code has capital letters, digits and hyphens between them, 40 at most, such as BOBET-012.',
    'code',
  );
}

/** @throws UserError INVALID_COUNT */
export function checkCopies(copies: number): void {
  if (copies >= 1 && copies <= 1000) return;
  throw new UserError('INVALID_COUNT', 'Give a whole number from 1 to 1000.', 'copies');
}

/** @throws UserError INVALID_COUNT, LANGUAGE_MISSING, INVALID_PERIOD */
export function checkResource(resource: {
  edition?: number;
  languages: readonly string[];
  publishedOn: string;
  withdrawnOn?: string | null | undefined;
}): void {
  const { edition = 1, languages, publishedOn, withdrawnOn } = resource;
  if (edition < 1 || edition > 1000)
    throw new UserError('INVALID_COUNT', 'Give a whole number from 1 to 1000.', 'edition');
  if (languages.length === 0)
    throw new UserError('LANGUAGE_MISSING', 'Give one language at least.', 'languages');
  if (withdrawnOn && withdrawnOn <= publishedOn)
    throw new UserError('INVALID_PERIOD', `Give a day after ${publishedOn}.`, 'withdrawnOn');
}
