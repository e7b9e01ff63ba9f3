import { foldText } from '../../../database/localised-text.ts';
import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import { AdviceResource, ResourceDownload, ToolboxAccess } from '../resource.entity.ts';

/** A filter with its references turned into keys. */
export interface ResourceCondition {
  service?: string | undefined;
  kinds?: readonly string[] | null | undefined;
  language?: string | null | undefined;
  search?: string | null | undefined;
  on?: string | null | undefined;
}

/** A filter with its references turned into keys. */
export interface AccessCondition {
  partner?: string | undefined;
  service?: string | undefined;
  on?: string | null | undefined;
}

/** The latest first. */
export const RESOURCE_ORDER: OrderKey<AdviceResource>[] = [
  { by: (row) => row.publishedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];
export const ACCESS_ORDER: OrderKey<ToolboxAccess>[] = [
  { by: (row) => row.grantedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];
export const DOWNLOAD_ORDER: OrderKey<ResourceDownload>[] = [
  { by: (row) => row.downloadedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

const holdsOn = (from: Sql, until: Sql, day: string): Sql =>
  sql`${from} <= ${day}::date and (${until} is null or ${day}::date < ${until})`;

export function resources(filter: ResourceCondition, page: Page): Rows {
  const { service, kinds, language, search, on } = filter;
  const words = search ? foldText(search).split(' ').filter(Boolean) : [];
  return connection(AdviceResource, {
    where: (row) =>
      and([
        named('shared_service', service, 'service', row.service),
        kinds ? oneOf(row.kind, kinds, 'text') : undefined,
        language ? sql`${language}::text = any(${row.languages})` : undefined,
        words.length > 0
          ? sql`(select bool_and(strpos(' ' || ${(row as unknown as { searchText: Sql }).searchText}, ' ' || w.word) > 0) from unnest(${words}::text[]) as w(word))`
          : undefined,
        on ? holdsOn(row.publishedOn, row.withdrawnOn, on) : undefined,
      ]),
    orderBy: RESOURCE_ORDER,
    page,
  });
}

export function resourceById(id: string): Rows {
  return one(AdviceResource, (row) => sql`${row.id} = ${id}::uuid`);
}

export function accesses({ partner, service, on }: AccessCondition, page: Page): Rows {
  return connection(ToolboxAccess, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        on ? holdsOn(row.grantedOn, row.withdrawnOn, on) : undefined,
      ]),
    orderBy: ACCESS_ORDER,
    page,
  });
}

export function accessById(id: string): Rows {
  return one(ToolboxAccess, (row) => sql`${row.id} = ${id}::uuid`);
}

export function downloadById(id: string): Rows {
  return one(ResourceDownload, (row) => sql`${row.id} = ${id}::uuid`);
}

export function downloadsOfPartner(page: Page): Rows {
  return connection<ResourceDownload, Partner>(ResourceDownload, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: DOWNLOAD_ORDER,
    page,
  });
}

export function downloadsOfResource(page: Page): Rows {
  return connection<ResourceDownload, AdviceResource>(ResourceDownload, {
    where: (row, resource) => sql`${row.resource} = ${resource.id}`,
    orderBy: DOWNLOAD_ORDER,
    page,
  });
}
