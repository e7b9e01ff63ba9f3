import { Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { HELD_FOR } from '../access/roles.ts';
import { globalId } from '../ids.ts';
import type { HubContext } from './context.ts';
import { Language } from './language.ts';
import { mutationsFor } from './may-try.ts';
import { Role, TokenScope } from './roles.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('ViewerRole', { simpleResolvers: true, description: 'A role that the viewer holds.' })
export class ViewerRole {
  @Field(() => Role, { description: 'The role.' })
  role!: Role;

  @Field(() => ID, {
    nullable: true,
    description: 'Global id of the record that it is held for; null for a role over the whole hub.',
  })
  reference?: string | null;
}

@ObjectType('Viewer', { simpleResolvers: true, description: 'Who asks, and what the hub is for them.' })
export class ViewerType {
  @Field(() => String, {
    description:
      'Stable name of the principal: `anonymous`, `administrator`, `client_<uuid>`, `account_<uuid>`, or `person_<16 hexadecimal digits>` for somebody who signed in and has no account here.',
  })
  principal!: string;

  @Field(() => Boolean, { description: 'Whether the viewer administers the whole hub.' })
  isAdministrator!: boolean;

  @Field(() => [ViewerRole], { description: 'Roles that are in force.' })
  roles!: ViewerRole[];

  @Field(() => [TokenScope], {
    nullable: true,
    description: 'What the token may be used for; null where it may be used for all that the roles allow.',
  })
  scopes?: TokenScope[] | null;

  @Field(() => Boolean, { description: 'Whether it is a sandbox, which writes synthetic records alone.' })
  isSandbox!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when on the hub no longer takes the token; null for one without an end.',
  })
  expiresAt?: string | null;

  @Field(() => [String], {
    description: 'Names of the mutations that roles and scopes allow to try; the records decide the rest.',
  })
  mutations!: string[];

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
    const { principal, isAdministrator, grants, scopes, isSandbox, expiresAt } = context.viewer;
    return {
      principal,
      isAdministrator,
      roles: grants.map(({ role, of }) => {
        const kind = HELD_FOR[role];
        return { role, reference: kind && of ? globalId(kind, of) : null };
      }),
      scopes: scopes ? [...scopes].sort() : null,
      isSandbox,
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      mutations: mutationsFor(context.viewer),
      language: context.language,
      isDemonstration: this.isDemonstration,
    };
  }
}
