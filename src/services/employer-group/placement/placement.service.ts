import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { minutesOf } from '../../checks.ts';
import { SharedWorker } from '../employer-group.entity.ts';
import { Placement, PlacementRequest, PlacementRequestState, PlacementState } from '../placement.entity.ts';
import { municipalityOf } from './municipality.service.ts';
import type {
  AgreeToPlacementInput,
  CancelPlacementInput,
  DeclinePlacementInput,
  EndPlacementInput,
  ProposePlacementInput,
} from './placement.inputs.ts';
import { hoursOfShare, scheduleOf } from './schedule.ts';

/** Rules and transactions of placements; the law's limits are the database's to ask, under a lock of the worker. */
export class PlacementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Proposes a worker to a member and answers the key of the placement. */
  async propose(viewer: Viewer, input: ProposePlacementInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const workerKey = keyOf('shared_worker', input.worker, 'worker');
    const requestKey = input.request ? keyOf('placement_request', input.request, 'request') : null;
    const { startsOn, endsOn = null } = input;
    if (endsOn && endsOn <= startsOn)
      throw new UserError('INVALID_PERIOD', `Give a day after ${startsOn}.`, 'endsOn');
    const request = { viewer, mutation: 'proposePlacement', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      await lockWorker(em, workerKey);
      const worker = await em.findOne(SharedWorker, { id: workerKey }, { populate: ['service'] });
      if (!worker) throw new NotFoundError('The worker', 'worker');
      allow(mayRun(viewer, worker.service.id), "the group's staff does");
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const minutes = minutesWanted(input, worker.contractHours);
      const wanted = requestKey ? await openRequest(em, partner, requestKey) : null;
      const placement = em.create(Placement, {
        partner,
        id: newId(),
        service: worker.service,
        worker,
        request: wanted,
        weeklyHours: (minutes / 60).toFixed(2),
        minutesByWeekday: scheduleOf(minutes, input.schedule),
        startsOn,
        endsOn: endsOn ?? endOfContract(worker, startsOn),
        municipality: await municipalityOf(em, partner, input.municipality),
        proposedOn: brusselsDay(this.clock()),
        decidedOn: null,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: placement.id };
    });
    return id;
  }

  /** The member agrees; the request that the placement answers is met. */
  agree(viewer: Viewer, input: AgreeToPlacementInput): Promise<string> {
    return this.step(viewer, 'agreeToPlacement', input, async (em, placement) => {
      this.mustBeMember(viewer, placement);
      decide(placement, PlacementState.AGREED, brusselsDay(this.clock()));
      if (!placement.request) return;
      const asked = await em.findOne(PlacementRequest, { id: placement.request.id });
      if (asked) asked.state = PlacementRequestState.PLACED;
    });
  }

  decline(viewer: Viewer, input: DeclinePlacementInput): Promise<string> {
    return this.step(viewer, 'declinePlacement', input, async (_, placement) => {
      this.mustBeMember(viewer, placement);
      decide(placement, PlacementState.DECLINED, brusselsDay(this.clock()));
    });
  }

  /** The group takes a placement back of which no hours were worked. */
  cancel(viewer: Viewer, input: CancelPlacementInput): Promise<string> {
    return this.step(viewer, 'cancelPlacement', input, async (_, placement) => {
      this.mustBeStaff(viewer, placement);
      if (placement.state !== PlacementState.AGREED) mustBeProposed(placement);
      placement.state = PlacementState.CANCELLED;
      placement.decidedOn = brusselsDay(this.clock());
    });
  }

  /** Lets a placement end earlier; it never ends later than the member agreed to. */
  end(viewer: Viewer, input: EndPlacementInput): Promise<string> {
    return this.step(viewer, 'endPlacement', input, async (_, placement) => {
      this.mustBeStaff(viewer, placement);
      if (placement.state !== PlacementState.AGREED) mustBeProposed(placement);
      if (input.endsOn <= placement.startsOn) {
        throw new UserError(
          'INVALID_PERIOD',
          `It begins on ${placement.startsOn}: give a later day, or cancel it.`,
          'endsOn',
        );
      }
      placement.endsOn = input.endsOn;
    });
  }

  /** Authority and control are the member's: it agrees itself, or whoever it made its editor. */
  private mustBeMember(viewer: Viewer, placement: Placement): void {
    allow(mayEdit(viewer, placement.partner.id), 'the member does');
  }

  private mustBeStaff(viewer: Viewer, placement: Placement): void {
    allow(mayRun(viewer, placement.service.id), "the group's staff does");
  }

  private async step(
    viewer: Viewer,
    mutation: string,
    input: AgreeToPlacementInput,
    change: (em: EntityManager, placement: Placement) => Promise<void>,
  ): Promise<string> {
    const key = keyOf('placement', input.placement, 'placement');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select p.id from placement p where p.id = ? for no key update', [key]);
      const placement = await em.findOne(Placement, { id: key });
      if (!placement) throw new NotFoundError('The placement', 'placement');
      checkSandbox(viewer, placement.provenance, 'placement');
      await change(em, placement);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

/** Two that place a worker are one after the other: the second sees the hours of the first. */
async function lockWorker(em: EntityManager, key: string): Promise<void> {
  await em.execute('select w.id from shared_worker w where w.id = ? for no key update', [key]);
}

/** Without an end of its own a placement ends with the contract; one that begins after it is refused as such. */
function endOfContract({ employedUntil = null }: SharedWorker, startsOn: string): string | null {
  return employedUntil && employedUntil > startsOn ? employedUntil : null;
}

function minutesWanted({ weeklyHours, shareOfContract }: ProposePlacementInput, contract: string): number {
  if (Boolean(weeklyHours) === Boolean(shareOfContract)) {
    throw new UserError(
      'INVALID_HOURS',
      'Give `weeklyHours` or `shareOfContract`: one of the two.',
      'weeklyHours',
    );
  }
  if (weeklyHours) return minutesOf(weeklyHours, 'weeklyHours');
  const share = Number(shareOfContract);
  if (share > 0 && share <= 1) return minutesOf(hoursOfShare(contract, `${share}`), 'shareOfContract');
  throw new UserError('INVALID_HOURS', 'A part of a contract is above 0 and up to 1.', 'shareOfContract');
}

function decide(placement: Placement, state: PlacementState, day: string): void {
  mustBeProposed(placement);
  placement.state = state;
  placement.decidedOn = day;
}

function mustBeProposed({ state }: Placement): void {
  if (state === PlacementState.PROPOSED) return;
  throw new UserError('WRONG_STATE', `The placement is ${state}: it no longer takes this step.`, 'placement');
}

async function openRequest(em: EntityManager, partner: Partner, key: string): Promise<PlacementRequest> {
  const asked = await em.findOne(PlacementRequest, { id: key, partner });
  if (!asked) throw new NotFoundError('The request', 'request');
  if (asked.state === PlacementRequestState.OPEN) return asked;
  throw new UserError('WRONG_STATE', `The request is ${asked.state}: name an open one.`, 'request');
}
