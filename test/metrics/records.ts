import { expect } from '@jest/globals';
import type { TestHub } from '../support/hub.ts';

/** Small sets of reported records, made through the API. */
let serial = 0;
const key = (): string => {
  serial += 1;
  return `test-key-${serial}`;
};

async function create(hub: TestHub, mutation: string, input: string, value: object, selection: string) {
  const { data, errors } = await hub.write(
    `mutation ($input: ${input}!) { ${mutation}(input: $input) { userErrors { code message field } ${selection} } }`,
    { input: { idempotencyKey: key(), ...value } },
  );
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation];
}

export async function addService(hub: TestHub, kind: string, slug: string): Promise<string> {
  const provider = await create(
    hub,
    'createProvider',
    'CreateProviderInput',
    { slug: `${slug}-provider`, name: { en: `Provider of ${slug}` } },
    'provider { id }',
  );
  const service = await create(
    hub,
    'createSharedService',
    'CreateSharedServiceInput',
    { kind, slug, name: { en: slug }, languages: ['EN'], carriers: [provider.provider.id] },
    'sharedService { id }',
  );
  return service.sharedService.id;
}

export async function addPartner(hub: TestHub, name: string, more: object = {}): Promise<string> {
  serial += 1;
  const first = `0999${String(9000 + serial)}`;
  const enterpriseNumber = first + String(97 - (Number(first) % 97)).padStart(2, '0');
  const { partner } = await create(
    hub,
    'createPartner',
    'CreatePartnerInput',
    {
      enterpriseNumber,
      name: { en: name },
      legalForm: 'ASBL_VZW',
      sector: 'CULTURE',
      headcount: 7,
      languages: ['EN'],
      sites: [{ postalCode: '1000' }],
      ...more,
    },
    'partner { id }',
  );
  return partner.id;
}

export async function addFederation(hub: TestHub, slug: string): Promise<string> {
  const value = { slug, name: { en: slug } };
  const { federation } = await create(
    hub,
    'createFederation',
    'CreateFederationInput',
    value,
    'federation { id }',
  );
  return federation.id;
}

/** Changes what a partner is. */
export async function changePartner(hub: TestHub, id: string, change: object): Promise<void> {
  await create(hub, 'updatePartner', 'UpdatePartnerInput', { id, ...change }, 'partner { id }');
}

/** The key behind a global id. */
export const keyIn = (id: string): string => id.slice(id.lastIndexOf('_') + 1);

/** A population for a service, with its members; no request of the hub makes one. */
export async function addPopulation(
  hub: TestHub,
  slug: string,
  of: { service: string; members: string[]; declared?: number },
): Promise<string> {
  const [population] = await hub.sql<{ id: string }>(
    `insert into population (id, slug, name_en, definition_en, as_of, source, provenance, declared_count)
     values (gen_random_uuid(), $1, 'Population', 'Those', '2020-01-01', 'A list', 'REPORTED', $2) returning id`,
    [slug, of.declared ?? null],
  );
  const { id } = population as { id: string };
  await hub.sql('update shared_service set population_id = $1 where id = $2', [id, keyIn(of.service)]);
  await hub.sql('insert into population_member (population_id, partner_id) select $1, unnest($2::uuid[])', [
    id,
    of.members.map(keyIn),
  ]);
  return `population_${id}`;
}

/** An active enrolment. */
export async function enrol(
  hub: TestHub,
  partner: string,
  service: string,
  activeFrom: string,
  endedOn?: string,
): Promise<string> {
  const { enrolment } = await create(
    hub,
    'enrolPartner',
    'EnrolPartnerInput',
    { partner, service, requestedOn: activeFrom },
    'enrolment { id }',
  );
  const { id } = enrolment;
  await create(hub, 'activateEnrolment', 'ActivateEnrolmentInput', { id, activeFrom }, 'enrolment { id }');
  if (endedOn) await create(hub, 'endEnrolment', 'EndEnrolmentInput', { id, endedOn }, 'enrolment { id }');
  return id;
}

/** Reports entries, all of which must be accepted, or be known already, and answers their ids. */
export async function reportUsage(
  hub: TestHub,
  entries: object[],
  expected: 'ACCEPTED' | 'DUPLICATE' = 'ACCEPTED',
  source = 'test',
): Promise<string[]> {
  const { results } = await create(
    hub,
    'reportUsage',
    'ReportUsageInput',
    { source, entries: entries.map((entry) => ({ externalReference: key(), ...entry })) },
    'results { status error { code message field } entry { id } }',
  );
  for (const { status, error } of results)
    expect({ status, error }).toEqual({ status: expected, error: null });
  return results.map(({ entry }: { entry: { id: string } }) => entry.id);
}
