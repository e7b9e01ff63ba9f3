import type { TestHub } from '../support/hub.ts';

/** A valid enterprise number that the demonstration data does not use. */
export function enterpriseNumber(n: number): string {
  const first = String(9_500_000 + n).padStart(8, '0');
  return `${first}${String(97 - (Number(first) % 97)).padStart(2, '0')}`;
}

let created = 0;

/** Records a partner through the API; synthetic, so that the hub stays open to all readers. Answers its id. */
export async function createPartner(
  hub: TestHub,
  name: { fr?: string; nl?: string; de?: string; en?: string },
  more: Record<string, unknown> = {},
): Promise<string> {
  created += 1;
  const { data, errors } = await hub.write(
    `mutation ($input: CreatePartnerInput!) {
      createPartner(input: $input) { partner { id } userErrors { code message field } }
    }`,
    {
      input: {
        idempotencyKey: `test-read-${created}`,
        enterpriseNumber: enterpriseNumber(created),
        name,
        legalForm: 'ASBL_VZW',
        sector: 'OTHER',
        headcount: 3,
        languages: ['FR'],
        sites: [{ postalCode: '1000' }],
        provenance: 'SYNTHETIC',
        ...more,
      },
    },
  );
  if (errors || data.createPartner.userErrors.length > 0) {
    throw new Error(JSON.stringify(errors ?? data.createPartner.userErrors));
  }
  return data.createPartner.partner.id;
}

/** The data of an operation that must give no errors and take one read statement. */
export async function ask(hub: TestHub, source: string, variables: Record<string, unknown> = {}) {
  const { data, errors, statements } = await hub.query(source, variables);
  if (errors) throw new Error(`${source}\n${JSON.stringify(errors)}`);
  if (statements.length !== 1) throw new Error(`${statements.length} read statements instead of one`);
  return data;
}
