import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateRange } from '../../../graphql/date-range.ts';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Rows } from '../../../read/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import {
  BillingMode,
  BillingRhythm,
  InvoiceKind,
  InvoiceLineKind,
  InvoiceRunKind,
  SharingKey,
  VatTreatment,
} from '../billing.entity.ts';
import { CostComponentKind, ProvisionKind, SocialLiability } from '../cost.entity.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import { SharedWorkerType } from '../employer-group.type.ts';

registerEnumType(CostComponentKind, {
  name: 'CostComponentKind',
  description:
    'What an employer pays for a worker, and what a group costs besides · poste de coût · kostenpost.',
  valuesConfig: {
    GROSS_PAY: { description: 'Gross pay · salaire brut · brutoloon' },
    EMPLOYER_CONTRIBUTIONS: {
      description:
        'Social security contributions of the employer · cotisations patronales · werkgeversbijdragen',
    },
    HOLIDAY_AND_YEAR_END_PAY: {
      description:
        'Holiday pay and year-end bonus · pécule de vacances et prime de fin d’année · vakantiegeld en eindejaarspremie',
    },
    TRAVEL: { description: 'Travel · déplacements · verplaatsingen' },
    TRAINING: { description: 'Training · formation · opleiding' },
    INSURANCE: {
      description: 'Insurance and prevention service · assurances et prévention · verzekeringen en preventie',
    },
    TOOLS: { description: 'Equipment and software · équipement et logiciels · uitrusting en software' },
    SUBSIDY: { description: 'Support, taken off the cost · subside, déduit · subsidie, afgetrokken' },
    MANAGEMENT: { description: 'Management of the group · direction · directie' },
    PREMISES: { description: 'Premises · locaux · lokalen' },
    OTHER: { description: 'Something else · autre · andere' },
  },
});
registerEnumType(ProvisionKind, {
  name: 'ProvisionKind',
  description: 'Whether a provision grows or is used · provision · voorziening.',
  valuesConfig: {
    ADDITION: { description: 'Put aside · dotation · toevoeging' },
    USE: { description: 'Used · utilisation · besteding' },
  },
});
registerEnumType(SocialLiability, {
  name: 'SocialLiability',
  description: 'A social liability that a provision is for · passif social · sociaal passief.',
  valuesConfig: {
    SEVERANCE: { description: 'Pay on dismissal · indemnités de rupture · opzeggingsvergoeding' },
    HOLIDAY_PAY: { description: 'Holiday pay due · pécules de vacances dus · verschuldigd vakantiegeld' },
    GUARANTEED_PAY: {
      description: 'Pay during illness · salaire garanti · gewaarborgd loon',
    },
    END_OF_CAREER: { description: 'End of career · fin de carrière · einde loopbaan' },
    OTHER: { description: 'Something else · autre · andere' },
  },
});
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
registerEnumType(InvoiceRunKind, {
  name: 'InvoiceRunKind',
  description: 'What a run invoices · objet · voorwerp.',
  valuesConfig: {
    MONTH: { description: 'The cost of a month · mois · maand' },
    SETTLEMENT: {
      description: 'The cost of a calendar year, less what was invoiced · décompte annuel · jaarafrekening',
    },
  },
});
registerEnumType(InvoiceKind, {
  name: 'InvoiceKind',
  description: 'What an invoice is · nature · aard.',
  valuesConfig: {
    INVOICE: { description: 'Invoice of a month · facture · factuur' },
    SETTLEMENT: { description: 'Settlement of a year, to pay or to get back · décompte · afrekening' },
    CREDIT_NOTE: { description: 'Credit note · note de crédit · creditnota' },
  },
});
registerEnumType(InvoiceLineKind, {
  name: 'InvoiceLineKind',
  description: 'What a line of an invoice is about · ligne · regel.',
  valuesConfig: {
    STAFF_COST: {
      description: 'Part of the cost of workers of a function · coût du personnel · personeelskosten',
    },
    FIXED_COST: {
      description: 'Part of what the group costs besides · frais du groupement · kosten van de groepering',
    },
    FLAT_RATE: { description: 'Provisional flat rate · forfait provisionnel · voorlopig forfait' },
    PROVISION: {
      description: 'Part of the provision for social liabilities · provision · voorziening',
    },
    ALREADY_INVOICED: { description: 'What was invoiced before · déjà facturé · reeds gefactureerd' },
    CREDIT: { description: 'What a credit note takes back · crédit · credit' },
  },
});

