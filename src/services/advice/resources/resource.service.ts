import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import { foldText, LANGUAGES, localisedText } from '../../../database/localised-text.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { httpsAddress } from '../../checks.ts';
import type { SharedService } from '../../service.entity.ts';
import { advisoryService } from '../advisory.service.ts';
import { AdviceResource, ResourceDownload, ToolboxAccess } from '../resource.entity.ts';
import type {
  GrantToolboxAccessInput,
  RecordDownloadInput,
  SaveResourceInput,
  WithdrawToolboxAccessInput,
} from './resource.inputs.ts';
import { checkCode, checkCopies, checkResource } from './resource-rules.ts';

/** Resources of the advisory services, who was granted access, and what is taken. */
export class ResourceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Saves a resource by its code and answers its key. */
  async save(viewer: Viewer, input: SaveResourceInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    checkCode(input.code);
    const request = { viewer, mutation: 'saveResource', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await advisoryService(em, serviceKey);
      allow(mayRun(viewer, serviceKey), "the service's staff does");
      checkSandbox(viewer, service.provenance, 'service');
      // Two that save one code are one after the other: the second changes what the first made.
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 9))', [
        `${serviceKey} ${input.code}`,
      ]);
      const known = await em.findOne(AdviceResource, { service, code: input.code });
      const resource = known ?? this.begin(em, service, input);
      change(resource, input);
      checkResource(resource);
      await em.flush();
      return { id: resource.id };
    });
    return id;
  }

  private begin(em: EntityManager, service: SharedService, input: SaveResourceInput): AdviceResource {
    for (const field of ['kind', 'title', 'languages', 'publishedOn'] as const)
      if (!input[field]) throw new UserError('FIELD_MISSING', `A new resource needs \`${field}\`.`, field);
    return em.create(AdviceResource, {
      id: newId(),
      service,
      code: input.code,
      url: null,
      withdrawnOn: null,
      searchText: '',
      provenance: service.provenance,
    } as never);
  }

  /** Grants a partner access and answers the key of the access; no enrolment is needed. */
  async grant(viewer: Viewer, input: GrantToolboxAccessInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    const grantedOn = input.grantedOn ?? brusselsDay(this.clock());
    const request = { viewer, mutation: 'grantToolboxAccess', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await advisoryService(em, serviceKey);
      allow(mayRun(viewer, serviceKey), "the service's staff does");
      const partner = await openPartner(em, viewer, partnerKey);
      const access = em.create(ToolboxAccess, {
        partner,
        id: newId(),
        service,
        grantedOn,
        withdrawnOn: null,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: access.id };
    });
    return id;
  }

  /** Gives an access its end, or another one, and answers its key. */
  async withdraw(viewer: Viewer, input: WithdrawToolboxAccessInput): Promise<string> {
    const key = keyOf('toolbox_access', input.access, 'access');
    const request = { viewer, mutation: 'withdrawToolboxAccess', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select a.id from toolbox_access a where a.id = ? for no key update', [key]);
      const access = await em.findOne(ToolboxAccess, { id: key });
      if (!access) throw new NotFoundError('The access', 'access');
      allow(mayRun(viewer, access.service.id), "the service's staff does");
      checkSandbox(viewer, access.provenance, 'access');
      if (input.withdrawnOn <= access.grantedOn)
        throw new UserError('INVALID_PERIOD', `Give a day after ${access.grantedOn}.`, 'withdrawnOn');
      access.withdrawnOn = input.withdrawnOn;
      await em.flush();
      return { id: key };
    });
    return key;
  }

  /** Records that a partner took a resource and answers the key of the download. */
  async taken(viewer: Viewer, input: RecordDownloadInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const resourceKey = keyOf('advice_resource', input.resource, 'resource');
    const today = brusselsDay(this.clock());
    const downloadedOn = input.downloadedOn ?? today;
    if (downloadedOn > today)
      throw new UserError('DATE_IN_FUTURE', 'Give a day that has come.', 'downloadedOn');
    checkCopies(input.copies);
    const request = { viewer, mutation: 'recordDownload', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const resource = await em.findOne(AdviceResource, { id: resourceKey });
      if (!resource) throw new NotFoundError('The resource', 'resource');
      allow(
        mayEdit(viewer, partnerKey) || mayRun(viewer, resource.service.id),
        "the partner does, or the service's staff",
      );
      const partner = await openPartner(em, viewer, partnerKey);
      const download = em.create(ResourceDownload, {
        partner,
        id: newId(),
        service: resource.service,
        resource,
        downloadedOn,
        copies: input.copies,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: download.id };
    });
    return id;
  }
}

async function openPartner(em: EntityManager, viewer: Viewer, key: string): Promise<Partner> {
  const partner = await em.findOne(Partner, { id: key });
  if (!partner) throw new NotFoundError('The partner', 'partner');
  checkSandbox(viewer, partner.provenance, 'partner');
  mustBeOpen(partner, 'partner');
  return partner;
}

function change(resource: AdviceResource, input: SaveResourceInput): void {
  const { kind, languages, edition, isRestricted, publishedOn, withdrawnOn, url } = input;
  if (kind) resource.kind = kind;
  if (languages) resource.languages = [...new Set(languages)];
  if (typeof edition === 'number') resource.edition = edition;
  if (typeof isRestricted === 'boolean') resource.isRestricted = isRestricted;
  if (publishedOn) resource.publishedOn = publishedOn;
  if (withdrawnOn !== undefined) resource.withdrawnOn = withdrawnOn;
  if (url !== undefined) resource.url = httpsAddress(url, 'url');
  if (input.title)
    resource.title = localisedText(input.title, {
      field: 'title',
      required: true,
      longest: 200,
      before: resource.title,
    });
  const titles = LANGUAGES.flatMap((language) => resource.title[language] ?? []);
  resource.searchText = foldText([resource.code, ...titles].join(' '));
}
