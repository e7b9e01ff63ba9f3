import { randomUUID } from 'node:crypto';
import { HubError } from './hub.mjs';

const ENTRIES = 5;
const SITES = 2;
const DAY = '2024-05-02';

const DOCUMENTS = {
  createPartner: `mutation ($input: CreatePartnerInput!) {
    createPartner(input: $input) { partner { id } userErrors { code message } } }`,
  reportUsage: `mutation ($input: ReportUsageInput!) {
    reportUsage(input: $input) { acceptedCount results { entry { id } } userErrors { code message } } }`,
};

/** A valid enterprise number, another one for each of the first million numbers. */
export function enterpriseNumber(n) {
  const eight = 9_000_000 + n;
  return `0${eight}${String(97 - (eight % 97)).padStart(2, '0')}`;
}

/** Every mutation that was sent, and what the hub said of it. */
export class Ledger {
  requests = [];
  numbers = 0;

  /** What the usage is about. */
  async prepare(hub) {
    const name = { fr: 'Essai de panne' };
    const provider = await hub.make('createProvider', 'provider', { slug: 'crash-provider', name });
    this.service = await hub.make('createSharedService', 'sharedService', {
      kind: 'OTHER',
      slug: 'crash-service',
      name,
      languages: ['FR'],
      carriers: [provider],
    });
    this.partner = await hub.make('createPartner', 'partner', this.partnerInput());
  }

  partnerInput() {
    this.numbers += 1;
    return {
      enterpriseNumber: enterpriseNumber(this.numbers),
      name: { fr: `Partenaire ${this.numbers}` },
      legalForm: 'ASBL_VZW',
      sector: 'OTHER',
      headcount: 3,
      languages: ['FR'],
      sites: Array(SITES).fill({ postalCode: '1000' }),
    };
  }

  usageInput() {
    const entry = {
      partner: this.partner,
      service: this.service,
      metric: 'OTHER_SERVICE_UNITS',
      occurredOn: DAY,
      quantity: '1.5',
    };
    const batch = randomUUID();
    const entries = Array.from({ length: ENTRIES }, (_, i) => ({
      ...entry,
      externalReference: `${batch} ${i}`,
    }));
    return { source: 'crash', entries };
  }

  /** Sends one new mutation; no answer is no error. */
  async send(hub, mutation) {
    const body = mutation === 'createPartner' ? this.partnerInput() : this.usageInput();
    const request = {
      mutation,
      input: { idempotencyKey: randomUUID(), ...body },
      ids: undefined,
      found: undefined,
    };
    this.requests.push(request);
    await this.deliver(hub, request);
    return request;
  }

  async deliver(hub, request) {
    let data;
    try {
      data = await hub.ask(DOCUMENTS[request.mutation], { input: request.input });
    } catch (error) {
      // A hub that dies may still say that its database went away: that is no acknowledgement either.
      if (error instanceof HubError && hub.isAlive) throw error;
      return;
    }
    const { userErrors, partner, results } = data[request.mutation];
    if (userErrors.length > 0)
      throw new HubError(`${request.mutation} was refused: ${JSON.stringify(userErrors)}`);
    request.ids = partner ? [partner.id] : results.map(({ entry }) => entry.id);
  }

  /** Sends again what got no answer. */
  async repeatLost(hub) {
    for (const request of this.requests.filter(({ ids }) => !ids)) {
      await this.deliver(hub, request);
      request.wasLost = true;
      if (!request.ids)
        throw new Error(`${request.mutation} ${request.input.idempotencyKey} got no answer again`);
    }
  }

  /** Compares the database with what was acknowledged; throws a list of the differences. */
  async compare(client) {
    const keys = this.requests.map(({ input }) => input.idempotencyKey);
    const records = await column(
      client,
      'select key as id, 1 as n from idempotency_record where key = any($1)',
      keys,
    );
    const partners = await column(
      client,
      `select enterprise_number as id, 'partner_' || id as n from partner`,
    );
    const sites = await column(
      client,
      'select p.enterprise_number as id, count(*)::int as n from partner p join site s on s.partner_id = p.id group by 1',
    );
    const orphans = await client.query('select 1 from site where partner_id not in (select id from partner)');
    const entries = await column(
      client,
      `select external_reference as id, 'usage_entry_' || id as n from usage_entry where source = 'crash'`,
    );
    const wrong = orphans.rows.length > 0 ? [`${orphans.rows.length} sites without a partner`] : [];
    for (const request of this.requests) {
      const { input, ids, mutation } = request;
      const rows = [records.get(input.idempotencyKey)];
      if (mutation === 'createPartner') {
        rows.push(
          partners.get(input.enterpriseNumber),
          sites.get(input.enterpriseNumber) === SITES || undefined,
        );
      } else {
        rows.push(...input.entries.map(({ externalReference }) => entries.get(externalReference)));
      }
      const there = rows.filter((row) => row !== undefined).length;
      request.found = there === 0 ? 'nothing' : there === rows.length ? 'all' : 'a part';
      const held = ids?.every((id) => rows.includes(id)) ?? true;
      if (request.found === 'a part' || (ids && request.found !== 'all') || !held) {
        const said = ids ? 'acknowledged' : 'not acknowledged';
        wrong.push(
          `${mutation} ${input.idempotencyKey}, ${said}, left ${request.found} (${there} of ${rows.length})`,
        );
      }
    }
    if (wrong.length > 0) throw new Error(wrong.slice(0, 10).join('\n    '));
  }

  /** The hub's own sum over all entries, when every request has been answered. */
  async compareTotals(hub) {
    const data = await hub.ask(
      `query ($service: ID!) { usageMetrics(metrics: [OTHER_SERVICE_UNITS], filter: { services: [$service] }) { rows { cell { value } } } }`,
      { service: this.service },
    );
    const reports = this.requests.filter(({ mutation }) => mutation === 'reportUsage').length;
    const expected = String(reports * ENTRIES * 1.5);
    const [row] = data.usageMetrics.rows;
    if (row?.cell.value !== expected)
      throw new Error(`the hub says ${row?.cell.value}, ${expected} were reported`);
  }

  assertWorthwhile() {
    const lost = this.requests.filter(({ wasLost }) => wasLost).length;
    console.log(`    ${this.requests.length} mutations, ${lost} of them without an answer at first`);
    if (lost < 8) throw new Error('fewer than 8 mutations were under way at a kill');
  }
}

async function column(client, text, values) {
  const { rows } = await client.query(text, values ? [values] : []);
  return new Map(rows.map(({ id, n }) => [id, n]));
}
