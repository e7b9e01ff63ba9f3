import { Field, ID, InputType } from 'type-graphql';
import { DataRoom } from '../graphql/data-room.ts';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { DateScalar } from '../graphql/scalars.ts';

@InputType({ description: 'What a partner shares with a federation.' })
export class GrantDataSharingInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner that shares.' })
  partner!: string;

  @Field(() => ID, { description: 'The federation that is shown the records.' })
  federation!: string;

  @Field(() => String, {
    description: 'What the federation needs them for, in at most 500 characters. Name no person.',
  })
  purpose!: string;

  @Field(() => [DataRoom], { description: 'The parts that are shared, one at least.' })
  rooms!: DataRoom[];

  @Field(() => DateScalar, {
    description: 'First day on which it no longer holds, at most five years ahead.',
  })
  validUntil!: string;
}

@InputType({ description: 'The agreement to revoke.' })
export class RevokeDataSharingInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}
