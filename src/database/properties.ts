import { p } from '@mikro-orm/core';
import { newId } from './keys.ts';
import { LANGUAGES } from './localised-text.ts';

/** Where a record comes from. */
export enum Provenance {
  /** Made up for demonstration: it says nothing about the world. */
  SYNTHETIC = 'SYNTHETIC',
  /** Entered or reported by a user or a member's tool. */
  REPORTED = 'REPORTED',
}

/** The columns that most tables share, written once. */
export const id = () =>
  p
    .uuid()
    .primary()
    .onCreate(() => newId());
export const provenance = () => p.enum(() => Provenance).default(Provenance.REPORTED);
export const recordedAt = () =>
  p
    .datetime(3)
    .onCreate(() => new Date())
    .defaultRaw('now()');
export const languages = () => p.array().columnType('text[]').default([]);

/** An amount of money or a quantity: exact, never a float. In JavaScript it is a string. */
export const quantity = () => p.decimal('string').precision(20).scale(6);
/** Of many quantities together: ten thousand million of the largest ones can be added up. */
export const sum = () => p.decimal('string').precision(30).scale(6);
export const money = () => p.decimal('string').precision(16).scale(2);

/** Check of a text in several languages: one at least is filled, so that a name is never missing. */
export function someLanguage(column: string): { name: string; expression: string } {
  const columns = LANGUAGES.map((language) => `${column}_${language}`).join(', ');
  return { name: `${column}_in_some_language`, expression: `num_nonnulls(${columns}) > 0` };
}
