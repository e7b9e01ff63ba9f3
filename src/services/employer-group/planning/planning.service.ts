import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import { SYSTEM, type Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import { Provenance } from '../../../database/properties.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { ForbiddenError, NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { minutesOf } from '../../checks.ts';
import { Enrolment, EnrolmentStatus } from '../../enrolment.entity.ts';
import { SharedService } from '../../service.entity.ts';
import { legalValue } from '../billing/group.service.ts';
import { booksOf } from '../billing/ledger.service.ts';
import type { Ledger } from '../billing/sharing.ts';
import { EmployerGroup } from '../employer-group.entity.ts';
import { municipalityOf } from '../placement/municipality.service.ts';
import { PlacementRequest, PlacementRequestState } from '../placement.entity.ts';
import type { RequestPlacementInput, WithdrawPlacementRequestInput } from './planning.inputs.ts';

/** Figures about fewer workers are the staff's alone. */
const FEWEST = 4;

/** What estimates are made of, and how many workers have to be behind one that a viewer sees. */
export interface Basis {
  ledger: Ledger;
  vatRate: string;
  fullTimeHours: string;
  fewest: number;
}

/** What members ask for, and what estimates are made of. */
export class PlanningService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Records what a member asks for and answers the key of the request. */
  async request(viewer: Viewer, input: RequestPlacementInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    const { jobFunction, startsOn, endsOn = null } = input;
    if (endsOn && endsOn <= startsOn)
      throw new UserError('INVALID_PERIOD', `Give a day after ${startsOn}.`, 'endsOn');
    const today = brusselsDay(this.clock());
    if (startsOn < today)
      throw new UserError(
        'INVALID_PERIOD',
        `Ask for help from ${today} on: what is over is not placed.`,
        'startsOn',
      );
    const minutes = minutesOf(input.weeklyHours, 'weeklyHours');
    if (minutes > 3000)
      throw new UserError('INVALID_HOURS', 'Ask for 50 hours a week at most.', 'weeklyHours');
    const request = { viewer, mutation: 'requestPlacement', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const service = await em.findOne(SharedService, { id: serviceKey });
      if (!service) throw new NotFoundError('The service', 'service');
      allow(
        mayEdit(viewer, partnerKey) || mayRun(viewer, serviceKey),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      if ((await em.count(EmployerGroup, { service })) === 0)
        throw new UserError('NOT_EMPLOYER_GROUP', 'The service has no employer group.', 'service');
      const isMember = await em.count(Enrolment, {
        partner,
        service,
        status: EnrolmentStatus.ACTIVE,
        activeFrom: { $lte: today },
      });
      if (isMember === 0)
        throw new UserError(
          'MEMBERS_ONLY',
          'The partner is no member of the group today: enrol it first.',
          'partner',
        );
      const asked = em.create(PlacementRequest, {
        partner,
        id: newId(),
        service,
        jobFunction,
        weeklyHours: (minutes / 60).toFixed(2),
        startsOn,
        endsOn,
        municipality: await municipalityOf(em, partner, input.municipality),
        requestedOn: today,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: asked.id };
    });
    return id;
  }

  /** Takes an open request back and answers its key. */
  async withdraw(viewer: Viewer, input: WithdrawPlacementRequestInput): Promise<string> {
    const key = keyOf('placement_request', input.id, 'id');
    const request = { viewer, mutation: 'withdrawPlacementRequest', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select r.id from placement_request r where r.id = ? for no key update', [key]);
      const asked = await em.findOne(PlacementRequest, { id: key });
      if (!asked) throw new NotFoundError('The request', 'id');
      allow(
        mayEdit(viewer, asked.partner.id) || mayRun(viewer, asked.service.id),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, asked.provenance, 'id');
      if (asked.state !== PlacementRequestState.OPEN)
        throw new UserError('WRONG_STATE', `The request is ${asked.state}: an open one is taken back.`, 'id');
      asked.state = PlacementRequestState.WITHDRAWN;
      await em.flush();
      return { id: key };
    });
    return key;
  }

  /**
   * What estimates about a group in a year are made of: for its staff, and for its members and those who could become one
   * where enough workers are behind them.
   * @throws NotFoundError, ForbiddenError for who belongs to nobody, UserError NOT_EMPLOYER_GROUP
   */
  basis(viewer: Viewer, service: string, year: number): Promise<Basis> {
    const key = keyOf('service', service, 'service');
    const today = brusselsDay(this.clock());
    return this.unitOfWork.run(
      SYSTEM,
      async (em) => {
        const found = await em.findOne(SharedService, { id: key });
        if (!found) throw new NotFoundError('The service', 'service');
        const group = await em.findOne(EmployerGroup, { service: found });
        if (!group)
          throw new UserError('NOT_EMPLOYER_GROUP', 'The service has no employer group.', 'service');
        const isOpen = mayRun(viewer, key) || found.provenance === Provenance.SYNTHETIC;
        if (!isOpen && viewer.reach.partners.length === 0) {
          throw new ForbiddenError(
            'This is for the group’s staff, its members, and partners that could become one.',
          );
        }
        const { ledger } = await booksOf(em, key, year);
        return {
          ledger,
          vatRate: await legalValue(em, 'STANDARD_VAT_RATE', today),
          fullTimeHours: group.fullTimeHours,
          fewest: isOpen ? 1 : FEWEST,
        };
      },
      'estimate',
    );
  }
}
