import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../graphql/node.type.ts';
import { connectionOf } from '../../graphql/pages.ts';
import { Provenance } from '../../graphql/provenance.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { PartnerType } from '../../partners/index.ts';
import { EnrolmentType } from '../enrolment.type.ts';
import { SharedServiceType } from '../service.type.ts';
import { FrameworkAgreementType, LotType, SupplierType } from './agreement.type.ts';
import { ProductType } from './catalogue.type.ts';
import { OrderActor, OrderEventKind, OrderReason, OrderState } from './order.entity.ts';

registerEnumType(OrderState, {
  name: 'OrderState',
  description: 'State of an order · état d’une commande · toestand van een bestelling.',
  valuesConfig: {
    PLACED: { description: 'Placed, and not offered yet · passée · geplaatst' },
    OFFERED: { description: 'The supplier of its rank is asked · proposée · aangeboden' },
    CONSENT_ASKED: {
      description: 'The buyer is asked about the next rank’s price · accord demandé · akkoord gevraagd',
    },
    DECLINED: { description: 'Not taken, and passing on · refusée · geweigerd' },
    TIMED_OUT: { description: 'Not answered, and passing on · sans réponse · zonder antwoord' },
    CONFIRMED: { description: 'A supplier has it · confirmée · bevestigd' },
    PARTLY_DELIVERED: { description: 'A part of it has come · livrée en partie · deels geleverd' },
    DELIVERED: { description: 'All of it has come · livrée · geleverd' },
    CLOSED: { description: 'Over: nothing more comes · clôturée · afgesloten' },
    CANCELLED: { description: 'Cancelled before it was confirmed · annulée · geannuleerd' },
    EXHAUSTED: { description: 'No rank is left · cascade épuisée · cascade uitgeput' },
  },
});
registerEnumType(OrderEventKind, {
  name: 'OrderEventKind',
  description: 'What happened to an order · événement · gebeurtenis.',
  valuesConfig: {
    PLACED: { description: 'The buyer placed it · passée · geplaatst' },
    OFFERED: { description: 'It was offered to a rank · proposée · aangeboden' },
    PASSED_OVER: {
      description: 'A rank was not asked, for the reason given · rang passé · rang overgeslagen',
    },
    CONSENT_ASKED: { description: 'The buyer was asked about the price · accord demandé · akkoord gevraagd' },
    CONSENTED: { description: 'The buyer consented · accord donné · akkoord gegeven' },
    CONFIRMED: { description: 'The supplier took it · confirmée · bevestigd' },
    DECLINED: { description: 'The supplier did not take it · refusée · geweigerd' },
    TIMED_OUT: { description: 'The supplier did not answer in time · délai dépassé · termijn verstreken' },
    DELIVERED: { description: 'Some or all of it came · livraison · levering' },
    CLOSED: { description: 'It was closed · clôturée · afgesloten' },
    CANCELLED: { description: 'It was cancelled · annulée · geannuleerd' },
    EXHAUSTED: { description: 'No rank was left · cascade épuisée · cascade uitgeput' },
  },
});
registerEnumType(OrderReason, {
  name: 'OrderReason',
  description: 'Why a step was taken · motif · reden.',
  valuesConfig: {
    OUT_OF_STOCK: { description: 'Out of stock · rupture de stock · niet op voorraad' },
    CANNOT_DELIVER_IN_TIME: {
      description: 'Cannot deliver in time · délai intenable · termijn niet haalbaar',
    },
    PRODUCT_ENDED: {
      description: 'No longer made, or no longer on offer · fin de série · niet meer gemaakt',
    },
    NO_LONGER_NEEDED: { description: 'No longer needed · plus nécessaire · niet meer nodig' },
    PRICE_REFUSED: { description: 'The buyer refused the price · prix refusé · prijs geweigerd' },
    CONSENT_TIMED_OUT: {
      description: 'The buyer did not answer in time · acheteur sans réponse · koper zonder antwoord',
    },
    NO_PRICE: {
      description: 'No price is in force for all of it · pas de prix · geen prijs',
    },
    CEILING: { description: 'At its price a ceiling would be passed · plafond · plafond' },
    NOT_DELIVERED: { description: 'Not all of it came · non livrée · niet geleverd' },
    OTHER: { description: 'Another reason · autre · andere' },
  },
});
registerEnumType(OrderActor, {
  name: 'OrderActor',
  description: 'Who took a step · auteur · wie.',
  valuesConfig: {
    BUYER: { description: 'The partner that orders · acheteur · koper' },
    SUPPLIER: { description: 'The supplier · fournisseur · leverancier' },
    STAFF: { description: 'The staff of the purchasing service · centrale d’achat · aankoopcentrale' },
    HUB: { description: 'The hub, by rule · le hub · de hub' },
  },
});

@ObjectType('PurchaseOrder', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'An order of one lot, which finds its supplier down the cascade · commande · bestelling. Amounts are in euro. Each line is rounded half up to the cent; VAT is computed for each rate on the sum of its lines and rounded half up to the cent.',
})
export class PurchaseOrderType extends NodeType {
  @Field(() => Int, { description: 'Its number among people.' })
  number!: number;

  @Field(() => PartnerType, { description: 'The partner that orders.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The purchasing service.' })
  service!: SharedServiceType;

