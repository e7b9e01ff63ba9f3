import { foldText } from '../../database/localised-text.ts';
import {
  and,
  connection,
  list,
  mustExist,
  type OrderKey,
  one,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
  today,
} from '../../read/index.ts';
import type { Lot } from './agreement.entity.ts';
import { ofService } from './agreement.read.ts';
import { CascadeRank, Product, ProductAdvice, ProductRemark } from './catalogue.entity.ts';

/** A catalogue filter with its references turned into keys. */
export interface CatalogueCondition {
  search?: string | null | undefined;
  cpv?: string | null | undefined;
  lot?: string | undefined;
  service?: string | undefined;
  orderableBy?: string | undefined;
}

export const PRODUCT_ORDER: OrderKey<Product>[] = [
  { by: (row) => row.code, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** The latest first. */
export const REMARK_ORDER: OrderKey<ProductRemark>[] = [
  { by: (row) => row.recordedAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function condition(row: RowRef<Product>, filter: CatalogueCondition): Sql | undefined {
  const words = filter.search ? foldText(filter.search).split(' ').filter(Boolean) : [];
  const text = (row as unknown as { searchText: Sql }).searchText;
  return and([
    ofService(row.service, filter.service),
    filter.lot
      ? and([mustExist('lot', [filter.lot], 'lot'), sql`${row.lot} = ${filter.lot}::uuid`])
      : undefined,
    filter.cpv ? sql`starts_with(${row.cpv}, ${filter.cpv}::text)` : undefined,
    words.length > 0
      ? sql`(select bool_and(strpos(${text}, w.word) > 0) from unnest(${words}::text[]) as w(word))`
      : undefined,
    filter.orderableBy
      ? and([mustExist('partner', [filter.orderableBy], 'orderableBy'), isOrderable(row, filter.orderableBy)])
      : undefined,
  ]);
}

export function catalogue(filter: CatalogueCondition, page: Page): Rows {
  return connection(Product, {
    where: (row) => condition(row, filter),
    orderBy: PRODUCT_ORDER,
    page,
  });
}

export function productsOfLot(filter: CatalogueCondition, page: Page): Rows {
  return connection<Product, Lot>(Product, {
    where: (row, lot) => and([sql`${row.lot} = ${lot.id}`, condition(row, filter)]),
    orderBy: PRODUCT_ORDER,
    page,
  });
}

export function productById(id: string, absent?: () => Error): Rows {
  return one(Product, (row) => sql`${row.id} = ${id}::uuid`, absent);
}

/** Whether a partner may order a product today: the rules of an order that do not depend on how much it is. */
function isOrderable(row: RowRef<Product>, partner: string): Sql {
  return sql`(coalesce(${row.withdrawnOn}, 'infinity') > ${today}
    and (${row.certification} is null or (${row.certifiedFrom} <= ${today} and coalesce(${row.certifiedUntil}, 'infinity') > ${today}))
    and exists (select from lot ol join framework_agreement f on f.id = ol.agreement_id
      join enrolment e on e.service_id = f.service_id and e.partner_id = ${partner}::uuid
        and e.active_from <= ${today} and (e.ended_on is null or e.ended_on > ${today})
      where ol.id = ${row.lot} and f.status = 'ACTIVE' and f.valid_from <= ${today} and f.valid_until > ${today}
        and (not exists (select from agreement_authority x where x.agreement_id = f.id)
          or exists (select from recognition r join competent_authority c on c.id = r.authority_id
            join agreement_authority x on x.agreement_id = f.id and x.authority_id in (c.id, c.part_of_id)
            where r.partner_id = e.partner_id and r.valid_from <= ${today} and (r.valid_until is null or r.valid_until > ${today})
              and (e.recognition_id is null or r.id = e.recognition_id)))
        and (cardinality(f.buyer_categories) = 0 or exists (select from buyer_account b where b.partner_id = e.partner_id
          and b.service_id = f.service_id and b.category = any (f.buyer_categories)))))`;
}

const PRICE_ORDER: OrderKey<CascadeRank>[] = [
  { by: (row) => row.rank, direction: 'asc', type: 'int' },
  { by: (row) => row.validFrom, direction: 'asc', type: 'date' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** Prices of a product on a day, the first rank first; those at which a partner may order it today, where one is named. */
export function pricesOfProduct(on: string | null | undefined, partner: string | undefined): Rows {
  const day = on ? sql`${on}::date` : today;
  return list<CascadeRank, Product>(CascadeRank, {
    where: (row, product) =>
      and([
        sql`${row.product} = ${product.id} and ${row.validFrom} <= ${day} and (${row.validUntil} is null or ${row.validUntil} > ${day})`,
        partner
          ? and([mustExist('partner', [partner], 'forPartner'), isOrderable(product, partner)])
          : undefined,
      ]),
    orderBy: PRICE_ORDER,
  });
}

/** Advice on a product, the latest first. */
export function adviceOnProduct(): Rows {
  return list<ProductAdvice, Product>(ProductAdvice, {
    where: (row, product) => sql`${row.product} = ${product.id}`,
    orderBy: [
      { by: (row) => row.givenOn, direction: 'desc', type: 'date' },
      { by: (row) => row.id, direction: 'desc', type: 'uuid' },
    ],
  });
}

export function adviceById(id: string): Rows {
  return one(ProductAdvice, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Remarks on a product, the latest first. */
export function remarksOnProduct(page: Page): Rows {
  return connection<ProductRemark, Product>(ProductRemark, {
    where: (row, product) => sql`${row.product} = ${product.id}`,
    orderBy: REMARK_ORDER,
    page,
  });
}

export function remarkById(id: string): Rows {
  return one(ProductRemark, (row) => sql`${row.id} = ${id}::uuid`);
}
