import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { LocalisedTextInput } from '../../graphql/localised-input.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { AgreementStatus, BuyerCategory, ProcurementMethod } from './agreement.entity.ts';
import { AdviceGrade, RemarkState } from './catalogue.entity.ts';

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

  @Field(() => LocalisedTextInput, { description: 'Title, in one language at least.' })
  title!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'What it is for.' })
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

  @Field(() => LocalisedTextInput, { description: 'Title, in one language at least.' })
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

@InputType({ description: 'A product, new or changed.' })
export class ProductInput {
  @Field(() => String, { description: 'Your code, unique in the lot: what it is known by.' })
  code!: string;

  @Field(() => String, {
    description: 'Common Procurement Vocabulary 2008: eight digits, a hyphen and the check digit.',
  })
  cpv!: string;

  @Field(() => String, { description: 'What one unit is, such as `box of 100`; 80 characters at most.' })
  unit!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'It is sold in multiples of so many units; 1 without it.',
  })
  saleUnit?: string | null;

  @Field(() => LocalisedTextInput, { description: 'Name, in one language at least.' })
  title!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'What it is.' })
  description?: LocalisedTextInput | null;

  @Field(() => String, { nullable: true, description: 'The certificate that it is sold under, if any.' })
  certification?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the certificate; needed with one.' })
  certifiedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  certifiedUntil?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of a picture, https alone.' })
  pictureUrl?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What a unit costs without the agreement, in euro without VAT; with its source.',
  })
  referencePrice?: string | null;

  @Field(() => String, { nullable: true, description: 'Who says so.' })
  referencePriceSource?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it is no longer ordered.' })
  withdrawnOn?: string | null;
}

@InputType({ description: 'Products of a lot.' })
export class SaveProductsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The lot.' })
  lot!: string;

  @Field(() => [ProductInput], {
    description:
      '1 to 200 products; one whose `code` is known is changed, and a field that is left out empties.',
  })
  products!: ProductInput[];
}

@InputType({ description: 'A price of a supplier at its rank.' })
export class PriceInput {
  @Field(() => String, { description: 'Code of the product.' })
  product!: string;

  @Field(() => ID, { description: 'The supplier.' })
  supplier!: string;

  @Field(() => Int, { description: '1 to 5. Within a lot a rank is one supplier’s, and a supplier has one.' })
  rank!: number;

  @Field(() => DecimalScalar, { description: 'Price of a unit, in euro without VAT, 4 decimals at most.' })
  unitPrice!: string;

  @Field(() => DecimalScalar, { description: 'VAT in percent, such as `21` or `6`.' })
  vatRate!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Units below which the price is not to be had; any number without it.',
  })
  minimumQuantity?: string | null;

  @Field(() => DateScalar, { description: 'First day on which it holds: an earlier open price ends then.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;
}

@InputType({ description: 'Prices of a lot’s products: new ones, corrections, and ends.' })
export class SavePricesInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The lot.' })
  lot!: string;

  @Field(() => [PriceInput], {
    description:
      '1 to 500 prices. One of the same product, rank and first day as a price that there is takes its place: so a price is corrected that nothing was ordered at, and any is ended, by giving it as it is with `validUntil`.',
  })
  prices!: PriceInput[];
}

@InputType({ description: 'Which kind of buyer a partner is.' })
export class SetBuyerCategoryInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner.' })
  partner!: string;

  @Field(() => ID, { description: 'The purchasing service.' })
  service!: string;

  @Field(() => BuyerCategory, { description: 'Its kind.' })
  category!: BuyerCategory;
}

@InputType({ description: 'Advice of the panel of experts.' })
export class AdviseOnProductInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The product.' })
  product!: string;

  @Field(() => AdviceGrade, { description: 'What it comes to.' })
  grade!: AdviceGrade;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'Reasons, 500 characters at most: of the product, and never of a person.',
  })
  reasons?: LocalisedTextInput | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was given; today without it.' })
  givenOn?: string | null;
}

@InputType({ description: 'A remark of a member on a product.' })
export class RemarkOnProductInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The member.' })
  partner!: string;

  @Field(() => ID, { description: 'The product.' })
  product!: string;

  @Field(() => Int, { description: 'From 1, poor, to 5, very good.' })
  rating!: number;

  @Field(() => String, {
    nullable: true,
    description: 'In 500 characters at most: of the product. Name no person, and nothing about one.',
  })
  text?: string | null;
}

@InputType({ description: 'What became of a remark.' })
export class SettleRemarkInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The remark.' })
  id!: string;

  @Field(() => RemarkState, { description: 'What became of it.' })
  state!: RemarkState;
}

@InputType({ description: 'Which products: every condition that is given must hold.' })
export class CatalogueFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words of the code, title or description in any language: each must occur.',
  })
  search?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Common Procurement Vocabulary: 2 to 8 digits that the code begins with.',
  })
  cpv?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this lot.' })
  lot?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this purchasing service.' })
  service?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'That this partner may order today, as far as you see its enrolments and kind of buyer.',
  })
  orderableBy?: string | null;
}