@ObjectType('CostComponent', { simpleResolvers: true, description: "A component of a year's cost." })
export class CostComponentType {
  @Field(() => CostComponentKind, { description: 'What it is for.' })
  kind!: CostComponentKind;

  @Field(() => DecimalScalar, { description: 'Euro, without VAT that is taken back.' })
  amount!: string;
}

@ObjectType('CostSheet', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'What a worker, or the group itself, costs in a calendar year: expected until the year is settled, real from then on · fiche de coût · kostenfiche.',
})
export class CostSheetType extends NodeType {
  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => SharedWorkerType, {
    nullable: true,
    description: 'Whose cost; null for what the group costs besides.',
  })
  worker?: SharedWorkerType | null;

  @Field(() => Int, { description: 'Calendar year.' })
  year!: number;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

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

  @Field(() => VatTreatment, { description: 'How VAT applies to what it pays.' })
  vatTreatment!: VatTreatment;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('ProvisionEntry', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'What is put aside for social liabilities, or used of it · provision · voorziening.',
})
export class ProvisionEntryType extends NodeType {
  @Field(() => Int, { description: 'Calendar year whose settlement it enters.' })
  year!: number;

  @Field(() => ProvisionKind, { description: 'Put aside, or used.' })
  kind!: ProvisionKind;

  @Field(() => SocialLiability, { description: 'What for.' })
  liability!: SocialLiability;

  @Field(() => DecimalScalar, { description: 'Euro, above 0.' })
  amount!: string;

  @Field(() => DateScalar, { description: "Day on which the group's assembly or board approved it." })
  approvedOn!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('InvoiceRun', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A run of invoices: one for a month, one to settle a year · facturation · facturatie.',
})
export class InvoiceRunType extends NodeType {
  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => InvoiceRunKind, { description: 'A month, or a settlement.' })
  kind!: InvoiceRunKind;

  @Field(() => DecimalScalar, {
    description: 'What workers cost in the period whom members had, in euro without VAT.',
  })
  staffCost!: string;

  @Field(() => DecimalScalar, { description: 'What the group cost besides, idle workers included, in euro.' })
  fixedCost!: string;

  @Field(() => DecimalScalar, {
    description: 'What was put aside less what was used, in euro; 0 but in settlements.',
  })
  provision!: string;

  @Field(() => DecimalScalar, { description: 'All invoices of the run, in euro without VAT.' })
  netAmount!: string;

  @Field(() => DateScalar, { description: 'Day of the run.' })
  issuedOn!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('InvoiceLine', { simpleResolvers: true, description: 'A line of an invoice · ligne · regel.' })
export class InvoiceLineType {
  @Field(() => Int, { description: 'Its place on the invoice, from 1.' })
  position!: number;

  @Field(() => InvoiceLineKind, { description: 'What it is about.' })
  kind!: InvoiceLineKind;

  @Field(() => WorkerFunction, {
    nullable: true,
    description: 'Function of the workers, where it is about some.',
  })
  jobFunction?: WorkerFunction | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Hours behind it: worked by time and materials, else placed.',
  })
  hours?: string | null;

  @Field(() => DecimalScalar, { description: 'Euro without VAT.' })
  amount!: string;
}

