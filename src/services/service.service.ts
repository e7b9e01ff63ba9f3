import { idempotently } from '../access/idempotency.ts';
import { allow, mayAdminister, provenanceFor } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { newId } from '../database/keys.ts';
import { localisedText } from '../database/localised-text.ts';
import { checkedSlug } from '../database/slug.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { Federation } from '../federations/federation.entity.ts';
import { keyOf } from '../ids.ts';
import { Provider, ServiceCarrier, ServiceKind, SharedService } from './service.entity.ts';
import type { CreateProviderInput, CreateSharedServiceInput } from './service.inputs.ts';

const MOST_CARRIERS = 20;
const LONGEST_UNIT = 80;

/** Rules and transactions of the catalogue of services. */
export class CatalogueService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Creates a provider and answers its key. */
  async createProvider(viewer: Viewer, input: CreateProviderInput): Promise<string> {
    const request = { viewer, mutation: 'createProvider', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const provider = em.create(Provider, {
        id: newId(),
        slug: checkedSlug(input.slug),
        name: localisedText(input.name, { field: 'name', required: true, longest: 200 }),
        provenance: provenanceFor(viewer, input.provenance),
      });
      await em.flush();
      return { id: provider.id };
    });
    return id;
  }

  /** Creates a shared service with its carriers and answers its key. */
  async createSharedService(viewer: Viewer, input: CreateSharedServiceInput): Promise<string> {
    const federationKey = input.federation ? keyOf('federation', input.federation, 'federation') : undefined;
    allow(mayAdminister(viewer, federationKey), 'a federation sets up services of its own; name it');
    const request = { viewer, mutation: 'createSharedService', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      if (input.usageUnit && input.kind !== ServiceKind.OTHER) {
        throw new UserError(
          'USAGE_UNIT_OF_OTHER_ONLY',
          'Only a service of kind OTHER names its own unit; leave `usageUnit` out.',
          'usageUnit',
        );
      }
      const usageUnit = input.usageUnit?.normalize('NFC').trim() || null;
      if (usageUnit && usageUnit.length > LONGEST_UNIT) {
        throw new UserError(
          'TEXT_TOO_LONG',
          `A unit has at most ${LONGEST_UNIT} characters; this one has ${usageUnit.length}.`,
          'usageUnit',
        );
      }
      if (input.languages.length === 0)
        throw new UserError('LANGUAGE_MISSING', 'Give one language at least.', 'languages');
      const carriers = [...new Set(input.carriers)];
      if (carriers.length < 1 || carriers.length > MOST_CARRIERS) {
        throw new UserError(
          'INVALID_CARRIERS',
          `Give 1 to ${MOST_CARRIERS} providers; the first leads.`,
          'carriers',
        );
      }
      const federation = federationKey ? await em.findOne(Federation, { id: federationKey }) : null;
      if (federationKey && !federation) throw new NotFoundError('The federation', 'federation');
      const service = em.create(SharedService, {
        id: newId(),
        slug: checkedSlug(input.slug),
        kind: input.kind,
        name: localisedText(input.name, { field: 'name', required: true, longest: 200 }),
        description: localisedText(input.description, { field: 'description' }),
        eligibility: localisedText(input.eligibility, { field: 'eligibility' }),
        price: localisedText(input.price, { field: 'price' }),
        howToJoin: localisedText(input.howToJoin, { field: 'howToJoin' }),
        languages: [...new Set(input.languages)],
        startedOn: input.startedOn ?? null,
        federation,
        enrolmentsPublic: input.enrolmentsPublic,
        usageUnit,
        provenance: provenanceFor(viewer, input.provenance),
      } as never);
      for (const [index, carrier] of carriers.entries()) {
        const field = `carriers.${index}`;
        const provider = await em.findOne(Provider, { id: keyOf('provider', carrier, field) });
        if (!provider) throw new NotFoundError('The provider', field);
        em.create(ServiceCarrier, { service, provider, isLead: index === 0 });
      }
      await em.flush();
      return { id: service.id };
    });
    return id;
  }
}
