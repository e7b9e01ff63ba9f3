import { idempotently } from '../../../access/idempotency.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { httpsAddress, plainText } from '../../checks.ts';
import { EnergyVisit, VisitState } from '../advice.entity.ts';
import { keptBuilding, lockRecord, mustBeEnrolled } from '../followed.service.ts';
import type { PlanVisitInput, ReportVisitInput, RequestVisitInput, VisitStepInput } from './advice.inputs.ts';
import { dayOf, inOrder, mustBeIn, VISIT_STEPS } from './steps.ts';

/** Rules and transactions of visits: requested, planned, visited, reported; or cancelled. */
export class VisitService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Asks for a visit and answers its key. */
  async request(viewer: Viewer, input: RequestVisitInput): Promise<string> {
    const key = keyOf('building', input.building, 'building');
    const today = this.today();
    const requestedOn = dayOf(input.requestedOn, { today, after: [], field: 'requestedOn' });
    const request = { viewer, mutation: 'requestVisit', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const building = await keptBuilding(em, viewer, { id: key, field: 'building' });
      if (building.followedUntil && building.followedUntil <= requestedOn) {
        throw new UserError(
          'BUILDING_NOT_FOLLOWED',
          `The building was followed until ${building.followedUntil}: take that up again first.`,
          'building',
        );
      }
      await mustBeEnrolled(em, { partner: building.partner.id, service: building.service.id, day: today });
      const open = await em.count(EnergyVisit, {
        partner: building.partner.id,
        building: [building.partner.id, building.id] as never,
        state: { $in: [VisitState.REQUESTED, VisitState.PLANNED] },
      });
      if (open > 0)
        throw new UserError(
          'VISIT_OPEN',
          'A visit of this building is asked for already: plan or cancel that one.',
          'building',
        );
      const visit = em.create(EnergyVisit, {
        id: newId(),
        partner: building.partner,
        service: building.service,
        building,
        state: VisitState.REQUESTED,
        requestedOn,
        provenance: building.provenance,
      } as never);
      await em.flush();
      return { id: visit.id };
    });
    return id;
  }

  /** Gives a visit its day. */
  plan(viewer: Viewer, input: PlanVisitInput): Promise<string> {
    return this.step(viewer, 'planVisit', input, { to: VisitState.PLANNED, forStaff: true }, (visit) => {
      visit.plannedFor = inOrder(input.plannedFor, [visit.requestedOn], 'plannedFor');
    });
  }

  /** Records that the adviser was there. */
  record(viewer: Viewer, input: VisitStepInput): Promise<string> {
    return this.step(viewer, 'recordVisit', input, { to: VisitState.VISITED, forStaff: true }, (visit) => {
      visit.visitedOn = dayOf(input.on, { today: this.today(), after: [visit.requestedOn], field: 'on' });
    });
  }

  /** Records the report. */
  report(viewer: Viewer, input: ReportVisitInput): Promise<string> {
    const reportUrl = httpsAddress(input.reportUrl, 'reportUrl');
    const conclusions = plainText(input.conclusions, { field: 'conclusions', longest: 2000 });
    return this.step(viewer, 'reportVisit', input, { to: VisitState.REPORTED, forStaff: true }, (visit) => {
      visit.reportedOn = dayOf(input.on, { today: this.today(), after: [visit.visitedOn], field: 'on' });
      visit.reportUrl = reportUrl;
      visit.conclusions = conclusions;
    });
  }

  /** Cancels a visit that has not taken place. */
  cancel(viewer: Viewer, input: VisitStepInput): Promise<string> {
    return this.step(viewer, 'cancelVisit', input, { to: VisitState.CANCELLED, forStaff: false }, (visit) => {
      visit.cancelledOn = dayOf(input.on, { today: this.today(), after: [visit.requestedOn], field: 'on' });
    });
  }

  private async step(
    viewer: Viewer,
    mutation: string,
    input: { idempotencyKey: string; visit: string },
    { to, forStaff }: { to: VisitState; forStaff: boolean },
    change: (visit: EnergyVisit) => void,
  ): Promise<string> {
    const key = keyOf('energy_visit', input.visit, 'visit');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await lockRecord(em, 'energy_visit', key);
      const visit = await em.findOne(EnergyVisit, { id: key });
      if (!visit) throw new NotFoundError('The visit', 'visit');
      await keptBuilding(em, viewer, { id: visit.building.id, field: 'visit', forStaff });
      mustBeIn(visit.state, VISIT_STEPS[to], 'visit');
      change(visit);
      visit.state = to;
      await em.flush();
      return { id: key };
    });
    return key;
  }

  private today(): string {
    return brusselsDay(this.clock());
  }
}
