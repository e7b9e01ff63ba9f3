import { Arg, Args, Authorized, FieldResolver, Query, Resolver } from 'type-graphql';
import type { Needed } from '../access/rights.ts';
import { Role, TokenScope } from '../access/roles.ts';
import { checkPeriod } from '../graphql/date-range.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import type { Rows } from '../read/index.ts';
import { AuditFilter } from './audit-entry.inputs.ts';
import * as read from './audit-entry.read.ts';
import { AuditChangeType, AuditEntryConnection, AuditEntryType } from './audit-entry.type.ts';

/** The condition that a filter stands for, its id decoded before any SQL. */
function conditionOf(filter: AuditFilter | null | undefined): read.AuditCondition {
  if (!filter) return {};
  const { partner, period, ...rest } = filter;
  checkPeriod(period, 'filter.period');
  return {
    ...rest,
    ...(partner ? { partner: keyOf('partner', partner, 'filter.partner') } : {}),
    from: period?.from,
    to: period?.to,
  };
}

@Resolver(() => AuditEntryType)
export class AuditTrailResolver {
  @Authorized<Needed>(TokenScope.READ, Role.HUB_ADMIN)
  @Query(() => AuditEntryConnection, {
    description:
      'What mutations changed, and by whom, the latest first; for administrators of the hub. Errors: UNAUTHENTICATED, FORBIDDEN, INVALID_PAGE, INVALID_CURSOR, INVALID_ID, INVALID_PERIOD; NOT_FOUND where the filter names what is not there.',
  })
  auditTrail(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditFilter, {
      nullable: true,
      description: 'Which entries; all of them without it.',
    })
    filter?: AuditFilter | null,
  ): Rows {
    return read.auditTrail(conditionOf(filter), pageOf(page, read.TRAIL_ORDER, ['auditTrail', filter]));
  }

  @FieldResolver(() => [AuditChangeType], {
    description:
      'The columns that changed, by name; of a new record, those that are filled. None once they were erased.',
  })
  changes(): Rows {
    return read.changesOf();
  }
}
