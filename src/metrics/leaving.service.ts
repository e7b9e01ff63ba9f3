import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../errors.ts';
import type { Partner } from '../partners/partner.entity.ts';

/** Use of services by a partner that leaves: it stays, and none comes after. */
export const leavingUsage = {
  /** @throws UserError USAGE_AFTER_END when use was reported for that day or a later one, and not taken back */
  async end(em: EntityManager, partner: Partner, closedOn: string): Promise<void> {
    const [late] = await em.execute<{ occurred_on: string }[]>(
      `select u.occurred_on::text from usage_entry u where u.partner_id = ? and u.occurred_on >= ? and u.reverses_id is null
        and not exists (select from usage_entry r where r.partner_id = u.partner_id and r.reverses_id = u.id)
        -- A level that the hub counts ends with what it counts, on that day: that is no use of it.
        and not (u.source = 'hub' and exists (select from metric_definition d where d.key = u.metric_key and d.kind = 'STOCK'))
        order by u.occurred_on desc limit 1`,
      [partner.id, closedOn],
    );
    if (!late) return;
    throw new UserError(
      'USAGE_AFTER_END',
      `Usage was reported for ${late.occurred_on}: close the partner after that day, or reverse the entries first.`,
      'closedOn',
    );
  },
};
