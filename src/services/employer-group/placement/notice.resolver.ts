import { Arg, Field, ID, InputType, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { changesOf, type HubContext } from '../../../graphql/context.ts';
import { keyOf } from '../../../ids.ts';
import type { Fields } from '../../../read/index.ts';
import type { RecordScope, SeenRecords } from '../../record-notice.read.ts';
import { placementsProposed, timesheetsSubmitted } from './notice.read.ts';
import { placementProposals, timesheetSubmissions } from './notice.topic.ts';
import { PlacementType, TimesheetType } from './placement.type.ts';

@InputType({ description: 'Of what to hear: every condition that is given must hold.' })
export class EmployerGroupScopeInput {
  @Field(() => ID, { nullable: true, description: 'Of this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'That placements were proposed, as far as you see them.' })
export class PlacementProposal {
  @Field(() => [PlacementType], { description: 'The placements, as they are now: at most 100 at a time.' })
  placements!: PlacementType[];

  @Field(() => Boolean, {
    description:
      'Whether these are all of them; false after a pause or a flood of changes: ask `placements` again.',
  })
  isComplete!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'That timesheets were submitted, as far as you see them.' })
export class TimesheetSubmission {
  @Field(() => [TimesheetType], { description: 'The timesheets, as they are now: at most 100 at a time.' })
  timesheets!: TimesheetType[];

  @Field(() => Boolean, {
    description:
      'Whether these are all of them; false after a pause or a flood of changes: ask `timesheets` again.',
  })
  isComplete!: boolean;
}

const SCOPE = { nullable: true, description: 'Of what; all that you see without it.' };

@Resolver()
export class GroupNoticeResolver {
  @Subscription(() => PlacementProposal, {
    description:
      'Tells within a second of placements that a group proposes, as far as you see them. Errors: INVALID_ID, NOT_FOUND.',
    subscribe: ({
      args,
      context,
    }: {
      args: { scope?: EmployerGroupScopeInput | null };
      context: HubContext;
    }) => changesOf(context, placementProposals, scopeOf(args.scope ?? {})),
  })
  placementProposed(
    @Root() change: SeenRecords,
    @Arg('scope', () => EmployerGroupScopeInput, SCOPE) _scope?: EmployerGroupScopeInput | null,
  ): Fields {
    return placementsProposed(change);
  }

  @Subscription(() => TimesheetSubmission, {
    description:
      'Tells within a second of timesheets that are sent to their members, as far as you see them. Errors: INVALID_ID, NOT_FOUND.',
    subscribe: ({
      args,
      context,
    }: {
      args: { scope?: EmployerGroupScopeInput | null };
      context: HubContext;
    }) => changesOf(context, timesheetSubmissions, scopeOf(args.scope ?? {})),
  })
  timesheetSubmitted(
    @Root() change: SeenRecords,
    @Arg('scope', () => EmployerGroupScopeInput, SCOPE) _scope?: EmployerGroupScopeInput | null,
  ): Fields {
    return timesheetsSubmitted(change);
  }
}

function scopeOf({ partner, service }: EmployerGroupScopeInput): RecordScope {
  return {
    partner: partner ? keyOf('partner', partner, 'scope.partner') : undefined,
    service: service ? keyOf('service', service, 'scope.service') : undefined,
  };
}
