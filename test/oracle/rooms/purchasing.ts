import {
  type Asked,
  type CheckedField,
  column,
  kind,
  type Read,
  Refusal,
  type Room,
  same,
} from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { byDay, byInstant, byText, connection, connectionTypes, listOf, sorted } from '../pages.ts';
import {
  decimalOf,
  folded,
  globalId,
  isInForce,
  isWithin,
  keyOf,
  localised,
  mustExist,
  notFound,
  periodOf,
  reference,
} from '../values.ts';
import { authorityCodes } from './partner-filter.ts';
import { partnerOf } from './partners.ts';

/** An exact number, or null. */
const decimal =
  (name: string): Read =>
  (row, args, asked) =>
    row[name] === null ? null : decimalOf(name)(row, args, asked);
const decimals = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, decimal(name)]));
const columns = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, column(name)]));

const byKey = (name: string, type: 'text' | 'int') => [
  { of: (row: Row) => row[name] as string | number, type },
  { of: (row: Row) => row.id as string, type: 'uuid' as const },
];

function money(of: (row: Row, asked: Asked) => unknown): Read {
  return (row, _, asked) => {
    const amount = of(row, asked);
    const agreement = asked.db.one('framework_agreement', 'id', row.agreement_id ?? row.id);
    return amount === null ? null : { amount, currency: agreement?.currency };
  };
}
const spending = (name: 'committed' | 'spent'): Read =>
  money(({ id }, { db }) => db.one('spend_account', 'id', id)?.[name] ?? null);

/** A key that an argument names, checked before anything is looked up. */
const named = (prefix: string, id: string | null | undefined, field: string): string | undefined =>
  id ? keyOf(prefix, id, field) : undefined;

/** Rows with a key in a column, which has to be there. */
function tied(
  rows: readonly Row[],
  asked: Asked,
  { key, table, field, name }: { key: string | undefined; table: Table; field: string; name: string },
): readonly Row[] {
  if (!key) return rows;
  mustExist(asked, table, [key], field);
  return rows.filter((row) => row[name] === key);
}

interface CatalogueFilter {
  search?: string | null;
  cpv?: string | null;
  lot?: string | null;
  service?: string | null;
  orderableBy?: string | null;
}

function isOrderable(product: Row, partner: string, { db }: Asked): boolean {
  const lot = db.one('lot', 'id', product.lot_id) as Row;
  const agreement = db.one('framework_agreement', 'id', lot.agreement_id) as Row;
  const { today } = db;
  const ofAgreement = db.where('agreement_authority', 'agreement_id', agreement.id);
  const authorities = ofAgreement.map(
    ({ authority_id }) => db.one('competent_authority', 'id', authority_id)?.code,
  );
  const categories = agreement.buyer_categories as string[];
  const isEligible = (enrolment: Row): boolean =>
    authorities.length === 0 ||
    db
      .where('recognition', 'partner_id', partner)
      .filter((one) => isWithin(today, one.valid_from, one.valid_until))
      .filter(({ id }) => enrolment.recognition_id === null || enrolment.recognition_id === id)
      .some((one) => authorityCodes(one, { db } as Asked).some((code) => authorities.includes(code)));
  return (
    (product.withdrawn_on === null || (product.withdrawn_on as string) > today) &&
    (product.certification === null || isWithin(today, product.certified_from, product.certified_until)) &&
    agreement.status === 'ACTIVE' &&
    isWithin(today, agreement.valid_from, agreement.valid_until) &&
    (categories.length === 0 ||
      db
        .where('buyer_account', 'partner_id', partner)
        .some(
          (one) => one.service_id === agreement.service_id && categories.includes(one.category as string),
        )) &&
    db
      .where('enrolment', 'partner_id', partner)
      .some((one) => one.service_id === agreement.service_id && isInForce(one, today) && isEligible(one))
  );
}

