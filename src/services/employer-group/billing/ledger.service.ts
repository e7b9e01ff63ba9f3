import type { EntityManager } from '@mikro-orm/postgresql';
import type { BillingMode, BillingRhythm, SharingKey, VatTreatment } from '../billing.entity.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';
import { centsOf } from './allocate.ts';
import type { BillingOf, Invoiced } from './draft.ts';
import { type Ledger, type Terms, termsIn } from './sharing.ts';

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
      function: WorkerFunction;
      minutes: number;
      amount: string;
      from: string;
      until: string | null;
    }[]
  >(
    `select c.worker_id as worker, w.job_function as function, (w.contract_hours * 60)::int as minutes, w.employed_from::text as from, w.employed_until::text as until,
       sum(case k.kind when 'SUBSIDY' then -k.amount else k.amount end)::text as amount
     from cost_sheet c join cost_component k on k.sheet_id = c.id left join shared_worker w on w.id = c.worker_id
     where c.service_id = ? and c.year = ? group by 1, 2, 3, 4, 5 order by 1`,
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
  const worked = await em.execute<{ worker: string; partner: string; sunday: string; hours: string }[]>(
    `select t.worker_id as worker, t.partner_id as partner, (t.week + 6)::text as sunday, t.hours::text as hours
     from timesheet t where t.service_id = ? and t.state in ('APPROVED', 'INVOICED') and t.week + 6 >= ?::date and t.week + 6 < ?::date
     order by t.partner_id, t.id`,
    [service, from, until],
  );
  const rules = await rulesOf(em, service, until);
  const headcounts = await em.execute<{ id: string; headcount: number }[]>(
    `select p.id, p.headcount from partner p where p.id in (select r.partner_id from billing_rule r where r.service_id = ?)`,
    [service],
  );
  return {
    ledger: {
      year,
      workers: costs.flatMap(({ worker, amount, function: jobFunction, minutes, ...employed }) =>
        worker ? [{ worker, jobFunction, cents: centsOf(amount), contractMinutes: minutes, employed }] : [],
      ),
      groupCents: costs.reduce((sum, { worker, amount }) => (worker ? sum : sum + centsOf(amount)), 0n),
      placements: placements.map(({ minutes, ...one }) => ({ ...one, minutesByWeekday: minutes })),
      worked: worked.map((one) => ({ ...one, hours: centsOf(one.hours) })),
      terms: rules,
      headcounts: new Map(headcounts.map(({ id, headcount }) => [id, headcount])),
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
      rhythm: BillingRhythm;
      flat: string | null;
      vat: VatTreatment;
      from: string;
      until: string | null;
    }[]
  >(
    `select r.partner_id as partner, r.mode, r.sharing_key as key, r.weight::text as weight, r.rhythm, r.flat_amount::text as flat,
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

/** What was invoiced of a year, by member and function: credit notes are taken off. */
export async function invoicedOf(em: EntityManager, service: string, year: number): Promise<Invoiced[]> {
  const rows = await em.execute<{ partner: string; function: WorkerFunction | null; amount: string }[]>(
    `select l.partner_id as partner, l.job_function as function, sum(l.amount)::text as amount
     from invoice i join invoice_line l on l.partner_id = i.partner_id and l.invoice_id = i.id
     where i.service_id = ? and i.period_from >= ?::date and i.period_until <= ?::date
     group by 1, 2 having sum(l.amount) <> 0 order by 1, 2`,
    [service, `${year}-01-01`, `${year + 1}-01-01`],
  );
  return rows.map(({ partner, amount, ...row }) => ({
    partner,
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
