import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { localisedFields } from '../../../graphql/localised.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Rows } from '../../../read/index.ts';
import { checkSearch } from '../../checks.ts';
import {
  AdviceResourceFilter,
  GrantToolboxAccessInput,
  RecordDownloadInput,
  SaveResourceInput,
  ToolboxAccessFilter,
  WithdrawToolboxAccessInput,
} from './resource.inputs.ts';
import * as read from './resource.read.ts';
import type { ResourceService } from './resource.service.ts';
import {
  AdviceResourceConnection,
  AdviceResourceType,
  ResourceDownloadConnection,
  ResourceDownloadType,
  ToolboxAccessConnection,
  ToolboxAccessType,
} from './resource.type.ts';

const USER_ERRORS = { description: 'What to mend; empty when all was saved.' };

@ObjectType({ description: 'What became of a resource.', simpleResolvers: true })
export class AdviceResourcePayload {
  @Field(() => AdviceResourceType, {
    nullable: true,
    description: 'The resource; null where there are user errors.',
  })
  resource?: Rows | null;

  @Field(() => [UserErrorType], USER_ERRORS)
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of an access.', simpleResolvers: true })
export class ToolboxAccessPayload {
  @Field(() => ToolboxAccessType, {
    nullable: true,
    description: 'The access; null where there are user errors.',
  })
  access?: Rows | null;

  @Field(() => [UserErrorType], USER_ERRORS)
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a download.', simpleResolvers: true })
export class ResourceDownloadPayload {
  @Field(() => ResourceDownloadType, {
    nullable: true,
    description: 'The download; null where there are user errors.',
  })
  download?: Rows | null;

  @Field(() => [UserErrorType], USER_ERRORS)
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';
const PAGE_ERRORS = 'Errors: INVALID_PAGE, INVALID_CURSOR.';

const savedAccess = (save: () => Promise<string>): Promise<ToolboxAccessPayload> =>
  withUserErrors(async () => ({ access: read.accessById(await save()) }));

export const ResourceTexts = localisedFields(() => AdviceResourceType, {
  title: { description: 'What it is called.' },
});

@Resolver(() => AdviceResourceType)
export class ResourceResolver {
  constructor(private readonly service: ResourceService) {}

  @Query(() => AdviceResourceConnection, {
    description: `Resources of the advisory services, the latest first. ${ERRORS} TEXT_TOO_LONG for a search of more than 12 words or 200 characters.`,
  })
  adviceResources(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AdviceResourceFilter, {
      nullable: true,
      description: 'Which resources; all of them without it.',
    })
    filter?: AdviceResourceFilter | null,
  ): Rows {
    const { service, ...rest } = filter ?? {};
    checkSearch(rest.search, 'filter.search');
    return read.resources(
      {
        ...rest,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.RESOURCE_ORDER, ['adviceResources', filter]),
    );
  }

  @Query(() => ToolboxAccessConnection, {
    description: `Accesses to toolboxes that you may see, the latest first. ${ERRORS}`,
  })
  toolboxAccesses(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ToolboxAccessFilter, {
      nullable: true,
      description: 'Which accesses; all that you see without it.',
    })
    filter?: ToolboxAccessFilter | null,
  ): Rows {
    const { partner, service, on } = filter ?? {};
    return read.accesses(
      {
        on,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.ACCESS_ORDER, ['toolboxAccesses', filter]),
    );
  }

  @FieldResolver(() => ResourceDownloadConnection, {
    description: `Who took it, as far as you see it, the latest first. ${PAGE_ERRORS}`,
  })
  downloads(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.downloadsOfResource(pageOf(page, read.DOWNLOAD_ORDER, ['AdviceResource.downloads']));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceResourcePayload, {
    description:
      'Saves a resource by its code: a new one, or what changes of a known one. User errors: NOT_FOUND, WRONG_SERVICE_KIND, INVALID_CODE, FIELD_MISSING, TEXT_MISSING, TEXT_TOO_LONG, LANGUAGE_MISSING, INVALID_COUNT, INVALID_URL, INVALID_PERIOD, RESOURCE_FIXED.',
  })
  saveResource(
    @Arg('input', () => SaveResourceInput, { description: 'What it is, and where.' })
    input: SaveResourceInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceResourcePayload> {
    return withUserErrors(async () => ({
      resource: read.resourceById(await this.service.save(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => ToolboxAccessPayload, {
    description:
      'Grants a partner access to the restricted resources of a service. User errors: NOT_FOUND, WRONG_SERVICE_KIND, ACCESS_HELD, PARTNER_CLOSED.',
  })
  grantToolboxAccess(
    @Arg('input', () => GrantToolboxAccessInput, { description: 'Whom, to what, and since when.' })
    input: GrantToolboxAccessInput,
    @Ctx() context: HubContext,
  ): Promise<ToolboxAccessPayload> {
    return savedAccess(() => this.service.grant(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => ToolboxAccessPayload, {
    description:
      'Gives an access its end, or another one. User errors: NOT_FOUND, INVALID_PERIOD, ACCESS_HELD.',
  })
  withdrawToolboxAccess(
    @Arg('input', () => WithdrawToolboxAccessInput, { description: 'Which, and when.' })
    input: WithdrawToolboxAccessInput,
    @Ctx() context: HubContext,
  ): Promise<ToolboxAccessPayload> {
    return savedAccess(() => this.service.withdraw(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => ResourceDownloadPayload, {
    description:
      'Records that a partner took a resource. User errors: NOT_FOUND, NOT_PUBLISHED, ACCESS_MISSING, DATE_IN_FUTURE, INVALID_COUNT, PARTNER_CLOSED.',
  })
  recordDownload(
    @Arg('input', () => RecordDownloadInput, { description: 'Who took what, and when.' })
    input: RecordDownloadInput,
    @Ctx() context: HubContext,
  ): Promise<ResourceDownloadPayload> {
    return withUserErrors(async () => ({
      download: read.downloadById(await this.service.taken(context.viewer, input)),
    }));
  }
}

@Resolver(() => PartnerType)
export class PartnerDownloadsResolver {
  @FieldResolver(() => ResourceDownloadConnection, {
    description: `Resources that it took, as far as you see it, the latest first. ${PAGE_ERRORS}`,
  })
  resourceDownloads(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.downloadsOfPartner(pageOf(page, read.DOWNLOAD_ORDER, ['Partner.resourceDownloads']));
  }
}
