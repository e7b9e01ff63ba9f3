import { Field, ObjectType } from 'type-graphql';

@ObjectType('PersonalDataColumn', {
  simpleResolvers: true,
  description:
    'A column of the hub that holds personal data · données à caractère personnel · persoonsgegevens.',
})
export class PersonalDataColumnType {
  @Field(() => String, { description: 'Name of the table.' })
  table!: string;

  @Field(() => String, { description: 'Name of the column.' })
  column!: string;

  @Field(() => String, { description: 'What the hub keeps it for.' })
  purpose!: string;

  @Field(() => String, {
    description: 'Who decides on it, in the sense of the General Data Protection Regulation.',
  })
  controller!: string;

  @Field(() => String, {
    description: 'How long it is kept, as an ISO 8601 duration; `erasure` says from when.',
  })
  retention!: string;

  @Field(() => String, { description: 'When and how it is erased.' })
  erasure!: string;
}
