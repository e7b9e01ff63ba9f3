import { Arg, Authorized, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Needed } from '../../access/rights.ts';
import { Role, TokenScope } from '../../access/roles.ts';
import type { HubContext } from '../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../graphql/errors.ts';
import { PartnerType } from '../../partners/index.ts';
import type { Rows } from '../../read/index.ts';
import { buyerAccountById, buyerAccountsOfPartner } from './agreement.read.ts';
import { BuyerAccountType } from './agreement.type.ts';
import { adviceById, remarkById } from './catalogue.read.ts';
import { ProductAdviceType, ProductRemarkType } from './catalogue.type.ts';
import {
  AdviseOnProductInput,
  RemarkOnProductInput,
  SetBuyerCategoryInput,
  SettleRemarkInput,
} from './voice.inputs.ts';
import type { VoiceService } from './voice.service.ts';

@ObjectType({ description: 'What became of a buyer’s account.', simpleResolvers: true })
export class BuyerAccountPayload {
  @Field(() => BuyerAccountType, {
    nullable: true,
    description: 'The account; null where there are user errors.',
  })
  buyerAccount?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of an advice.', simpleResolvers: true })
export class ProductAdvicePayload {
  @Field(() => ProductAdviceType, {
    nullable: true,
    description: 'The advice; null where there are user errors.',
  })
  advice?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a remark mutation.', simpleResolvers: true })
export class ProductRemarkPayload {
  @Field(() => ProductRemarkType, {
    nullable: true,
    description: 'The remark; null where there are user errors.',
  })
  remark?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => PartnerType)
export class PartnerBuyerAccountsResolver {
  @FieldResolver(() => [BuyerAccountType], {
    description: 'Which kind of buyer it is to purchasing services, as far as you see it.',
  })
  buyerAccounts(): Rows {
    return buyerAccountsOfPartner();
  }
}

@Resolver()
export class VoiceResolver {
  constructor(private readonly service: VoiceService) {}

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => BuyerAccountPayload, {
    description:
      'Says which kind of buyer a partner is to a purchasing service. User errors: NOT_FOUND, NOT_PURCHASING, PARTNER_CLOSED…',
  })
  setBuyerCategory(
    @Arg('input', () => SetBuyerCategoryInput, { description: 'Who is what.' }) input: SetBuyerCategoryInput,
    @Ctx() context: HubContext,
  ): Promise<BuyerAccountPayload> {
    return withUserErrors(async () => ({
      buyerAccount: buyerAccountById(await this.service.setCategory(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => ProductAdvicePayload, {
    description:
      'Writes down the advice of the panel of experts on a product. User errors: NOT_FOUND, DATE_IN_FUTURE, TEXT_TOO_LONG…',
  })
  adviseOnProduct(
    @Arg('input', () => AdviseOnProductInput, { description: 'The advice.' }) input: AdviseOnProductInput,
    @Ctx() context: HubContext,
  ): Promise<ProductAdvicePayload> {
    return withUserErrors(async () => ({
      advice: adviceById(await this.service.advise(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => ProductRemarkPayload, {
    description:
      'A remark of a member on a product. User errors: NOT_FOUND, ENROLMENT_REQUIRED, INVALID_RATING, PARTNER_CLOSED, TEXT_TOO_LONG…',
  })
  remarkOnProduct(
    @Arg('input', () => RemarkOnProductInput, { description: 'The remark.' }) input: RemarkOnProductInput,
    @Ctx() context: HubContext,
  ): Promise<ProductRemarkPayload> {
    return withUserErrors(async () => ({
      remark: remarkById(await this.service.remark(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => ProductRemarkPayload, {
    description: 'Says what became of a remark. User errors: NOT_FOUND…',
  })
  settleRemark(
    @Arg('input', () => SettleRemarkInput, { description: 'Which, and what.' }) input: SettleRemarkInput,
    @Ctx() context: HubContext,
  ): Promise<ProductRemarkPayload> {
    return withUserErrors(async () => ({
      remark: remarkById(await this.service.settle(context.viewer, input)),
    }));
  }
}
