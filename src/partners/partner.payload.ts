import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../graphql/errors.ts';
import type { Rows } from '../read/index.ts';
import { PartnerType } from './partner.type.ts';

@ObjectType({ description: 'What became of a partner mutation.', simpleResolvers: true })
export class PartnerPayload {
  @Field(() => PartnerType, {
    nullable: true,
    description: 'The partner as it is now; null where there are user errors.',
  })
  partner?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}