function products(name: string, rows: (parent: Row, asked: Asked) => readonly Row[]): CheckedField {
  return connection<{ filter?: CatalogueFilter | null }>({
    question: ({ filter }) => [name, filter],
    order: byKey('code', 'text'),
    check: ({ filter }) => {
      const { cpv, lot, service, orderableBy } = filter ?? {};
      if (cpv && !/^\d{2,8}$/.test(cpv))
        throw new Refusal('INVALID_CPV', 'Give 2 to 8 digits that CPV codes begin with.', 'filter.cpv');
      named('lot', lot, 'filter.lot');
      named('service', service, 'filter.service');
      named('partner', orderableBy, 'filter.orderableBy');
    },
    rows: (parent, { filter }, asked) => {
      const { search, cpv, lot, service, orderableBy } = filter ?? {};
      let found = rows(parent, asked);
      found = tied(found, asked, {
        key: named('service', service, ''),
        table: 'shared_service',
        field: 'service',
        name: 'service_id',
      });
      found = tied(found, asked, { key: named('lot', lot, ''), table: 'lot', field: 'lot', name: 'lot_id' });
      const partner = named('partner', orderableBy, '');
      if (partner) mustExist(asked, 'partner', [partner], 'orderableBy');
      return found.filter(
        (product) =>
          folded(search ?? '').every((word) => (product.search_text as string).includes(word)) &&
          (product.cpv as string).startsWith(cpv ?? '') &&
          (!partner || isOrderable(product, partner, asked)),
      );
    },
  });
}

const prices: CheckedField = {
  check: ({ forPartner }: { forPartner?: string | null }) => {
    named('partner', forPartner, 'forPartner');
  },
  read: (product, { on, forPartner }: { on?: string | null; forPartner?: string | null }, asked) => {
    const partner = named('partner', forPartner, 'forPartner');
    if (partner) mustExist(asked, 'partner', [partner], 'forPartner');
    if (partner && !isOrderable(product, partner, asked)) return [];
    const found = asked.db
      .where('cascade_rank', 'product_id', product.id)
      .filter((price) => isWithin(on ?? asked.db.today, price.valid_from, price.valid_until));
    return sorted(found, [{ of: (row) => row.rank as number, type: 'int' }, ...byDay('valid_from')]);
  },
};

const isLate = ({ state, delivery_due_on }: Row, { db }: Asked): boolean =>
  ['CONFIRMED', 'PARTLY_DELIVERED'].includes(state as string) && (delivery_due_on as string) < db.today;

interface OrderFilter {
  states?: string[] | null;
  partner?: string | null;
  service?: string | null;
  lot?: string | null;
  supplier?: string | null;
  placedFrom?: string | null;
  placedTo?: string | null;
  isLate?: boolean | null;
}

const brusselsDay = (instant: unknown): string =>
  new Date(instant as string).toLocaleDateString('en-CA', { timeZone: 'Europe/Brussels' });

const orders = connection<{ filter?: OrderFilter | null }>({
  question: ({ filter }) => ['orders', filter],
  order: byInstant('placed_at'),
  check: ({ filter }) => {
    named('partner', filter?.partner, 'filter.partner');
    named('service', filter?.service, 'filter.service');
    named('lot', filter?.lot, 'filter.lot');
    named('supplier', filter?.supplier, 'filter.supplier');
  },
  rows: (_, { filter }, asked) => {
    const { states, placedFrom, placedTo, ...of } = filter ?? {};
    let found: readonly Row[] = asked.db.all('purchase_order');
    for (const [field, table, prefix] of [
      ['partner', 'partner', 'partner'],
      ['service', 'shared_service', 'service'],
      ['lot', 'lot', 'lot'],
      ['supplier', 'supplier', 'supplier'],
    ] as const)
      found = tied(found, asked, { key: named(prefix, of[field], ''), table, field, name: `${field}_id` });
    return found.filter(
      (order) =>
        (!states || states.includes(order.state as string)) &&
        isWithin(brusselsDay(order.placed_at), placedFrom ?? null, placedTo ?? null) &&
        (typeof of.isLate !== 'boolean' || isLate(order, asked) === of.isLate),
    );
  },
});

const ofServiceAndMore = (name: string, table: Table, order: ReturnType<typeof byDay>) =>
  connection<{ service?: string | null; status?: string | null }>({
    question: ({ service, status }) => [name, service, status],
    order,
    check: ({ service }) => {
      named('service', service, 'service');
    },
    rows: (_, { service, status }, asked) =>
      tied(asked.db.all(table), asked, {
        key: named('service', service, ''),
        table: 'shared_service',
        field: 'service',
        name: 'service_id',
      }).filter((row) => !status || row.status === status),
  });

