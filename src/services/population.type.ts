import { Field, Int, ObjectType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../graphql/scalars.ts';

@ObjectType('Population', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'Whom a service is for: the denominator of coverage · population de référence · referentiepopulatie.',
})
export class PopulationType extends NodeType {
  @Field(() => String, { description: 'Readable name in addresses, unique.' })
  slug!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The count that was published or declared; null where the members are listed and counted instead.',
  })
  declaredCount?: number | null;

  @Field(() => DateScalar, { description: 'Day on which the definition and the count hold.' })
  asOf!: string;

  @Field(() => String, { description: 'Where the definition and the count come from.' })
  source!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'How much of a population a service reaches today: partners with an active enrolment that belong to it.',
})
export class Coverage {
  @Field(() => Int, { description: 'Members of the population.' })
  size!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Those with an active enrolment in the service; null where the population is a count without a list.',
  })
  served?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Those without; null where the population is a count without a list.',
  })
  notReached?: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'served ÷ size, to four decimals; null for an empty population or one without a list.',
  })
  share?: string | null;
}
