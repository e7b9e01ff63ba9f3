import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import { UserError } from '../../../errors.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { DateRange } from '../../../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { Language, languageCode } from '../../../graphql/language.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { globalId, keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import { type Expression, type Fields, period, type Rows } from '../../../read/index.ts';
import type { Invoice, InvoiceRun } from '../billing.entity.ts';
import { EmployerGroupServiceType } from '../employer-group.type.ts';
import { LiabilityShareType } from './accounts.type.ts';
import { shortAmountOf } from './allocate.ts';
import { CreditInvoiceInput, InvoiceFilter, RunInvoicesInput } from './billing.inputs.ts';
import * as read from './billing.read.ts';
import type { Draft } from './draft.ts';
import type { InvoiceService } from './invoice.service.ts';
import {
  InvoiceConnection,
  InvoiceLineType,
  InvoicePreview,
  InvoiceRunType,
  InvoiceType,
} from './invoice.type.ts';
import { vatGroundsIn } from './vat-ground.ts';

const MOST_PREVIEWED = 100;
const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

@ObjectType({ description: 'What became of a run of invoices.', simpleResolvers: true })
export class InvoiceRunPayload {
  @Field(() => InvoiceRunType, { nullable: true, description: 'The run; null where there are user errors.' })
  invoiceRun?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a credit note.', simpleResolvers: true })
export class InvoicePayload {
  @Field(() => InvoiceType, {
    nullable: true,
    description: 'The credit note; null where there are user errors.',
  })
  invoice?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => InvoiceType)
export class InvoiceResolver {
  constructor(private readonly service: InvoiceService) {}

  @Query(() => InvoiceConnection, {
    description: `Invoices and credit notes that you may see, the latest first. ${ERRORS}`,
  })
  invoices(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => InvoiceFilter, {
      nullable: true,
      description: 'Which invoices; all that you see without it.',
    })
    filter?: InvoiceFilter | null,
  ): Rows {
    const { partner, service, ...rest } = filter ?? {};
    return read.invoices(
      {
        ...rest,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.INVOICE_ORDER, ['invoices', filter]),
    );
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Query(() => InvoicePreview, {
    description:
      'What a run of invoices would come to, by the same rules; nothing is stored. For the group’s staff. Errors: INVALID_ID, INVALID_PERIOD, INVALID_PAGE, NOT_FOUND, NOT_EMPLOYER_GROUP, FORBIDDEN.',
  })
  async invoicePreview(
    @Ctx() context: HubContext,
    @Arg('service', () => ID, { description: "The employer group's service." }) service: string,
    @Arg('month', () => DateScalar, { nullable: true, description: 'First day of a month.' }) month?:
      | string
      | null,
    @Arg('year', () => Int, { nullable: true, description: 'Or a calendar year, to settle.' }) year?:
      | number
      | null,
    @Arg('first', () => Int, {
      defaultValue: 20,
      description: `How many invoices to show: 0 to ${MOST_PREVIEWED}.`,
    })
    first = 20,
  ): Promise<InvoicePreview> {
    if (first < 0 || first > MOST_PREVIEWED)
      throw new UserError('INVALID_PAGE', `\`first\` is ${first}: ask for 0 to ${MOST_PREVIEWED}.`, 'first');
    const { of, draft, run, withoutHours } = await this.service.preview(context.viewer, {
      service,
      month,
      year,
    });
    return {
      kind: of.kind,
      period: { from: of.from, to: of.until },
      staffCost: shortAmountOf(draft.staffCents),
      fixedCost: shortAmountOf(draft.fixedCents),
      provision: shortAmountOf(draft.provisionCents),
      netAmount: shortAmountOf(draft.drafts.reduce((sum, { netCents }) => sum + netCents, 0n)),
      count: draft.drafts.length,
      invoices: draft.drafts.slice(0, first).map(previewed),
      withoutRule: draft.withoutTerms.map((key) => globalId('partner', key)),
      withoutCost: draft.withoutCost.map((key) => globalId('shared_worker', key)),
      withoutHours: withoutHours.map((key) => globalId('placement', key)),
      run: run ? read.runById(run) : null,
    };
  }

  @FieldResolver(() => DateRange, { description: 'The month, or the year, that it is of.' })
  period(): Fields {
    return period<Invoice>(
      (row) => row.periodFrom,
      (row) => row.periodUntil,
    );
  }

  @FieldResolver(() => [InvoiceLineType], { description: 'Its lines; they come to its amount without VAT.' })
  lines(): Rows {
    return read.linesOfInvoice();
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: 'The credit note that took it back, if any.',
  })
  creditedBy(): Rows {
    return read.creditOfInvoice();
  }

