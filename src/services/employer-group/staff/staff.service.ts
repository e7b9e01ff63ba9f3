import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { exact, plainText, pseudonym } from '../../checks.ts';
import { ServiceKind, SharedService } from '../../service.entity.ts';
import { EmployerGroup, LegalParameter, SharedWorker } from '../employer-group.entity.ts';
import { Placement, PlacementState } from '../placement.entity.ts';
import type {
  CreateEmployerGroupInput,
  EndContractInput,
  EngageWorkerInput,
  SaveLegalParameterInput,
  UpdateEmployerGroupInput,
} from './staff.inputs.ts';

const COMMITTEE = /^[0-9]{3}(\.[0-9]{2})?$/;

/** Rules and transactions of employer groups, their workers, and the law's numbers. */
export class StaffService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Sets up the group of a service and answers its key. */
  async createGroup(viewer: Viewer, input: CreateEmployerGroupInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const { legalForm, authorisedFrom, authorisedUntil = null } = input;
    inOrder(authorisedFrom, authorisedUntil, 'authorisedUntil');
    const columns = {
      legalForm,
      jointCommittee: committeeOf(input.jointCommittee),
      authorisedFrom,
      authorisedUntil,
      fullTimeHours: fullTimeOf(input.fullTimeHours),
    };
    const request = { viewer, mutation: 'createEmployerGroup', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupService(em, viewer, serviceKey);
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      // It is the employer, in law and in the figures: it names itself, or the hub's administrator does.
      allow(mayEdit(viewer, partnerKey), 'an editor of the partner that employs does');
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      if (await em.count(EmployerGroup, { service })) {
        throw new UserError('GROUP_EXISTS', 'The service has its employer group already.', 'service');
      }
      const group = em.create(EmployerGroup, {
        id: newId(),
        service,
        partner,
        ...columns,
        provenance: service.provenance,
      } as never);
      await em.flush();
      return { id: group.id };
    });
    return id;
  }

  /** Changes what is known of a group and answers its key. */
  async updateGroup(viewer: Viewer, input: UpdateEmployerGroupInput): Promise<string> {
    const key = keyOf('employer_group', input.id, 'id');
    const { jointCommittee, authorisedUntil, fullTimeHours } = input;
    const changes = {
      ...(jointCommittee ? { jointCommittee: committeeOf(jointCommittee) } : {}),
      ...(authorisedUntil === undefined ? {} : { authorisedUntil }),
      ...(fullTimeHours ? { fullTimeHours: fullTimeOf(fullTimeHours) } : {}),
    };
    const request = { viewer, mutation: 'updateEmployerGroup', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const group = await em.findOne(EmployerGroup, { id: key });
      if (!group) throw new NotFoundError('The employer group', 'id');
      allow(mayRun(viewer, group.service.id), "the group's staff does");
      checkSandbox(viewer, group.provenance, 'id');
      inOrder(group.authorisedFrom, authorisedUntil, 'authorisedUntil');
      Object.assign(group, changes);
      await em.flush();
      return { id: key };
    });
    return key;
  }

  /** Engages a worker and answers the key of the contract. The law's limits are the database's to ask, under a lock of the group. */
  async engage(viewer: Viewer, input: EngageWorkerInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const { reference, jobFunction, isDedicated, employedFrom, employedUntil = null } = input;
    pseudonym(reference, 'reference');
    inOrder(employedFrom, employedUntil, 'employedUntil');
    const contractHours = hoursOf(input.contractHours, 'contractHours');
    if (Number(contractHours) > 50) {
      throw new UserError('INVALID_AMOUNT', 'A contract has 50 hours a week at most.', 'contractHours');
    }
    const request = { viewer, mutation: 'engageWorker', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupService(em, viewer, serviceKey);
      const worker = em.create(SharedWorker, {
        id: newId(),
        service,
        reference,
        jobFunction,
        isDedicated,
        contractHours,
        employedFrom,
        employedUntil,
        provenance: service.provenance,
      } as never);
      await em.flush();
      return { id: worker.id };
    });
    return id;
  }

  /** Gives a contract its end and answers its key. */
  async endContract(viewer: Viewer, input: EndContractInput): Promise<string> {
    const key = keyOf('shared_worker', input.worker, 'worker');
    const { employedUntil } = input;
    const request = { viewer, mutation: 'endContract', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const worker = await em.findOne(SharedWorker, { id: key });
      if (!worker) throw new NotFoundError('The worker', 'worker');
      allow(mayRun(viewer, worker.service.id), "the group's staff does");
      checkSandbox(viewer, worker.provenance, 'worker');
      inOrder(worker.employedFrom, employedUntil, 'employedUntil');
      await endPlacements(em, worker, employedUntil);
      worker.employedUntil = employedUntil;
      await em.flush();
      return { id: key };
    });
    return key;
  }

  /** Records a number of the law, which takes the place of the one before from its first day on, and answers its key. */
  async saveParameter(viewer: Viewer, input: SaveLegalParameterInput): Promise<string> {
    const { kind, validFrom } = input;
    const value = exact(input.value, { field: 'value', decimals: 2 });
    if (Number(value) >= 100_000_000) {
      throw new UserError('INVALID_AMOUNT', 'A number of the law has at most 8 digits.', 'value');
    }
    const source = plainText(input.source, { field: 'source', longest: 300, required: true }) as string;
    const request = { viewer, mutation: 'saveLegalParameter', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      allow(viewer.isAdministrator, 'an administrator of the hub does');
      const before = await em.findOne(LegalParameter, { kind, validUntil: null });
      if (before && before.validFrom >= validFrom) {
        throw new UserError(
          'PARAMETER_OVERLAPS',
          `The one that holds now does so from ${before.validFrom}: begin on a later day.`,
          'validFrom',
        );
      }
      if (before) {
        before.validUntil = validFrom;
        await em.flush();
      }
      const parameter = em.create(LegalParameter, { id: newId(), kind, value, validFrom, source } as never);
      await em.flush();
      return { id: parameter.id };
    });
    return id;
  }
}

