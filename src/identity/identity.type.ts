import { Field, ObjectType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { Role, TokenScope } from '../graphql/roles.ts';
import { DateScalar, DateTimeScalar } from '../graphql/scalars.ts';

@ObjectType('Client', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A tool that speaks to the hub for an organisation, with tokens · client · client.',
})
export class ClientType extends NodeType {
  @Field(() => String, { description: 'What it is called by those who manage it.' })
  name!: string;

  @Field(() => Boolean, {
    description: 'Whether it is a sandbox: it has roles for synthetic records, and writes them alone.',
  })
  isSandbox!: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was closed; null while it is open.' })
  closedAt?: string | null;
}

@ObjectType('AccessToken', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A token of a client. Of its secret the hub keeps a hash alone · jeton d’accès · toegangstoken.',
})
export class AccessTokenType extends NodeType {
  @Field(() => ClientType, { description: 'The client that it belongs to.' })
  client!: ClientType;

  @Field(() => String, { description: 'What stands between `hub_` and the secret: tells which token it is.' })
  prefix!: string;

  @Field(() => [TokenScope], { description: 'What it may be used for.' })
  scopes!: TokenScope[];

  @Field(() => DateTimeScalar, { description: 'When it was issued.' })
  createdAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it ends by itself.' })
  expiresAt!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last day on which it was used; null for one that never was.',
  })
  lastUsedOn?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'From when on it is not taken, because it was revoked or replaced; it may lie some hours ahead.',
  })
  revokedAt?: string | null;
}

@ObjectType('Account', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A person, by what an identity provider calls them: the hub keeps no name and no address · compte · account.',
})
export class AccountType extends NodeType {
  @Field(() => String, { description: 'The identity provider: `iss` in the person’s tokens.' })
  issuer!: string;

  @Field(() => String, { description: 'What the provider calls the person: `sub` in their tokens.' })
  subject!: string;

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  createdAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was closed; null while it is open.' })
  closedAt?: string | null;
}

@ObjectType('RoleGrant', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A role that a client or an account holds or held · rôle accordé · toegekende rol.',
})
export class RoleGrantType extends NodeType {
  @Field(() => Role, { description: 'The role.' })
  role!: Role;

  @Field(() => ClientType, {
    nullable: true,
    description: 'The client that holds it; null where an account does.',
  })
  client?: ClientType | null;

  @Field(() => AccountType, {
    nullable: true,
    description: 'The account that holds it; null where a client does.',
  })
  account?: AccountType | null;

  @Field(() => DateTimeScalar, { description: 'When it was granted.' })
  grantedAt!: string;

  @Field(() => String, { description: 'Principal that granted it.' })
  grantedBy!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when on it does not count; null for one without an end.',
  })
  validUntil?: string | null;
}

export const ClientConnection = connectionOf(() => ClientType, 'Client', 'the clients');
export const AccountConnection = connectionOf(() => AccountType, 'Account', 'the accounts');