  @FieldResolver(() => DecimalScalar, { description: 'Euro with VAT.' })
  totalAmount(): Expression {
    return read.totalOfInvoice();
  }

  @FieldResolver(() => String, {
    description: 'The ground of its VAT, as it is printed: in `lang`, else in the language of the request.',
  })
  vatGround(
    @Ctx() context: HubContext,
    @Arg('lang', () => Language, { nullable: true, description: 'The language.' }) lang?: Language | null,
  ): Expression {
    return read.vatGround(vatGroundsIn(languageCode(lang ?? context.language)));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => InvoiceRunPayload, {
    description:
      'Writes the invoices of a month, or settles a year; the same period again gives the same run. The cost of workers is shared by hours placed, then by each member’s rule; idle workers and what the group costs besides in proportion; a settlement adds the provision and takes off what was invoiced. Every amount comes out to the cent: cents that are left go to the largest remainders. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, INVALID_PERIOD, PERIOD_NOT_OVER, COST_SHEET_MISSING, BILLING_RULE_MISSING, NOBODY_TO_INVOICE, YEAR_SETTLED.',
  })
  runInvoices(
    @Arg('input', () => RunInvoicesInput, { description: 'Which period.' }) input: RunInvoicesInput,
    @Ctx() context: HubContext,
  ): Promise<InvoiceRunPayload> {
    return withUserErrors(async () => ({
      invoiceRun: read.runById(await this.service.run(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => InvoicePayload, {
    description:
      'Takes an invoice back by a credit note. Its timesheets are approved ones again, so that their member may give them back, and a billing rule for its time may be given anew; the settlement of the year invoices what was right. User errors: NOT_FOUND, NOT_CREDITABLE, ALREADY_CREDITED, YEAR_SETTLED.',
  })
  creditInvoice(
    @Arg('input', () => CreditInvoiceInput, { description: 'Which invoice.' }) input: CreditInvoiceInput,
    @Ctx() context: HubContext,
  ): Promise<InvoicePayload> {
    return withUserErrors(async () => ({
      invoice: read.invoiceById(await this.service.credit(context.viewer, input)),
    }));
  }
}

function previewed({ partner, isProvisional, lines, netCents, vatTreatment, vatCents }: Draft) {
  return {
    partner: read.memberById(partner),
    isProvisional,
    lines: lines.map(({ kind, jobFunction, hours, cents }, at) => ({
      position: at + 1,
      kind,
      jobFunction,
      hours: hours === null ? null : shortAmountOf(hours),
      amount: shortAmountOf(cents),
    })),
    netAmount: shortAmountOf(netCents),
    vatTreatment,
    vatAmount: shortAmountOf(vatCents),
  };
}

@Resolver(() => InvoiceRunType)
export class InvoiceRunResolver {
  @FieldResolver(() => DateRange, { description: 'The month, or the year.' })
  period(): Fields {
    return period<InvoiceRun>(
      (row) => row.periodFrom,
      (row) => row.periodUntil,
    );
  }

  @FieldResolver(() => InvoiceConnection, {
    description: 'Its invoices. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  invoices(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.invoicesOfRun(pageOf(page, read.INVOICE_ORDER, ['InvoiceRun.invoices']));
  }
}

@Resolver(() => EmployerGroupServiceType)
export class GroupInvoicesResolver {
  @FieldResolver(() => [InvoiceRunType], {
    description: 'Runs of invoices, the latest 100; for the group’s staff.',
  })
  invoiceRuns(): Rows {
    return read.runsOfService();
  }
}

@Resolver(() => PartnerType)
export class PartnerInvoicesResolver {
  @FieldResolver(() => InvoiceConnection, {
    description:
      'Invoices of employer groups to it, as far as you see them. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  invoices(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.invoicesOfPartner(pageOf(page, read.INVOICE_ORDER, ['Partner.invoices']));
  }

  @FieldResolver(() => [LiabilityShareType], {
    description: 'Its parts in the debts of its employer groups, the latest first.',
  })
  liabilityShares(): Rows {
    return read.liabilitySharesOfPartner();
  }
}
