import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { LocalisedTextInput } from '../../graphql/localised-input.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { AgreementStatus, BuyerCategory, ProcurementMethod } from './agreement.entity.ts';

const UNCHANGED = 'stays as it is without it';

@InputType({ description: 'A supplier to register with a purchasing service.' })
export class CreateSupplierInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The purchasing service.' })
  service!: string;

  @Field(() => String, { description: 'Its registered name, 300 characters at most.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Belgian enterprise number: ten digits, with or without points and BE.',
  })
  enterpriseNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Another register that it is in: a code of org-id.guide; with `identifier`.',
  })
  identifierScheme?: string | null;

  @Field(() => String, { nullable: true, description: 'Its number in that register.' })
  identifier?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of its website.' })
  website?: string | null;
}

@InputType({ description: 'A framework agreement to publish.' })
export class CreateFrameworkAgreementInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The purchasing service.' })
  service!: string;

  @Field(() => String, { description: 'Open contracting id (OCDS), unique, 200 characters at most.' })
  ocid!: string;

  @Field(() => LocalisedTextInput, { description: 'Title, in one language at least. Name no person.' })
  title!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'What it is for. Name no person.' })
  description?: LocalisedTextInput | null;

  @Field(() => ProcurementMethod, { description: 'How it was awarded.' })
  method!: ProcurementMethod;

  @Field(() => AgreementStatus, { nullable: true, description: 'Its state; PLANNED without it.' })
  status?: AgreementStatus | null;

  @Field(() => DateScalar, { description: 'First day on which orders are placed.' })
  validFrom!: string;

  @Field(() => DateScalar, { description: 'First day on which they no longer are.' })
  validUntil!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Most that is ordered under it, in euro without VAT; no limit without it.',
  })
  maximumValue?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Codes of the authorities whose recognised organisations may order, those of their administrations too; all without it.',
  })
  eligibleAuthorities?: string[] | null;

  @Field(() => [BuyerCategory], {
    nullable: true,
    description: 'Kinds of buyers that may order; every kind without it.',
  })
  buyerCategories?: BuyerCategory[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Working hours that a supplier has to answer; 4 without it.',
  })
  answerHours?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Working hours within which an order is confirmed, five answers at least; 24 without it.',
  })
  confirmationHours?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Working hours that a buyer has to consent to a dearer price; 8 without it.',
  })
  consentHours?: number | null;

  @Field(() => Int, { nullable: true, description: 'Working days until delivery; 7 without it.' })
  deliveryDays?: number | null;
}

@InputType({ description: 'What changes of a framework agreement.' })
export class UpdateFrameworkAgreementInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The agreement.' })
  id!: string;

  @Field(() => AgreementStatus, { nullable: true, description: `Its state; ${UNCHANGED}.` })
  status?: AgreementStatus | null;

  @Field(() => DateScalar, { nullable: true, description: `First day without orders; ${UNCHANGED}.` })
  validUntil?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: `Most that is ordered under it, in euro without VAT, not less than was; ${UNCHANGED}.`,
  })
  maximumValue?: string | null;
}

@InputType({ description: 'A lot, new or changed.' })
export class LotInput {
  @Field(() => String, { description: 'Its name within the agreement, such as `1`: what it is known by.' })
  localId!: string;

  @Field(() => LocalisedTextInput, { description: 'Title, in one language at least. Name no person.' })
  title!: LocalisedTextInput;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Most that is ordered of it, in euro without VAT; a new lot has no limit of its own without it. Of a lot that there is, it stays where this is left out, and null takes it away.',
  })
  ceiling?: string | null;
}

@InputType({ description: 'Lots of a framework agreement.' })
export class SaveLotsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The agreement.' })
  agreement!: string;

  @Field(() => [LotInput], { description: '1 to 200 lots; one whose `localId` is known is changed.' })
  lots!: LotInput[];
}
