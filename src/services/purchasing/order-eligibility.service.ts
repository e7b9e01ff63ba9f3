import type { EntityManager } from '@mikro-orm/postgresql';
import { asHub } from '../../access/as-hub.ts';
import type { Viewer } from '../../access/viewer.ts';
import { UserError } from '../../errors.ts';
import type { Partner } from '../../partners/partner.entity.ts';
import { Enrolment } from '../enrolment.entity.ts';
import type { FrameworkAgreement } from './agreement.entity.ts';
import { isInForce } from './order-terms.ts';

/** @throws UserError AGREEMENT_NOT_IN_FORCE */
export function mustBeInForce(agreement: FrameworkAgreement, day: string): void {
  if (isInForce(agreement, day)) return;
  const { status, validFrom, validUntil } = agreement;
  throw new UserError(
    'AGREEMENT_NOT_IN_FORCE',
    `Orders are placed under this agreement from ${validFrom} until before ${validUntil}, while it is ACTIVE; it is ${status}.`,
    'lot',
  );
}

/**
 * The enrolment that an order rests on, locked against its end: whoever ends it, or closes the partner, locks the
 * enrolment first and then the partner, which the order's own rows refer to.
 */
export async function enrolmentOf(
  em: EntityManager,
  viewer: Viewer,
  { partner, agreement, day }: { partner: Partner; agreement: FrameworkAgreement; day: string },
): Promise<Enrolment> {
  const [locked] = await asHub(em, viewer, () =>
    em.execute<{ id: string }[]>(
      `select id from enrolment where partner_id = ? and service_id = ? and active_from <= ?::date
        and (ended_on is null or ended_on > ?::date) for share`,
      [partner.id, agreement.service.id, day, day],
    ),
  );
  if (locked) return em.findOneOrFail(Enrolment, { partner, id: locked.id });
  throw new UserError(
    'ENROLMENT_REQUIRED',
    `The partner is not enrolled in this purchasing service on ${day}: request an enrolment first.`,
    'partner',
  );
}

/** Whether an agreement is open to a partner, by the authority that recognises it and by the kind of buyer that it is. */
export async function mustBeEligible(
  em: EntityManager,
  of: { partner: Partner; agreement: FrameworkAgreement; enrolment: Enrolment; day: string },
): Promise<void> {
  const { partner, agreement, enrolment, day } = of;
  const [open] = await em.execute<{ by_authority: boolean; by_category: boolean }[]>(
    `select not exists (select from agreement_authority x where x.agreement_id = ?)
        or exists (select from recognition r join competent_authority c on c.id = r.authority_id
          join agreement_authority x on x.agreement_id = ? and x.authority_id in (c.id, c.part_of_id)
          where r.partner_id = ? and r.valid_from <= ?::date and (r.valid_until is null or r.valid_until > ?::date)
            and (?::uuid is null or r.id = ?::uuid)) as by_authority,
      cardinality(?::text[]) = 0 or exists (select from buyer_account b
        where b.partner_id = ? and b.service_id = ? and b.category = any (?::text[])) as by_category`,
    [
      ...[agreement.id, agreement.id, partner.id, day, day],
      ...[enrolment.recognition?.id ?? null, enrolment.recognition?.id ?? null],
      ...[
        array(agreement.buyerCategories),
        partner.id,
        agreement.service.id,
        array(agreement.buyerCategories),
      ],
    ],
  );
  if (!open?.by_authority) {
    throw new UserError(
      'AUTHORITY_NOT_ELIGIBLE',
      'This agreement is for organisations that other authorities recognise: see `eligibleAuthorities`, and the recognition that the enrolment rests on.',
      'partner',
    );
  }
  if (!open.by_category) {
    throw new UserError(
      'BUYER_CATEGORY_NOT_ELIGIBLE',
      'This agreement is for buyers of other categories: see `buyerCategories`; the service’s staff set a buyer’s.',
      'partner',
    );
  }
}

/** An array as PostgreSQL writes it: of words without commas and quotes. */
const array = (words: readonly string[]): string => `{${words.join(',')}}`;