@ObjectType('Invoice', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'An invoice, or a credit note, of an employer group to a member: written once, and taken back by a credit note alone · facture · factuur.',
})
export class InvoiceType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => String, {
    description: 'Year of issue, and a number without gaps within it, such as 2026-0001.',
  })
  number!: string;

  @Field(() => InvoiceKind, { description: 'What it is.' })
  kind!: InvoiceKind;

  @Field(() => Boolean, { description: 'Whether the settlement of the year will take its place.' })
  isProvisional!: boolean;

  @Field(() => InvoiceType, {
    nullable: true,
    description: 'Of a credit note: the invoice that it takes back.',
  })
  credits?: InvoiceType | null;

  @Field(() => DecimalScalar, { description: 'Euro without VAT; negative where the member gets back.' })
  netAmount!: string;

  @Field(() => VatTreatment, { description: 'How VAT applies.' })
  vatTreatment!: VatTreatment;

  @Field(() => DecimalScalar, { description: 'Rate of VAT in per cent; 0 where it is exempt.' })
  vatRate!: string;

  @Field(() => DecimalScalar, { description: 'VAT in euro.' })
  vatAmount!: string;

  @Field(() => DateScalar, { description: 'Day of issue.' })
  issuedOn!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('GroupDebt', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'What a group owes the tax office and social security on a day: its members answer for it jointly (law of 12 August 2000) · dettes · schulden.',
})
export class GroupDebtType extends NodeType {
  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => DateScalar, { description: 'The day.' })
  asOf!: string;

  @Field(() => DecimalScalar, { description: 'Owed to the tax office, in euro.' })
  taxDebt!: string;

  @Field(() => DecimalScalar, { description: 'Owed to social security, in euro.' })
  socialDebt!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('LiabilityShare', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "A member's part of the group's debts among the members; towards creditors each answers for the whole · part des dettes · aandeel in de schulden.",
})
export class LiabilityShareType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => GroupDebtType, {
    description: 'The debts of that day: the whole is what it answers for towards creditors.',
  })
  debt!: GroupDebtType;

  @Field(() => DecimalScalar, {
    description: 'Its part among the members, in euro: by what it was invoiced in the twelve months before.',
  })
  amount!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType({ simpleResolvers: true, description: 'An invoice as a run would write it.' })
export class PreviewedInvoice {
  @Field(() => PartnerType, { nullable: true, description: 'The member.' })
  partner?: Rows | null;

  @Field(() => Boolean, { description: 'Whether the settlement of the year will take its place.' })
  isProvisional!: boolean;

  @Field(() => [InvoiceLineType], { description: 'Its lines.' })
  lines!: InvoiceLineType[];

  @Field(() => DecimalScalar, { description: 'Euro without VAT.' })
  netAmount!: string;

  @Field(() => VatTreatment, { description: 'How VAT applies.' })
  vatTreatment!: VatTreatment;

  @Field(() => DecimalScalar, { description: 'VAT in euro.' })
  vatAmount!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a run of invoices would come to; nothing is stored · aperçu · voorbeeld.',
})
export class InvoicePreview {
  @Field(() => InvoiceRunKind, { description: 'A month, or a settlement.' })
  kind!: InvoiceRunKind;

  @Field(() => DateRange, { description: 'The month, or the year.' })
  period!: DateRange;

  @Field(() => DecimalScalar, { description: 'What workers cost in the period whom members had, in euro.' })
  staffCost!: string;

  @Field(() => DecimalScalar, { description: 'What the group cost besides, idle workers included, in euro.' })
  fixedCost!: string;

  @Field(() => DecimalScalar, { description: 'What was put aside less what was used, in euro.' })
  provision!: string;

  @Field(() => DecimalScalar, { description: 'All invoices, in euro without VAT.' })
  netAmount!: string;

  @Field(() => Int, { description: 'How many invoices.' })
  count!: number;

  @Field(() => [PreviewedInvoice], { description: 'Some of the invoices, by the key of the member.' })
  invoices!: PreviewedInvoice[];

  @Field(() => [ID], {
    description:
      'Members with whom somebody was placed and that have no billing rule: the run is refused until they have.',
  })
  withoutRule!: string[];

  @Field(() => [ID], {
    description:
      'Workers who were placed and have no cost sheet of the year: the run is refused until they have.',
  })
  withoutCost!: string[];
}

export const CostSheetConnection = connectionOf(() => CostSheetType, 'CostSheet', 'the cost sheets');
export const BillingRuleConnection = connectionOf(() => BillingRuleType, 'BillingRule', 'the billing rules');
export const InvoiceConnection = connectionOf(() => InvoiceType, 'Invoice', 'the invoices');
