/** The statements of `loadScale`. Seeds of hashes are written out: another one makes another data set. */

/** Functions of the session: a hash that is a number below `below`, keys as the hub makes them, folded text. */
export const HELPERS = [
  `create function pg_temp.pick(n bigint, seed bigint, below int) returns int language sql immutable parallel safe as
   $$ select ((hashint8extended(n, seed) & 9007199254740991) % below)::int $$`,
  // UUIDv7: keys made later sort later, with the milliseconds in front.
  `create function pg_temp.key(kind text, n bigint, day date) returns uuid language sql immutable parallel safe as
   $$ select overlay(overlay(overlay(md5(kind || n) placing '8' from 17) placing '7' from 13)
        placing lpad(to_hex((day - date '1970-01-01')::bigint * 86400000 + n % 86400000), 12, '0') from 1 for 12)::uuid $$`,
  `create function pg_temp.folded(words text) returns text language sql immutable parallel safe as
   $$ select btrim(regexp_replace(translate(lower(words), 'éèçï', 'eeci'), '[^a-z0-9]+', ' ', 'g')) $$`,
];

/** Who there is: federations, providers, populations, services, partners with all that belongs to them. */
export const DIRECTORY = [
  `insert into federation (id, slug, name_fr, name_nl, provenance)
   select pg_temp.key('federation', f, '2018-01-01'), 'bench-federation-' || f, 'Fédération fictive ' || f,
     'Fictieve federatie ' || f, 'SYNTHETIC' from generate_series(1, 3) f`,

  `insert into provider (id, slug, name_fr, name_en, provenance)
   select pg_temp.key('provider', p, '2018-01-01'), 'bench-provider-' || p, 'Opérateur fictif ' || p,
     'Made-up provider ' || p, 'SYNTHETIC' from generate_series(1, 4) p`,

  `insert into population (id, slug, name_fr, definition_fr, as_of, source, provenance)
   select pg_temp.key('population', p, '2018-01-01'), 'bench-population-' || p, 'Population fictive ' || p,
     'Un partenaire sur ' || p + 1, '2026-06-30', 'benchmark', 'SYNTHETIC' from generate_series(1, 2) p`,

  `create temp table the_service on commit drop as
   select n, pg_temp.key('service', n, '2018-01-01') as id, kind
   from unnest(array['ENERGY', 'DIVERSITY', 'PREVENTION', 'EMPLOYER_GROUP', 'PURCHASING', 'OTHER', 'OTHER', 'OTHER'])
     with ordinality as s(kind, n)`,
  `insert into shared_service (id, slug, kind, name_fr, name_nl, name_en, description_fr, languages, website,
     started_on, federation_id, population_id, enrolments_public, usage_unit, provenance)
   select id, 'bench-service-' || n, kind, case when n <> 4 then 'Service mutualisé ' || n end, 'Gedeelde dienst ' || n,
     case when n % 2 = 0 then 'Shared service ' || n end, 'Service "fictif" ' || n, '{FR,NL}',
     'https://service-' || n || '.example', '2018-01-01',
     case when n % 4 > 0 then pg_temp.key('federation', n % 4, '2018-01-01') end,
     case when n <= 4 then pg_temp.key('population', 1 + n % 2, '2018-01-01') end, n % 2 = 0,
     case when kind = 'OTHER' then 'unit' end, 'SYNTHETIC' from the_service`,
  `insert into service_carrier (service_id, provider_id, is_lead)
   select id, pg_temp.key('provider', 1 + n % 4, '2018-01-01'), true from the_service`,

  `create temp table the_partner on commit drop as
   with listed as (select array_agg(id order by code) as sectors from sector),
     places as (select array_agg(id order by nis_code) as ids, array_agg(postal_codes[1] order by nis_code) as codes
       from territory where level = 'MUNICIPALITY' and cardinality(postal_codes) > 0),
     drawn as (select n, lpad(n::text, greatest(5, length(n::text)), '0') as number, pg_temp.pick(n, 1, 7) as band,
       1 + pg_temp.pick(n, 3, cardinality(p.ids)) as place,
       s.sectors[1 + pg_temp.pick(n, 2, cardinality(s.sectors))] as sector_id,
       date '2018-01-01' + pg_temp.pick(n, 4, 1800) as born from generate_series(1, $partners) n, listed s, places p)
   select n, number, sector_id, p.ids[place] as municipality_id, p.codes[place] as postal_code, born,
     pg_temp.key('partner', n, born) as id,
     -- Two in five names are missing in one language or the other, so that the fallback has work.
     case when n % 5 <> 4 then 'Partenaire ' || number || case when n % 50 = 0 then ' "les Érables"' else '' end end as fr,
     case when n % 5 <> 3 then 'Partner ' || number end as nl,
     (array[1, 5, 10, 20, 50, 100, 200])[band + 1]
       + pg_temp.pick(n, 5, (array[4, 5, 10, 30, 50, 100, 800])[band + 1]) as headcount
   from drawn, places p`,
  `insert into partner (id, slug, enterprise_number, name_fr, name_nl, description_fr, legal_form, sector_id,
     municipality_id, headcount, languages, website, provenance, created_at, updated_at, search_text,
     sort_name_fr, sort_name_nl, sort_name_en, sort_name_de)
   select id, 'bench-partner-' || number,
     (19000000 + n)::text || lpad((97 - (19000000 + n) % 97)::text, 2, '0'), fr, nl,
     case when n % 3 > 0 then E'Organisation fictive : aucun rapport avec une personne ou une organisation.\\nN° ' || number end,
     (array['ASBL_VZW', 'ASBL_VZW', 'ASBL_VZW', 'FOUNDATION', 'COOPERATIVE', 'PUBLIC_BODY'])[1 + n % 6], sector_id,
     municipality_id, headcount, case when fr is null then '{NL}' when nl is null then '{FR}' else '{FR,NL}' end::text[],
     case when n % 2 = 0 then 'https://partner-' || number || '.example' end, 'SYNTHETIC', born + time '08:00',
     born + time '08:00', pg_temp.folded(concat_ws(' ', fr, nl)), pg_temp.folded(coalesce(fr, nl)),
     pg_temp.folded(coalesce(nl, fr)), pg_temp.folded(coalesce(fr, nl)), pg_temp.folded(coalesce(fr, nl))
   from the_partner`,
  `insert into site (partner_id, id, name_fr, postal_code, municipality_id, is_registered_office, provenance)
   select p.id, pg_temp.key('site', p.n * 2 + s, p.born), case when s = 1 then 'Antenne' end, p.postal_code,
     p.municipality_id, s = 0, 'SYNTHETIC'
   from the_partner p, generate_series(0, 1) s where s = 0 or p.n % 3 = 0`,
  // Three in four are recognised; one in ten was recognised before, by another authority.
  `insert into recognition (partner_id, id, site_id, authority_id, sector_id, valid_from, valid_until, provenance)
   select p.id, pg_temp.key('recognition', p.n * 2 + r, p.born),
     case when r = 0 and p.n % 2 = 0 then pg_temp.key('site', p.n * 2, p.born) end,
     a.ids[1 + (pg_temp.pick(p.n, 6, cardinality(a.ids)) + r) % cardinality(a.ids)], p.sector_id,
     p.born + r * -900, case when r = 1 then p.born end, 'SYNTHETIC'
   from the_partner p, generate_series(0, 1) r, (select array_agg(id order by code) as ids from competent_authority) a
   where r = 0 and p.n % 4 > 0 or r = 1 and p.n % 10 = 0`,
  `insert into membership (partner_id, id, federation_id, valid_from, valid_until, provenance)
   select id, pg_temp.key('membership', n, born), pg_temp.key('federation', n % 4, '2018-01-01'), born,
     case when n % 40 = 1 then date '2025-01-01' end, 'SYNTHETIC' from the_partner where n % 4 > 0`,
  `insert into population_member (population_id, partner_id)
   select pg_temp.key('population', p, '2018-01-01'), t.id from the_partner t, generate_series(1, 2) p
   where t.n % (p + 1) = 0`,
];

