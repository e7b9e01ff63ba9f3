import { LANGUAGES } from '../../../database/localised-text.ts';
import { raw, type Sql, sql } from '../../../read/index.ts';

/** A text in all its languages, as JSON. */
function texts(column: string): string {
  return `json_build_object(${LANGUAGES.map((code) => `'${code}', ${column}_${code}`).join(', ')})`;
}

/** JSON of a PublishedAgreement, of the agreement `a`. */
const AGREEMENT = raw(`json_build_object(
  'ocid', a.ocid, 'title', ${texts('a.title')}, 'description', ${texts('a.description')}, 'method', a.method,
  'status', a.status, 'validFrom', to_char(a.valid_from, 'YYYY-MM-DD'), 'validUntil', to_char(a.valid_until, 'YYYY-MM-DD'),
  'maximumValue', a.maximum_value::text, 'currency', a.currency, 'buyerCategories', to_json(a.buyer_categories),
  'provenance', a.provenance,
  'changedAt', to_char(x.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'relatedProcesses', x.related_processes,
  'authorities', coalesce((select json_agg(c.code order by c.code) from agreement_authority g
    join competent_authority c on c.id = g.authority_id where g.agreement_id = a.id), '[]'),
  'body', (select json_build_object('slug', p.slug, 'name', ${texts('p.name')}) from service_carrier k
    join provider p on p.id = k.provider_id where k.service_id = a.service_id and k.is_lead),
  'lots', coalesce((select json_agg(json_build_object('localId', l.local_id, 'title', ${texts('l.title')},
    'ceiling', l.ceiling::text) order by l.id) from lot l where l.agreement_id = a.id), '[]'),
  'products', coalesce((select json_agg(json_build_object('lot', l.local_id, 'code', p.code, 'cpv', p.cpv, 'unit', p.unit,
    'title', ${texts('p.title')}) order by l.id, p.code collate "C") from product p join lot l on l.id = p.lot_id
    where l.agreement_id = a.id), '[]'),
  'awards', coalesce((select json_agg(json_build_object('id', w.award_id, 'lots', w.lots, 'suppliers', w.suppliers)
    order by w.award_id collate "C") from (
      select w.award_id, jsonb_agg(distinct l.local_id) as lots, jsonb_agg(distinct jsonb_build_object('key', s.id,
        'name', s.name, 'enterpriseNumber', s.enterprise_number, 'scheme', s.identifier_scheme,
        'identifier', s.identifier)) as suppliers
      from lot_award w join lot l on l.id = w.lot_id join supplier s on s.id = w.supplier_id
      where l.agreement_id = a.id group by w.award_id) w), '[]'))`);

const FROM = raw('framework_agreement a join ocds_process x on x.agreement_id = a.id');

/** Agreements in the order of their ocids, after one of them: JSON of a list of PublishedAgreement. */
export function publishedAgreements({ after, most }: { after: string | undefined; most: number }): Sql {
  return sql`(select coalesce(json_agg(t.agreement order by t.ocid collate "C"), '[]') from (
    select a.ocid, ${AGREEMENT} as agreement from ${FROM}
    where a.ocid collate "C" > ${after ?? ''}::text order by a.ocid collate "C" limit ${most}::int) t)`;
}

/** The agreement with an ocid: JSON of a PublishedAgreement, or null. */
export function publishedAgreement(ocid: string): Sql {
  return sql`(select ${AGREEMENT} from ${FROM} where a.ocid = ${ocid}::text)`;
}
