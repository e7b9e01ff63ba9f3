import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { Language } from '../graphql/language.ts';
import { LocalisedTextInput } from '../graphql/localised-input.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar } from '../graphql/scalars.ts';
import { LegalForm, SizeBand } from './partner.entity.ts';

/** Orders of a list of partners. */
export enum PartnerOrder {
  NAME = 'NAME',
  HEADCOUNT_DESC = 'HEADCOUNT_DESC',
  NEWEST = 'NEWEST',
}

registerEnumType(PartnerOrder, {
  name: 'PartnerOrder',
  description: 'Order of partners.',
  valuesConfig: {
    NAME: {
      description:
        'By name in the language of the request, without regard to case and accents · par nom · op naam',
    },
    HEADCOUNT_DESC: { description: 'The largest first · les plus grands d’abord · grootste eerst' },
    NEWEST: { description: 'The latest recorded first · les plus récents d’abord · nieuwste eerst' },
  },
});

@InputType({ description: 'One way to name a partner: give exactly one field.' })
export class PartnerReference {
  @Field(() => ID, { nullable: true, description: 'Global id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug.' })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: 'Enterprise number (BCE/KBO), with or without dots.' })
  enterpriseNumber?: string | null;
}

@InputType({
  description: 'Which partners: every condition that is given must hold; a list means one of these.',
})
export class PartnerFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Beginnings of words in any name, in any language, in any sequence; case and accents do not matter.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Sector codes, from `sectors`.' })
  sectors?: string[] | null;

  @Field(() => [SizeBand], { nullable: true, description: 'Size bands.' })
  sizeBands?: SizeBand[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'NIS codes of regions, provinces, arrondissements or municipalities in which the partner has a site.',
  })
  territories?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of authorities that recognise the partner today, or whose administrations do.',
  })
  authorities?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Federation of which the partner is a member today.' })
  federation?: string | null;

  @Field(() => ID, { nullable: true, description: 'Population to which the partner belongs.' })
  population?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Has an active enrolment in each of these services.' })
  usesServices?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Has no active enrolment in any of these services.' })
  doesNotUseServices?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: has no active enrolment in any service. False: has one at least.',
  })
  usesNoService?: boolean | null;
}

@InputType({ description: 'A site to record.' })
export class SiteInput {
  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'Name of the site, where it has one. Name no person.',
  })
  name?: LocalisedTextInput | null;

  @Field(() => String, { description: 'Belgian postal code, four digits; it gives the municipality.' })
  postalCode!: string;
}

@InputType({ description: 'A recognition to record.' })
export class RecognitionInput {
  @Field(() => String, { description: 'Code of the authority, from `competentAuthorities`.' })
  authority!: string;

  @Field(() => String, { nullable: true, description: "Sector code; the partner's own without it." })
  sector?: string | null;

  @Field(() => DateScalar, { description: 'First day.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day after it; without end if left out.' })
  validUntil?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Which of `sites` it is for, counting from 0; the partner as a whole without it.',
  })
  site?: number | null;
}

@InputType({ description: 'A membership to record.' })
export class MembershipInput {
  @Field(() => ID, { description: 'The federation.' })
  federation!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day after it; without end if left out.' })
  validUntil?: string | null;
}

@InputType({ description: 'A partner to create.' })
export class CreatePartnerInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
  })
  idempotencyKey!: string;

  @Field(() => String, { description: 'Enterprise number (BCE/KBO), with or without dots.' })
  enterpriseNumber!: string;

  @Field(() => LocalisedTextInput, { description: 'Name, in one language at least.' })
  name!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'What the partner does. Name no person.' })
  description?: LocalisedTextInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Readable name in addresses; made from the name without it.',
  })
  slug?: string | null;

  @Field(() => LegalForm, { description: 'Legal form.' })
  legalForm!: LegalForm;

  @Field(() => String, { description: 'Code of the main sector, from `sectors`.' })
  sector!: string;

  @Field(() => Int, { description: 'Number of workers, in heads; 0 or more.' })
  headcount!: number;

  @Field(() => [Language], { description: 'Languages in which it works; one at least.' })
  languages!: Language[];

  @Field(() => String, { nullable: true, description: 'Address of its website, http or https.' })
  website?: string | null;

  @Field(() => [SiteInput], { description: 'Its sites, 1 to 50; the first is the registered office.' })
  sites!: SiteInput[];

  @Field(() => [RecognitionInput], { nullable: true, description: 'Its recognitions.' })
  recognitions?: RecognitionInput[] | null;

  @Field(() => [MembershipInput], { nullable: true, description: 'Its memberships of federations.' })
  memberships?: MembershipInput[] | null;

  @Field(() => Provenance, {
    nullable: true,
    description:
      'REPORTED without it. SYNTHETIC is for administrators and sandboxes, and refused by a hub in operation; what a synthetic partner does is open to all readers.',
  })
  provenance?: Provenance | null;
}

@InputType({ description: 'What to change of a partner; what is left out stays as it is.' })
export class UpdatePartnerInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner.' })
  id!: string;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'Names to replace; a language that is left out stays, null empties it.',
  })
  name?: LocalisedTextInput | null;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description:
      'Descriptions to replace; a language that is left out stays, null empties it. Name no person.',
  })
  description?: LocalisedTextInput | null;

  @Field(() => LegalForm, { nullable: true, description: 'Legal form.' })
  legalForm?: LegalForm | null;

  @Field(() => String, { nullable: true, description: 'Code of the main sector.' })
  sector?: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of workers, in heads; 0 or more.' })
  headcount?: number | null;

  @Field(() => [Language], { nullable: true, description: 'Languages in which it works; one at least.' })
  languages?: Language[] | null;

  @Field(() => String, { nullable: true, description: 'Address of its website; null empties it.' })
  website?: string | null;
}
