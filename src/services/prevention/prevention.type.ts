import { ObjectType } from 'type-graphql';
import { SharedServiceType } from '../service.type.ts';

@ObjectType('PreventionService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description: 'Information, advice and risk analyses for well-being at work · prévention · preventie.',
})
export class PreventionServiceType extends SharedServiceType {}
