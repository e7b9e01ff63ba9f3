/** What may follow a step in the history of an order. Written down here once more: the hub's own table may be wrong. */
const PASSING = ['PASSED_OVER', 'OFFERED', 'CONSENT_ASKED', 'EXHAUSTED'];
const DELIVERING = ['DELIVERED', 'CLOSED'];
const NEXT = {
  PLACED: ['PASSED_OVER', 'OFFERED'],
  PASSED_OVER: PASSING,
  OFFERED: ['CONFIRMED', 'DECLINED', 'TIMED_OUT', 'CANCELLED'],
  CONSENT_ASKED: ['CONSENTED', 'CANCELLED'],
  CONSENTED: ['OFFERED'],
  DECLINED: PASSING,
  TIMED_OUT: PASSING,
  CONFIRMED: DELIVERING,
  DELIVERED: DELIVERING,
};
/** Steps that an order rests at; after any other the hub owes it the next one in the same transaction. */
const RESTS = ['OFFERED', 'CONSENT_ASKED', 'CONFIRMED', 'DELIVERED', 'CLOSED', 'CANCELLED', 'EXHAUSTED'];

/** Questions whose answers are what is wrong, one a row. */
const CHECKS = {
  'are not what their lines come to at the prices of their rank': `
    select 'order ' || o.number as wrong from purchase_order o
    left join lateral (select sum(r.excl) as excl, sum(r.vat) as vat, bool_and(r.is_priced) as is_priced from (
        select sum(round(l.quantity * l.unit_price, 2)) as excl, bool_and(c.rank = o.rank and c.product_id = l.product_id
            and c.unit_price = l.unit_price and c.vat_rate = l.vat_rate) as is_priced,
          round(sum(round(l.quantity * l.unit_price, 2)) * l.vat_rate / 100, 2) as vat
        from order_line l join cascade_rank c on c.id = l.price_id
        where l.partner_id = o.partner_id and l.order_id = o.id group by l.vat_rate) as r) as n on true
    where n.is_priced is not true or (n.excl, n.vat, n.excl + n.vat)
      is distinct from (o.total_excl_vat, o.total_vat, o.total_incl_vat)`,
  'do not say what is committed and spent': `
    select 'account ' || a.id as wrong from spend_account a left join (
      select k.id, sum(case when o.closed_at is null then o.total_excl_vat - d.came else 0 end) as committed, sum(d.came) as spent
      from purchase_order o cross join lateral (values (o.lot_id), (o.agreement_id)) as k (id)
      cross join lateral (select coalesce(sum(e.excl_vat), 0) as came from order_event e
        where e.partner_id = o.partner_id and e.order_id = o.id and e.kind = 'DELIVERED') as d
      group by k.id) as n on n.id = a.id
    where (a.committed, a.spent) is distinct from (coalesce(n.committed, 0), coalesce(n.spent, 0))`,
  'are not counted as usage once': `
    select coalesce(n.name, u.name) || ' ' || coalesce(n.metric, u.metric) as wrong from (
      select 'order-' || o.number as name, m.metric, m.quantity from purchase_order o cross join lateral (values
          ('PURCHASING_ORDERS', 1), ('PURCHASING_AMOUNT_EXCL_VAT_EUR', o.total_excl_vat),
          ('PURCHASING_AMOUNT_INCL_VAT_EUR', o.total_incl_vat),
          ('PURCHASING_ORDERS_PASSED_DOWN', (select 1 from order_event e where e.partner_id = o.partner_id
            and e.order_id = o.id and e.kind = 'OFFERED' and e.rank < o.rank limit 1)),
          ('PURCHASING_ORDERS_DELIVERED', case when o.delivered_at is not null then 1 end)) as m (metric, quantity)
      where o.confirmed_at is not null and m.quantity is not null) as n
    full join (select split_part(e.external_reference, ' ', 1) as name, e.metric_key as metric, sum(e.quantity) as quantity
      from usage_entry e where e.metric_key in ('PURCHASING_ORDERS', 'PURCHASING_AMOUNT_EXCL_VAT_EUR',
        'PURCHASING_AMOUNT_INCL_VAT_EUR', 'PURCHASING_ORDERS_PASSED_DOWN', 'PURCHASING_ORDERS_DELIVERED')
      group by 1, 2) as u on u.name = n.name and u.metric = n.metric
    where n.quantity is distinct from u.quantity`,
  'have other steps than requests under keys': `
    select coalesce(s.id, r.id) || ' ' || coalesce(s.mutation, r.mutation) as wrong from (
      select e.order_id::text as id, m.mutation, count(*) as n from order_event e cross join lateral (select case
          when e.kind = 'PLACED' then 'placeOrder' when e.kind = 'CONFIRMED' then 'confirmOrder'
          when e.kind = 'DECLINED' then 'declineOrder' when e.kind = 'DELIVERED' then 'recordDelivery'
          when e.kind = 'CLOSED' then 'closeOrder' when e.kind = 'CONSENTED' then 'consentToPrice'
          when e.kind = 'CANCELLED' and e.reason = 'PRICE_REFUSED' then 'consentToPrice'
          when e.kind = 'CANCELLED' and e.actor <> 'HUB' then 'cancelOrder' end as mutation) as m
      where m.mutation is not null group by 1, 2) as s
    full join (select outcome ->> 'id' as id, mutation, count(*) as n from idempotency_record
      where mutation in ('placeOrder', 'confirmOrder', 'declineOrder', 'recordDelivery', 'closeOrder', 'consentToPrice',
        'cancelOrder') group by 1, 2) as r on r.id = s.id and r.mutation = s.mutation
    where s.n is distinct from r.n`,
};

