import fc from 'fast-check';
import type { TestHub } from '../support/hub.ts';
import { addPartner, changePartner, enrol, keyIn, reportUsage } from './records.ts';

/** The service of each metric that is reported in the stories. */
export type Services = Readonly<Record<string, string>>;

export const SECTORS = ['CULTURE', 'EDUCATION', 'CARE_HOMES'];

/** One entry to report: whose, of what, when. */
export interface Reported {
  partner: number;
  metric: string;
  occurredOn: string;
  quantity: string;
  category: string | null;
  isTakenBack: boolean;
}

const reported: fc.Arbitrary<Reported> = fc.record({
  partner: fc.nat(2),
  metric: fc.constantFrom('OTHER_SERVICE_UNITS', 'EMPLOYER_GROUP_WORKERS', 'EMPLOYER_GROUP_HOURS_PLACED'),
  // The ends of months, and days on both sides of a change of profile.
  occurredOn: fc.constantFrom(
    '2023-01-01',
    '2023-01-31',
    '2023-02-01',
    '2023-02-14',
    '2023-02-15',
    '2023-03-31',
  ),
  quantity: fc.constantFrom('0', '1', '2', '7', '40'),
  category: fc.constantFrom(null, null, 'ONE', 'TWO'),
  isTakenBack: fc.nat(3).map((n) => n === 0),
});

/** What is done one after the other: reports of some entries, repeated or not, and changes of what a partner is. */
export type Step = { report: number[]; isRepeated: boolean } | { change: number; sector: string };

export const story = fc
  .uniqueArray(reported, {
    minLength: 1,
    maxLength: 14,
    // Two levels of one day would be put in the sequence of their recording.
    selector: ({ partner, metric, occurredOn, category }) => [partner, metric, occurredOn, category].join(),
  })
  .chain((entries) =>
    fc.record({
      entries: fc.constant(entries),
      order: fc.shuffledSubarray([...entries.keys()], { minLength: entries.length }),
      sizes: fc.array(fc.integer({ min: 1, max: 5 }), {
        minLength: entries.length,
        maxLength: entries.length,
      }),
      repeats: fc.array(fc.boolean(), { minLength: entries.length, maxLength: entries.length }),
      changes: fc.array(fc.record({ change: fc.nat(2), sector: fc.constantFrom(...SECTORS) }), {
        maxLength: 3,
      }),
    }),
  )
  .map(({ entries, order, sizes, repeats, changes }) => {
    const steps: Step[] = [...changes];
    for (let at = 0, part = 0; at < order.length; part += 1) {
      const size = sizes[part] as number;
      steps.splice(part * 2, 0, { report: order.slice(at, at + size), isRepeated: repeats[part] as boolean });
      at += size;
    }
    return { entries, steps };
  });

/** Three new partners, one of which changed its sector in the middle of a month. */
export async function newPartners(hub: TestHub, services: Services): Promise<string[]> {
  const partners = [];
  for (const sector of SECTORS) {
    const partner = await addPartner(hub, 'Partner', { sector });
    await enrol(hub, partner, services.EMPLOYER_GROUP_WORKERS as string, '2023-01-01');
    partners.push(partner);
  }
  await hub.sql(
    `update partner_profile set valid_from = '2023-02-15', recorded_on = '2023-02-15' where partner_id = $1`,
    [keyIn(partners[0] as string)],
  );
  await hub.sql(
    `insert into partner_profile select partner_id, '-infinity', '2023-02-15', (select id from sector where code = 'HOSPITALS'), size_band,
       municipality_id, region_code, province_code, '2020-01-01' from partner_profile where partner_id = $1`,
    [keyIn(partners[0] as string)],
  );
  return partners;
}

let serial = 0;

/** Tells a story to the hub, entry by entry under its own reference. */
export async function tell(
  hub: TestHub,
  services: Services,
  partners: string[],
  { entries, steps }: { entries: Reported[]; steps: Step[] },
): Promise<void> {
  serial += 1;
  const inputs = entries.map(({ partner, isTakenBack: _, ...entry }, at) => ({
    ...entry,
    partner: partners[partner],
    service: services[entry.metric],
    externalReference: `story-${serial}-${at}`,
  }));
  for (const step of steps) {
    if ('change' in step) await changePartner(hub, partners[step.change] as string, { sector: step.sector });
    else {
      const some = step.report.map((at) => inputs[at] as object);
      const ids = await reportUsage(hub, some);
      const reversals = step.report.flatMap((at, place) =>
        entries[at]?.isTakenBack ? [{ reverses: ids[place], externalReference: `back-${serial}-${at}` }] : [],
      );
      if (reversals.length > 0) await reportUsage(hub, reversals);
      if (step.isRepeated) await reportUsage(hub, [...some, ...reversals], 'DUPLICATE');
    }
  }
}
