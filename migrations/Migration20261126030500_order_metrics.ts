import { Migration } from '@mikro-orm/migrations';

/** The entry of an event under a metric: its key sorts by the event's, and is the same however often it is made. */
const ENTRY_KEY = `(left(e.id::text, 13) || '-7' || substr(e.sign, 1, 3) || '-8' || substr(e.sign, 4, 3) || '-' || substr(e.sign, 7, 12))::uuid`;

/** An order that is there as a whole, by the event of its last delivery: when it came, and whether that was in time. */
const DELIVERED_FACTS = `select d.id, 'PURCHASING_ORDERS_DELIVERED', null, 1 from delivered d
            union all select d.id, 'PURCHASING_ORDERS_DELIVERED_IN_TIME', null, 1 from delivered d
              where (d.occurred_at at time zone 'Europe/Brussels')::date <= d.delivery_due_on`;

/** Makes usage entries of what a statement has as `fact`. One that is there already is a defect, and is not passed over. */
const COUNT_FACTS = `entry as (
            select f.*, h.partner_id, h.order_id, h.service_id, h.provenance, h.recorded_at, md5(f.metric || ' ' || coalesce(f.category, '') || h.id) as sign
            from fact f join order_event h on h.id = f.id where f.quantity <> 0)
        insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source,
            external_reference, provenance, recorded_at)
          select e.partner_id, ${ENTRY_KEY}, e.service_id, e.metric, (o.placed_at at time zone 'Europe/Brussels')::date, e.quantity,
            e.category, o.enrolment_id, 'hub', concat_ws(' ', 'order-' || o.number, e.metric, e.category), e.provenance, e.recorded_at
          from entry e join purchase_order o on o.partner_id = e.partner_id and o.id = e.order_id
          order by e.partner_id, e.id, e.metric, e.category;`;

/**
 * What orders bring is counted from their history, in the transaction that writes it: each step that counts becomes usage
 * entries of the day of the order, so that an order, its confirmation and its delivery are figures of one period.
 */
export class Migration20261126030500_order_metrics extends Migration {
  override name = 'Migration20261126030500_order_metrics';

  override up(): void {
    this.addSql(`create function count_order_events() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        if not exists (select from new_rows n where n.kind in ('CONFIRMED', 'DELIVERED')) then
          return null;
        end if;
        perform set_config('hub.scope', '{"administrator":true}', true);
        with confirmed as (
            select n.id, n.partner_id, n.order_id, n.rank, n.occurred_at, o.confirmation_due_at
            from new_rows n join purchase_order o on o.partner_id = n.partner_id and o.id = n.order_id
            where n.kind = 'CONFIRMED'),
          line as (
            select c.id, left(p.cpv, 2) as division, p.code, p.reference_price, l.quantity, l.unit_price, l.vat_rate, l.excl_vat
            from confirmed c join order_line l on l.partner_id = c.partner_id and l.order_id = c.order_id
            join product p on p.id = l.product_id),
          -- VAT is of the sum of a rate: a division has what the sum up to it has more than the sum before it.
          taxed as (
            select r.id, r.division, r.excl, round(sum(r.excl) over upto * r.vat_rate / 100, 2)
              - round((sum(r.excl) over upto - r.excl) * r.vat_rate / 100, 2) as vat
            from (select l.id, l.vat_rate, l.division, sum(l.excl_vat) as excl from line l group by l.id, l.vat_rate, l.division) as r
            window upto as (partition by r.id, r.vat_rate order by r.division)),
          -- Of an order that is there already, as one that is loaded is; else what changes the order counts it.
          delivered as (
            select n.id, n.occurred_at, o.delivery_due_on
            from new_rows n join purchase_order o on o.partner_id = n.partner_id and o.id = n.order_id
            where n.kind = 'DELIVERED' and n.occurred_at = o.delivered_at),
          fact (id, metric, category, quantity) as (
            select c.id, 'PURCHASING_ORDERS', null::text, 1::numeric from confirmed c
            union all select c.id, 'PURCHASING_ORDERS_CONFIRMED_IN_TIME', null, 1 from confirmed c
              where c.occurred_at <= c.confirmation_due_at
            union all select c.id, 'PURCHASING_ORDERS_PASSED_DOWN', null, 1 from confirmed c
              where exists (select from order_event h where h.partner_id = c.partner_id and h.order_id = c.order_id
                and h.kind = 'OFFERED' and h.rank < c.rank)
            union all select t.id, 'PURCHASING_AMOUNT_EXCL_VAT_EUR', 'CPV_' || t.division, sum(t.excl) from taxed t group by t.id, t.division
            union all select t.id, 'PURCHASING_AMOUNT_INCL_VAT_EUR', 'CPV_' || t.division, sum(t.excl + t.vat) from taxed t group by t.id, t.division
            union all select l.id, 'PURCHASING_PRODUCT_AMOUNT_EUR', left(regexp_replace(upper(l.code), '[^A-Z0-9_]+', '_', 'g'), 40), sum(l.excl_vat)
              from line l group by 1, 3
            union all select l.id, 'PURCHASING_SAVING_EUR', 'CPV_' || l.division, sum(round((l.reference_price - l.unit_price) * l.quantity, 2))
              from line l where l.reference_price is not null group by l.id, l.division
            union all ${DELIVERED_FACTS}),
          ${COUNT_FACTS}
        perform set_config('hub.scope', coalesce(viewer_scope, ''), true);
        return null;
      end $$;`);
    this.addSql(`create trigger order_event_counted after insert on order_event
      referencing new table as new_rows for each statement execute function count_order_events();`);

    // By its quantities and not by its euros: the last parts of an order may come to nothing.
    this.addSql(`create function count_delivered_order() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        perform set_config('hub.scope', '{"administrator":true}', true);
        with delivered as (
            select h.id, h.occurred_at, new.delivery_due_on from order_event h
            where h.partner_id = new.partner_id and h.order_id = new.id and h.kind = 'DELIVERED' and h.occurred_at = new.delivered_at
            order by h.position desc limit 1),
          fact (id, metric, category, quantity) as (
            select d.id, x.metric, null::text, x.quantity::numeric
            from (${DELIVERED_FACTS}) as x (id, metric, category, quantity) join delivered d using (id)),
          ${COUNT_FACTS}
        perform set_config('hub.scope', coalesce(viewer_scope, ''), true);
        return null;
      end $$;`);
    this.addSql(`create trigger purchase_order_counted after update of delivered_at on purchase_order
      for each row when (old.delivered_at is null and new.delivered_at is not null) execute function count_delivered_order();`);

    this.ownEntries();
  }

  /** What the hub counts is written by the hub's own triggers alone, one of which is then under way, and is not taken back. */
  private ownEntries(): void {
    this.addSql(`create function guard_own_entries() returns trigger language plpgsql as $$
      begin
        if pg_trigger_depth() < 2 and exists (select from new_rows n where lower(n.source) = 'hub') then
          raise exception 'the source hub is the hub''s own' using errcode = 'MH018';
        end if;
        if exists (select from new_rows n join usage_entry u on u.partner_id = n.partner_id and u.id = n.reverses_id
          where n.reverses_id is not null and u.source = 'hub') then
          raise exception 'what the hub counted is not taken back' using errcode = 'MH017';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger usage_entry_of_the_hub after insert on usage_entry
      referencing new table as new_rows for each statement execute function guard_own_entries();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
