import type { Credentials, KeptAccount, KeptToken, TimedGrant } from '../access/credentials.ts';
import { HELD_FOR, type Role, type TokenScope } from '../access/roles.ts';
import { SYSTEM } from '../access/viewer.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';

interface TokenRow {
  id: string;
  client_id: string;
  is_sandbox: boolean;
  secret_hash: string;
  scopes: TokenScope[];
  ends_at: string;
  last_used_on: string | null;
  grants: GrantRow[];
}

interface AccountRow {
  id: string;
  is_closed: boolean;
  grants: GrantRow[];
}

interface GrantRow {
  role: Role;
  of: string | null;
  until: string | null;
}

/** Milliseconds since 1970, as text: whatever the session's settings. */
const EPOCH = (instant: string): string => `floor(extract(epoch from ${instant}) * 1000)::bigint::text`;

const GRANTS = (holder: string): string => `coalesce((select json_agg(json_build_object('role', g.role,
  'of', coalesce(g.partner_id, g.service_id, g.supplier_id, g.federation_id, g.authority_id),
  'until', ${EPOCH('g.valid_until')})) from role_grant g where ${holder}), '[]') as grants`;

const TOKEN = `select t.id, t.client_id, c.is_sandbox, t.secret_hash, to_json(t.scopes) as scopes,
  ${EPOCH('least(t.expires_at, t.revoked_at, c.closed_at)')} as ends_at, t.last_used_on::text as last_used_on,
  ${GRANTS('g.client_id = c.id')}
  from access_token t join client c on c.id = t.client_id where t.prefix = ?`;

const ACCOUNT = `select a.id, a.closed_at is not null as is_closed, ${GRANTS('g.account_id = a.id')}
  from account a where a.issuer = ? and a.subject = ?`;

/** Looks up, as the hub itself, who sends a request. */
export class CredentialService implements Credentials {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async token(prefix: string): Promise<KeptToken | undefined> {
    const [row] = await this.unitOfWork.run(SYSTEM, (em) => em.execute<TokenRow[]>(TOKEN, [prefix]));
    return (
      row && {
        id: row.id,
        client: row.client_id,
        isSandbox: row.is_sandbox,
        secretHash: row.secret_hash,
        scopes: new Set(row.scopes),
        endsAt: Number(row.ends_at),
        lastUsedOn: row.last_used_on ?? undefined,
        grants: row.grants.map(grantOf),
      }
    );
  }

  async account(issuer: string, subject: string): Promise<KeptAccount | undefined> {
    const [row] = await this.unitOfWork.run(SYSTEM, (em) =>
      em.execute<AccountRow[]>(ACCOUNT, [issuer, subject]),
    );
    return row && { id: row.id, isClosed: row.is_closed, grants: row.grants.map(grantOf) };
  }

  async used(token: string, day: string): Promise<void> {
    await this.unitOfWork.run(SYSTEM, (em) =>
      em.execute(
        'update access_token set last_used_on = ?::date where id = ? and (last_used_on is null or last_used_on < ?::date)',
        [day, token, day],
      ),
    );
  }
}

function grantOf({ role, of, until }: GrantRow): TimedGrant {
  return {
    role,
    // The nil of a role over the whole hub is not the key of a record.
    ...(HELD_FOR[role] && of ? { of } : {}),
    ...(until === null ? {} : { until: Number(until) }),
  };
}
