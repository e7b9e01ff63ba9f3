/**
 * The hub's answers made by one statement each, written by hand: what a program can do at best with these
 * tables. `values` takes the hub's variables. Slugs, enums, codes and keys need no escaping.
 */

const name = (row) =>
  `to_json(coalesce(${row}.name_fr, ${row}.name_nl, ${row}.name_en, ${row}.name_de))::text`;
const day = (value) => `coalesce('"' || ${value}::text || '"', 'null')`;
const moment = (value) => `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const service = (
  row,
) => `'"service":{"id":"service_' || ${row}.id || '","slug":"' || ${row}.slug || '","kind":"'
  || ${row}.kind || '","name":' || ${name(row)} || '}'`;

/** For many partners: the catalogue is short, so each service's text is made once. */
const SERVICES = `service as materialized (select s.id, ${service('s')} as json from shared_service s)`;
const OF_SERVICES = '(select s.json from service s where s.id = e.service_id)';
/** For one partner: only the services that it uses. */
const OF_TABLE = `(select ${service('s')} from shared_service s where s.id = e.service_id)`;

const usage = `,"usage":{"nodes":[' || coalesce((select string_agg('{"id":"usage_entry_' || u.id || '","occurredOn":"'
  || u.occurred_on || '","quantity":"' || trim_scale(u.quantity) || '","category":' || coalesce(to_json(u.category)::text, 'null') || '}', ',')
  from (select id, occurred_on, quantity, category from usage_entry
    where partner_id = e.partner_id and enrolment_id = e.id order by occurred_on desc, id desc limit 12) u), '') || ']}`;

/** The enrolments of the row `p`, with their service and what else they show; in the sequence of an index. */
const enrolments = (
  ofService,
  more = '',
) => `"enrolments":{"nodes":[' || coalesce((select string_agg('{"id":"enrolment_'
  || e.id || '","status":"' || e.status || '","requestedOn":"' || e.requested_on || '","activeFrom":' || ${day('e.active_from')}
  || ',"endedOn":' || ${day('e.ended_on')} || ',' || ${ofService} || '${more}}', ',')
  from (select * from enrolment where partner_id = p.id order by requested_on desc, id desc limit 20) e), '') || ']}`;

const partner = (
  more,
) => `'{"id":"partner_' || p.id || '","name":' || ${name('p')} || ',"sizeBand":"' || p.size_band
  || '","headcount":' || p.headcount || ',${more}}'`;

const manyPartners = (first, more) => ({
  text: `with ${SERVICES} select '{"partners":{"nodes":[' || coalesce(string_agg(${partner(more)}, ','), '') || ']}}'
    from (select id, size_band, headcount, name_fr, name_nl, name_en, name_de from partner where size_band = $1
      order by sort_name_fr, id limit ${first}) p`,
  values: ({ band }) => [band],
});

/** The statements, by the shape that they answer. */
export const LIMIT = {
  partner: {
    text: `select '{"partner":{"id":"partner_' || p.id || '","slug":"' || p.slug || '","name":' || ${name('p')}
      || ',"enterpriseNumber":"' || substr(p.enterprise_number, 1, 4) || '.' || substr(p.enterprise_number, 5, 3)
      || '.' || substr(p.enterprise_number, 8, 3) || '","legalForm":"' || p.legal_form || '","sizeBand":"' || p.size_band
      || '","headcount":' || p.headcount || ',"languages":' || to_json(p.languages)::text || ',"website":'
      || coalesce(to_json(p.website)::text, 'null') || ',"createdAt":"' || ${moment('p.created_at')} || '"}}'
      from partner p where p.id = $1`,
    values: ({ id }) => [id.slice('partner_'.length)],
  },
  partners: manyPartners(100, enrolments(OF_SERVICES)),
  partnerWithUsage: {
    text: `select '{"partner":' || ${partner(enrolments(OF_TABLE, usage))} || '}' from partner p where p.id = $1`,
    values: ({ id }) => [id.slice('partner_'.length)],
  },
  partnersWithUsage: manyPartners(50, enrolments(OF_SERVICES, usage)),
  page: {
    // One reading for the page and its count. The cursor is the text of the last row's keys.
    text: `with found as (select p.*, count(*) over () as total from partner p
        where p.sector_id = (select id from sector where code = $1) and p.size_band = $2
        order by p.headcount desc, p.id desc limit 20)
      select '{"partners":{"totalCount":' || coalesce(max(p.total), 0) || ',"pageInfo":{"hasNextPage":'
        || (coalesce(max(p.total), 0) > 20)::text || ',"hasPreviousPage":false,"endCursor":'
        || coalesce('"' || (array_agg(p.headcount || '.' || p.id))[count(*)] || '"', 'null') || '},"nodes":['
        || coalesce(string_agg('{"id":"partner_' || p.id || '","slug":"' || p.slug || '","name":' || ${name('p')}
          || ',"headcount":' || p.headcount || ',"sizeBand":"' || p.size_band || '","createdAt":"' || ${moment('p.created_at')}
          || '","sector":{"code":"' || s.code || '","name":' || ${name('s')} || '},"municipality":{"nisCode":"' || m.nis_code
          || '","name":' || ${name('m')} || '}}', ',' order by p.headcount desc, p.id desc), '') || ']}}'
      from found p join sector s on s.id = p.sector_id join territory m on m.id = p.municipality_id`,
    values: ({ sector, band }) => [sector, band],
  },
};
