import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { LocalisedTextInput } from '../../graphql/localised-input.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';

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

  @Field(() => LocalisedTextInput, { description: 'Name, in one language at least. Name no person.' })
  title!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'What it is. Name no person.' })
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