const lateSuppliers: CheckedField = {
  check: ({ service }: { service: string }) => {
    keyOf('service', service, 'service');
  },
  read: (_, { service }: { service: string }, asked) => {
    const key = keyOf('service', service, 'service');
    mustExist(asked, 'shared_service', [key], 'service');
    const late = asked.db.where('purchase_order', 'service_id', key).filter((order) => isLate(order, asked));
    const cents = (amount: unknown): bigint => BigInt((amount as string).replace('.', ''));
    const found = [...new Set(late.map(({ supplier_id }) => supplier_id as string))].map((id) => {
      const own = late.filter(({ supplier_id }) => supplier_id === id);
      const left = own.reduce(
        (sum, one) => sum + cents(one.total_excl_vat) - cents(one.delivered_excl_vat),
        0n,
      );
      const digits = left.toString().padStart(3, '0');
      return {
        id,
        supplier: asked.db.one('supplier', 'id', id),
        orders: own.length,
        dueSince: own.map(({ delivery_due_on }) => delivery_due_on as string).sort()[0],
        undelivered: `${digits.slice(0, -2)}.${digits.slice(-2)}`,
      };
    });
    return sorted(found, [
      { of: (row) => row.dueSince as string, type: 'date' },
      { of: (row) => row.id as string, type: 'uuid' },
    ]);
  },
};

const product: CheckedField = {
  check: ({ id }: { id: string }) => {
    keyOf('product', id, 'id');
  },
  read: (_, { id }: { id: string }, { db }) => {
    const found = db.one('product', 'id', keyOf('product', id, 'id'));
    if (!found) throw notFound('The product', 'id');
    return found;
  },
};

const service = reference('shared_service', 'service_id');
const supplier = reference('supplier', 'supplier_id');
const productOf = reference('product', 'product_id');
const inPosition = byKey('position', 'int');

