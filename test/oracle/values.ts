import { type Asked, type LanguageName, type Read, Refusal } from './asked.ts';
import type { Row, Table } from './database.ts';

const FALLBACK: readonly LanguageName[] = ['FR', 'NL', 'EN', 'DE'];

/** A text of a row: in the preferred language, else in the first of FR, NL, EN, DE that has it. */
export function textOf(row: Row, name: string, preferred: LanguageName): string | null {
  for (const language of [preferred, ...FALLBACK]) {
    const text = row[`${name}_${language.toLowerCase()}`];
    if (text !== null) return text as string;
  }
  return null;
}

/** The two fields of a localised text: `name(lang)` and `nameTranslations`. */
export function localised(field: string, columnName = field): Record<string, Read> {
  return {
    [field]: (row, { lang }: { lang?: LanguageName | null }, { language }) =>
      textOf(row, columnName, lang ?? language),
    [`${field}Translations`]: (row) =>
      FALLBACK.map((language) => ({
        language,
        text: row[`${columnName}_${language.toLowerCase()}`],
      })).filter(({ text }) => text !== null),
  };
}

/** Words without case, accents and ligatures, as names are sorted and searched. */
export function folded(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** An exact number of a column, without trailing zeros; null where there is none. */
export function decimalOf(columnName: string): Read {
  return (row) => {
    const text = row[columnName] as string | null;
    return text?.includes('.') ? text.replace(/\.?0+$/, '') : text;
  };
}

/** The half-open period between two columns. */
export function periodOf(from: string, to: string): Read {
  return (row) => ({ from: row[from], to: row[to] });
}

/** Whether a day is in the half-open period between two days; both may be open. */
export function isWithin(day: string, from: unknown, until: unknown): boolean {
  return (from === null || (from as string) <= day) && (until === null || day < (until as string));
}

/** Whether an enrolment is in force on a day: one that is only requested never is. */
export function isInForce(enrolment: Row, day: string): boolean {
  return enrolment.active_from !== null && isWithin(day, enrolment.active_from, enrolment.ended_on);
}

/** The row that a column names by its key. */
export function reference(table: Table, columnName: string): Read {
  return (row, _, { db }) => db.one(table, 'id', row[columnName]) ?? null;
}

/** A global id. */
export function globalId(prefix: string): Read {
  return (row) => `${prefix}_${row.id}`;
}

const GLOBAL_ID = /^([a-z][a-z_]*)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A global id taken apart; undefined for what is none. */
export function parsedId(id: string): { prefix: string; key: string } | undefined {
  const [, prefix, key] = GLOBAL_ID.exec(id) ?? [];
  return prefix && key ? { prefix, key } : undefined;
}

/** The key in a global id of one kind. Throws INVALID_ID for any other. */
export function keyOf(prefix: string, id: string, field: string): string {
  const parsed = parsedId(id);
  if (parsed?.prefix === prefix) return parsed.key;
  throw new Refusal(
    'INVALID_ID',
    `${JSON.stringify(id.slice(0, 80))} is no id of this kind: ids look like "${prefix}_01890a5d-ac96-774b-bcce-b302099a8057". Copy it from the \`id\` field.`,
    field,
  );
}

/** Throws NOT_FOUND for a record that a filter names and that is not there. */
export function mustExist(asked: Asked, table: Table, keys: readonly string[], field: string): void {
  if (keys.every((key) => asked.db.one(table, 'id', key))) return;
  throw notFound('A record that the filter names', field);
}

/** What is answered where a client names a record that is not there. */
export function notFound(what: string, field: string): Refusal {
  return new Refusal(
    'NOT_FOUND',
    `${what} was not found. Check the reference; it may also be out of your scope.`,
    field,
  );
}

/** Throws UNKNOWN_CODE for a code that is in no code list. */
export function mustBeKnown(asked: Asked, list: [Table, string], codes: readonly string[]): void {
  const [table, field] = list;
  const columnName = table === 'territory' ? 'nis_code' : 'code';
  const unknown = codes.filter((code) => !asked.db.one(table, columnName, code));
  if (unknown.length === 0) return;
  throw new Refusal(
    'UNKNOWN_CODE',
    `The hub knows no such code: ${unknown.map((code) => code.slice(0, 40)).join(', ')}. The code lists are \`sectors\`, \`territories\` (NIS codes) and \`competentAuthorities\`.`,
    field,
  );
}

export interface DateRange {
  from?: string | null;
  to?: string | null;
}

/** Throws INVALID_PERIOD for a period that is empty or ends before it begins. */
export function checkPeriod(period: DateRange | null | undefined, field: string): void {
  if (!period?.from || !period.to || period.from < period.to) return;
  throw new Refusal(
    'INVALID_PERIOD',
    `The period ends on ${period.to}, before or on its first day ${period.from}: \`to\` is the first day after it.`,
    field,
  );
}

/** Whether a value is in a list; a list that is not given holds everything. */
export function isIn(list: readonly unknown[] | null | undefined, ...values: unknown[]): boolean {
  return !list || values.some((value) => list.includes(value));
}
