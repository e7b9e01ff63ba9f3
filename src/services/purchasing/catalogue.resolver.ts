import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../access/rights.ts';
import { Role, TokenScope } from '../../access/roles.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import type { HubContext } from '../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../graphql/errors.ts';
import { localisedFields } from '../../graphql/localised.ts';
import { PageArgs, pageOf } from '../../graphql/pages.ts';
import { DateScalar } from '../../graphql/scalars.ts';
import { keyOf } from '../../ids.ts';
import type { Rows } from '../../read/index.ts';
import { checkSearch } from '../checks.ts';
import { lotById } from './agreement.read.ts';
import { LotType } from './agreement.type.ts';
import { CatalogueFilter, SavePricesInput, SaveProductsInput } from './catalogue.inputs.ts';
import * as read from './catalogue.read.ts';
import type { ProductService } from './catalogue.service.ts';
import {
  CascadeRankType,
  ProductAdviceType,
  ProductConnection,
  ProductRemarkConnection,
  ProductType,
} from './catalogue.type.ts';

export const ProductTexts = localisedFields(() => ProductType, {
  title: { description: 'Name of the product.' },
  description: { description: 'What it is.', optional: true },
});
export const AdviceTexts = localisedFields(() => ProductAdviceType, {
  reasons: { description: 'The panel’s reasons.', optional: true },
});

@ObjectType({ description: 'What became of a mutation of a lot’s products.', simpleResolvers: true })
export class LotPayload {
  @Field(() => LotType, { nullable: true, description: 'The lot; null where there are user errors.' })
  lot?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const FILTER = { nullable: true, description: 'Which products; all of them without it.' } as const;
const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, INVALID_CPV, TEXT_TOO_LONG; NOT_FOUND where the filter names what is not there.';

/** The condition that a filter stands for, its ids decoded before any SQL. */
function conditionOf(filter: CatalogueFilter | null | undefined): read.CatalogueCondition {
  if (!filter) return {};
  const { search, cpv, lot, service, orderableBy } = filter;
  checkSearch(search, 'filter.search');
  if (cpv && !/^\d{2,8}$/.test(cpv)) {
    throw new UserError('INVALID_CPV', 'Give 2 to 8 digits that CPV codes begin with.', 'filter.cpv');
  }
  return {
    search,
    cpv,
    ...(lot ? { lot: keyOf('lot', lot, 'filter.lot') } : {}),
    ...(service ? { service: keyOf('service', service, 'filter.service') } : {}),
    ...(orderableBy ? { orderableBy: keyOf('partner', orderableBy, 'filter.orderableBy') } : {}),
  };
}

@Resolver(() => ProductType)
export class CatalogueResolver {
  constructor(private readonly service: ProductService) {}

  @Query(() => ProductConnection, { description: `The catalogue of products, by code. ${ERRORS}` })
  catalogue(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => CatalogueFilter, FILTER) filter?: CatalogueFilter | null,
  ): Rows {
    return read.catalogue(conditionOf(filter), pageOf(page, read.PRODUCT_ORDER, ['catalogue', filter]));
  }

  @Query(() => ProductType, { nullable: true, description: 'One product. Errors: NOT_FOUND, INVALID_ID.' })
  product(@Arg('id', () => ID, { description: 'Its id.' }) id: string): Rows {
    return read.productById(keyOf('product', id, 'id'), () => new NotFoundError('The product', 'id'));
  }

  @FieldResolver(() => [CascadeRankType], {
    description:
      'Its prices on a day, the first rank first, as far as you see them: members see all of a service that they are enrolled in, a supplier its own. Errors: INVALID_ID, NOT_FOUND.',
  })
  prices(
    @Arg('on', () => DateScalar, { nullable: true, description: 'The day; today without it.' })
    on?: string | null,
    @Arg('forPartner', () => ID, {
      nullable: true,
      description: 'None where this partner may not order the product today.',
    })
    forPartner?: string | null,
  ): Rows {
    return read.pricesOfProduct(on, forPartner ? keyOf('partner', forPartner, 'forPartner') : undefined);
  }

  @FieldResolver(() => [ProductAdviceType], {
    description: 'What the panel of experts says of it, the latest first.',
  })
  advice(): Rows {
    return read.adviceOnProduct();
  }

  @FieldResolver(() => ProductRemarkConnection, {
    description:
      'Remarks of members for the council of users, the latest first, as far as you see them. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  remarks(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.remarksOnProduct(pageOf(page, read.REMARK_ORDER, ['Product.remarks']));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => LotPayload, {
    description:
      'Adds products to a lot, or changes those that it has. User errors: NOT_FOUND, INVALID_LINES, INVALID_CODE, INVALID_CPV, INVALID_AMOUNT, INVALID_URL, CERTIFICATION_INCOMPLETE, INVALID_PERIOD, TEXT_MISSING, TEXT_TOO_LONG…',
  })
  saveProducts(
    @Arg('input', () => SaveProductsInput, { description: 'The products.' }) input: SaveProductsInput,
    @Ctx() context: HubContext,
  ): Promise<LotPayload> {
    return withUserErrors(async () => ({
      lot: lotById(await this.service.saveProducts(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => LotPayload, {
    description:
      'Gives products of a lot prices from a day on, corrects and ends them. User errors: NOT_FOUND, INVALID_LINES, INVALID_RANK, RANK_TAKEN, PRICE_OVERLAPS, PRICE_FIXED, INVALID_AMOUNT, INVALID_PERIOD…',
  })
  savePrices(
    @Arg('input', () => SavePricesInput, { description: 'The prices.' }) input: SavePricesInput,
    @Ctx() context: HubContext,
  ): Promise<LotPayload> {
    return withUserErrors(async () => ({
      lot: lotById(await this.service.savePrices(context.viewer, input)),
    }));
  }
}

@Resolver(() => LotType)
export class LotProductsResolver {
  @FieldResolver(() => ProductConnection, { description: `Its products, by code. ${ERRORS}` })
  products(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => CatalogueFilter, FILTER) filter?: CatalogueFilter | null,
  ): Rows {
    return read.productsOfLot(
      conditionOf(filter),
      pageOf(page, read.PRODUCT_ORDER, ['Lot.products', filter]),
    );
  }
}
