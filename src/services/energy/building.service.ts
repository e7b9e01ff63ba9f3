import { idempotently } from '../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../clock.ts';
import { newId } from '../../database/keys.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { mustBeOpen } from '../../partners/index.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { Territory, TerritoryLevel } from '../../reference/reference.entity.ts';
import { exact, plainText } from '../checks.ts';
import { ServiceKind, SharedService } from '../service.entity.ts';
import { Building } from './building.entity.ts';
import type { CreateBuildingInput, UpdateBuildingInput } from './building.inputs.ts';
import { keptBuilding, lockRecord, mustBeEnrolled } from './followed.service.ts';

const EARLIEST_YEAR = 1000;

/** Rules and transactions of buildings. */
export class BuildingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Begins to follow a building and answers its key. */
  async create(viewer: Viewer, input: CreateBuildingInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    const today = brusselsDay(this.clock());
    const followedFrom = input.followedFrom ?? today;
    if (followedFrom > today)
      throw new UserError(
        'DATE_IN_FUTURE',
        'A building is followed from today or an earlier day on.',
        'followedFrom',
      );
    const columns = {
      name: nameOf(input.name),
      activity: input.activity,
      floorAreaM2: areaOf(input.floorAreaM2),
      constructionYear: this.yearOf(input.constructionYear),
    };
    const request = { viewer, mutation: 'createBuilding', key: input.idempotencyKey, input };
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
      if (service.kind !== ServiceKind.ENERGY)
        throw new UserError('NOT_ENERGY', 'Name a service of the kind ENERGY.', 'service');
      await mustBeEnrolled(em, { partner: partner.id, service: service.id, day: today });
      const municipality = await em.findOne(Territory, {
        nisCode: input.municipality,
        level: TerritoryLevel.MUNICIPALITY,
      });
      if (!municipality) {
        throw new UserError(
          'UNKNOWN_CODE',
          `The hub knows no municipality ${JSON.stringify(input.municipality.slice(0, 20))}: see \`territories\` for NIS codes.`,
          'municipality',
        );
      }
      const building = em.create(Building, {
        id: newId(),
        partner,
        service,
        ...columns,
        municipality,
        followedFrom,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: building.id };
    });
    return id;
  }

  /** Changes what is known of a building and answers its key. */
  async update(viewer: Viewer, input: UpdateBuildingInput): Promise<string> {
    const key = keyOf('building', input.id, 'id');
    const { name, activity, floorAreaM2, constructionYear, followedUntil } = input;
    const changes = {
      ...(typeof name === 'string' ? { name: nameOf(name) } : {}),
      ...(activity ? { activity } : {}),
      ...(floorAreaM2 ? { floorAreaM2: areaOf(floorAreaM2) } : {}),
      ...(constructionYear === undefined ? {} : { constructionYear: this.yearOf(constructionYear) }),
      ...(followedUntil === undefined ? {} : { followedUntil }),
    };
    const request = { viewer, mutation: 'updateBuilding', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await lockRecord(em, 'building', key);
      const building = await keptBuilding(em, viewer, { id: key, field: 'id' });
      if (followedUntil && followedUntil <= building.followedFrom) {
        throw new UserError(
          'INVALID_PERIOD',
          `It is followed since ${building.followedFrom}: give a later day.`,
          'followedUntil',
        );
      }
      const today = brusselsDay(this.clock());
      if (followedUntil && followedUntil > today)
        throw new UserError('DATE_IN_FUTURE', 'Give a day that has come.', 'followedUntil');
      if (followedUntil === null && building.followedUntil) {
        await mustBeEnrolled(em, {
          partner: building.partner.id,
          service: building.service.id,
          day: today,
        });
      }
      Object.assign(building, changes);
      await em.flush();
      return { id: key };
    });
    return key;
  }

  private yearOf(year: number | null | undefined): number | null {
    if (year === null || year === undefined) return null;
    const now = Number(brusselsDay(this.clock()).slice(0, 4));
    if (year < EARLIEST_YEAR || year > now)
      throw new UserError('INVALID_YEAR', `Give a year from ${EARLIEST_YEAR} to ${now}.`, 'constructionYear');
    return year;
  }
}

const nameOf = (name: string): string =>
  plainText(name, { field: 'name', longest: 120, required: true }) as string;

function areaOf(area: string): string {
  const found = exact(area, { field: 'floorAreaM2', decimals: 2, least: 100n });
  if (Number(found) >= 10_000_000)
    throw new UserError(
      'INVALID_AMOUNT',
      'A floor area has at most 7 digits before the point.',
      'floorAreaM2',
    );
  return found;
}
