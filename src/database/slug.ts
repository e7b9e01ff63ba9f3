import { UserError } from '../errors.ts';

/**
 * A slug as a user gave it.
 * @throws UserError INVALID_SLUG
 */
export function checkedSlug(slug: string, field = 'slug'): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 80) {
    throw new UserError(
      'INVALID_SLUG',
      'A slug has lower-case letters a-z, digits and single hyphens, 80 characters at most.',
      field,
    );
  }
  return slug;
}
