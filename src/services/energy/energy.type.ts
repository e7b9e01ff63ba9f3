import { ObjectType } from 'type-graphql';
import { SharedServiceType } from '../service.type.ts';

@ObjectType('EnergyService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description: 'Advisers visit buildings, propose measures and follow consumption · énergie · energie.',
})
export class EnergyServiceType extends SharedServiceType {}