const ORDERS = `select o.id, o.number, o.state, o.rank, o.buyer_reference, o.answer_due_at, o.total_excl_vat, o.total_incl_vat,
    o.delivered_excl_vat,
    (select json_agg(json_build_object('position', e.position, 'kind', e.kind, 'rank', e.rank, 'supplier', e.supplier_id,
      'ofRank', (select c.supplier_id from cascade_rank c where c.lot_id = o.lot_id and c.rank = e.rank limit 1),
      'exclVat', e.excl_vat::text, 'inclVat', e.incl_vat::text, 'at', e.recorded_at) order by e.position)
    from order_event e where e.partner_id = o.partner_id and e.order_id = o.id) as history
  from purchase_order o`;

/**
 * Compares what the database holds with what parties were told: every acknowledged request is there whole, of every
 * other one all or nothing, each order's history leads to its state, and everything counted from orders is what they say.
 * @param overdue the answers whose time was made to be over: order, rank, state, and when it was if a hub was there to see it
 * @param isOver whether every overdue order must have been passed on by now
 * @returns how many orders there are, their events by kind, and the longest wait of an overdue one in milliseconds
 */
export async function compareOrders(client, { parties, overdue, isOver }) {
  const { rows: orders } = await client.query(ORDERS);
  const { rows: records } = await client.query(`select key, outcome ->> 'id' as id from idempotency_record`);
  const wrong = [
    ...orders.flatMap(faultsOf),
    ...faultsOfRequests(parties, orders, new Map(records.map(({ key, id }) => [key, id]))),
  ];
  for (const [what, question] of Object.entries(CHECKS)) {
    const { rows } = await client.query(question);
    wrong.push(...rows.map((row) => `${row.wrong}: ${what}`));
  }
  const waits = waitsOf(orders, overdue, { isOver, wrong });
  if (wrong.length > 0) throw new Error(`${wrong.length} faults:\n    ${wrong.slice(0, 10).join('\n    ')}`);
  const kinds = Object.groupBy(
    orders.flatMap(({ history }) => history),
    ({ kind }) => kind,
  );
  return {
    orders: orders.length,
    steps: Object.fromEntries(Object.entries(kinds).map(([kind, events]) => [kind, events.length])),
    longestWait: Math.max(0, ...waits),
  };
}

