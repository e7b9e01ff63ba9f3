import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { BuildingActivity, FloorAreaBand } from './building.entity.ts';

@InputType({ description: 'Which buildings: every condition that is given must hold.' })
export class BuildingFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Followed by this energy service.' })
  service?: string | null;

  @Field(() => [BuildingActivity], { nullable: true, description: 'Used for one of these.' })
  activities?: BuildingActivity[] | null;

  @Field(() => [FloorAreaBand], { nullable: true, description: 'Of one of these sizes.' })
  floorAreaBands?: FloorAreaBand[] | null;
}

@InputType({ description: 'A building to follow.' })
export class CreateBuildingInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Who uses it: enrolled in the service today.' })
  partner!: string;

  @Field(() => ID, { description: 'The energy service that follows it.' })
  service!: string;

  @Field(() => String, {
    description:
      'What the partner calls it, 120 characters at most; about the building, and about no person.',
  })
  name!: string;

  @Field(() => BuildingActivity, { description: 'What it is used for, most of the time.' })
  activity!: BuildingActivity;

  @Field(() => DecimalScalar, { description: 'Heated floor area in m², 1 at least, 2 decimals at most.' })
  floorAreaM2!: string;

  @Field(() => Int, { nullable: true, description: 'Year in which it was built, where that is known.' })
  constructionYear?: number | null;

  @Field(() => String, { description: 'NIS code of its municipality; see `territories`.' })
  municipality!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which the service follows it; today without it.',
  })
  followedFrom?: string | null;
}

@InputType({ description: 'Changes of a building; what is left out stays as it is.' })
export class UpdateBuildingInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The building.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the partner calls it, 120 characters at most. Name no person.',
  })
  name?: string | null;

  @Field(() => BuildingActivity, { nullable: true, description: 'What it is used for.' })
  activity?: BuildingActivity | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Heated floor area in m².' })
  floorAreaM2?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Year in which it was built; null where it is not known.',
  })
  constructionYear?: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which the service no longer follows it; null to follow it on.',
  })
  followedUntil?: string | null;
}
