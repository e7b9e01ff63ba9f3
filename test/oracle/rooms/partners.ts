import {
  type Asked,
  column,
  kind,
  type LanguageName,
  type Read,
  Refusal,
  type Room,
  same,
} from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { byDay, connection, connectionTypes, listOf, type OrderKey, sorted } from '../pages.ts';
import { globalId, keyOf, localised, notFound, periodOf, reference } from '../values.ts';
import { checkPartnerFilter, type PartnerFilter, partnersThatMeet } from './partner-filter.ts';

type PartnerOrder = 'NAME' | 'HEADCOUNT_DESC' | 'NEWEST';

/** Keys of an order of partners. */
export function partnerOrder(order: PartnerOrder, language: LanguageName): OrderKey[] {
  const id = (descending: boolean): OrderKey => ({
    of: (row) => row.id as string,
    type: 'uuid',
    descending,
  });
  if (order === 'HEADCOUNT_DESC')
    return [{ of: (row) => row.headcount as number, type: 'int', descending: true }, id(true)];
  if (order === 'NEWEST') {
    const instant = (row: Row): string => (row.created_at as string).replace('T', ' ').replace('Z', '000+00');
    return [{ of: instant, type: 'timestamptz', descending: true }, id(true)];
  }
  const name = `sort_name_${language.toLowerCase()}`;
  return [{ of: (row) => row[name] as string, type: 'text' }, id(false)];
}

/** Partners by their name in the language of the request. */
export function partnersByName<A>(of: {
  question(args: A, asked: Asked): unknown[];
  check?(args: A): void;
  rows(parent: Row, args: A, asked: Asked): readonly Row[];
  isAbsent?(parent: Row, args: A, asked: Asked): boolean;
}) {
  return connection<A>({
    ...of,
    question: (args, asked) => [...of.question(args, asked), asked.language],
    order: (_, { language }) => partnerOrder('NAME', language),
  });
}

interface DirectoryArgs {
  filter?: PartnerFilter | null;
  orderBy: PartnerOrder;
}

/** Some partners, filtered and in an order of choice. */
export function directory(name: string, rows: (parent: Row, asked: Asked) => readonly Row[]) {
  return connection<DirectoryArgs>({
    question: ({ filter, orderBy }, { language }) => [name, filter, orderBy, language],
    order: ({ orderBy }, { language }) => partnerOrder(orderBy, language),
    check: ({ filter }) => checkPartnerFilter(filter),
    rows: (parent, { filter }, asked) => partnersThatMeet(rows(parent, asked), filter, asked),
  });
}

interface Reference {
  reference: { id?: string | null; slug?: string | null; enterpriseNumber?: string | null };
}

/** The record that a reference names by exactly one of its fields. */
export function named(table: Table, prefix: string, what: string, ways: string) {
  return {
    check({ reference }: Reference) {
      const given = Object.values(reference).filter((value) => value !== null && value !== undefined);
      if (given.length !== 1) {
        throw new Refusal('INVALID_REFERENCE', `Name the ${what} by exactly one of ${ways}.`, 'reference');
      }
      if (reference.id) keyOf(prefix, reference.id, 'reference.id');
      if (reference.enterpriseNumber) enterpriseNumber(reference.enterpriseNumber);
    },
    read(_: Row, { reference }: Reference, { db }: Asked) {
      const row = reference.id
        ? db.one(table, 'id', keyOf(prefix, reference.id, 'reference.id'))
        : reference.slug
          ? db.one(table, 'slug', reference.slug)
          : db.one(table, 'enterprise_number', enterpriseNumber(reference.enterpriseNumber as string));
      if (!row) throw notFound(`The ${what}`, 'reference');
      return row;
    },
  };
}

