import { defineEntity, p } from '@mikro-orm/core';
import { id, recordedAt } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { accessTokenRule, clientRule } from './identity.policy.ts';

export const ClientSchema = defineEntity({
  name: 'Client',
  tableName: 'client',
  ...rowSecurity('client', clientRule),
  properties: {
    id: id(),
    name: p.string().length(120),
    /** Whether it may write synthetic records alone. */
    isSandbox: p.boolean().default(false),
    /**
     * Keys of all records that it ever held a role for, the nil UUID for the whole hub. Kept by the database; who
     * may grant roles for all of them manages the client.
     */
    heldFor: p.array().columnType('uuid[]').default([]),
    createdAt: recordedAt(),
    closedAt: p.datetime(3).nullable(),
  },
  indexes: [{ properties: ['createdAt', 'id'] }],
  checks: [{ name: 'client_name', expression: `name ~ '\\S'` }],
});
/** A tool that speaks to the hub for an organisation, with tokens. */
export class Client extends ClientSchema.class {}
ClientSchema.setClass(Client);

export const AccessTokenSchema = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  ...rowSecurity('access_token', accessTokenRule),
  properties: {
    id: id(),
    client: () => p.manyToOne(Client),
    /** The part of the token that may be seen: it names the token in a list, and finds it. */
    prefix: p.string().length(12).unique(),
    /** SHA-256 of the whole token. A token is 256 random bits, so that nothing slower is needed. */
    secretHash: p.character().length(64).hidden(),
    scopes: p.array().columnType('text[]'),
    createdAt: recordedAt(),
    expiresAt: p.datetime(3),
    lastUsedOn: p.date().nullable(),
    /** From when on it is no longer taken: a rotated token has some hours left. */
    revokedAt: p.datetime(3).nullable(),
  },
  indexes: [{ properties: ['client', 'createdAt', 'id'] }],
  checks: [
    { name: 'access_token_prefix', expression: `prefix ~ '^[a-z0-9]{8,12}$'` },
    { name: 'access_token_secret_hash', expression: `secret_hash ~ '^[0-9a-f]{64}$'` },
    {
      name: 'access_token_scopes',
      expression: `cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ENERGY', 'EMPLOYER_GROUP', 'ADVICE', 'ACCESS']`,
    },
    {
      name: 'access_token_lifetime',
      expression: `expires_at > created_at and expires_at <= created_at + '9600:00:00'::interval`,
    },
  ],
});
/** A token of a client; of the secret, only its hash. */
export class AccessToken extends AccessTokenSchema.class {}
AccessTokenSchema.setClass(AccessToken);
