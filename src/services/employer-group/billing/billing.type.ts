import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { BillingMode, BillingRhythm, SharingKey, VatTreatment } from '../billing.entity.ts';

registerEnumType(BillingMode, {
  name: 'BillingMode',
  description: 'How a member pays its part of the cost · mode de facturation · facturatiewijze.',
  valuesConfig: {
    TIME_AND_MATERIALS: { description: 'By the hours worked · en régie · in regie' },
    FLAT_RATE: {
      description: 'A provisional amount a month, settled by the hours placed · au forfait · forfaitair',
    },
    PRO_RATA: { description: 'By a key that the members agreed on · au prorata · naar rato' },
  },
});

registerEnumType(SharingKey, {
  name: 'SharingKey',
  description: 'Key of a cost that is shared pro rata · clé de répartition · verdeelsleutel.',
  valuesConfig: {
    PLACED_HOURS: {
      description: 'Hours placed · heures mises à disposition · ter beschikking gestelde uren',
    },
    HEADCOUNT: { description: 'Headcount of the member · effectif · personeelsbestand' },
    EQUAL: { description: 'Equal parts · parts égales · gelijke delen' },
    WEIGHT: { description: 'A weight that was agreed on · pondération convenue · afgesproken gewicht' },
  },
});

registerEnumType(BillingRhythm, {
  name: 'BillingRhythm',
  description: 'How often a member is invoiced · périodicité · frequentie.',
  valuesConfig: {
    MONTHLY: { description: 'Each month, and the settlement · mensuelle · maandelijks' },
    YEARLY: { description: 'With the settlement alone · annuelle · jaarlijks' },
  },
});

registerEnumType(VatTreatment, {
  name: 'VatTreatment',
  description: 'How VAT applies · régime de TVA · btw-regeling.',
  valuesConfig: {
    EXEMPT_INDEPENDENT_GROUP: {
      description:
        'Exempt: an independent group of persons, VAT Code, article 44, § 2bis · exempté · vrijgesteld',
    },
    STANDARD_RATE: { description: 'Standard rate · taux normal · normaal tarief' },
  },
});

@ObjectType('BillingRule', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'How a member pays, for a time · règle de facturation · facturatieregel.',
})
export class BillingRuleType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => BillingMode, { description: 'By what it pays.' })
  mode!: BillingMode;

  @Field(() => BillingRhythm, { description: 'How often it is invoiced.' })
  rhythm!: BillingRhythm;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Euro a month without VAT; of a flat rate alone.',
  })
  flatAmount?: string | null;

  @Field(() => SharingKey, { nullable: true, description: 'Key of a sharing pro rata.' })
  sharingKey?: SharingKey | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Weight, where the key is one that was agreed on.',
  })
  weight?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'People whom the member employed when the rule was made; of the key HEADCOUNT.',
  })
  headcount?: number | null;

  @Field(() => VatTreatment, { description: 'How VAT applies to what it pays.' })
  vatTreatment!: VatTreatment;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const BillingRuleConnection = connectionOf(() => BillingRuleType, 'BillingRule', 'the billing rules');
