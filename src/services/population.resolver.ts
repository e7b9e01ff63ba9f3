import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver } from 'type-graphql';
import { NotFoundError, UserError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { languageCode } from '../graphql/language.ts';
import { localisedFields } from '../graphql/localised.ts';
import { connectionOf, PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import { PartnerConnection, PartnerOrder, PartnerType, partnerOrder } from '../partners/index.ts';
import type { Expression, Rows } from '../read/index.ts';
import * as read from './population.read.ts';
import { Coverage, PopulationType } from './population.type.ts';
import { PopulationReference } from './service.inputs.ts';
import { SharedServiceType } from './service.type.ts';

export const PopulationConnection = connectionOf(() => PopulationType, 'Population', 'the populations');

export const PopulationTexts = localisedFields(() => PopulationType, {
  name: { description: 'Name of the population.' },
  definition: { description: 'Who belongs to it.' },
});

@Resolver(() => PopulationType)
export class PopulationResolver {
  @Query(() => PopulationConnection, {
    description: 'Every population, by slug. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  populations(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.populations(pageOf(page, read.POPULATION_ORDER, ['populations']));
  }

  @Query(() => PopulationType, {
    nullable: true,
    description: 'One population. Errors: NOT_FOUND, INVALID_REFERENCE, INVALID_ID.',
  })
  population(
    @Arg('reference', () => PopulationReference, { description: 'Its id or slug.' })
    reference: PopulationReference,
  ): Rows {
    const { id, slug } = reference;
    if (Boolean(id) === Boolean(slug)) {
      throw new UserError(
        'INVALID_REFERENCE',
        'Name the population by exactly one of `id` and `slug`.',
        'reference',
      );
    }
    const absent = (): Error => new NotFoundError('The population', 'reference');
    return id
      ? read.populationBy('id', keyOf('population', id, 'reference.id'), absent)
      : read.populationBy('slug', slug as string, absent);
  }

  @FieldResolver(() => Int, {
    description: 'How many organisations it has: declared, or listed and counted.',
  })
  size(): Expression {
    return read.populationSize();
  }

  @FieldResolver(() => PartnerConnection, {
    description:
      'Its listed members, by name; empty where it is a count alone. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  members(@Args(() => PageArgs) page: PageArgs, @Ctx() context: HubContext): Rows {
    const keys = partnerOrder(PartnerOrder.NAME, languageCode(context.language));
    return read.membersOfPopulation(keys, pageOf(page, keys, ['Population.members', context.language]));
  }

  @FieldResolver(() => Coverage, {
    description: 'How much of it a service reaches today. Errors: INVALID_ID, NOT_FOUND.',
  })
  coverage(@Arg('service', () => ID, { description: 'The service.' }) service: string): Rows {
    return read.coverageBy(keyOf('service', service, 'service'));
  }

  @FieldResolver(() => PartnerConnection, {
    nullable: true,
    description:
      'Who is left out: its listed members without an active enrolment in a service, by name; null where it is a count without a list. Errors: INVALID_ID, NOT_FOUND, INVALID_PAGE, INVALID_CURSOR.',
  })
  notReached(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: HubContext,
    @Arg('service', () => ID, { description: 'The service.' }) service: string,
  ): Rows {
    const keys = partnerOrder(PartnerOrder.NAME, languageCode(context.language));
    const question = ['Population.notReached', service, context.language];
    return read.notReached(keyOf('service', service, 'service'), keys, pageOf(page, keys, question));
  }
}

@Resolver(() => PopulationType)
export class PopulationServicesResolver {
  @FieldResolver(() => [SharedServiceType], { description: 'Services that are for it, by slug.' })
  sharedServices(): Rows {
    return read.servicesOfPopulation();
  }
}

@Resolver(() => PartnerType)
export class PartnerPopulationsResolver {
  @FieldResolver(() => [PopulationType], { description: 'Listed populations that it belongs to, by slug.' })
  populations(): Rows {
    return read.populationsOfPartner();
  }
}
