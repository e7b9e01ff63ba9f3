import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../graphql/node.type.ts';
import { connectionOf } from '../../graphql/pages.ts';
import { Provenance } from '../../graphql/provenance.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { PartnerType } from '../../partners/index.ts';
import { LotType, SupplierType } from './agreement.type.ts';
import { AdviceGrade, RemarkState } from './catalogue.entity.ts';

registerEnumType(AdviceGrade, {
  name: 'AdviceGrade',
  description: 'What the panel of experts says of a product · avis du panel · advies van het panel.',
  valuesConfig: {
    RECOMMENDED: { description: 'To be preferred · recommandé · aanbevolen' },
    SUITABLE: { description: 'Does what it should · adéquat · geschikt' },
    WITH_RESERVATION: { description: 'Only under conditions · avec réserve · onder voorbehoud' },
    UNSUITABLE: { description: 'Not to be used · inadéquat · ongeschikt' },
  },
});
registerEnumType(RemarkState, {
  name: 'RemarkState',
  description: 'What became of a remark in the council of users · suite · gevolg.',
  valuesConfig: {
    OPEN: { description: 'Not looked at yet · ouverte · open' },
    TAKEN_UP: { description: 'Something is done about it · suivie · opgevolgd' },
    SET_ASIDE: { description: 'Nothing is done about it · écartée · terzijde gelegd' },
  },
});

@ObjectType('Product', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'What can be ordered of a lot · produit · product.',
})
export class ProductType extends NodeType {
  @Field(() => LotType, { description: 'The lot.' })
  lot!: LotType;

  @Field(() => String, { description: 'The purchasing body’s code, unique in the lot.' })
  code!: string;

  @Field(() => String, {
    description: 'Common Procurement Vocabulary 2008: eight digits, a hyphen and the check digit.',
  })
  cpv!: string;

  @Field(() => String, { description: 'What one unit is, such as `box of 100`.' })
  unit!: string;

  @Field(() => DecimalScalar, { description: 'It is sold in multiples of so many units.' })
  saleUnit!: string;

  @Field(() => String, { nullable: true, description: 'The certificate that it is sold under, if any.' })
  certification?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which the certificate holds.' })
  certifiedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  certifiedUntil?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of a picture, https alone.' })
  pictureUrl?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What a unit costs a member without the agreement, in euro without VAT, where that is known.',
  })
  referencePrice?: string | null;

  @Field(() => String, { nullable: true, description: 'Who says so.' })
  referencePriceSource?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it is no longer ordered.' })
  withdrawnOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('CascadeRank', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A supplier’s rank in a cascade, and its price for a product · rang · rang.',
})
export class CascadeRankType extends NodeType {
  @Field(() => ProductType, { description: 'The product.' })
  product!: ProductType;

  @Field(() => SupplierType, { description: 'The supplier.' })
  supplier!: SupplierType;

  @Field(() => Int, { description: '1 is asked first, 5 last.' })
  rank!: number;

  @Field(() => DecimalScalar, { description: 'Price of one unit, in euro without VAT.' })
  unitPrice!: string;

  @Field(() => DecimalScalar, { description: 'VAT in percent.' })
  vatRate!: string;

  @Field(() => DecimalScalar, { description: 'Units below which the price is not to be had.' })
  minimumQuantity!: string;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('ProductAdvice', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Advice of the panel of experts on a product · avis d’experts · advies van deskundigen.',
})
export class ProductAdviceType extends NodeType {
  @Field(() => ProductType, { description: 'The product.' })
  product!: ProductType;

  @Field(() => AdviceGrade, { description: 'What it comes to.' })
  grade!: AdviceGrade;

  @Field(() => DateScalar, { description: 'Day on which it was given.' })
  givenOn!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('ProductRemark', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A remark of a member on a product, for the council of users · remarque · opmerking.',
})
export class ProductRemarkType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => ProductType, { description: 'The product.' })
  product!: ProductType;

  @Field(() => Int, { description: 'From 1, poor, to 5, very good.' })
  rating!: number;

  @Field(() => String, { nullable: true, description: 'The remark, about the product and about no person.' })
  text?: string | null;

  @Field(() => RemarkState, { description: 'What became of it.' })
  state!: RemarkState;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  recordedAt!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const ProductConnection = connectionOf(() => ProductType, 'Product', 'the products');
export const ProductRemarkConnection = connectionOf(() => ProductRemarkType, 'ProductRemark', 'the remarks');
