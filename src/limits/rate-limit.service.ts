import { SYSTEM } from '../access/viewer.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import type { OthersSpent } from './bucket.ts';

/** Points that a principal spent here since the last exchange. */
export interface Spent {
  principal: string;
  spent: number;
}

/** Tells the other processes on the database what was spent here, and learns what was spent there. */
export class RateLimitService {
  private readonly hub = newId();
  private tidiedIn = 0;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In one transaction: what was spent is added to this minute, and what others spent of `principals` is read. */
  exchange(principals: readonly string[], spent: readonly Spent[]): Promise<OthersSpent[]> {
    return this.unitOfWork.run(SYSTEM, async (em) => {
      if (spent.length > 0) {
        await em.execute(
          `insert into rate_limit_use (principal, minute, hub, spent)
          select s.principal, date_trunc('minute', now()), ?::uuid, s.spent
          from json_to_recordset(?::json) as s (principal text, spent int)
          on conflict (principal, minute, hub) do update set spent = rate_limit_use.spent + excluded.spent`,
          [this.hub, JSON.stringify(spent)],
        );
      }
      const others = await em.execute<OthersSpent[]>(
        `with t as (select date_trunc('minute', now()) as minute)
        select a.principal,
          (extract(epoch from t.minute) / 60)::float8 as minute,
          extract(second from now())::float8 / 60 as fraction,
          coalesce(sum(u.spent) filter (where u.minute = t.minute), 0)::float8 as current,
          coalesce(sum(u.spent) filter (where u.minute < t.minute), 0)::float8 as previous
        from t cross join json_array_elements_text(?::json) as a (principal)
        left join rate_limit_use u on u.principal = a.principal and u.hub <> ?::uuid
          and u.minute >= t.minute - interval '1 minute'
        group by a.principal, t.minute`,
        [JSON.stringify(principals), this.hub],
      );
      const minute = others[0]?.minute ?? 0;
      if (minute > this.tidiedIn) {
        await em.execute(`delete from rate_limit_use where minute < now() - interval '3 minutes'`);
        this.tidiedIn = minute;
      }
      return others;
    });
  }
}
