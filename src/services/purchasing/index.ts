import { bind } from '../../read/index.ts';
import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { FrameworkAgreement, Lot } from './agreement.entity.ts';
import {
  AgreementResolver,
  AgreementTexts,
  LotResolver,
  LotTexts,
  SupplierResolver,
} from './agreement.resolver.ts';
import { BuyerAccount, CascadeRank, Product, ProductAdvice, ProductRemark } from './catalogue.entity.ts';
import { AdviceTexts, CatalogueResolver, LotProductsResolver, ProductTexts } from './catalogue.resolver.ts';
import { DeliveryLine, OrderEvent, OrderLine, PurchaseOrder } from './order.entity.ts';
import { OrderEventResolver, OrderResolver } from './order.resolver.ts';
import { OrderChangeResolver } from './order-change.resolver.ts';
import { purchasingMetrics } from './purchasing.metrics.ts';
import {
  adviceRule,
  buyerRule,
  offerRule,
  orderEventRule,
  orderPartRule,
  orderRule,
  positionSeenBy,
  priceLimitSeenBy,
  priceRule,
  remarkRule,
} from './purchasing.policy.ts';
import { PurchasingServiceType } from './purchasing.type.ts';
import { Supplier } from './supplier.entity.ts';
import { PartnerBuyerAccountsResolver, VoiceResolver } from './voice.resolver.ts';

export { ProductService } from './catalogue.service.ts';
export { leavingOrders } from './leaving.service.ts';
export { importOcdsFile, type OcdsReport } from './ocds/import-file.service.ts';
export { OcdsPublication } from './ocds/publication.ts';
export { OfferService } from './offer.service.ts';
export { OrderService } from './order.service.ts';
export { OverdueOrders } from './order-due.service.ts';
export { OrderPassing } from './order-passing.service.ts';
export { OrderPlacing } from './order-placing.service.ts';
export { VoiceService } from './voice.service.ts';
export { OFFICE_HOURS, type WorkingHours } from './working-time.ts';

export const purchasingRoom: ServiceRoom = {
  kind: ServiceKind.PURCHASING,
  type: PurchasingServiceType,
  metrics: purchasingMetrics,
  bindings: [
    bind({ entity: Supplier, idPrefix: 'supplier', rule: offerRule }),
    bind({ entity: FrameworkAgreement, idPrefix: 'framework_agreement', rule: offerRule }),
    bind({ entity: Lot, idPrefix: 'lot', rule: offerRule }),
    bind({ entity: Product, idPrefix: 'product', rule: offerRule }),
    bind({ entity: CascadeRank, idPrefix: 'cascade_rank', rule: priceRule }),
    bind({ entity: BuyerAccount, idPrefix: 'buyer_account', rule: buyerRule }),
    bind({ entity: ProductAdvice, idPrefix: 'product_advice', rule: adviceRule }),
    bind({ entity: ProductRemark, idPrefix: 'product_remark', rule: remarkRule }),
    bind({
      entity: PurchaseOrder,
      idPrefix: 'order',
      rule: orderRule,
      fields: { priceLimit: priceLimitSeenBy },
    }),
    bind({ entity: OrderLine, idPrefix: 'order_line', rule: orderPartRule }),
    bind({
      entity: OrderEvent,
      idPrefix: 'order_event',
      rule: orderEventRule,
      fields: { position: positionSeenBy },
    }),
    bind({ entity: DeliveryLine, idPrefix: 'delivery_line', rule: orderPartRule }),
  ],
  resolvers: [
    AgreementTexts,
    LotTexts,
    ProductTexts,
    AdviceTexts,
    AgreementResolver,
    LotResolver,
    SupplierResolver,
    CatalogueResolver,
    LotProductsResolver,
    VoiceResolver,
    PartnerBuyerAccountsResolver,
    OrderResolver,
    OrderEventResolver,
    OrderChangeResolver,
  ],
};
