import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { BillingMode, BillingRhythm, InvoiceKind, SharingKey, VatTreatment } from '../billing.entity.ts';
import { CostComponentKind, ProvisionKind, SocialLiability } from '../cost.entity.ts';

@InputType({ description: "A component of a year's cost." })
export class CostComponentInput {
  @Field(() => CostComponentKind, { description: 'What it is for; each kind once.' })
  kind!: CostComponentKind;

  @Field(() => DecimalScalar, {
    description: 'Euro, not negative, 2 decimals at most; a SUBSIDY is taken off.',
  })
  amount!: string;
}

@InputType({ description: 'What a worker, or the group itself, costs in a year.' })
export class SaveCostSheetInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => ID, { nullable: true, description: 'The worker; without it, what the group costs besides.' })
  worker?: string | null;

  @Field(() => Int, { description: 'Calendar year, 2000 to 2100.' })
  year!: number;

  @Field(() => [CostComponentInput], {
    description: 'All its components: they take the place of those before.',
  })
  components!: CostComponentInput[];
}

@InputType({ description: 'How a member pays, from a day on.' })
export class SaveBillingRuleInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The member.' })
  partner!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => BillingMode, { description: 'By what it pays.' })
  mode!: BillingMode;

  @Field(() => BillingRhythm, {
    defaultValue: BillingRhythm.MONTHLY,
    description: 'How often it is invoiced.',
  })
  rhythm!: BillingRhythm;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Euro a month without VAT: of a FLAT_RATE, and of nothing else.',
  })
  flatAmount?: string | null;

  @Field(() => SharingKey, {
    nullable: true,
    description:
      'Key: of PRO_RATA, and of nothing else. HEADCOUNT takes the one that the member has now, and keeps it.',
  })
  sharingKey?: SharingKey | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Weight, above 0: of the key WEIGHT alone.' })
  weight?: string | null;

  @Field(() => VatTreatment, {
    description: 'How VAT applies: the exemption asks that the member itself is exempt, or not liable.',
  })
  vatTreatment!: VatTreatment;

  @Field(() => DateScalar, {
    description: 'First day on which it holds; an earlier one that has no end, ends then.',
  })
  validFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'First day on which it no longer holds: of a time before a rule that is there. Until another one without it.',
  })
  validUntil?: string | null;
}

@InputType({ description: 'The end of a billing rule.' })
export class EndBillingRuleInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The rule.' })
  id!: string;

  @Field(() => DateScalar, { description: 'First day on which it no longer holds.' })
  validUntil!: string;
}

@InputType({ description: 'What is put aside for social liabilities, or used of it.' })
export class RecordProvisionInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => Int, { description: 'Calendar year whose settlement it enters.' })
  year!: number;

  @Field(() => ProvisionKind, { description: 'Put aside, or used.' })
  kind!: ProvisionKind;

  @Field(() => SocialLiability, { description: 'What for.' })
  liability!: SocialLiability;

  @Field(() => DecimalScalar, { description: 'Euro, above 0.' })
  amount!: string;

  @Field(() => DateScalar, {
    description: "Day on which the group's assembly or board approved it, today at the latest.",
  })
  approvedOn!: string;
}

@InputType({
  description: 'A run of invoices: of a month, or the settlement of a year; give one of the two.',
})
export class RunInvoicesInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the month, which is over.' })
  month?: string | null;

  @Field(() => Int, { nullable: true, description: 'Calendar year to settle, which is over.' })
  year?: number | null;
}

@InputType({ description: 'An invoice to take back as a whole.' })
export class CreditInvoiceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The invoice.' })
  invoice!: string;
}

@InputType({ description: 'What the group owes on a day.' })
export class RecordGroupDebtInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => DateScalar, { description: 'The day, today at the latest.' })
  asOf!: string;

  @Field(() => DecimalScalar, { description: 'Owed to the tax office, in euro.' })
  taxDebt!: string;

  @Field(() => DecimalScalar, { description: 'Owed to social security, in euro.' })
  socialDebt!: string;
}

@InputType({ description: 'Which cost sheets: every condition that is given must hold.' })
export class CostSheetFilter {
  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this worker.' })
  worker?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of this calendar year.' })
  year?: number | null;
}

@InputType({ description: 'Which billing rules: every condition that is given must hold.' })
export class BillingRuleFilter {
  @Field(() => ID, { nullable: true, description: 'Of this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "At this employer group's service." })
  service?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'That hold on this day.' })
  on?: string | null;
}

@InputType({ description: 'Which invoices: every condition that is given must hold.' })
export class InvoiceFilter {
  @Field(() => ID, { nullable: true, description: 'To this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;

  @Field(() => [InvoiceKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: InvoiceKind[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Issued on this day or later.' })
  issuedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Issued before this day.' })
  issuedTo?: string | null;
}
