import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { exact, someOf } from '../../checks.ts';
import type { SharedService } from '../../service.entity.ts';
import { GroupDebt, LiabilityShare } from '../billing.entity.ts';
import { CostComponent, CostSheet, ProvisionEntry } from '../cost.entity.ts';
import { SharedWorker } from '../employer-group.entity.ts';
import { allocate, amountOf, centsOf } from './allocate.ts';
import type {
  CostComponentInput,
  RecordGroupDebtInput,
  RecordProvisionInput,
  SaveCostSheetInput,
} from './billing.inputs.ts';
import { groupRunBy, lockGroup } from './group.service.ts';

const MOST_COMPONENTS = 20;

/** What a group costs, puts aside and owes. */
export class AccountsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Writes the cost sheet of a worker or of the group for a year, in the place of the one before, and answers its key. */
  async saveCostSheet(viewer: Viewer, input: SaveCostSheetInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const workerKey = input.worker ? keyOf('shared_worker', input.worker, 'worker') : null;
    const { year } = input;
    mustBeYear(year);
    const components = componentsOf(input.components);
    const request = { viewer, mutation: 'saveCostSheet', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupRunBy(em, viewer, serviceKey);
      // Two that write one sheet are one after the other: each takes all components of the one before away.
      await lockGroup(em, serviceKey);
      const worker = workerKey ? await em.findOne(SharedWorker, { id: workerKey, service }) : null;
      if (workerKey && !worker) throw new NotFoundError('The worker', 'worker');
      const known = await em.findOne(CostSheet, { service, worker, year });
      const sheet =
        known ??
        em.create(CostSheet, {
          id: newId(),
          service,
          worker,
          year,
          provenance: service.provenance,
        } as never);
      for (const before of known ? await em.find(CostComponent, { sheet: known }) : []) em.remove(before);
      await em.flush();
      for (const { kind, amount } of components) em.create(CostComponent, { sheet, kind, amount } as never);
      await em.flush();
      return { id: sheet.id };
    });
    return id;
  }

  /** Records what is put aside, or used, and answers its key. */
  async recordProvision(viewer: Viewer, input: RecordProvisionInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const { year, kind, liability, approvedOn } = input;
    mustBeYear(year);
    this.mustHaveCome(approvedOn, 'approvedOn');
    const amount = exact(input.amount, { field: 'amount', decimals: 2, least: 1n });
    const request = { viewer, mutation: 'recordProvision', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupRunBy(em, viewer, serviceKey);
      const columns = { year, kind, liability, amount, approvedOn, provenance: service.provenance };
      const entry = em.create(ProvisionEntry, { id: newId(), service, ...columns } as never);
      await em.flush();
      return { id: entry.id };
    });
    return id;
  }

  /** Records what the group owes on a day, and each member's part in it among the members, and answers its key. */
  async recordDebt(viewer: Viewer, input: RecordGroupDebtInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const { asOf } = input;
    this.mustHaveCome(asOf, 'asOf');
    const taxDebt = exact(input.taxDebt, { field: 'taxDebt', decimals: 2 });
    const socialDebt = exact(input.socialDebt, { field: 'socialDebt', decimals: 2 });
    const request = { viewer, mutation: 'recordGroupDebt', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupRunBy(em, viewer, serviceKey);
      await lockGroup(em, serviceKey);
      const { provenance } = service;
      const debt = em.create(GroupDebt, {
        id: newId(),
        service,
        asOf,
        taxDebt,
        socialDebt,
        provenance,
      } as never);
      const parts = await partsOf(em, service, asOf, centsOf(taxDebt) + centsOf(socialDebt));
      for (const [partner, cents] of parts) {
        const share = { partner, id: newId(), service, debt, amount: amountOf(cents), provenance };
        em.create(LiabilityShare, share as never);
      }
      await em.flush();
      return { id: debt.id };
    });
    return id;
  }

  private mustHaveCome(day: string, field: string): void {
    if (day > brusselsDay(this.clock()))
      throw new UserError('DATE_IN_FUTURE', 'Give a day that has come.', field);
  }
}

/** What each member of a day bears of a debt: by what it was invoiced in the twelve months before, in equal parts where nothing was. */
async function partsOf(
  em: EntityManager,
  service: SharedService,
  asOf: string,
  cents: bigint,
): Promise<Map<string, bigint>> {
  const members = await em.execute<{ partner: string; net: string }[]>(
    `select n.partner_id as partner, coalesce((select sum(i.net_amount) from invoice i where i.partner_id = n.partner_id and i.service_id = n.service_id
       and i.issued_on <= ?::date and i.issued_on > (?::date - interval '1 year')), 0)::text as net
     from enrolment n where n.service_id = ? and n.active_from <= ?::date and (n.ended_on is null or ?::date < n.ended_on) order by 1`,
    [asOf, asOf, service.id, asOf, asOf],
  );
  if (members.length === 0) return new Map();
  const weights = members.map(({ partner, net }) => {
    const invoiced = centsOf(net);
    return { key: partner, weight: invoiced > 0n ? invoiced : 0n };
  });
  const isKnown = weights.some(({ weight }) => weight > 0n);
  return allocate(cents, isKnown ? weights : weights.map(({ key }) => ({ key, weight: 1n })));
}

function componentsOf(all: readonly CostComponentInput[]): CostComponentInput[] {
  const kinds = new Set(all.map(({ kind }) => kind));
  if (kinds.size < all.length)
    throw new UserError('COMPONENT_TWICE', 'Give each kind of component once, with its sum.', 'components');
  return someOf(all, MOST_COMPONENTS, 'components').map(({ kind, amount }, at) => ({
    kind,
    amount: exact(amount, { field: `components.${at}.amount`, decimals: 2 }),
  }));
}

function mustBeYear(year: number): void {
  if (year >= 2000 && year <= 2100) return;
  throw new UserError('INVALID_YEAR', 'Give a calendar year from 2000 to 2100.', 'year');
}
