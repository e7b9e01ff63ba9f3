import { LockMode } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { allow, checkSandbox, mayEdit } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { mustBeOpen } from '../partners/index.ts';
import { Partner } from '../partners/partner.entity.ts';
import { DataSharingAgreement } from './agreement.entity.ts';
import type { GrantDataSharingInput, RevokeDataSharingInput } from './agreement.inputs.ts';
import { Federation } from './federation.entity.ts';

const LONGEST_PURPOSE = 500;
const MOST_YEARS = 5;

/** Rules and transactions of data-sharing agreements: only the partner grants and revokes them. */
export class AgreementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Shares records with a federation and answers the agreement's key. */
  async grant(viewer: Viewer, input: GrantDataSharingInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const federationKey = keyOf('federation', input.federation, 'federation');
    allow(mayEdit(viewer, partnerKey), 'a partner alone shares its records');
    const request = { viewer, mutation: 'grantDataSharing', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      mustBeOpen(partner, 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      const federation = await em.findOne(Federation, { id: federationKey });
      if (!federation) throw new NotFoundError('The federation', 'federation');
      checkSandbox(viewer, federation.provenance, 'federation');
      const agreement = em.create(DataSharingAgreement, {
        id: newId(),
        partner,
        federation,
        purpose: checkedPurpose(input.purpose),
        rooms: checkedRooms(input.rooms),
        validUntil: this.checkedEnd(input.validUntil),
        grantedAt: this.clock(),
        grantedBy: viewer.principal,
      } as never);
      await em.flush();
      return { id: agreement.id };
    });
    return id;
  }

  /** Ends an agreement at once and answers its key. */
  async revoke(viewer: Viewer, input: RevokeDataSharingInput): Promise<string> {
    const id = keyOf('data_sharing_agreement', input.id, 'id');
    const request = { viewer, mutation: 'revokeDataSharing', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const agreement = await em.findOne(
        DataSharingAgreement,
        { id },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      // The federation sees it too, and may not write it: the lock is refused to it by leaving the row out.
      if (!agreement || !mayEdit(viewer, agreement.partner.id))
        throw new NotFoundError('The agreement', 'id');
      if (agreement.revokedAt) {
        throw new UserError('WRONG_STATE', 'This agreement was revoked before.', 'id');
      }
      agreement.revokedAt = this.clock();
      agreement.revokedBy = viewer.principal;
      await em.flush();
      return { id };
    });
    return id;
  }

  private checkedEnd(day: string): string {
    const today = brusselsDay(this.clock());
    const latest = `${Number(today.slice(0, 4)) + MOST_YEARS}${today.slice(4)}`;
    if (day <= today || day > latest) {
      throw new UserError(
        'INVALID_PERIOD',
        `An agreement ends after today and at most ${MOST_YEARS} years ahead: after ${today}, until ${latest}.`,
        'validUntil',
      );
    }
    return day;
  }
}

function checkedPurpose(purpose: string): string {
  const text = purpose.normalize('NFC').trim();
  if (!text) throw new UserError('TEXT_MISSING', 'Say what the federation needs the records for.', 'purpose');
  if (text.length > LONGEST_PURPOSE) {
    throw new UserError(
      'TEXT_TOO_LONG',
      `A purpose has at most ${LONGEST_PURPOSE} characters; this one has ${text.length}.`,
      'purpose',
    );
  }
  return text;
}

function checkedRooms<Room>(rooms: readonly Room[]): Room[] {
  if (rooms.length === 0) throw new UserError('ROOMS_MISSING', 'Share one part at least.', 'rooms');
  return [...new Set(rooms)];
}
