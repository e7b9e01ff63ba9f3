import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../../database/localised-text.ts';
import { id, provenance, recordedAt, someLanguage } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { BuyerCategory, Lot } from './agreement.entity.ts';
import { adviceRule, buyerRule, offerRule, priceRule, remarkRule } from './purchasing.policy.ts';
import { Supplier } from './supplier.entity.ts';

/** Number of a product's units. */
export const units = () => p.decimal('string').precision(14).scale(3);
/** Price of one unit, in euro without VAT. */
export const unitPrice = () => p.decimal('string').precision(14).scale(4);
/** Percent of VAT. */
export const vatRate = () => p.decimal('string').precision(5).scale(2);

export const ProductSchema = defineEntity({
  name: 'Product',
  tableName: 'product',
  ...rowSecurity('product', offerRule),
  properties: {
    id: id(),
    /** The lot's: a trigger writes it. */
    service: () => p.manyToOne(SharedService),
    lot: () => p.manyToOne(Lot),
    /** The body's own code, unique in a lot. */
    code: p.string().length(80),
    /** Common Procurement Vocabulary: eight digits, a hyphen, the check digit. */
    cpv: p.character().length(10),
    /** What one of it is: a box of 100 gloves. */
    unit: p.string().length(80),
    /** It is sold in multiples of so many units. */
    saleUnit: units().default('1.000'),
    title: () => p.embedded(LocalisedText),
    description: () => p.embedded(LocalisedText),
    /** The certificate that it is sold under, and the days on which that holds; no end where it has none. */
    certification: p.string().length(200).nullable(),
    certifiedFrom: p.date().nullable(),
    certifiedUntil: p.date().nullable(),
    pictureUrl: p.text().nullable(),
    /** What a member would pay without the agreement, for one unit without VAT, and who says so. */
    referencePrice: unitPrice().nullable(),
    referencePriceSource: p.string().length(200).nullable(),
    /** First day on which it is no longer ordered. */
    withdrawnOn: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    /** Code and texts in every language, folded: what the text search looks in. */
    searchText: p.text().hidden(),
  },
  uniques: [{ name: 'product_code_unique', properties: ['lot', 'code'] }],
  indexes: [{ properties: ['service', 'code', 'id'] }, { properties: ['cpv', 'id'] }],
  checks: [
    someLanguage('title'),
    { name: 'product_code', expression: `code ~ '^\\S+$'` },
    { name: 'product_cpv', expression: `cpv ~ '^[0-9]{8}-[0-9]$'` },
    { name: 'product_sale_unit', expression: 'sale_unit > 0' },
    {
      name: 'product_certification',
      expression:
        'case when certification is null then certified_from is null and certified_until is null else certified_from is not null and (certified_until is null or certified_until > certified_from) end',
    },
    { name: 'product_picture', expression: `picture_url ~ '^https://[^\\s]+$'` },
    {
      name: 'product_reference_price',
      expression: `reference_price is null or (reference_price > 0 and reference_price_source is not null)`,
    },
  ],
});
/** What can be ordered of a lot. */
export class Product extends ProductSchema.class {}
ProductSchema.setClass(Product);