/** Who uses what: 2 to 6 services each, 18 per 5 partners; one in ten requested, one in ten ended. */
export const ENROLMENTS = [
  `create temp table the_enrolment on commit drop as
   with drawn as (
     select p.n * 6 + j as n, p.n as partner, p.id as partner_id, p.born, s.id as service_id, s.kind,
       case pg_temp.pick(p.n * 6 + j, 11, 20) when 0 then 'REQUESTED' when 1 then 'ENDED' when 2 then 'ENDED' else 'ACTIVE' end as status,
       pg_temp.pick(p.n * 6 + j, 12, 4) > 0 as is_old
     from the_partner p, generate_series(0, (array[2, 3, 4, 3, 6])[1 + p.n % 5] - 1) j, the_service s
     where s.n = 1 + (p.n * 3 + j) % 8)
   select n, partner, partner_id, service_id, kind, status,
     case status when 'REQUESTED' then date '2026-05-01' + pg_temp.pick(n, 13, 60) else active_from - 10 end as requested_on,
     case when status <> 'REQUESTED' then active_from end as active_from,
     case when status = 'ENDED' then date '2025-01-01' + pg_temp.pick(n, 14, 400) end as ended_on,
     case when kind = 'PURCHASING' and partner % 4 > 0 then pg_temp.key('recognition', partner::bigint * 2, born) end as recognition_id,
     pg_temp.pick(n, 15, 50) = 0 as is_heavy
   from (select *, case when is_old or status = 'ENDED' then date '2023-01-15' + pg_temp.pick(n, 16, 160)
     else date '2023-07-01' + pg_temp.pick(n, 17, 900) end as active_from from drawn) dated`,
  `insert into enrolment (partner_id, id, service_id, recognition_id, status, requested_on, active_from, ended_on,
     provenance, created_at)
   select partner_id, pg_temp.key('enrolment', n, requested_on), service_id, recognition_id, status, requested_on,
     active_from, ended_on, 'SYNTHETIC', requested_on + time '08:00' from the_enrolment order by requested_on, n`,
  `insert into enrolment_event (partner_id, id, enrolment_id, status, occurred_on, recorded_at)
   select e.partner_id, pg_temp.key('enrolment-event', e.n * 3 + h.step, h.day), pg_temp.key('enrolment', e.n, e.requested_on),
     h.status, h.day, h.day + time '08:00'
   from the_enrolment e, lateral (values (0, 'REQUESTED', requested_on), (1, 'ACTIVE', active_from), (2, 'ENDED', ended_on))
     as h(step, status, day) where h.day is not null`,
];

