import { Field, ID, InputType } from 'type-graphql';
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
