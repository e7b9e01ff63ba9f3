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

export async function addPartner(hub: TestHub, name: string): Promise<string> {
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
    },
    'partner { id }',
  );
  return partner.id;
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

/** Reports entries, all of which must be accepted, and answers their ids. */
export async function reportUsage(hub: TestHub, entries: object[]): Promise<string[]> {
  const { results } = await create(
    hub,
    'reportUsage',
    'ReportUsageInput',
    { source: 'test', entries: entries.map((entry) => ({ externalReference: key(), ...entry })) },
    'results { status error { code message field } entry { id } }',
  );
  for (const { status, error } of results)
    expect({ status, error }).toEqual({ status: 'ACCEPTED', error: null });
  return results.map(({ entry }: { entry: { id: string } }) => entry.id);
}
