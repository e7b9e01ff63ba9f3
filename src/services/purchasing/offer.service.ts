import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { newId } from '../../database/keys.ts';
import { localisedText } from '../../database/localised-text.ts';
import type { Provenance } from '../../database/properties.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { parseEnterpriseNumber } from '../../partners/index.ts';
import { CompetentAuthority } from '../../reference/reference.entity.ts';
import { exact, httpsAddress, plainText, someOf } from '../checks.ts';
import { ServiceKind, SharedService } from '../service.entity.ts';
import { AgreementAuthority, AgreementStatus, FrameworkAgreement, Lot } from './agreement.entity.ts';
import type {
  CreateFrameworkAgreementInput,
  CreateSupplierInput,
  SaveLotsInput,
  UpdateFrameworkAgreementInput,
} from './offer.inputs.ts';
import { Supplier } from './supplier.entity.ts';

const MOST_LOTS = 200;
const LONGEST_TITLE = 300;

/** A purchasing service that the viewer runs. @throws NotFoundError, ForbiddenError, UserError NOT_PURCHASING */
export async function purchasingService(
  em: EntityManager,
  viewer: Viewer,
  globalId: string,
): Promise<SharedService> {
  const id = keyOf('service', globalId, 'service');
  const service = await em.findOne(SharedService, { id });
  if (!service) throw new NotFoundError('The service', 'service');
  allow(mayRun(viewer, id), "the service's staff keep what it offers");
  checkSandbox(viewer, service.provenance, 'service');
  if (service.kind !== ServiceKind.PURCHASING) {
    throw new UserError('NOT_PURCHASING', 'Name a service of kind PURCHASING.', 'service');
  }
  return service;
}

/** An agreement under which the viewer may change what is on offer. @throws ForbiddenError */
export function mustRun(
  viewer: Viewer,
  of: { service: { id: string }; provenance: Provenance },
  field: string,
): void {
  allow(mayRun(viewer, of.service.id), "the service's staff keep what it offers");
  checkSandbox(viewer, of.provenance, field);
}

/** Rules and transactions of suppliers, framework agreements and lots. */
export class OfferService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Registers a supplier and answers its key. */
  async createSupplier(viewer: Viewer, input: CreateSupplierInput): Promise<string> {
    const request = { viewer, mutation: 'createSupplier', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await purchasingService(em, viewer, input.service);
      const identifierScheme = plainText(input.identifierScheme, { field: 'identifierScheme', longest: 60 });
      const identifier = plainText(input.identifier, { field: 'identifier', longest: 200 });
      if (Boolean(identifier) !== Boolean(identifierScheme)) {
        throw new UserError(
          'IDENTIFIER_INCOMPLETE',
          'Give a register and the number in it, or neither.',
          'identifier',
        );
      }
      const supplier = em.create(Supplier, {
        id: newId(),
        service,
        name: plainText(input.name, { field: 'name', longest: 300, required: true }) as string,
        enterpriseNumber: input.enterpriseNumber ? parseEnterpriseNumber(input.enterpriseNumber) : null,
        identifierScheme,
        identifier,
        website: httpsAddress(input.website, 'website'),
        provenance: service.provenance,
      } as never);
      await em.flush();
      return { id: supplier.id };
    });
    return id;
  }

  /** Publishes a framework agreement and answers its key. */
  async createAgreement(viewer: Viewer, input: CreateFrameworkAgreementInput): Promise<string> {
    const request = { viewer, mutation: 'createFrameworkAgreement', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await purchasingService(em, viewer, input.service);
      mustBePeriod(input.validFrom, input.validUntil);
      const agreement = em.create(FrameworkAgreement, {
        id: newId(),
        service,
        ocid: ocidOf(input),
        title: localisedText(input.title, { field: 'title', required: true, longest: LONGEST_TITLE }),
        description: localisedText(input.description, { field: 'description' }),
        method: input.method,
        status: input.status ?? AgreementStatus.PLANNED,
        validFrom: input.validFrom,
        validUntil: input.validUntil,
        maximumValue: ceilingOf(input.maximumValue, 'maximumValue'),
        buyerCategories: [...new Set(input.buyerCategories ?? [])],
        ...hoursOf(input),
        provenance: service.provenance,
      } as never);
      await em.flush();
      for (const authority of await authoritiesOf(em, input.eligibleAuthorities ?? [])) {
        em.create(AgreementAuthority, { agreement, authority });
      }
      await em.flush();
      return { id: agreement.id };
    });
    return id;
  }

  /** Changes a framework agreement and answers its key. */
  async updateAgreement(viewer: Viewer, input: UpdateFrameworkAgreementInput): Promise<string> {
    const id = keyOf('framework_agreement', input.id, 'id');
    const request = { viewer, mutation: 'updateFrameworkAgreement', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const agreement = await em.findOne(FrameworkAgreement, { id });
      if (!agreement) throw new NotFoundError('The agreement', 'id');
      mustRun(viewer, agreement, 'id');
      if (input.validUntil) {
        mustBePeriod(agreement.validFrom, input.validUntil);
        agreement.validUntil = input.validUntil;
      }
      if (input.status) agreement.status = input.status;
      if (input.maximumValue) agreement.maximumValue = ceilingOf(input.maximumValue, 'maximumValue');
      await em.flush();
      return { id };
    });
    return id;
  }

  /** Adds lots to an agreement, or changes those that it has, and answers the agreement's key. */
  async saveLots(viewer: Viewer, input: SaveLotsInput): Promise<string> {
    const id = keyOf('framework_agreement', input.agreement, 'agreement');
    const request = { viewer, mutation: 'saveLots', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const agreement = await em.findOne(FrameworkAgreement, { id });
      if (!agreement) throw new NotFoundError('The agreement', 'agreement');
      mustRun(viewer, agreement, 'agreement');
      const known = new Map((await em.find(Lot, { agreement })).map((lot) => [lot.localId, lot]));
      for (const [index, given] of someOf(input.lots, MOST_LOTS, 'lots').entries()) {
        const field = `lots.${index}`;
        const localId = plainText(given.localId, {
          field: `${field}.localId`,
          longest: 80,
          required: true,
        }) as string;
        const before = known.get(localId);
        const title = localisedText(given.title, {
          field: `${field}.title`,
          required: true,
          longest: LONGEST_TITLE,
          ...(before ? { before: before.title } : {}),
        });
        // As in a text: left out it stays, and null takes it away.
        const ceiling =
          before && given.ceiling === undefined
            ? before.ceiling
            : ceilingOf(given.ceiling, `${field}.ceiling`);
        if (before) {
          Object.assign(before, { title, ceiling });
        } else {
          const { service, provenance } = agreement;
          const made = em.create(Lot, {
            id: newId(),
            service,
            agreement,
            localId,
            title,
            ceiling,
            provenance,
          } as never);
          known.set(localId, made);
        }
      }
      await em.flush();
      return { id };
    });
    return id;
  }
}

