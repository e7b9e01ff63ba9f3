import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { HubContext } from './context.ts';
import { Language } from './language.ts';

@ObjectType('Viewer', { simpleResolvers: true, description: 'Who asks, and what the hub is for them.' })
export class ViewerType {
  @Field(() => String, { description: 'Stable name of the principal: `anonymous` or `administrator`.' })
  principal!: string;

  @Field(() => Boolean, { description: 'Whether the viewer may write and administer.' })
  isAdministrator!: boolean;

  @Field(() => Language, { description: 'Language in which texts are given where a field asks for none.' })
  language!: Language;

  @Field(() => Boolean, { description: 'Whether this hub shows synthetic demonstration data.' })
  isDemonstration!: boolean;
}

@Resolver()
export class ViewerResolver {
  constructor(private readonly isDemonstration: boolean) {}

  @Query(() => ViewerType, { description: 'Who you are to the hub.' })
  viewer(@Ctx() context: HubContext): ViewerType {
    const { principal, isAdministrator } = context.viewer;
    return { principal, isAdministrator, language: context.language, isDemonstration: this.isDemonstration };
  }
}