/**
 * What was used: each month that an enrolment holds whole has entries, 2 to 4 for most, at least 40 of one
 * metric for one enrolment in fifty. One entry in 499 is taken back. In the sequence of the months, as a hub
 * is filled: the entries of one partner lie far apart.
 */
export const USAGE = [
  `create temp table the_metric on commit drop as
   select service_kind as kind, key, whole_numbers, never_negative, unit,
     row_number() over kinds - 1 as n, count(*) over (partition by service_kind)::int as of_kind
   from metric_definition where source = 'USAGE_ENTRIES' and service_kind is not null
   window kinds as (partition by service_kind order by key)`,
  `create temp table the_month on commit drop as
   with held as (
     select e.n, m.number, m.first_day, e.is_heavy, pg_temp.pick(e.n * 36 + m.number, 21, 1000) as chance
     from (select number, (date '2023-07-01' + make_interval(months => number))::date as first_day
       from generate_series(0, 35) number) m, the_enrolment e
     where e.active_from <= m.first_day and (e.ended_on is null or e.ended_on >= m.first_day + 28)),
   sized as (select *, case when is_heavy then 42 else 2 end as least, count(*) filter (where not is_heavy) over () as light,
     sum(case when is_heavy then 42 else 2 end) over () as fixed from held),
   -- What is missing to the number wanted goes to the months of the others, as evenly as it can.
   filled as (select *, greatest(0, ($entries - $entries / 500) - fixed) as missing,
     case when not is_heavy then row_number() over (partition by is_heavy order by chance, n, number) end as place from sized)
   select n, number, first_day, is_heavy,
     least + case when is_heavy then 0 else missing / light + case when place <= missing % light then 1 else 0 end end as entries
   from filled order by number, n`,
  `analyze the_month, the_enrolment, the_metric`,
  `create temp table the_entry on commit drop as
   select e.partner_id, e.service_id, pg_temp.key('enrolment', e.n, e.requested_on) as enrolment_id, e.kind, e.n as enrolment,
     m.number as month, m.first_day, m.entries::int as entries, m.is_heavy, t.of_kind
   from the_month m join the_enrolment e on e.n = m.n join the_metric t on t.kind = e.kind and t.n = 0
   order by m.number, m.n`,
  `insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id,
     source, external_reference, provenance, recorded_at)
   select x.partner_id, pg_temp.key('usage', x.number, x.day), x.service_id, m.key, x.day,
     case when m.unit = 'ORGANISATION' then 1 when m.whole_numbers then 1 + x.chance % 40
       else (case when not m.never_negative and x.chance % 20 = 0 then -1 else 1 end) * (x.chance % 1000000)::numeric / 100 end,
     case when x.chance % 3 = 0 then 'category-' || x.chance % 4 end, x.enrolment_id, 'bench', x.number::text, 'SYNTHETIC',
     x.day + time '08:00'
   from (select e.partner_id, e.service_id, e.enrolment_id, e.kind, e.month, (e.enrolment::bigint * 36 + e.month) * 64 + k as number,
       e.first_day + pg_temp.pick((e.enrolment::bigint * 36 + e.month) * 64 + k, 22, 28) as day,
       pg_temp.pick((e.enrolment::bigint * 36 + e.month) * 64 + k, 23, 2000000000) as chance,
       case when e.is_heavy and k <= 36 then 0 else (e.enrolment + k) % e.of_kind end as metric
     from the_entry e, lateral generate_series(1, e.entries) k) x
   join the_metric m on m.kind = x.kind and m.n = x.metric`,
  `insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id,
     source, external_reference, reverses_id, provenance, recorded_at)
   select partner_id, pg_temp.key('reversal', external_reference::bigint, occurred_on), service_id, metric_key, occurred_on,
     -quantity, category, enrolment_id, source, 'r' || external_reference, id, 'SYNTHETIC', recorded_at + interval '7 days'
   from (select * from usage_entry order by hashtextextended(external_reference, 24), external_reference
     limit $entries / 500) taken_back`,
];

/** What triggers write in a hub that is filled entry by entry: what each partner was, and the rollups. */
export const ROLLUPS = [
  `insert into partner_profile (partner_id, valid_from, valid_until, sector_id, size_band, municipality_id, region_code,
     province_code, recorded_on)
   select p.id, '-infinity', 'infinity', p.sector_id, p.size_band, p.municipality_id, t.region_code, t.province_code,
     p.created_at::date
   from partner p join territory t on t.id = p.municipality_id`,
  // The rebuild joins by these tables, which hold nothing as far as the planner knows.
  'analyze usage_entry, partner_profile, enrolment, recognition',
  'select rebuild_usage_rollups()',
];