function ceilingOf(amount: string | null | undefined, field: string): string | null {
  return amount ? exact(amount, { field, decimals: 2 }) : null;
}

function mustBePeriod(from: string, until: string): void {
  if (until > from) return;
  throw new UserError(
    'INVALID_PERIOD',
    `It ends on ${until}, before or on its first day ${from}: give the first day after it.`,
    'validUntil',
  );
}

function ocidOf({ ocid }: CreateFrameworkAgreementInput): string {
  if (/^[\x21-\x7e]{1,200}$/.test(ocid)) return ocid;
  throw new UserError(
    'INVALID_OCID',
    'An open contracting id has 1 to 200 printable characters, no spaces.',
    'ocid',
  );
}

function hoursOf(input: CreateFrameworkAgreementInput): object {
  const answerHours = input.answerHours ?? 4;
  const confirmationHours = input.confirmationHours ?? Math.max(24, 5 * answerHours);
  const hours = {
    answerHours,
    confirmationHours,
    consentHours: input.consentHours ?? 8,
    deliveryDays: input.deliveryDays ?? 7,
  };
  for (const [field, value] of Object.entries(hours)) {
    if (value < 1 || value > 1_000) throw new UserError('INVALID_HOURS', 'Give 1 to 1,000 of them.', field);
  }
  if (confirmationHours < 5 * answerHours) {
    throw new UserError(
      'INVALID_HOURS',
      `Five suppliers of a cascade that have ${answerHours} hours each need ${5 * answerHours}: give as many, or shorten \`answerHours\`.`,
      'confirmationHours',
    );
  }
  return hours;
}

async function authoritiesOf(em: EntityManager, codes: readonly string[]): Promise<CompetentAuthority[]> {
  const wanted = [...new Set(codes)];
  const found = await em.find(CompetentAuthority, { code: { $in: wanted } });
  const unknown = wanted.filter((code) => !found.some((one) => one.code === code));
  if (unknown.length === 0) return found;
  throw new UserError(
    'UNKNOWN_CODE',
    `The hub knows no such authority: ${unknown.map((code) => code.slice(0, 40)).join(', ')}; see \`competentAuthorities\`.`,
    'eligibleAuthorities',
  );
}
