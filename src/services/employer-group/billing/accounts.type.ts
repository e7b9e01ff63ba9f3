import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { CostComponentKind, ProvisionKind, SocialLiability } from '../cost.entity.ts';
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

export const CostSheetConnection = connectionOf(() => CostSheetType, 'CostSheet', 'the cost sheets');
