import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import type { WorkerCost } from '../src/services/employer-group/billing/sharing.ts';
import {
  CostComponent,
  CostComponentKind,
  CostSheet,
  ProvisionEntry,
  ProvisionKind,
  SocialLiability,
} from '../src/services/employer-group/cost.entity.ts';
import {
  EmployerGroup,
  GroupLegalForm,
  SharedWorker,
  WorkerFunction,
} from '../src/services/employer-group/employer-group.entity.ts';
import { at, dayIn } from './calendar.ts';
import type { Demonstration, DemoService } from './demonstration.ts';
import { EMPLOYER_GROUP_OPERATOR } from './partners.seeder.ts';
import { Random } from './random.ts';

/** A worker of the demonstration. */
export interface DemoWorker {
  id: string;
  jobFunction: WorkerFunction;
  isDedicated: boolean;
  contractHours: number;
  employedFrom: string;
}

/** What the demonstration's workers and its group cost in the year that is invoiced, in cents. */
export interface DemoCosts {
  workers: WorkerCost[];
  groupCents: bigint;
}

/** Functions of those who work for one member alone; the published text names them. */
const DEDICATED = [
  WorkerFunction.ASSISTANT_ACCOUNTANT,
  WorkerFunction.GRAPHIC_DESIGNER,
  WorkerFunction.SECRETARY,
  WorkerFunction.BUILDING_MANAGER,
  WorkerFunction.ACTIVITY_LEADER,
  WorkerFunction.CLEANER,
  WorkerFunction.MANUAL_WORKER,
];

/**
 * Workers engaged in each time, by function: together one by the end of 2013, 43 in May 2022, 48 today. The first and the
 * second are published, by function, and the law allows 50.
 */
const ENGAGED: readonly [from: string, until: string, byFunction: Partial<Record<string, number>>][] = [
  ['2013-09-01', '2013-12-01', { ACCOUNTANT: 1 }],
  ['2014-02-01', '2016-01-01', { ACCOUNTANT: 1, PREVENTION_ADVISER: 2 }],
  ['2016-02-01', '2018-01-01', { ACCOUNTANT: 2, PREVENTION_ADVISER: 4, ENERGY_ADVISER: 1 }],
  [
    '2018-02-01',
    '2020-01-01',
    { ACCOUNTANT: 1, PREVENTION_ADVISER: 4, ENERGY_ADVISER: 1, DPO: 3, DEDICATED: 4 },
  ],
  [
    '2020-02-01',
    '2022-05-01',
    { ACCOUNTANT: 2, PREVENTION_ADVISER: 6, ENERGY_ADVISER: 2, DPO: 2, LAWYER: 1, DEDICATED: 6 },
  ],
  ['2022-09-01', '2024-12-01', { PREVENTION_ADVISER: 1, ENERGY_ADVISER: 1, DEDICATED: 1 }],
  ['2025-02-01', '2025-12-01', { PREVENTION_ADVISER: 1, DEDICATED: 1 }],
];

/** What a full-time worker costs in a year, in euro, by component. */
const FULL_TIME_COST: readonly [CostComponentKind, number][] = [
  [CostComponentKind.GROSS_PAY, 44_800],
  [CostComponentKind.EMPLOYER_CONTRIBUTIONS, 11_900],
  [CostComponentKind.HOLIDAY_AND_YEAR_END_PAY, 6_700],
  [CostComponentKind.TRAVEL, 2_100],
  [CostComponentKind.TRAINING, 640],
  [CostComponentKind.INSURANCE, 780],
];
const GROUP_COST: readonly [CostComponentKind, number][] = [
  [CostComponentKind.MANAGEMENT, 118_000],
  [CostComponentKind.PREMISES, 21_400],
  [CostComponentKind.TOOLS, 17_900],
  [CostComponentKind.OTHER, 8_350],
];
const COSTED_YEARS = [2025, 2026];

/** The group itself, its contracts as they were engaged, and what they cost. */
export function seedStaff(
  demonstration: Demonstration,
  service: DemoService,
): { workers: DemoWorker[]; costs: DemoCosts } {
  const random = new Random('employer group staff');
  demonstration.add(EmployerGroup, {
    id: stableId(`employer group:${service.slug}`),
    service: service.id,
    partner: demonstration.partner(EMPLOYER_GROUP_OPERATOR).id,
    legalForm: GroupLegalForm.NON_PROFIT_ASSOCIATION,
    jointCommittee: '329.02',
    authorisedFrom: '2013-06-01',
    authorisedUntil: null,
    fullTimeHours: '38.00',
    provenance: Provenance.SYNTHETIC,
    createdAt: at('2013-06-01'),
  });
  const workers = ENGAGED.flatMap(([from, until, byFunction]) =>
    Object.entries(byFunction).flatMap(([category, count]) =>
      Array.from({ length: count ?? 0 }, () => ({
        category,
        employedFrom: dayIn(random, from, until),
        isFullTime: random.chance(0.7),
      })),
    ),
  );
  let dedicated = 0;
  const engaged = workers.map(({ category, employedFrom, isFullTime }, number): DemoWorker => {
    const isDedicated = category === 'DEDICATED';
    return {
      id: stableId(`shared worker:${service.slug}:${number}`),
      jobFunction: isDedicated
        ? (DEDICATED[dedicated++ % DEDICATED.length] as WorkerFunction)
        : (category as WorkerFunction),
      isDedicated,
      contractHours: isFullTime ? 38 : random.pick([19, 24, 30.4]),
      employedFrom,
    };
  });
  for (const [number, worker] of engaged.entries()) {
    demonstration.add(SharedWorker, {
      id: worker.id,
      service: service.id,
      reference: `W-${String(number + 1).padStart(3, '0')}`,
      jobFunction: worker.jobFunction,
      isDedicated: worker.isDedicated,
      contractHours: worker.contractHours.toFixed(2),
      employedFrom: worker.employedFrom,
      employedUntil: null,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(worker.employedFrom),
    });
  }
  const costs = seedCosts(demonstration, service, engaged, random);
  provisions(demonstration, service);
  return { workers: engaged, costs };
}

