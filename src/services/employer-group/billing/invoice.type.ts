import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateRange } from '../../../graphql/date-range.ts';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Rows } from '../../../read/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { InvoiceKind, InvoiceLineKind, InvoiceRunKind, VatTreatment } from '../billing.entity.ts';
import { WorkerFunction } from '../employer-group.entity.ts';

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

  @Field(() => [ID], {
    description:
      'Placements of members that pay by TIME_AND_MATERIALS with a week of the period of which no hours are approved: those that are approved count alone, and where none are, the hours placed do. The run does not wait for them.',
  })
  withoutHours!: string[];

  @Field(() => InvoiceRunType, {
    nullable: true,
    description: 'The run that the period has already, if any: `runInvoices` would answer this one.',
  })
  run?: Rows | null;
}

export const InvoiceConnection = connectionOf(() => InvoiceType, 'Invoice', 'the invoices');