/** What a purchasing service offers, and what is ordered of it. */
export const purchasingRoom: Room = {
  nodes: {
    supplier: kind('supplier', 'Supplier'),
    framework_agreement: kind('framework_agreement', 'FrameworkAgreement'),
    lot: kind('lot', 'Lot'),
    product: kind('product', 'Product'),
    cascade_rank: kind('cascade_rank', 'CascadeRank'),
    buyer_account: kind('buyer_account', 'BuyerAccount'),
    product_advice: kind('product_advice', 'ProductAdvice'),
    product_remark: kind('product_remark', 'ProductRemark'),
    purchase_order: kind('order', 'PurchaseOrder'),
    order_line: kind('order_line', 'OrderLine'),
    order_event: kind('order_event', 'OrderEvent'),
    delivery_line: kind('delivery_line', 'DeliveryLine'),
  },
  fields: {
    Query: {
      suppliers: ofServiceAndMore('suppliers', 'supplier', byKey('name', 'text') as never),
      frameworkAgreements: ofServiceAndMore(
        'frameworkAgreements',
        'framework_agreement',
        byDay('valid_from', true),
      ),
      catalogue: products('catalogue', (_, { db }) => db.all('product')),
      product,
      orders,
      lateSuppliers,
    },
    Supplier: {
      id: globalId('supplier'),
      ...same('name', 'identifier', 'website', 'provenance'),
      ...columns({ enterpriseNumber: 'enterprise_number', identifierScheme: 'identifier_scheme' }),
      service,
      isLate: ({ id }, _, asked) =>
        asked.db.where('purchase_order', 'supplier_id', id).some((order) => isLate(order, asked)),
      events: connection({
        question: () => ['Supplier.events'],
        order: byInstant('occurred_at'),
        rows: ({ id }, _, { db }) => db.where('order_event', 'supplier_id', id),
      }),
    },
    FrameworkAgreement: {
      id: globalId('framework_agreement'),
      ...same('ocid', 'method', 'status', 'provenance'),
      ...columns({
        buyerCategories: 'buyer_categories',
        answerHours: 'answer_hours',
        confirmationHours: 'confirmation_hours',
        consentHours: 'consent_hours',
        deliveryDays: 'delivery_days',
      }),
      service,
      ...localised('title'),
      ...localised('description'),
      period: periodOf('valid_from', 'valid_until'),
      maximumValue: money(({ maximum_value }) => maximum_value),
      committed: spending('committed'),
      spent: spending('spent'),
      eligibleAuthorities: ({ id }, _, { db }) => {
        const keys = db.where('agreement_authority', 'agreement_id', id).map((one) => one.authority_id);
        return sorted(
          keys.map((key) => db.one('competent_authority', 'id', key) as Row),
          byText('code'),
        );
      },
      lots: listOf('lot', 'agreement_id', byKey('local_id', 'text')),
    },
    Lot: {
      id: globalId('lot'),
      ...same('provenance'),
      localId: column('local_id'),
      agreement: reference('framework_agreement', 'agreement_id'),
      ...localised('title'),
      ceiling: money(({ ceiling }) => ceiling),
      committed: spending('committed'),
      spent: spending('spent'),
      products: products('Lot.products', ({ id }, { db }) => db.where('product', 'lot_id', id)),
    },
    Product: {
      id: globalId('product'),
      ...same('code', 'cpv', 'unit', 'certification', 'provenance'),
      ...columns({
        certifiedFrom: 'certified_from',
        certifiedUntil: 'certified_until',
        pictureUrl: 'picture_url',
        referencePriceSource: 'reference_price_source',
        withdrawnOn: 'withdrawn_on',
      }),
      ...decimals({ saleUnit: 'sale_unit', referencePrice: 'reference_price' }),
      lot: reference('lot', 'lot_id'),
      ...localised('title'),
      ...localised('description'),
      prices,
      advice: listOf('product_advice', 'product_id', byDay('given_on', true)),
      remarks: connection({
        question: () => ['Product.remarks'],
        order: byInstant('recorded_at'),
        rows: ({ id }, _, { db }) => db.where('product_remark', 'product_id', id),
      }),
    },
    CascadeRank: {
      id: globalId('cascade_rank'),
      ...same('rank', 'provenance'),
      product: productOf,
      supplier,
      ...decimals({ unitPrice: 'unit_price', vatRate: 'vat_rate', minimumQuantity: 'minimum_quantity' }),
      ...columns({ validFrom: 'valid_from', validUntil: 'valid_until' }),
    },
    Partner: {
      buyerAccounts: listOf('buyer_account', 'partner_id', [{ of: (row) => row.id as string, type: 'uuid' }]),
    },
    BuyerAccount: {
      id: globalId('buyer_account'),
      ...same('category', 'provenance'),
      partner: partnerOf,
      service,
    },
    ProductAdvice: {
      id: globalId('product_advice'),
      ...same('grade', 'provenance'),
      product: productOf,
      givenOn: column('given_on'),
      ...localised('reasons'),
    },
    ProductRemark: {
      id: globalId('product_remark'),
      ...same('rating', 'text', 'state', 'provenance'),
      partner: partnerOf,
      product: productOf,
      recordedAt: column('recorded_at'),
    },
    PurchaseOrder: {
      id: globalId('order'),
      ...same('number', 'state', 'rank', 'provenance'),
      partner: partnerOf,
      service,
      supplier,
      agreement: reference('framework_agreement', 'agreement_id'),
      lot: reference('lot', 'lot_id'),
      enrolment: reference('enrolment', 'enrolment_id'),
      ...columns({
        buyerReference: 'buyer_reference',
        placedAt: 'placed_at',
        answerDueAt: 'answer_due_at',
        confirmationDueAt: 'confirmation_due_at',
        deliveryDueOn: 'delivery_due_on',
        confirmedAt: 'confirmed_at',
        deliveredAt: 'delivered_at',
        closedAt: 'closed_at',
      }),
      ...decimals({
        priceLimit: 'price_limit',
        totalExclVat: 'total_excl_vat',
        totalVat: 'total_vat',
        totalInclVat: 'total_incl_vat',
        deliveredExclVat: 'delivered_excl_vat',
      }),
      lines: listOf('order_line', 'order_id', inPosition),
      history: listOf('order_event', 'order_id', inPosition),
      isLate: (order, _, asked) => isLate(order, asked),
    },
    OrderLine: {
      id: globalId('order_line'),
      ...same('position'),
      product: productOf,
      ...decimals({
        quantity: 'quantity',
        unitPrice: 'unit_price',
        vatRate: 'vat_rate',
        exclVat: 'excl_vat',
        deliveredQuantity: 'delivered_quantity',
      }),
    },
    OrderEvent: {
      id: globalId('order_event'),
      ...same('position', 'kind', 'actor', 'rank', 'reason'),
      order: reference('purchase_order', 'order_id'),
      supplier,
      ...decimals({ exclVat: 'excl_vat', inclVat: 'incl_vat' }),
      occurredAt: column('occurred_at'),
      delivered: listOf('delivery_line', 'event_id', [{ of: (row) => row.id as string, type: 'uuid' }]),
    },
    DeliveryLine: {
      id: globalId('delivery_line'),
      line: reference('order_line', 'line_id'),
      quantity: decimal('quantity'),
    },
    LateSupplier: {
      ...same('supplier', 'orders', 'dueSince'),
      undeliveredExclVat: decimal('undelivered'),
    },
    ...connectionTypes('Supplier'),
    ...connectionTypes('FrameworkAgreement'),
    ...connectionTypes('Product'),
    ...connectionTypes('ProductRemark'),
    ...connectionTypes('PurchaseOrder'),
    ...connectionTypes('OrderEvent'),
  },
};
