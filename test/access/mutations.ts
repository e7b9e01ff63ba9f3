import { adviceInputsOf } from '../advice/attempts.ts';
import { type GroupMutation, groupInputsOf, OTHER_GROUP } from '../employer-group/attempts.ts';
import { energyInputsOf } from '../energy/attempts.ts';
import { keyOf, partnerInput, save, send } from '../partners/records.ts';
import { inputsOf } from '../purchasing/attempts.ts';
import type { TestHub } from '../support/hub.ts';
import type { Tenant, World } from './world.ts';

/** For each mutation, an input that concerns a tenant and that its owner would succeed with; each time a new one. */
export type Attempts = Record<string, (tenant: Tenant) => Promise<object>>;

let attempts = 0;
function next(): string {
  attempts += 1;
  return `attempt-${attempts}`;
}

export function attemptsOf({ hub }: World): Attempts {
  let made: string | undefined;
  const tool = async (tenant: Tenant) => {
    // A record has so many tools and no more: the one before is closed, if it is not.
    if (made) await send(hub, 'closeClient', { id: made });
    const roles = [{ role: 'PARTNER_EDITOR', reference: tenant.partner }];
    const client = await save(hub, 'createClient', { name: next(), roles });
    made = client.id;
    return client;
  };
  const token = async (tenant: Tenant) =>
    save(hub, 'issueAccessToken', { client: (await tool(tenant)).id, scopes: ['READ'] });
  const person = (tenant: Tenant) => ({
    issuer: 'https://id.example',
    subject: next(),
    roles: [{ role: 'FEDERATION_ANALYST', reference: tenant.federation }],
  });
  const sharing = (tenant: Tenant) => ({
    partner: tenant.partner,
    federation: tenant.federation,
    purpose: 'Statistics',
    rooms: ['USAGE'],
    validUntil: '2027-01-01',
  });
  /** A service that nobody else is enrolled in, run by the tenant's staff alone, has to be its own. */
  const requested = async (tenant: Tenant) => {
    await endAll(hub, tenant);
    return save(hub, 'enrolPartner', { partner: tenant.partner, service: tenant.privateService });
  };
  /** A service of the tenant whose group is set up, each time anew. */
  const withoutGroup = async (service: string): Promise<string> => {
    await hub.sql('delete from employer_group where service_id = $1', [keyOf({ id: service })]);
    return service;
  };
  return {
    createPartner: async (tenant) =>
      partnerInput({ memberships: [{ federation: tenant.federation, validFrom: '2024-01-01' }] }),
    updatePartner: async ({ partner }) => ({ id: partner, website: `https://${next()}.example` }),
    closePartner: async ({ partner }) => ({ partner }),
    createFederation: async () => ({ slug: next(), name: { fr: 'F' } }),
    createProvider: async () => ({ slug: next(), name: { fr: 'P' } }),
    createSharedService: async (tenant) => ({
      kind: 'OTHER',
      slug: next(),
      name: { fr: 'S' },
      languages: ['FR'],
      carriers: [tenant.records.Provider],
      federation: tenant.federation,
    }),
    grantDataSharing: async (tenant) => sharing(tenant),
    revokeDataSharing: async (tenant) => ({ id: (await save(hub, 'grantDataSharing', sharing(tenant))).id }),
    enrolPartner: async (tenant) => {
      await endAll(hub, tenant);
      return { partner: tenant.partner, service: tenant.privateService };
    },
    activateEnrolment: async (tenant) => ({ id: (await requested(tenant)).id }),
    endEnrolment: async (tenant) => ({ id: (await requested(tenant)).id }),
    reportUsage: async ({ partner, privateService }) => ({
      source: 'tool',
      entries: [
        {
          partner,
          service: privateService,
          metric: 'OTHER_SERVICE_UNITS',
          occurredOn: '2024-06-01',
          quantity: '1',
          externalReference: next(),
        },
      ],
    }),
    createClient: async ({ partner }) => ({
      name: next(),
      roles: [{ role: 'PARTNER_READER', reference: partner }],
    }),
    closeClient: async (tenant) => ({ id: (await tool(tenant)).id }),
    issueAccessToken: async (tenant) => ({ client: (await tool(tenant)).id, scopes: ['READ'] }),
    rotateAccessToken: async (tenant) => ({ id: (await token(tenant)).id }),
    revokeAccessToken: async (tenant) => ({ id: (await token(tenant)).id }),
    registerAccount: async (tenant) => person(tenant),
    closeAccount: async (tenant) => ({ id: (await save(hub, 'registerAccount', person(tenant))).id }),
    grantRole: async (tenant) => ({
      client: (await tool(tenant)).id,
      role: 'PARTNER_READER',
      reference: tenant.partner,
    }),
    revokeRole: async (tenant) => ({ id: (await tool(tenant)).roles[0].id }),
    ...Object.fromEntries(
      Object.entries(inputsOf(hub)).map(([mutation, input]) => [
        mutation,
        (tenant: Tenant) => input(tenant.offer),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(energyInputsOf(hub)).map(([mutation, input]) => [
        mutation,
        (tenant: Tenant) => input(tenant.followed),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(adviceInputsOf(hub)).map(([mutation, input]) => [
        mutation,
        (tenant: Tenant) => input(tenant.advised),
      ]),
    ),
    ...Object.fromEntries(
      (Object.keys(OTHER_GROUP) as GroupMutation[]).map((mutation) => [
        mutation,
        ({ grouped, spareGroup }: Tenant) =>
          groupInputsOf(hub, () => withoutGroup(spareGroup))[mutation](grouped),
      ]),
    ),
  };
}

/** Ends every enrolment of a tenant in its own service that is not over. */
async function endAll(hub: TestHub, { partner, privateService }: Tenant): Promise<void> {
  const { data } = await hub.write(
    `query ($partner: ID!, $service: ID!) { enrolments(filter: { partner: $partner, service: $service, status: [REQUESTED, ACTIVE] }) { nodes { id } } }`,
    { partner, service: privateService },
  );
  for (const { id } of data.enrolments.nodes) await save(hub, 'endEnrolment', { id });
}
