import { Field, ObjectType } from 'type-graphql';
import { SharedServiceType } from '../service.type.ts';

@ObjectType('OtherService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description:
    'A service that a federation set up without code, e.g. meeting rooms or a tool library · autre service · andere dienst.',
})
export class OtherServiceType extends SharedServiceType {
  @Field(() => String, { nullable: true, description: 'What one unit of its use is, e.g. "hour of room".' })
  usageUnit?: string | null;
}