  @Field(() => FrameworkAgreementType, { description: 'The agreement that it is placed under.' })
  agreement!: FrameworkAgreementType;

  @Field(() => LotType, { description: 'The lot that it is of.' })
  lot!: LotType;

  @Field(() => EnrolmentType, {
    nullable: true,
    description: 'The enrolment that it rests on, as far as you see it.',
  })
  enrolment?: EnrolmentType | null;

  @Field(() => String, { nullable: true, description: 'The buyer’s own reference, if any.' })
  buyerReference?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Total without VAT above which the buyer is asked before a later rank gets it; never without. The supplier does not see it.',
  })
  priceLimit?: string | null;

  @Field(() => OrderState, { description: 'Its state.' })
  state!: OrderState;

  @Field(() => Int, { nullable: true, description: 'Rank that it has come to.' })
  rank?: number | null;

  @Field(() => SupplierType, { nullable: true, description: 'Who is asked, or has it.' })
  supplier?: SupplierType | null;

  @Field(() => DateTimeScalar, { description: 'When it was placed.' })
  placedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the answer that is waited for is late: the supplier’s, or the buyer’s consent.',
  })
  answerDueAt?: string | null;

  @Field(() => DateTimeScalar, { description: 'When it is to be confirmed, whoever confirms it.' })
  confirmationDueAt!: string;

  @Field(() => DateScalar, { description: 'Last day on which a delivery is in time.' })
  deliveryDueOn!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a supplier took it.' })
  confirmedAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When all of it was there.' })
  deliveredAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended, in whatever way.' })
  closedAt?: string | null;

  @Field(() => DecimalScalar, { description: 'Sum of its lines, without VAT.' })
  totalExclVat!: string;

  @Field(() => DecimalScalar, { description: 'VAT.' })
  totalVat!: string;

  @Field(() => DecimalScalar, { description: 'Both together.' })
  totalInclVat!: string;

  @Field(() => DecimalScalar, { description: 'What of the total without VAT was delivered.' })
  deliveredExclVat!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('OrderLine', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A product in an order · ligne · lijn.',
})
export class OrderLineType extends NodeType {
  @Field(() => Int, { description: 'Its place in the order, from 1.' })
  position!: number;

  @Field(() => ProductType, { description: 'The product.' })
  product!: ProductType;

  @Field(() => DecimalScalar, { description: 'Units ordered.' })
  quantity!: string;

  @Field(() => DecimalScalar, { description: 'Price of a unit at the order’s rank, in euro without VAT.' })
  unitPrice!: string;

  @Field(() => DecimalScalar, { description: 'VAT in percent.' })
  vatRate!: string;

  @Field(() => DecimalScalar, {
    description: 'Quantity × unit price, rounded half up to the cent, without VAT.',
  })
  exclVat!: string;

  @Field(() => DecimalScalar, { description: 'Units delivered so far.' })
  deliveredQuantity!: string;
}

@ObjectType('OrderEvent', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A step in the history of an order · étape · stap.',
})
export class OrderEventType extends NodeType {
  @Field(() => PurchaseOrderType, {
    nullable: true,
    description: 'The order; null for a supplier from which it has passed on.',
  })
  order?: PurchaseOrderType | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Its place in the history of the order, from 1; null for a supplier, which does not see all of it.',
  })
  position?: number | null;

  @Field(() => OrderEventKind, { description: 'What happened.' })
  kind!: OrderEventKind;

  @Field(() => OrderActor, { description: 'Who did it.' })
  actor!: OrderActor;

  @Field(() => Int, { nullable: true, description: 'Rank that it is about, if any.' })
  rank?: number | null;

  @Field(() => SupplierType, { nullable: true, description: 'Supplier that it is about, if any.' })
  supplier?: SupplierType | null;

  @Field(() => OrderReason, { nullable: true, description: 'Why, where a reason was given.' })
  reason?: OrderReason | null;

  @Field(() => DecimalScalar, {
    description:
      'The order’s total at that step without VAT; what came, for a delivery; 0 for a rank that was passed over, which is told no other’s price. In euro.',
  })
  exclVat!: string;

  @Field(() => DecimalScalar, { description: 'The same with VAT.' })
  inclVat!: string;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt!: string;
}

@ObjectType('DeliveryLine', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'How much of a line came with a delivery · ligne livrée · geleverde lijn.',
})
export class DeliveryLineType extends NodeType {
  @Field(() => OrderLineType, { description: 'The line of the order.' })
  line!: OrderLineType;

  @Field(() => DecimalScalar, { description: 'Units that came.' })
  quantity!: string;
}

export const PurchaseOrderConnection = connectionOf(() => PurchaseOrderType, 'PurchaseOrder', 'the orders');
export const OrderEventConnection = connectionOf(() => OrderEventType, 'OrderEvent', 'the steps');

@ObjectType({
  simpleResolvers: true,
  description: 'That orders have changed, as far as you see them.',
})
export class OrderStatusChange {
  @Field(() => [PurchaseOrderType], {
    description:
      'The orders, as they are now: at most 100 at a time; those that changed together come together.',
  })
  orders!: PurchaseOrderType[];

  @Field(() => Boolean, {
    description:
      'Whether these are all that have changed; false after a pause or a flood of changes: ask `orders` again.',
  })
  isComplete!: boolean;
}
