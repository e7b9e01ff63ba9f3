import { ObjectType } from 'type-graphql';
import { SharedServiceType } from '../service.type.ts';

@ObjectType('EmployerGroupService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description:
    "A group that employs workers and places them with its members (law of 12 August 2000) · groupement d'employeurs · werkgeversgroepering.",
})
export class EmployerGroupServiceType extends SharedServiceType {}