/** Placements that end with the contract do so earlier, before the contract itself does. */
async function endPlacements(em: EntityManager, worker: SharedWorker, day: string): Promise<void> {
  const endsOn = worker.employedUntil ?? null;
  if (endsOn && endsOn <= day) return;
  await em.execute('select w.id from shared_worker w where w.id = ? for no key update', [worker.id]);
  const live = [PlacementState.PROPOSED, PlacementState.AGREED];
  const open = await em.find(
    Placement,
    { worker, state: { $in: live }, startsOn: { $lt: day }, endsOn },
    { orderBy: { id: 'asc' } },
  );
  for (const placement of open) placement.endsOn = day;
  await em.flush();
}

/** A service of the kind EMPLOYER_GROUP that a viewer runs. @throws NotFoundError, ForbiddenError, UserError NOT_EMPLOYER_GROUP */
async function groupService(em: EntityManager, viewer: Viewer, key: string): Promise<SharedService> {
  const service = await em.findOne(SharedService, { id: key });
  if (!service) throw new NotFoundError('The service', 'service');
  allow(mayRun(viewer, key), "the service's staff does");
  checkSandbox(viewer, service.provenance, 'service');
  if (service.kind !== ServiceKind.EMPLOYER_GROUP) {
    throw new UserError('NOT_EMPLOYER_GROUP', 'Name a service of the kind EMPLOYER_GROUP.', 'service');
  }
  return service;
}

function inOrder(from: string, until: string | null | undefined, field: string): void {
  if (until && until <= from) throw new UserError('INVALID_PERIOD', `Give a day after ${from}.`, field);
}

function committeeOf(number: string): string {
  if (COMMITTEE.test(number)) return number;
  throw new UserError(
    'INVALID_JOINT_COMMITTEE',
    'A joint committee has three digits, and two more after a point for a subcommittee, such as 329.02.',
    'jointCommittee',
  );
}

const hoursOf = (hours: string, field: string): string => exact(hours, { field, decimals: 2, least: 1n });

function fullTimeOf(hours: string): string {
  const found = hoursOf(hours, 'fullTimeHours');
  if (Number(found) >= 30 && Number(found) <= 40) return found;
  throw new UserError('INVALID_AMOUNT', 'A full-time week has 30 to 40 hours.', 'fullTimeHours');
}
