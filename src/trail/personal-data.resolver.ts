import { Query, Resolver } from 'type-graphql';
import { PERSONAL_DATA } from './personal-data.ts';
import { PersonalDataColumnType } from './personal-data.type.ts';

@Resolver()
export class PersonalDataResolver {
  @Query(() => [PersonalDataColumnType], {
    description: 'The register of personal data: every column that holds some, why, and for how long.',
  })
  personalData(): PersonalDataColumnType[] {
    return [...PERSONAL_DATA];
  }
}