function seedCosts(
  demonstration: Demonstration,
  service: DemoService,
  workers: readonly DemoWorker[],
  random: Random,
): DemoCosts {
  const invoiced: DemoCosts = { workers: [], groupCents: 0n };
  for (const year of COSTED_YEARS) {
    const sheets: [worker: DemoWorker | null, components: readonly [CostComponentKind, number][]][] = [
      [null, GROUP_COST],
      ...workers.map((worker): [DemoWorker, [CostComponentKind, number][]] => {
        const seniority = 0.92 + 0.16 * random.next();
        const part = (worker.contractHours / 38) * seniority * 1.02 ** (year - 2025);
        return [worker, FULL_TIME_COST.map(([kind, euro]) => [kind, euro * part])];
      }),
    ];
    for (const [worker, components] of sheets) {
      // Who is engaged in the middle of a year costs a part of it.
      if (worker && worker.employedFrom >= `${year + 1}-01-01`) continue;
      const runs = worker ? partOfYear(worker.employedFrom, year) : 1;
      const id = stableId(`cost sheet:${service.slug}:${worker?.id ?? 'group'}:${year}`);
      demonstration.add(CostSheet, {
        id,
        service: service.id,
        worker: worker?.id ?? null,
        year,
        provenance: Provenance.SYNTHETIC,
        createdAt: at(`${year}-01-02`),
      });
      let cents = 0n;
      for (const [kind, euro] of components) {
        const amount = (euro * runs).toFixed(2);
        cents += BigInt(amount.replace('.', ''));
        demonstration.add(CostComponent, { sheet: id, kind, amount });
      }
      if (year !== COSTED_YEARS[0]) continue;
      if (worker) {
        const employed = { from: worker.employedFrom, until: null };
        const contractMinutes = Math.round(worker.contractHours * 60);
        invoiced.workers.push({
          worker: worker.id,
          person: worker.id,
          jobFunction: worker.jobFunction,
          cents,
          employed,
          contractMinutes,
        });
      } else invoiced.groupCents = cents;
    }
  }
  return invoiced;
}

function partOfYear(from: string, year: number): number {
  const start = Math.max(Date.parse(from), Date.UTC(year, 0, 1));
  return (Date.UTC(year + 1, 0, 1) - start) / (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1));
}

/** What was put aside for social liabilities, and used of it. */
const PROVISIONS: readonly [
  year: number,
  ProvisionKind,
  SocialLiability,
  amount: string,
  approvedOn: string,
][] = [
  [2023, ProvisionKind.ADDITION, SocialLiability.SEVERANCE, '28000.00', '2023-06-20'],
  [2024, ProvisionKind.ADDITION, SocialLiability.HOLIDAY_PAY, '31500.00', '2024-06-18'],
  [2024, ProvisionKind.USE, SocialLiability.SEVERANCE, '11840.00', '2024-10-08'],
  [2025, ProvisionKind.ADDITION, SocialLiability.END_OF_CAREER, '24000.00', '2025-06-17'],
  [2025, ProvisionKind.USE, SocialLiability.GUARANTEED_PAY, '6420.50', '2025-11-04'],
];

/** Additions of a year less what was used, in cents. */
export function yearOfProvision(of: number): bigint {
  return PROVISIONS.filter(([year]) => year === of).reduce((sum, [, kind, , amount]) => {
    const cents = BigInt(amount.replace('.', ''));
    return kind === ProvisionKind.ADDITION ? sum + cents : sum - cents;
  }, 0n);
}

function provisions(demonstration: Demonstration, service: DemoService): void {
  for (const [year, kind, liability, amount, approvedOn] of PROVISIONS) {
    demonstration.add(ProvisionEntry, {
      id: stableId(`provision:${service.slug}:${year}:${kind}`),
      service: service.id,
      year,
      kind,
      liability,
      amount,
      approvedOn,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(approvedOn),
    });
  }
}
