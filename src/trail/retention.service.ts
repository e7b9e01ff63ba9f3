import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import { noteChange } from '../database/changes.ts';
import { LocalisedText } from '../database/localised-text.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { nameColumns } from '../partners/index.ts';
import { ACCOUNT_DAYS, IDEMPOTENCY_DAYS, PRINCIPAL_YEARS } from './personal-data.ts';

/** How long what is kept for how long. */
export interface RetentionTerms {
  /** Years after which a partner that left is made anonymous. */
  readonly partnerYears: number;
}

/** Name that a partner that left has in the end. */
const FORMER = LocalisedText.of({
  fr: 'Ancien partenaire',
  nl: 'Voormalige partner',
  en: 'Former partner',
  de: 'Ehemaliger Partner',
});

const DAY_MS = 86_400_000;

/** Rows of a transaction: each is short, so that others do not wait. */
const ROWS = 5000;
const PARTNERS = 50;

/** Another hub on the same database is at it. */
class Busy extends Error {}

/** Erases what has been kept for long enough; a run that was cut short is taken up by the next. */
export class Retention {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly terms: RetentionTerms,
    private readonly clock: Clock,
  ) {}

  /** Does all of it and says what it did, line by line; answers how many records it touched. */
  async run(say: (line: string) => void): Promise<number> {
    const { partnerYears } = this.terms;
    const now = this.clock();
    try {
      const outcomes = await this.inBatches(ROWS, (em) =>
        deleteOutcomes(em, new Date(now.getTime() - IDEMPOTENCY_DAYS * DAY_MS)),
      );
      say(`Outcomes of mutations deleted, older than ${IDEMPOTENCY_DAYS} days: ${outcomes}`);
      const principals = await this.inBatches(ROWS, (em) =>
        forgetPrincipals(em, yearsBefore(now, PRINCIPAL_YEARS)),
      );
      say(`Entries of the trail that no longer say who, older than ${PRINCIPAL_YEARS} years: ${principals}`);
      const points = await this.inBatches(ROWS, deletePoints);
      say(`Points spent more than a day ago, deleted: ${points}`);
      const accounts = await this.inBatches(ROWS, (em) =>
        eraseAccounts(em, new Date(now.getTime() - ACCOUNT_DAYS * DAY_MS)),
      );
      say(
        `Accounts that no longer say whom they were, ${ACCOUNT_DAYS} days after they were closed: ${accounts}`,
      );
      const partners = await this.inBatches(PARTNERS, (em) =>
        anonymisePartners(em, brusselsDay(now), partnerYears),
      );
      say(`Partners made anonymous, ${partnerYears} years after they left: ${partners}`);
      return outcomes + principals + points + accounts + partners;
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      say('Another hub on this database is doing this: nothing is left to do here.');
      return 0;
    }
  }

  private async inBatches(size: number, work: (em: EntityManager) => Promise<number>): Promise<number> {
    for (let all = 0; ; ) {
      const done = await this.unitOfWork.run(
        SYSTEM,
        async (em) => {
          await takeTurn(em);
          return work(em);
        },
        'retention',
      );
      all += done;
      if (done < size) return all;
    }
  }
}

async function takeTurn(em: EntityManager): Promise<void> {
  const [turn] = await em.execute<{ taken: boolean }[]>(
    `select pg_try_advisory_xact_lock(hashtextextended('mutualhub retention', 0)) as taken`,
  );
  if (!turn?.taken) throw new Busy();
}

async function deleteOutcomes(em: EntityManager, before: Date): Promise<number> {
  const deleted = await em.execute<unknown[]>(
    `delete from idempotency_record where (principal, key) in (
      select r.principal, r.key from idempotency_record r where r.created_at < ? order by r.created_at limit ${ROWS}) returning 1`,
    [before],
  );
  return deleted.length;
}

async function forgetPrincipals(em: EntityManager, before: Date): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>(`select forget_principals(?, ${ROWS}) as n`, [before]);
  return row?.n ?? 0;
}

async function deletePoints(em: EntityManager): Promise<number> {
  const deleted = await em.execute<unknown[]>(
    `delete from rate_limit_use where (principal, minute, hub) in (
      select u.principal, u.minute, u.hub from rate_limit_use u where u.minute < now() - interval '1 day' limit ${ROWS}) returning 1`,
  );
  return deleted.length;
}

async function eraseAccounts(em: EntityManager, closedBefore: Date): Promise<number> {
  const erased = await em.execute<{ id: string }[]>(
    `update account set issuer = 'erased', subject = id::text where id in (
      select a.id from account a where a.closed_at < ? and a.issuer <> 'erased' order by a.closed_at limit ${ROWS}) returning id`,
    [closedBefore],
  );
  for (const { id } of erased) {
    noteChange(em, { entity: 'Account', table: 'account', record: id, action: 'UPDATED' });
  }
  return erased.length;
}

async function anonymisePartners(em: EntityManager, today: string, years: number): Promise<number> {
  const { searchText, sortName } = nameColumns(FORMER);
  const texts = (prefix: string, of: object): object =>
    Object.fromEntries(Object.entries(of).map(([language, text]) => [`${prefix}_${language}`, text]));
  const names = { ...texts('name', FORMER), ...texts('sort_name', sortName), search_text: searchText };
  const due = await em.execute<{ id: string; done: boolean }[]>(
    `select d.id, anonymise_partner(d.id, ?::jsonb) as done from (
      select id from partner where enterprise_number is not null
        and closed_on <= (?::date - make_interval(years => ?))::date
      order by id limit ${PARTNERS} for update) d`,
    [JSON.stringify(names), today, years],
  );
  for (const { id } of due) {
    noteChange(em, { entity: 'Partner', table: 'partner', record: id, partner: id, action: 'UPDATED' });
  }
  return due.length;
}

function yearsBefore(instant: Date, years: number): Date {
  const before = new Date(instant);
  before.setUTCFullYear(before.getUTCFullYear() - years);
  return before;
}