/** What is wrong with the history of an order. */
function faultsOf(order) {
  const history = order.history ?? [];
  const last = history.at(-1);
  const faults = [];
  if (history[0]?.kind !== 'PLACED') faults.push('does not begin with PLACED');
  if (!RESTS.includes(last?.kind)) faults.push(`stands at ${last?.kind}: a part of a step`);
  const ranks = [];
  for (const [index, { position, kind, rank, supplier, ofRank }] of history.entries()) {
    const before = history[index - 1]?.kind;
    if (position !== index + 1) faults.push(`has position ${position} where ${index + 1} is to be`);
    if (before && !NEXT[before]?.includes(kind)) faults.push(`has ${kind} after ${before}`);
    if (kind !== 'OFFERED' && kind !== 'PASSED_OVER') continue;
    if (ranks.some((one) => one >= rank)) faults.push(`came to rank ${rank} after ${ranks.join(', ')}`);
    if (supplier !== ofRank) faults.push(`was offered to another than the supplier of rank ${rank}`);
    ranks.push(rank);
  }
  const isAll = order.delivered_excl_vat === order.total_excl_vat;
  const state = last?.kind === 'DELIVERED' && !isAll ? 'PARTLY_DELIVERED' : last?.kind;
  if (order.state !== state) faults.push(`is ${order.state} after ${last?.kind}`);
  const total = history.findLast(({ kind }) => kind !== 'DELIVERED');
  if (total?.exclVat !== order.total_excl_vat || total?.inclVat !== order.total_incl_vat) {
    faults.push(`comes to ${order.total_excl_vat}, and to ${total?.exclVat} in its history`);
  }
  return faults.map((fault) => `order ${order.number} ${fault}`);
}

/** Requests that were said to be done and are not, that were not and are, or that made other orders than one. */
function faultsOfRequests(parties, orders, records) {
  const faults = [];
  const requests = parties.flatMap((party) => party.requests);
  const placed = Map.groupBy(orders, ({ buyer_reference }) => buyer_reference);
  for (const { mutation, input, order, refused } of requests) {
    const done = records.get(input.idempotencyKey);
    const said = order ? 'acknowledged' : (refused ?? 'not answered');
    const name = `${mutation} ${input.idempotencyKey} (${said})`;
    if (order ? order !== `order_${done}` : refused && done) faults.push(`${name}: its key has ${done}`);
    if (mutation !== 'placeOrder') continue;
    const ids = (placed.get(input.buyerReference) ?? []).map(({ id }) => id);
    placed.delete(input.buyerReference);
    if (ids.join() !== (done ?? '')) faults.push(`${name}: its key has ${done}, and its orders are ${ids}`);
  }
  for (const [reference] of placed) faults.push(`nobody has placed ${reference}`);
  return faults;
}

/** How long each overdue order waited to be passed on; a time-out that was not due is wrong, as one that never came. */
function waitsOf(orders, overdue, { isOver, wrong }) {
  const waits = [];
  const due = new Map(overdue.map(({ order, rank, state, at }) => [`${order} ${state} ${rank}`, at]));
  for (const { id, number, history, answer_due_at } of orders) {
    for (const { kind, rank, at } of history ?? []) {
      if (kind !== 'TIMED_OUT') continue;
      const name = `${id} OFFERED ${rank}`;
      if (!due.has(name)) wrong.push(`order ${number} timed out at rank ${rank} before its time`);
      else if (due.get(name)) waits.push(Date.parse(at) - due.get(name));
    }
    for (const { state, rank } of overdue.filter(({ order }) => order === id)) {
      const after = history.slice(history.findLastIndex((step) => step.kind === state && step.rank === rank));
      const [, next] = after;
      const isWaiting = !next && answer_due_at !== null && !isOver;
      const ends = state === 'OFFERED' ? ['TIMED_OUT', 'CANCELLED'] : ['CANCELLED'];
      if (!isWaiting && !ends.includes(next?.kind)) {
        wrong.push(
          `order ${number} was overdue at rank ${rank} as ${state}, and ${next?.kind ?? 'waits still'}`,
        );
      }
    }
  }
  return waits;
}
