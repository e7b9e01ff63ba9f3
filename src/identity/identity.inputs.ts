import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { Role, TokenScope } from '../graphql/roles.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';

const KEY_OF_SECRET = `${IDEMPOTENCY_KEY} Only the first answer has the secret.`;
const EXPIRES = 'When the token ends: at most 400 days ahead; in 90 days without it.';

@InputType({ description: 'A role to give.' })
export class RoleInput {
  @Field(() => Role, { description: 'The role.' })
  role!: Role;

  @Field(() => ID, {
    nullable: true,
    description:
      'The record that it is held for: a partner, service, supplier, federation or authority, as the role says; none for HUB_ADMIN.',
  })
  reference?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when on it does not count; without an end without it.',
  })
  validUntil?: string | null;
}

@InputType({ description: 'A client to create.' })
export class CreateClientInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => String, {
    description: 'What it is called by those who manage it: 120 characters at most. Name no person.',
  })
  name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is a sandbox: its roles are for synthetic partners and services, and it writes synthetic records alone. It stays what it is; false without it.',
  })
  isSandbox?: boolean | null;

  @Field(() => [RoleInput], {
    description: 'Its roles, one at least: who may grant them all manages the client. 20 at most.',
  })
  roles!: RoleInput[];
}

@InputType({ description: 'A client to close.' })
export class CloseClientInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The client.' })
  id!: string;
}

@InputType({ description: 'A token to issue.' })
export class IssueAccessTokenInput {
  @Field(() => String, { description: KEY_OF_SECRET })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The client that it is for.' })
  client!: string;

  @Field(() => [TokenScope], { description: 'What it may be used for: no more than it needs.' })
  scopes!: TokenScope[];

  @Field(() => DateTimeScalar, { nullable: true, description: EXPIRES })
  expiresAt?: string | null;
}

@InputType({ description: 'A token to replace.' })
export class RotateAccessTokenInput {
  @Field(() => String, { description: KEY_OF_SECRET })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The token that is replaced.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Hours for which the replaced token goes on: 0 to 72; 24 without it.',
  })
  overlapHours?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: EXPIRES })
  expiresAt?: string | null;
}

@InputType({ description: 'A token to revoke.' })
export class RevokeAccessTokenInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The token.' })
  id!: string;
}

@InputType({ description: 'A person to register.' })
export class RegisterAccountInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => String, {
    description: 'The identity provider: exactly what stands as `iss` in the person’s tokens.',
  })
  issuer!: string;

  @Field(() => String, { description: 'What the provider calls the person: `sub` in their tokens.' })
  subject!: string;

  @Field(() => [RoleInput], {
    nullable: true,
    description: 'Roles to give; one at least, unless an administrator registers. 20 at most.',
  })
  roles?: RoleInput[] | null;
}

@InputType({ description: 'An account to close.' })
export class CloseAccountInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The account.' })
  id!: string;
}

@InputType({ description: 'A role to grant, to a client or to an account.' })
export class GrantRoleInput extends RoleInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { nullable: true, description: 'The client that gets it. Its tokens have it at once.' })
  client?: string | null;

  @Field(() => ID, { nullable: true, description: 'The account that gets it.' })
  account?: string | null;
}

@InputType({ description: 'A role to end.' })
export class RevokeRoleInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The role that was granted.' })
  id!: string;
}
