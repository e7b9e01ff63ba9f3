import { ObjectType } from 'type-graphql';
import { SharedServiceType } from '../service.type.ts';

@ObjectType('DiversityService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description: 'Advice, training and tools for diversity and inclusion · diversité · diversiteit.',
})
export class DiversityServiceType extends SharedServiceType {}
