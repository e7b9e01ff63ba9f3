import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { provenanceFor } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { newId } from '../database/keys.ts';
import { localisedText } from '../database/localised-text.ts';
import { checkedSlug } from '../database/slug.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import type { Partner } from '../partners/partner.entity.ts';
import type { MembershipInput } from '../partners/partner.inputs.ts';
import { Federation, Membership } from './federation.entity.ts';
import type { CreateFederationInput } from './federation.inputs.ts';

/** Rules and transactions of federations. */
export class FederationService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Creates a federation and answers its key. */
  async create(viewer: Viewer, input: CreateFederationInput): Promise<string> {
    const request = { viewer, mutation: 'createFederation', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const federation = em.create(Federation, {
        id: newId(),
        slug: checkedSlug(input.slug),
        name: localisedText(input.name, { field: 'name', required: true, longest: 200 }),
        description: localisedText(input.description, { field: 'description' }),
        provenance: provenanceFor(viewer, input.provenance),
      });
      await em.flush();
      return { id: federation.id };
    });
    return id;
  }
}

/** Records the memberships of a new partner, within the partner's own transaction. */
export async function recordMemberships(
  em: EntityManager,
  partner: Partner,
  memberships: readonly MembershipInput[],
): Promise<void> {
  for (const [index, input] of memberships.entries()) {
    const path = `memberships.${index}`;
    if (input.validUntil && input.validUntil <= input.validFrom) {
      throw new UserError(
        'INVALID_PERIOD',
        '`validUntil` is the first day after it, so it comes after `validFrom`.',
        `${path}.validUntil`,
      );
    }
    const federation = await em.findOne(Federation, {
      id: keyOf('federation', input.federation, `${path}.federation`),
    });
    if (!federation) throw new NotFoundError('The federation', `${path}.federation`);
    em.create(Membership, {
      id: newId(),
      partner,
      federation,
      validFrom: input.validFrom,
      validUntil: input.validUntil ?? null,
      provenance: partner.provenance,
    });
  }
  await em.flush();
}
