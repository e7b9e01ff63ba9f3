import type { EntityManager } from '@mikro-orm/postgresql';
import type { BillingMode, BillingRhythm, SharingKey, VatTreatment } from '../billing.entity.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';
import { centsOf } from './allocate.ts';
import type { BillingOf, Invoiced } from './draft.ts';
import { type Ledger, type Terms, termsIn } from './sharing.ts';

/** The day on which the hours of a timesheet `t` of a placement `p` count. */
export const DAY_OF_HOURS = 'day_of_hours(t.week, p.minutes_by_weekday, p.starts_on, p.ends_on)';

/** What the invoices of a year are made of. */
export interface Books {
  readonly ledger: Ledger;
  readonly billingOf: BillingOf;
}

interface Rule extends Terms {
  readonly rhythm: BillingRhythm;
  readonly flatCents: bigint | null;
  readonly vatTreatment: VatTreatment;
}

/** Reads the books of a group for a year. */
export async function booksOf(em: EntityManager, service: string, year: number): Promise<Books> {
  const [from, until] = [`${year}-01-01`, `${year + 1}-01-01`];
  const costs = await em.execute<
    {
      worker: string | null;
      person: string;
      function: WorkerFunction;
      minutes: number;
      amount: string;
      from: string;
      until: string | null;
    }[]
  >(
    `select c.worker_id as worker, w.reference as person, w.job_function as function, (w.contract_hours * 60)::int as minutes, w.employed_from::text as from, w.employed_until::text as until,
       sum(case k.kind when 'SUBSIDY' then -k.amount else k.amount end)::text as amount
     from cost_sheet c join cost_component k on k.sheet_id = c.id left join shared_worker w on w.id = c.worker_id
     where c.service_id = ? and c.year = ? group by 1, 2, 3, 4, 5, 6 order by 1`,
    [service, year],
  );
  const placements = await em.execute<
    { worker: string; partner: string; minutes: number[]; from: string; until: string | null }[]
  >(
    `select p.worker_id as worker, p.partner_id as partner, p.minutes_by_weekday as minutes, p.starts_on::text as from, p.ends_on::text as until
     from placement p where p.service_id = ? and p.state = 'AGREED' and p.starts_on < ?::date and (p.ends_on is null or p.ends_on > ?::date)
     order by p.partner_id, p.id`,
    [service, until, from],
  );
  const worked = await em.execute<{ worker: string; partner: string; day: string; hours: string }[]>(
    `select t.worker_id as worker, t.partner_id as partner, ${DAY_OF_HOURS}::text as day, t.hours::text as hours
     from timesheet t join placement p on p.partner_id = t.partner_id and p.id = t.placement_id
     where t.service_id = ? and t.state in ('APPROVED', 'INVOICED') and t.week > ?::date - 7 and t.week < ?::date
       and ${DAY_OF_HOURS} >= ?::date and ${DAY_OF_HOURS} < ?::date
     order by t.partner_id, t.id`,
    [service, from, until, from, until],
  );
  const rules = await rulesOf(em, service, until);
  return {
    ledger: {
      year,
      workers: costs.flatMap(({ worker, person, amount, function: jobFunction, minutes, ...employed }) =>
        worker
          ? [{ worker, person, jobFunction, cents: centsOf(amount), contractMinutes: minutes, employed }]
          : [],
      ),
      groupCents: costs.reduce((sum, { worker, amount }) => (worker ? sum : sum + centsOf(amount)), 0n),
      placements: placements.map(({ minutes, ...one }) => ({ ...one, minutesByWeekday: minutes })),
      worked: worked.map((one) => ({ ...one, hours: centsOf(one.hours) })),
      terms: rules,
    },
    billingOf: (partner, period) => termsIn(period, rules, partner) as Rule | undefined,
  };
}

async function rulesOf(em: EntityManager, service: string, until: string): Promise<Rule[]> {
  const rules = await em.execute<
    {
      partner: string;
      mode: BillingMode;
      key: SharingKey | null;
      weight: string | null;
      headcount: number | null;
      rhythm: BillingRhythm;
      flat: string | null;
      vat: VatTreatment;
      from: string;
      until: string | null;
    }[]
  >(
    `select r.partner_id as partner, r.mode, r.sharing_key as key, r.weight::text as weight, r.headcount, r.rhythm, r.flat_amount::text as flat,
       r.vat_treatment as vat, r.valid_from::text as from, r.valid_until::text as until
     from billing_rule r where r.service_id = ? and r.valid_from < ?::date order by r.partner_id, r.valid_from`,
    [service, until],
  );
  return rules.map(({ weight, flat, vat, ...rule }) => ({
    ...rule,
    weight: weight === null ? null : centsOf(weight),
    flatCents: flat === null ? null : centsOf(flat),
    vatTreatment: vat,
  }));
}

/** What was invoiced of a year, by member, VAT treatment and function: credit notes are taken off. */
export async function invoicedOf(em: EntityManager, service: string, year: number): Promise<Invoiced[]> {
  const rows = await em.execute<
    { partner: string; vat: VatTreatment; function: WorkerFunction | null; amount: string }[]
  >(
    `select l.partner_id as partner, i.vat_treatment as vat, l.job_function as function, sum(l.amount)::text as amount
     from invoice i join invoice_line l on l.partner_id = i.partner_id and l.invoice_id = i.id
     where i.service_id = ? and i.period_from >= ?::date and i.period_until <= ?::date
     group by 1, 2, 3 having sum(l.amount) <> 0 order by 1, 2, 3`,
    [service, `${year}-01-01`, `${year + 1}-01-01`],
  );
  return rows.map(({ partner, vat, amount, ...row }) => ({
    partner,
    vatTreatment: vat,
    jobFunction: row.function,
    cents: centsOf(amount),
  }));
}

/** What was put aside for a year, less what was used, in cents. */
export async function provisionOf(em: EntityManager, service: string, year: number): Promise<bigint> {
  const [row] = await em.execute<{ amount: string }[]>(
    `select coalesce(sum(case e.kind when 'ADDITION' then e.amount else -e.amount end), 0)::text as amount
     from provision_entry e where e.service_id = ? and e.year = ?`,
    [service, year],
  );
  return centsOf(row?.amount ?? '0');
}

/** Placements of members that pay by hours worked, with a week of the period of which no hours are approved. */
export async function placementsWithoutHours(
  em: EntityManager,
  service: string,
  { from, until }: { from: string; until: string },
): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select p.id from placement p
     where p.service_id = ? and p.state = 'AGREED' and p.starts_on < ?::date and (p.ends_on is null or p.ends_on > ?::date)
       and exists (select from billing_rule r where r.partner_id = p.partner_id and r.service_id = p.service_id and r.mode = 'TIME_AND_MATERIALS'
         and daterange(r.valid_from, r.valid_until) && daterange(?::date, ?::date))
       and exists (
         select from generate_series(date_trunc('week', greatest(p.starts_on, ?::date)), ?::date - 1, '7 days'::interval) as k(monday)
         cross join lateral (select k.monday::date as week) as t
         where minutes_in_week(p.minutes_by_weekday, p.starts_on, p.ends_on, t.week) > 0
           and ${DAY_OF_HOURS} >= ?::date and ${DAY_OF_HOURS} < ?::date
           and not exists (select from timesheet s where s.partner_id = p.partner_id and s.placement_id = p.id and s.week = t.week
             and s.state in ('APPROVED', 'INVOICED')))
     order by p.id`,
    [service, until, from, from, until, from, until, from, until],
  );
  return rows.map(({ id }) => id);
}
