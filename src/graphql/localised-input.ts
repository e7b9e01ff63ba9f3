import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A text in one or more languages.' })
export class LocalisedTextInput {
  @Field(() => String, { nullable: true, description: 'French.' })
  fr?: string | null;

  @Field(() => String, { nullable: true, description: 'Dutch.' })
  nl?: string | null;

  @Field(() => String, { nullable: true, description: 'German.' })
  de?: string | null;

  @Field(() => String, { nullable: true, description: 'English.' })
  en?: string | null;
}
