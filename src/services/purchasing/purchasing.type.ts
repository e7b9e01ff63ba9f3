import { ObjectType } from 'type-graphql';
import { SharedServiceType } from '../service.type.ts';

@ObjectType('PurchasingService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description: 'A central purchasing body from which members order · centrale d’achat · aankoopcentrale.',
})
export class PurchasingServiceType extends SharedServiceType {}
