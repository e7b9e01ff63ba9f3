import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import type { Needed } from '../access/rights.ts';
import { Role, TokenScope } from '../access/roles.ts';
import type { HubContext } from '../graphql/context.ts';
import { checkPeriod } from '../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import { PartnerType } from '../partners/index.ts';
import type { Expression, Rows } from '../read/index.ts';
import { EnrolmentType, SharedServiceType } from '../services/index.ts';
import { ReportUsageInput, UsageFilter } from './usage.inputs.ts';
import type { UsageService } from './usage.service.ts';
import * as read from './usage-entry.read.ts';
import { UsageEntryConnection, UsageEntryType } from './usage-entry.type.ts';

/** What became of one reported entry. */
export enum EntryStatus {
  ACCEPTED = 'ACCEPTED',
  DUPLICATE = 'DUPLICATE',
  REJECTED = 'REJECTED',
}

registerEnumType(EntryStatus, {
  name: 'EntryStatus',
  description: 'What became of a reported entry.',
  valuesConfig: {
    ACCEPTED: { description: 'Recorded · enregistré · geregistreerd' },
    DUPLICATE: {
      description: 'Recorded before under the same reference; nothing was added · déjà connu · al bekend',
    },
    REJECTED: { description: 'Not recorded; the error says why · refusé · geweigerd' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'What became of one reported entry.' })
export class UsageEntryResult {
  @Field(() => String, { description: 'Your reference of the entry.' })
  externalReference!: string;

  @Field(() => EntryStatus, { description: 'What became of it.' })
  status!: EntryStatus;

  @Field(() => UsageEntryType, {
    nullable: true,
    description: 'The entry that the hub holds; null where it was refused.',
  })
  entry?: UsageEntryType | null;

  @Field(() => UserErrorType, { nullable: true, description: 'Why it was refused.' })
  error?: UserErrorType | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of a report of usage.' })
export class ReportUsagePayload {
  @Field(() => [UsageEntryResult], {
    description: 'One result per entry, in their sequence; empty where the request as a whole was refused.',
  })
  results!: Rows | [];

  @Field(() => Int, { description: 'Entries recorded.' })
  acceptedCount!: number;

  @Field(() => Int, { description: 'Entries refused.' })
  rejectedCount!: number;

  @Field(() => [UserErrorType], { description: 'What to mend in the request as a whole.' })
  userErrors!: UserErrorType[];
}

const FILTER = { nullable: true, description: 'Which entries; all of them without it.' } as const;
const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, INVALID_PERIOD; NOT_FOUND where the filter names what is not there.';

/** The condition that a filter stands for, its ids decoded before any SQL. */
function conditionOf(filter: UsageFilter | null | undefined): read.UsageCondition {
  if (!filter) return {};
  checkPeriod(filter.period, 'filter.period');
  return {
    ...(filter.service ? { service: keyOf('service', filter.service, 'filter.service') } : {}),
    ...(filter.partner ? { partner: keyOf('partner', filter.partner, 'filter.partner') } : {}),
    metrics: filter.metrics,
    from: filter.period?.from,
    to: filter.period?.to,
    source: filter.source,
  };
}

@Resolver(() => UsageEntryType)
export class UsageEntryResolver {
  constructor(private readonly service: UsageService) {}

  @Query(() => UsageEntryConnection, {
    description: `Usage entries that you may see, the latest first. ${ERRORS}`,
  })
  usageEntries(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => UsageFilter, FILTER) filter?: UsageFilter | null,
  ): Rows {
    return read.usageEntries(conditionOf(filter), pageOf(page, read.USAGE_ORDER, ['usageEntries', filter]));
  }

  @FieldResolver(() => Boolean, { description: 'Whether another entry takes it back.' })
  isReversed(): Expression {
    return read.isReversed();
  }

  @FieldResolver(() => UsageEntryType, {
    nullable: true,
    description: 'The entry that takes it back, if any.',
  })
  reversedBy(): Rows {
    return read.reversalOf();
  }

  @Authorized<Needed>(TokenScope.USAGE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => ReportUsagePayload, {
    description:
      'Records usage: each entry is accepted or refused by itself, and a repeat is never counted twice. Codes of the request: INVALID_SOURCE, TOO_MANY_ENTRIES (more than 1,000, or none), INVALID_IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_REUSED. Codes of an entry: INVALID_REFERENCE (of its external reference), FORBIDDEN, SANDBOX_ONLY_SYNTHETIC, NOT_FOUND, INVALID_ID, FIELD_MISSING, PARTNER_CLOSED, METRIC_OF_OTHER_KIND, METRIC_NOT_REPORTED, ENROLMENT_REQUIRED, QUANTITY_NOT_WHOLE, QUANTITY_NEGATIVE, INVALID_CATEGORY, DATE_IN_FUTURE, EXTERNAL_REFERENCE_REUSED, ALREADY_REVERSED, REVERSAL_MISMATCH, COUNTED_BY_HUB.',
  })
  reportUsage(
    @Arg('input', () => ReportUsageInput, { description: 'The entries.' }) input: ReportUsageInput,
    @Ctx() context: HubContext,
  ): Promise<ReportUsagePayload> {
    return withUserErrors(async () => {
      const outcomes = await this.service.report(context.viewer, input);
      return {
        results: read.reportedEntries(input.entries, outcomes),
        acceptedCount: outcomes.filter(({ status }) => status === 'ACCEPTED').length,
        rejectedCount: outcomes.filter(({ status }) => status === 'REJECTED').length,
      };
    }).then((payload) => ({ results: [], acceptedCount: 0, rejectedCount: 0, ...payload }));
  }
}

@Resolver(() => PartnerType)
export class PartnerUsageResolver {
  @FieldResolver(() => UsageEntryConnection, {
    description: `Its use of services, the latest first. ${ERRORS}`,
  })
  usage(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => UsageFilter, FILTER) filter?: UsageFilter | null,
  ): Rows {
    return read.usageOfPartner(
      conditionOf(filter),
      pageOf(page, read.USAGE_ORDER, ['Partner.usage', filter]),
    );
  }
}

@Resolver(() => SharedServiceType)
export class ServiceUsageResolver {
  @FieldResolver(() => UsageEntryConnection, {
    description: `Its use by partners, the latest first. ${ERRORS}`,
  })
  usage(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => UsageFilter, FILTER) filter?: UsageFilter | null,
  ): Rows {
    return read.usageOfService(
      conditionOf(filter),
      pageOf(page, read.USAGE_ORDER, ['SharedService.usage', filter]),
    );
  }
}

@Resolver(() => EnrolmentType)
export class EnrolmentUsageResolver {
  @FieldResolver(() => UsageEntryConnection, {
    description: `Use reported under this enrolment, the latest first. ${ERRORS}`,
  })
  usage(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => UsageFilter, FILTER) filter?: UsageFilter | null,
  ): Rows {
    return read.usageOfEnrolment(
      conditionOf(filter),
      pageOf(page, read.USAGE_ORDER, ['Enrolment.usage', filter]),
    );
  }
}
