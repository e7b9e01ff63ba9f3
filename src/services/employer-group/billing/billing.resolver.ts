import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import { EmployerGroupServiceType } from '../employer-group.type.ts';
import type { AccountsService } from './accounts.service.ts';
import {
  CostComponentType,
  CostSheetConnection,
  CostSheetType,
  GroupDebtType,
  ProvisionEntryType,
} from './accounts.type.ts';
import {
  BillingRuleFilter,
  CostSheetFilter,
  EndBillingRuleInput,
  RecordGroupDebtInput,
  RecordProvisionInput,
  SaveBillingRuleInput,
  SaveCostSheetInput,
} from './billing.inputs.ts';
import * as read from './billing.read.ts';
import { BillingRuleConnection, BillingRuleType } from './billing.type.ts';
import type { BillingRuleService } from './billing-rule.service.ts';

@ObjectType({ description: 'What became of a cost sheet.', simpleResolvers: true })
export class CostSheetPayload {
  @Field(() => CostSheetType, { nullable: true, description: 'The sheet; null where there are user errors.' })
  costSheet?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a billing rule.', simpleResolvers: true })
export class BillingRulePayload {
  @Field(() => BillingRuleType, {
    nullable: true,
    description: 'The rule; null where there are user errors.',
  })
  billingRule?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a provision.', simpleResolvers: true })
export class ProvisionPayload {
  @Field(() => ProvisionEntryType, {
    nullable: true,
    description: 'The entry; null where there are user errors.',
  })
  provision?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of debts that were recorded.', simpleResolvers: true })
export class GroupDebtPayload {
  @Field(() => GroupDebtType, { nullable: true, description: 'The debts; null where there are user errors.' })
  debt?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

@Resolver(() => CostSheetType)
export class AccountsResolver {
  constructor(private readonly service: AccountsService) {}

  @Query(() => CostSheetConnection, {
    description: `Cost sheets, the latest year first; for the group’s staff. ${ERRORS}`,
  })
  costSheets(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => CostSheetFilter, {
      nullable: true,
      description: 'Which sheets; all that you see without it.',
    })
    filter?: CostSheetFilter | null,
  ): Rows {
    const { service, worker, year } = filter ?? {};
    return read.costSheets(
      {
        year,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
        worker: worker ? keyOf('shared_worker', worker, 'filter.worker') : undefined,
      },
      pageOf(page, read.SHEET_ORDER, ['costSheets', filter]),
    );
  }

  @FieldResolver(() => [CostComponentType], { description: 'What it is made of.' })
  components(): Rows {
    return read.componentsOfSheet();
  }

  @FieldResolver(() => DecimalScalar, { description: 'All of it in euro, a subsidy taken off.' })
  total(): Expression {
    return read.totalOfSheet();
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => CostSheetPayload, {
    description:
      'Writes what a worker, or the group itself, costs in a year, in the place of what was written before. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, INVALID_YEAR, COMPONENT_TWICE, COST_BELOW_ZERO, INVALID_LINES, INVALID_AMOUNT, YEAR_SETTLED.',
  })
  saveCostSheet(
    @Arg('input', () => SaveCostSheetInput, { description: 'The sheet.' }) input: SaveCostSheetInput,
    @Ctx() context: HubContext,
  ): Promise<CostSheetPayload> {
    return withUserErrors(async () => ({
      costSheet: read.costSheetById(await this.service.saveCostSheet(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => ProvisionPayload, {
    description:
      'Records what is put aside for social liabilities, or used of it. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, INVALID_YEAR, INVALID_AMOUNT, DATE_IN_FUTURE, PROVISION_EXCEEDED, YEAR_SETTLED.',
  })
  recordProvision(
    @Arg('input', () => RecordProvisionInput, { description: 'The entry.' }) input: RecordProvisionInput,
    @Ctx() context: HubContext,
  ): Promise<ProvisionPayload> {
    return withUserErrors(async () => ({
      provision: read.provisionById(await this.service.recordProvision(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => GroupDebtPayload, {
    description:
      'Records what the group owes on a day, with each member’s part in it. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, INVALID_AMOUNT, DATE_IN_FUTURE, DEBT_RECORDED.',
  })
  recordGroupDebt(
    @Arg('input', () => RecordGroupDebtInput, { description: 'The debts.' }) input: RecordGroupDebtInput,
    @Ctx() context: HubContext,
  ): Promise<GroupDebtPayload> {
    return withUserErrors(async () => ({
      debt: read.debtById(await this.service.recordDebt(context.viewer, input)),
    }));
  }
}

@Resolver(() => BillingRuleType)
export class BillingRuleResolver {
  constructor(private readonly service: BillingRuleService) {}

  @Query(() => BillingRuleConnection, {
    description: `How members pay, as far as you see it, the latest rule first. ${ERRORS}`,
  })
  billingRules(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => BillingRuleFilter, {
      nullable: true,
      description: 'Which rules; all that you see without it.',
    })
    filter?: BillingRuleFilter | null,
  ): Rows {
    const { partner, service, on } = filter ?? {};
    return read.billingRules(
      {
        on,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.RULE_ORDER, ['billingRules', filter]),
    );
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => BillingRulePayload, {
    description:
      'Says how a member pays from a day on; its rule that has no end, ends then. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, MEMBERS_ONLY, BILLING_RULE_INCOMPLETE, BILLING_RULE_OVERLAPS, PERIOD_INVOICED, INVALID_AMOUNT, INVALID_PERIOD.',
  })
  saveBillingRule(
    @Arg('input', () => SaveBillingRuleInput, { description: 'The rule.' }) input: SaveBillingRuleInput,
    @Ctx() context: HubContext,
  ): Promise<BillingRulePayload> {
    return withUserErrors(async () => ({
      billingRule: read.billingRuleById(await this.service.save(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => BillingRulePayload, {
    description: 'Ends a billing rule. User errors: NOT_FOUND, INVALID_PERIOD, PERIOD_INVOICED.',
  })
  endBillingRule(
    @Arg('input', () => EndBillingRuleInput, { description: 'Which, and when.' }) input: EndBillingRuleInput,
    @Ctx() context: HubContext,
  ): Promise<BillingRulePayload> {
    return withUserErrors(async () => ({
      billingRule: read.billingRuleById(await this.service.end(context.viewer, input)),
    }));
  }
}

@Resolver(() => EmployerGroupServiceType)
export class GroupAccountsResolver {
  @FieldResolver(() => [ProvisionEntryType], {
    description:
      'What was put aside for social liabilities and used of it, the latest first; for its members and staff.',
  })
  provisions(): Rows {
    return read.provisionsOfService();
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What is put aside and not used, in euro; null for who is neither a member nor staff.',
  })
  provisionBalance(): Expression {
    return read.provisionBalance();
  }

  @FieldResolver(() => [GroupDebtType], {
    description:
      'What it owed the tax office and social security, the latest first; for its members and staff.',
  })
  debts(): Rows {
    return read.debtsOfService();
  }
}
