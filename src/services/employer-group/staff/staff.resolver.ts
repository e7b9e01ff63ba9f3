import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import {
  EmployerGroupServiceType,
  EmployerGroupType,
  LegalParameterType,
  SharedWorkerConnection,
  SharedWorkerType,
} from '../employer-group.type.ts';
import {
  CreateEmployerGroupInput,
  EndContractInput,
  EngageWorkerInput,
  SaveLegalParameterInput,
  UpdateEmployerGroupInput,
} from './staff.inputs.ts';
import * as read from './staff.read.ts';
import type { StaffService } from './staff.service.ts';

@InputType({ description: 'Which workers: every condition that is given must hold.' })
export class SharedWorkerFilter {
  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;

  @Field(() => [WorkerFunction], { nullable: true, description: 'Of one of these functions.' })
  functions?: WorkerFunction[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Employed on this day.' })
  on?: string | null;
}

@ObjectType({ description: 'What became of a mutation of an employer group.', simpleResolvers: true })
export class EmployerGroupPayload {
  @Field(() => EmployerGroupType, {
    nullable: true,
    description: 'The group; null where there are user errors.',
  })
  employerGroup?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a mutation of a worker.', simpleResolvers: true })
export class SharedWorkerPayload {
  @Field(() => SharedWorkerType, {
    nullable: true,
    description: 'The worker; null where there are user errors.',
  })
  worker?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a number of the law.', simpleResolvers: true })
export class LegalParameterPayload {
  @Field(() => LegalParameterType, {
    nullable: true,
    description: 'The number; null where there are user errors.',
  })
  legalParameter?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => SharedWorkerType)
export class StaffResolver {
  constructor(private readonly service: StaffService) {}

  @Query(() => [LegalParameterType], {
    description: 'Numbers that the law sets for employer groups, by kind and first day.',
  })
  legalParameters(
    @Arg('on', () => DateScalar, {
      nullable: true,
      description: 'Those that hold on this day; all without it.',
    })
    on?: string | null,
  ): Rows {
    return read.legalParameters(on);
  }

  @Query(() => SharedWorkerConnection, {
    description:
      'Workers that you see: your group’s, or those who are placed with you. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.',
  })
  sharedWorkers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SharedWorkerFilter, {
      nullable: true,
      description: 'Which workers; all that you see without it.',
    })
    filter?: SharedWorkerFilter | null,
  ): Rows {
    const { service, ...rest } = filter ?? {};
    return read.workers(
      { ...rest, service: service ? keyOf('service', service, 'filter.service') : undefined },
      pageOf(page, read.WORKER_ORDER, ['sharedWorkers', filter]),
    );
  }

  @FieldResolver(() => DecimalScalar, {
    description: 'Full-time equivalent: its hours a week over those of a full-time week of the group.',
  })
  fullTimeEquivalent(): Expression {
    return read.fullTimeEquivalent();
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => EmployerGroupPayload, {
    description:
      'Sets up the employer group of a service; an editor of the partner that employs does, or an administrator. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, GROUP_EXISTS, INVALID_JOINT_COMMITTEE, INVALID_PERIOD, INVALID_AMOUNT.',
  })
  createEmployerGroup(
    @Arg('input', () => CreateEmployerGroupInput, { description: 'The group.' })
    input: CreateEmployerGroupInput,
    @Ctx() context: HubContext,
  ): Promise<EmployerGroupPayload> {
    return withUserErrors(async () => ({
      employerGroup: read.groupById(await this.service.createGroup(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => EmployerGroupPayload, {
    description:
      'Changes what is known of an employer group. User errors: NOT_FOUND, PLACED_AFTER_END, INVALID_JOINT_COMMITTEE, INVALID_PERIOD, INVALID_AMOUNT.',
  })
  updateEmployerGroup(
    @Arg('input', () => UpdateEmployerGroupInput, { description: 'The changes.' })
    input: UpdateEmployerGroupInput,
    @Ctx() context: HubContext,
  ): Promise<EmployerGroupPayload> {
    return withUserErrors(async () => ({
      employerGroup: read.groupById(await this.service.updateGroup(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => SharedWorkerPayload, {
    description:
      'Engages a worker, under a pseudonym. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, INVALID_REFERENCE, REFERENCE_TAKEN, CONTRACT_HOURS_TOO_FEW, WORKER_LIMIT_REACHED, INVALID_PERIOD, INVALID_AMOUNT.',
  })
  engageWorker(
    @Arg('input', () => EngageWorkerInput, { description: 'The contract.' }) input: EngageWorkerInput,
    @Ctx() context: HubContext,
  ): Promise<SharedWorkerPayload> {
    return withUserErrors(async () => ({
      worker: read.workerById(await this.service.engage(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => SharedWorkerPayload, {
    description:
      'Ends a contract, or gives it another end; placements that would outlast it end with it. User errors: NOT_FOUND, INVALID_PERIOD, PLACED_AFTER_END, REFERENCE_TAKEN, WORKER_LIMIT_REACHED.',
  })
  endContract(
    @Arg('input', () => EndContractInput, { description: 'Which, and when.' }) input: EndContractInput,
    @Ctx() context: HubContext,
  ): Promise<SharedWorkerPayload> {
    return withUserErrors(async () => ({
      worker: read.workerById(await this.service.endContract(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.HUB_ADMIN)
  @Mutation(() => LegalParameterPayload, {
    description:
      'Records a number of the law from a day on. User errors: INVALID_AMOUNT, PARAMETER_OVERLAPS, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  saveLegalParameter(
    @Arg('input', () => SaveLegalParameterInput, { description: 'The number.' })
    input: SaveLegalParameterInput,
    @Ctx() context: HubContext,
  ): Promise<LegalParameterPayload> {
    return withUserErrors(async () => ({
      legalParameter: read.legalParameterById(await this.service.saveParameter(context.viewer, input)),
    }));
  }
}

@Resolver(() => EmployerGroupServiceType)
export class EmployerGroupServiceResolver {
  @FieldResolver(() => EmployerGroupType, {
    nullable: true,
    description: 'The group that employs its workers; null until it is set up.',
  })
  employerGroup(): Rows {
    return read.groupOfService();
  }
}