export const CascadeRankSchema = defineEntity({
  name: 'CascadeRank',
  tableName: 'cascade_rank',
  ...rowSecurity('cascade_rank', priceRule),
  properties: {
    id: id(),
    /** Both the product's: a trigger writes them. */
    service: () => p.manyToOne(SharedService),
    lot: () => p.manyToOne(Lot),
    product: () => p.manyToOne(Product),
    supplier: () => p.manyToOne(Supplier),
    /** 1 is asked first, 5 last. Within a lot a supplier has one rank at a time, and a rank one supplier. */
    rank: p.smallint(),
    unitPrice: unitPrice(),
    vatRate: vatRate(),
    /** Units below which the price is not to be had. */
    minimumQuantity: units().default('0.000'),
    validFrom: p.date(),
    /** First day on which it no longer holds. */
    validUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  indexes: [
    { properties: ['lot', 'rank'] },
    { properties: ['product', 'rank', 'validFrom'] },
    { properties: ['supplier', 'product'] },
    { properties: ['service'] },
  ],
  checks: [
    { name: 'cascade_rank_rank', expression: 'rank >= 1 and rank <= 5' },
    { name: 'cascade_rank_price', expression: 'unit_price >= 0' },
    { name: 'cascade_rank_vat', expression: 'vat_rate >= 0 and vat_rate < 100' },
    { name: 'cascade_rank_minimum', expression: 'minimum_quantity >= 0' },
    { name: 'cascade_rank_period', expression: 'valid_until > valid_from' },
  ],
});
/** A supplier's place in the cascade of a product's lot, and the price at which it supplies the product. */
export class CascadeRank extends CascadeRankSchema.class {}
CascadeRankSchema.setClass(CascadeRank);

export const BuyerAccountSchema = defineEntity({
  name: 'BuyerAccount',
  tableName: 'buyer_account',
  ...rowSecurity('buyer_account', buyerRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    category: p.enum(() => BuyerCategory),
    provenance: provenance(),
    recordedAt: recordedAt(),
  },
  uniques: [{ name: 'buyer_account_unique', properties: ['partner', 'service'] }],
  indexes: [{ properties: ['id'] }, { properties: ['service', 'partner'] }],
});
/** Which kind of buyer a partner is to a purchasing service. */
export class BuyerAccount extends BuyerAccountSchema.class {}
BuyerAccountSchema.setClass(BuyerAccount);

/** What the panel of experts says of a product. */
export enum AdviceGrade {
  RECOMMENDED = 'RECOMMENDED',
  SUITABLE = 'SUITABLE',
  WITH_RESERVATION = 'WITH_RESERVATION',
  UNSUITABLE = 'UNSUITABLE',
}

export const ProductAdviceSchema = defineEntity({
  name: 'ProductAdvice',
  tableName: 'product_advice',
  ...rowSecurity('product_advice', adviceRule),
  properties: {
    id: id(),
    /** The product's: a trigger writes it. */
    service: () => p.manyToOne(SharedService),
    product: () => p.manyToOne(Product),
    grade: p.enum(() => AdviceGrade),
    /** The panel's reasons, in a few words about the product and nobody. */
    reasons: () => p.embedded(LocalisedText),
    givenOn: p.date(),
    provenance: provenance(),
  },
  indexes: [{ properties: ['product', 'givenOn', 'id'] }, { properties: ['service'] }],
});
/** Advice of the panel of experts on a product's technical criteria. */
export class ProductAdvice extends ProductAdviceSchema.class {}
ProductAdviceSchema.setClass(ProductAdvice);

/** What became of a remark of the council of users. */
export enum RemarkState {
  OPEN = 'OPEN',
  TAKEN_UP = 'TAKEN_UP',
  SET_ASIDE = 'SET_ASIDE',
}

export const ProductRemarkSchema = defineEntity({
  name: 'ProductRemark',
  tableName: 'product_remark',
  ...rowSecurity('product_remark', remarkRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    /** The product's: a trigger writes it. */
    service: () => p.manyToOne(SharedService),
    product: () => p.manyToOne(Product),
    /** From 1, poor, to 5, very good. */
    rating: p.smallint(),
    text: p.string().length(500).nullable(),
    state: p.enum(() => RemarkState).default(RemarkState.OPEN),
    provenance: provenance(),
    recordedAt: recordedAt(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['product', 'recordedAt', 'id'] },
    { properties: ['service', 'recordedAt', 'id'] },
  ],
  checks: [{ name: 'product_remark_rating', expression: 'rating >= 1 and rating <= 5' }],
});
/** A remark of a member, as the council of users hears it, on a product that it uses. */
export class ProductRemark extends ProductRemarkSchema.class {}
ProductRemarkSchema.setClass(ProductRemark);
