import type { EntityManager } from '@mikro-orm/postgresql';
import { allow, checkSandbox, mayEdit, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { mustBeOpen } from '../../partners/index.ts';
import type { Partner } from '../../partners/partner.entity.ts';
import { Enrolment } from '../enrolment.entity.ts';
import { Building } from './building.entity.ts';

/* What each change of energy's records asks first: whose they are, and whether the service follows them. */

/** @throws UserError ENROLMENT_REQUIRED where a partner is not enrolled in a service on a day */
export async function mustBeEnrolled(
  em: EntityManager,
  { partner, service, day }: { partner: string; service: string; day: string },
): Promise<void> {
  const enrolled = await em.count(Enrolment, {
    partner,
    service,
    activeFrom: { $lte: day },
    $or: [{ endedOn: null }, { endedOn: { $gt: day } }],
  });
  if (enrolled === 0) {
    throw new UserError(
      'ENROLMENT_REQUIRED',
      'The partner is not enrolled in this energy service today: enrol it first.',
      'partner',
    );
  }
}

/** Locks a record that is about to change, as far as the viewer may change it: of two that arrive together the second sees the first. */
export async function lockRecord(
  em: EntityManager,
  table: 'building' | 'meter' | 'energy_visit' | 'energy_measure',
  id: string,
): Promise<void> {
  // What refers to it by its key need not wait.
  await em.execute(`select t.id from ${table} t where t.id = ? for no key update`, [id]);
}

/**
 * A building that a viewer keeps: its partner's editors, or the staff.
 * @throws NotFoundError, ForbiddenError, UserError SANDBOX_ONLY_SYNTHETIC, PARTNER_CLOSED
 */
export async function keptBuilding(
  em: EntityManager,
  viewer: Viewer,
  { id, field, forStaff = false }: { id: string; field: string; forStaff?: boolean },
): Promise<Building> {
  const building = await em.findOne(Building, { id }, { populate: ['partner'] });
  if (!building) throw new NotFoundError('The building', field);
  const byStaff = mayRun(viewer, building.service.id);
  allow(
    byStaff || (!forStaff && mayEdit(viewer, building.partner.id)),
    forStaff ? "the service's staff does" : "the partner does, or the service's staff",
  );
  checkSandbox(viewer, building.provenance, field);
  mustBeOpen(building.partner as unknown as Partner, field);
  return building;
}
