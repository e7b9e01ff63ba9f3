import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../graphql/node.type.ts';
import { connectionOf } from '../../graphql/pages.ts';
import { Provenance } from '../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { PartnerType } from '../../partners/index.ts';
import { SharedServiceType } from '../service.type.ts';
import { AgreementStatus, BuyerCategory, ProcurementMethod } from './agreement.entity.ts';

registerEnumType(ProcurementMethod, {
  name: 'ProcurementMethod',
  description: 'How an agreement was awarded: `method` of OCDS 1.1 · procédure · procedure.',
  valuesConfig: {
    OPEN: { description: 'All interested suppliers may bid · procédure ouverte · openbare procedure' },
    SELECTIVE: {
      description: 'Qualified suppliers may bid · procédure restreinte · niet-openbare procedure',
    },
    LIMITED: { description: 'Suppliers that were asked bid · procédure négociée · onderhandelingsprocedure' },
    DIRECT: { description: 'Awarded without a call · gré à gré · onderhandse gunning' },
  },
});
registerEnumType(AgreementStatus, {
  name: 'FrameworkAgreementStatus',
  description: 'State of an agreement, in the terms of OCDS · état · toestand.',
  valuesConfig: {
    PLANNED: { description: 'Not ordered under yet · planifié · gepland' },
    ACTIVE: { description: 'Ordered under within its period · actif · actief' },
    CANCELLED: { description: 'Ended before its time · annulé · geannuleerd' },
    COMPLETE: { description: 'Over · clôturé · afgesloten' },
  },
});
registerEnumType(BuyerCategory, {
  name: 'BuyerCategory',
  description: 'Kind of buyer · catégorie d’acheteur · categorie van koper.',
  valuesConfig: {
    CARE_INSTITUTION: { description: 'Care institution · établissement de soins · zorginstelling' },
    CARE_PROVIDER: {
      description: 'Active care provider · prestataire de soins actif · actieve zorgverstrekker',
    },
    ADMINISTRATION: { description: 'Administration · administration · overheidsdienst' },
    SOCIAL_CULTURAL_SPORTS: {
      description:
        'Social, cultural or sports service · service social, culturel ou sportif · sociale, culturele of sportdienst',
    },
    EVENT: { description: 'Event · événement · evenement' },
  },
});

@ObjectType('Supplier', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A company that supplies a purchasing service · fournisseur · leverancier.',
})
export class SupplierType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The purchasing service that keeps it.' })
  service!: SharedServiceType;

  @Field(() => String, { description: 'Its name, as it is registered.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Belgian enterprise number, ten digits.' })
  enterpriseNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Another register that it is in: a code of org-id.guide, such as `GB-COH`.',
  })
  identifierScheme?: string | null;

  @Field(() => String, { nullable: true, description: 'Its number in that register.' })
  identifier?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of its website.' })
  website?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('FrameworkAgreement', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'An agreement with suppliers from which members order · accord-cadre · raamovereenkomst.',
})
export class FrameworkAgreementType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The purchasing service.' })
  service!: SharedServiceType;

  @Field(() => String, { description: 'Open contracting id (OCDS), unique.' })
  ocid!: string;

  @Field(() => ProcurementMethod, { description: 'How it was awarded.' })
  method!: ProcurementMethod;

  @Field(() => AgreementStatus, { description: 'Its state.' })
  status!: AgreementStatus;

  @Field(() => [BuyerCategory], {
    description: 'Kinds of buyers that may order; every kind where it is empty.',
  })
  buyerCategories!: BuyerCategory[];

  @Field(() => Int, { description: 'Working hours that a supplier has to answer an order.' })
  answerHours!: number;

  @Field(() => Int, {
    description:
      'Working hours from the order within which it is to be confirmed, whoever confirms it: the answers of five ranks fit; what a buyer takes to consent comes on top.',
  })
  confirmationHours!: number;

  @Field(() => Int, { description: 'Working hours that a buyer has to consent to a dearer price.' })
  consentHours!: number;

  @Field(() => Int, {
    description: 'Belgian working days from the order within which it is to be delivered.',
  })
  deliveryDays!: number;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('Lot', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A part of an agreement that is ordered and supplied by itself · lot · perceel.',
})
export class LotType extends NodeType {
  @Field(() => FrameworkAgreementType, { description: 'The agreement.' })
  agreement!: FrameworkAgreementType;

  @Field(() => String, { description: 'Its name within the agreement, such as `1`.' })
  localId!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('BuyerAccount', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Which kind of buyer a partner is to a purchasing service · compte acheteur · kopersaccount.',
})
export class BuyerAccountType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The purchasing service.' })
  service!: SharedServiceType;

  @Field(() => BuyerCategory, { description: 'Its kind.' })
  category!: BuyerCategory;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A supplier with deliveries that are late · fournisseur en retard · leverancier met vertraging.',
})
export class LateSupplier {
  @Field(() => SupplierType, { description: 'The supplier.' })
  supplier!: SupplierType;

  @Field(() => Int, { description: 'Confirmed orders that were due before today and are not all there.' })
  orders!: number;

  @Field(() => DateScalar, { description: 'Day on which the first of them was due.' })
  dueSince!: string;

  @Field(() => DecimalScalar, { description: 'What of them is not there yet, in euro without VAT.' })
  undeliveredExclVat!: string;
}

export const SupplierConnection = connectionOf(() => SupplierType, 'Supplier', 'the suppliers');
export const FrameworkAgreementConnection = connectionOf(
  () => FrameworkAgreementType,
  'FrameworkAgreement',
  'the framework agreements',
);
