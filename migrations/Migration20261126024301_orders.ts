import { Migration } from '@mikro-orm/migrations';

/** A notice has less than 8,000 bytes. */
const ORDERS_A_NOTICE = 60;

/**
 * The scope of a token that orders; what is left of a ceiling is looked at under its lock; an order's events are
 * numbered, and told of: a notice says which orders, and of none what happened.
 */
export class Migration20261126024301_orders extends Migration {
  override name = 'Migration20261126024301_orders';

  override up(): void {
    this.addSql('alter table "access_token" drop constraint "access_token_scopes";');
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ACCESS']);`,
    );

    // What may still be ordered, looked at by whoever is about to order: of two, the second sees what the first has left.
    // The agreement comes first, as it does for who changes it.
    this.addSql(`create function room_of_lot(agreement uuid, lot uuid) returns numeric language plpgsql security definer set search_path from current as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        room numeric;
      begin
        perform set_config('hub.scope', '{"administrator":true}', true);
        perform from framework_agreement a where a.id = agreement for share;
        perform from spend_account a where a.id = agreement for update;
        perform from spend_account a where a.id = lot for update;
        select min(a.ceiling - a.committed - a.spent) into room from spend_account a where a.id in (agreement, lot);
        perform set_config('hub.scope', coalesce(viewer_scope, ''), true);
        return room;
      end $$;`);

    // Who takes a step does not see all of an order's: a supplier sees its own. The row of the order is locked. A buyer
    // closes what has not come when it is late, and what is passed over is told no amount.
    this.addSql(`create function number_order_event() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        is_early boolean;
      begin
        perform set_config('hub.scope', '{"administrator":true}', true);
        select coalesce(max(e.position), 0) + 1 into new.position from order_event e
          where e.partner_id = new.partner_id and e.order_id = new.order_id;
        is_early := new.kind = 'CLOSED' and new.actor = 'BUYER' and exists (select from purchase_order o
          where o.partner_id = new.partner_id and o.id = new.order_id and o.delivered_at is null
            and o.delivery_due_on >= (new.occurred_at at time zone 'Europe/Brussels')::date);
        perform set_config('hub.scope', coalesce(viewer_scope, ''), true);
        if is_early then
          raise exception 'a buyer closes what has not come when it is late' using errcode = 'MH088';
        end if;
        if new.kind = 'PASSED_OVER' and (new.excl_vat, new.incl_vat) <> (0, 0) then
          raise exception 'a rank that is passed over is told no amount' using errcode = 'MH078';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger order_event_numbered before insert on order_event
      for each row execute function number_order_event();`);

    this.addSql(`create function tell_order_events() returns trigger language plpgsql as $$
      begin
        perform pg_notify('hub_order_changed', json_build_object('orders', part.orders)::text)
          from (select json_agg(x.o) as orders from (
              select d.partner_id::text || ' ' || d.order_id as o, row_number() over () as n
              from (select distinct n.partner_id, n.order_id from new_rows n) d) as x
            group by (x.n - 1) / ${ORDERS_A_NOTICE}) as part;
        return null;
      end $$;`);
    this.addSql(`create trigger order_event_told after insert on order_event
      referencing new table as new_rows for each statement execute function tell_order_events();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