/** Ten digits, from the ways in which people write an enterprise number. */
function enterpriseNumber(text: string): string {
  const refuse = (rule: string): never => {
    throw new Refusal(
      'INVALID_ENTERPRISE_NUMBER',
      `${JSON.stringify(text.slice(0, 40))} is no enterprise number: it ${rule}.`,
      'reference.enterpriseNumber',
    );
  };
  const digits = text.replace(/^\s*BE/i, '').replace(/[\s._-]/g, '');
  const number = digits.length === 9 ? `0${digits}` : digits;
  if (!/^\d{10}$/.test(number)) refuse('has ten digits, as in 0123.456.749');
  if (!/^[01]/.test(number))
    refuse('begins with 0 or 1 (a number that begins with 2 to 8 is an establishment unit)');
  if (97 - (Number(number.slice(0, 8)) % 97) !== Number(number.slice(8)))
    refuse('ends with two check digits, which do not fit here: look for a typing error');
  return number;
}

const WIDER = ['arrondissement_code', 'province_code', 'region_code'];

/** The partner of a row that a partner has. */
export const partnerOf: Read = reference('partner', 'partner_id');

/** Partners with their sites and recognitions. */
export const partnersRoom: Room = {
  nodes: {
    partner: kind('partner', 'Partner'),
    site: kind('site', 'Site'),
    recognition: kind('recognition', 'Recognition'),
  },
  fields: {
    Query: {
      partners: directory('partners', (_, { db }) => db.all('partner')),
      partner: named('partner', 'partner', 'partner', '`id`, `slug` and `enterpriseNumber`'),
    },
    Partner: {
      id: globalId('partner'),
      ...same('slug', 'headcount', 'languages', 'website', 'provenance'),
      legalForm: column('legal_form'),
      sizeBand: column('size_band'),
      createdAt: column('created_at'),
      updatedAt: column('updated_at'),
      closedOn: column('closed_on'),
      enterpriseNumber: ({ enterprise_number: digits }) =>
        digits && String(digits).replace(/^(....)(...)(...)$/, '$1.$2.$3'),
      sector: reference('sector', 'sector_id'),
      municipality: reference('territory', 'municipality_id'),
      sites: ({ id }, _, { db }) =>
        sorted(db.where('site', 'partner_id', id), [
          { of: (site) => (site.is_registered_office ? 0 : 1), type: 'int' },
          { of: (site) => site.id as string, type: 'uuid' },
        ]),
      recognitions: listOf('recognition', 'partner_id', byDay('valid_from')),
      ...localised('name'),
      ...localised('description'),
    },
    Site: {
      id: globalId('site'),
      ...same('provenance'),
      partner: partnerOf,
      postalCode: column('postal_code'),
      isRegisteredOffice: column('is_registered_office'),
      municipality: reference('territory', 'municipality_id'),
      recognitions: listOf('recognition', 'site_id', byDay('valid_from')),
      ...localised('name'),
    },
    Recognition: {
      id: globalId('recognition'),
      ...same('provenance'),
      partner: partnerOf,
      site: reference('site', 'site_id'),
      authority: reference('competent_authority', 'authority_id'),
      sector: reference('sector', 'sector_id'),
      period: periodOf('valid_from', 'valid_until'),
    },
    Sector: {
      partners: partnersByName({
        question: () => ['Sector.partners'],
        rows: ({ id }, _, { db }) => db.where('partner', 'sector_id', id),
      }),
    },
    Territory: {
      partners: partnersByName({
        question: () => ['Territory.partners'],
        rows: ({ nis_code }, _, { db }) => {
          const within = db
            .all('territory')
            .filter((one) => [one.nis_code, ...WIDER.map((code) => one[code])].includes(nis_code));
          const sites = within.flatMap(({ id }) => db.where('site', 'municipality_id', id));
          const partners = new Set(sites.map(({ partner_id }) => partner_id));
          return [...partners].map((id) => db.one('partner', 'id', id) as Row);
        },
      }),
    },
    CompetentAuthority: {
      recognitions: connection({
        question: () => ['CompetentAuthority.recognitions'],
        order: byDay('valid_from'),
        rows: ({ id }, _, { db }) => db.where('recognition', 'authority_id', id),
      }),
    },
    DateRange: same('from', 'to'),
    Translation: same('language', 'text'),
    ...connectionTypes('Partner'),
    ...connectionTypes('Recognition'),
  },
};
