import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { LocalisedTextInput } from '../../graphql/localised-input.ts';
import { DateScalar } from '../../graphql/scalars.ts';
import { BuyerCategory } from './agreement.entity.ts';
import { AdviceGrade, RemarkState } from './catalogue.entity.ts';

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
