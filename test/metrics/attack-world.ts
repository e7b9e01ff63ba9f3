import { expect } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { releasesOf } from '../../src/app.ts';
import { DEFAULT_DISCLOSURE_RULE } from '../../src/metrics/disclosure/index.ts';
import { keyOf, newPartner, newService, save, send } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

/** What one partner does in one service in one month, as far as an attacker knows of it: all but how much. */
export interface Atom {
  metric: string;
  partner: string;
  service: string;
  /** First day of the month. */
  month: string;
  /** The month with whose cells it was released first. */
  since: string;
  units: bigint;
  /** The federations that the partner was a member of and the authorities that recognised it. */
  audiences: readonly string[];
  values: Readonly<Record<string, string | null>>;
}

export interface AttackedWorld {
  hub: TestHub;
  atoms: Atom[];
  services: readonly string[];
  federations: readonly string[];
  /** Recognises some of them. */
  authority: string;
  /** Shares its usage with the first federation. */
  sharing: string;
  as(role: Role, id: string): Viewer;
}

export const SUM = 'OTHER_SERVICE_UNITS';
export const ENROLLED = 'ENROLMENTS_ACTIVE';
const MONTHS = 12;
export const monthAt = (index: number): string =>
  `${2025 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;

const SECTORS = ['HOMELESS_SHELTERS', 'HOMELESS_SHELTERS', 'HOMELESS_SHELTERS', 'HOSPITALS', 'CULTURE'];
const HEADCOUNTS = [7, 12, 12, 60];
const PLACES = ['1000', '1000', '5000', '9000'];

/** Numbers that look random and are the same each time. */
function numbers(): (below: number) => number {
  let state = 20_250_101;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** A hub in operation with a year of skewed use, released month after month. */
export async function attackedWorld(): Promise<AttackedWorld> {
  let now = '2025-01-01';
  const clock = (): Date => new Date(`${now}T10:00:00Z`);
  const hub = await startTestHub('operation', { clock });
  const below = numbers();
  const services = [(await newService(hub, 'OTHER')).id, (await newService(hub, 'OTHER')).id];
  await hub.sql(
    `insert into funding (id, service_id, funder, amount, period_from, period_until)
     values (gen_random_uuid(), $1, 'A foundation', 1200, '2025-01-01', '2026-01-01')`,
    [keyOf({ id: services[0] as string })],
  );
  const federations: string[] = [];
  for (const slug of ['first', 'second']) {
    federations.push((await save(hub, 'createFederation', { slug, name: { fr: slug } })).id);
  }
  const [recognising] = await hub.sql<{ id: string }>(
    `select 'authority_' || id as id from competent_authority where code = 'COCOF'`,
  );
  const authority = recognising?.id as string;
  const atoms: Atom[] = [];
  const partners: { id: string; services: string[]; scale: number; enrolled: string[] }[] = [];
  const valuesOf = new Map<string, Record<string, string | null>>();
  /** First month of membership of each federation, by partner. */
  const members = new Map<string, (readonly [string, string])[]>();
  for (let n = 0; n < 26; n++) {
    // The two overlap; one organisation joins in May.
    const joined = n === 3 ? '2025-05-01' : '2020-01-01';
    const of = federations.filter((_, at) => (at === 0 ? n < 15 : n >= 9 && n < 22));
    const partner = await newPartner(hub, {
      name: { fr: `Organisation ${n}` },
      sector: SECTORS[below(SECTORS.length)],
      headcount: HEADCOUNTS[below(HEADCOUNTS.length)],
      sites: [{ postalCode: PLACES[below(PLACES.length)] }],
      memberships: of.map((federation) => ({ federation, validFrom: joined })),
      recognitions: n % 2 === 0 ? [{ authority: 'COCOF', validFrom: '2020-01-01' }] : [],
    });
    members.set(
      partner.id,
      of.map((federation) => [federation, joined]),
    );
    const used = n % 4 === 0 ? services : [services[n % 3 === 0 ? 1 : 0] as string];
    const enrolled = n % 5 === 4 ? [] : used.slice(0, 1);
    for (const service of enrolled) {
      const { id } = await save(hub, 'enrolPartner', {
        partner: partner.id,
        service,
        recognition: partner.recognitions[0]?.id,
        requestedOn: '2025-01-01',
      });
      await save(hub, 'activateEnrolment', { id, activeFrom: '2025-01-01' });
    }
    partners.push({ id: partner.id, services: used, scale: n % 9 === 0 ? 300 : 4 + below(40), enrolled });
    const [profile] = await hub.sql<Record<string, string | null>>(
      `select s.code as "SECTOR", f.size_band as "SIZE_BAND", f.region_code as "REGION", f.province_code as "PROVINCE"
       from partner_profile f join sector s on s.id = f.sector_id where f.partner_id = $1`,
      [keyOf(partner)],
    );
    valuesOf.set(partner.id, { ...profile, recognised: partner.recognitions[0] ? 'COCOF' : null });
  }
  const [sharing] = partners[1] ? [partners[1].id] : [''];
  await save(hub, 'grantDataSharing', {
    partner: sharing,
    federation: federations[0],
    purpose: 'A report',
    rooms: ['USAGE', 'ENROLMENTS'],
    validUntil: '2027-01-01',
  });
  // Agreements hold by the database's day, which is not the story's.
  await hub.sql(`update data_sharing_agreement set valid_until = current_date + 30`);

  const add = (metric: string, partner: string, service: string, of: [string, string], units: bigint) => {
    const { recognised = null, ...values } = valuesOf.get(partner) ?? {};
    const isEnrolled = partners.find(({ id }) => id === partner)?.enrolled.includes(service);
    const [month, since] = of;
    atoms.push({
      metric,
      partner,
      service,
      month,
      since,
      units,
      audiences: [
        ...(members.get(partner) ?? []).filter(([, from]) => from <= month).map(([id]) => id),
        ...(recognised ? [authority] : []),
      ],
      values: { ...values, SERVICE: service, AUTHORITY: isEnrolled ? recognised : null },
    });
  };
  let references = 0;
  const report = async (
    entries: { partner: string; service: string; on: string; units: number; since: string }[],
  ) => {
    const { acceptedCount } = await send(hub, 'reportUsage', {
      source: 'tool',
      entries: entries.map(({ partner, service, on, units }) => {
        references += 1;
        const externalReference = `entry ${references}`;
        return { partner, service, metric: SUM, occurredOn: on, quantity: String(units), externalReference };
      }),
    });
    expect(acceptedCount).toBe(entries.length);
    for (const { partner, service, on, units, since } of entries)
      add(SUM, partner, service, [`${on.slice(0, 7)}-01`, since], BigInt(units) * 1_000_000n);
  };
  for (let index = 0; index < MONTHS; index++) {
    const month = monthAt(index);
    now = `${monthAt(index + 1).slice(0, 8)}12`;
    const entries = partners.flatMap(({ id: partner, services: used, scale }) =>
      used.flatMap((service) =>
        below(10) < 7
          ? [{ partner, service, on: `${month.slice(0, 8)}10`, units: 1 + below(scale), since: month }]
          : [],
      ),
    );
    // What two of them did in February is only reported in April.
    const late = index === 3 ? partners.slice(5, 7) : [];
    await report([
      ...entries,
      ...late.map(({ id: partner, services: [service] }) => ({
        partner,
        service: service as string,
        on: '2025-02-20',
        units: 17,
        since: month,
      })),
    ]);
    for (const { id, enrolled } of partners)
      for (const service of enrolled) add(ENROLLED, id, service, [month, month], 1_000_000n);
    await releasesOf(hub.orm, { rule: DEFAULT_DISCLOSURE_RULE, afterDays: 10 }, clock).run(() => undefined);
  }
  const as = (role: Role, id: string): Viewer =>
    viewerOf({ principal: `client_${role}`, grants: [{ role, of: keyOf({ id }) }] });
  return { hub, atoms, services, federations, authority, sharing: sharing as string, as };
}
