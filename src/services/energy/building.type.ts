import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../graphql/node.type.ts';
import { connectionOf } from '../../graphql/pages.ts';
import { Provenance } from '../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { PartnerType } from '../../partners/index.ts';
import { TerritoryType } from '../../reference/index.ts';
import { SharedServiceType } from '../index.ts';
import { BuildingActivity, FloorAreaBand } from './building.entity.ts';

registerEnumType(BuildingActivity, {
  name: 'BuildingActivity',
  description: 'What a building is used for, most of the time · activité · activiteit.',
  valuesConfig: {
    OFFICE: { description: 'Offices · bureaux · kantoren' },
    SCHOOL: {
      description: 'School or training centre · école, centre de formation · school, opleidingscentrum',
    },
    CHILDCARE: { description: 'Crèche or other childcare · accueil de la petite enfance · kinderopvang' },
    HOSPITAL: { description: 'Hospital or clinic · hôpital, clinique · ziekenhuis, kliniek' },
    CARE_HOME: { description: 'Home for older people · maison de repos · woonzorgcentrum' },
    HOUSING: { description: 'Shelter or other housing · hébergement, logement · opvang, huisvesting' },
    DAY_CENTRE: { description: 'Day centre or service · centre de jour · dagcentrum' },
    CULTURE: { description: 'Museum, theatre, library · culture · cultuur' },
    SPORT: { description: 'Sports hall or pool · sport · sport' },
    WORKSHOP: { description: 'Workshop or shop · atelier, magasin · werkplaats, winkel' },
    OTHER: { description: 'Something else · autre · andere' },
  },
});
registerEnumType(FloorAreaBand, {
  name: 'FloorAreaBand',
  description: 'Size of a building by its floor area · taille du bâtiment · grootte van het gebouw.',
  valuesConfig: {
    UNDER_500: { description: 'Less than 500 m² · moins de 500 m² · minder dan 500 m²' },
    FROM_500_TO_999: { description: '500 to 999 m² · 500 à 999 m² · 500 tot 999 m²' },
    FROM_1000_TO_2499: { description: '1,000 to 2,499 m² · 1.000 à 2.499 m² · 1.000 tot 2.499 m²' },
    FROM_2500_TO_4999: { description: '2,500 to 4,999 m² · 2.500 à 4.999 m² · 2.500 tot 4.999 m²' },
    FROM_5000: { description: '5,000 m² and more · 5.000 m² et plus · 5.000 m² en meer' },
  },
});

@ObjectType('Building', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A building that a partner uses and an energy service follows · bâtiment · gebouw.',
})
export class BuildingType extends NodeType {
  @Field(() => PartnerType, { description: 'Who uses it.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The energy service that follows it.' })
  service!: SharedServiceType;

  @Field(() => String, { description: 'What the partner calls it.' })
  name!: string;

  @Field(() => BuildingActivity, { description: 'What it is used for, most of the time.' })
  activity!: BuildingActivity;

  @Field(() => DecimalScalar, { description: 'Heated floor area, in m².' })
  floorAreaM2!: string;

  @Field(() => FloorAreaBand, { description: 'Its size, by the floor area.' })
  floorAreaBand!: FloorAreaBand;

  @Field(() => Int, { nullable: true, description: 'Year in which it was built, where that is known.' })
  constructionYear?: number | null;

  @Field(() => TerritoryType, { description: 'The municipality in which it stands.' })
  municipality!: TerritoryType;

  @Field(() => DateScalar, { description: 'First day on which the service followed it.' })
  followedFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer did.' })
  followedUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const BuildingConnection = connectionOf(() => BuildingType, 'Building', 'the buildings');
