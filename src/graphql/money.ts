import { Field, ObjectType } from 'type-graphql';
import { DecimalScalar } from './scalars.ts';

@ObjectType({ description: 'An exact amount of money.', simpleResolvers: true })
export class Money {
  @Field(() => DecimalScalar, { description: 'The amount, exact.' })
  amount!: string;

  @Field(() => String, { description: 'Currency code (ISO 4217), e.g. EUR.' })
  currency!: string;
}
