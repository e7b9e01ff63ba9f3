import { Migration } from '@mikro-orm/migrations';

const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const DEFINER = 'language plpgsql security definer set search_path from current';

/** The day of an instant in Belgium. */
const day = (instant: string): string => `(${instant} at time zone 'Europe/Brussels')::date`;

const WITH_PROVENANCE = [
  'supplier',
  'framework_agreement',
  'lot',
  'spend_account',
  'product',
  'cascade_rank',
  'buyer_account',
  'product_advice',
  'product_remark',
  'purchase_order',
  'order_event',
];

/** Tables whose service, and more, is the parent's; and the column of the parent. */
const OF_PARENT: readonly [table: string, parent: string, column: string, also?: string][] = [
  ['lot', 'framework_agreement', 'agreement_id'],
  ['product', 'lot', 'lot_id'],
  ['cascade_rank', 'product', 'product_id', 'lot_id'],
  ['product_advice', 'product', 'product_id'],
  ['product_remark', 'product', 'product_id'],
];

/**
 * The rules of purchasing that the entities' metadata cannot say. Orders arrive together, so here is where a ceiling is
 * never passed, a price is the one in force, and an order takes no step that there is not.
 */
export class Migration20261126023200_purchasing_rules extends Migration {
  override name = 'Migration20261126023200_purchasing_rules';

  override up(): void {
    this.cascade();
    this.parents();
    this.orders();
    this.leaving();
    this.lines();
    this.spending();
    this.records();
  }

  /** At a time a product has one price a rank, and within its lot a rank is one supplier's, and a supplier has one. */
  private cascade(): void {
    const period = 'daterange(valid_from, valid_until) with &&';
    this.addSql(`alter table cascade_rank add constraint cascade_rank_one_price
      exclude using gist (product_id with =, rank with =, ${period});`);
    this.addSql(`alter table cascade_rank add constraint cascade_rank_one_supplier
      exclude using gist (lot_id with =, rank with =, supplier_id with <>, ${period});`);
    this.addSql(`alter table cascade_rank add constraint cascade_rank_one_rank
      exclude using gist (lot_id with =, supplier_id with =, rank with <>, ${period});`);
    this.addSql(`create function check_cascade_rank() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        is_ordered boolean;
      begin
        if not exists (select from supplier s where s.id = new.supplier_id and s.service_id = new.service_id) then
          raise exception 'the supplier is another service''s' using errcode = 'MH080';
        end if;
        if tg_op = 'UPDATE' and (to_jsonb(old) - 'valid_until') is distinct from (to_jsonb(new) - 'valid_until') then
          ${AS_HUB}
          -- Waits for orders that are being placed at it, and lets those that come after see what it has become.
          perform from cascade_rank c where c.id = new.id for update;
          select exists (select from order_line l where l.price_id = new.id) into is_ordered;
          ${AS_BEFORE}
          if is_ordered then
            raise exception 'a price that was ordered at changes in nothing but its end' using errcode = 'MH082';
          end if;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger cascade_rank_checked after insert or update on cascade_rank
      for each row execute function check_cascade_rank();`);
  }

  /** A part belongs to the service of what it is a part of, and stays there. */
  private parents(): void {
    for (const [table, parent, column, also] of OF_PARENT) {
      const columns = ['service_id', ...(also ? [also] : [])];
      this.addSql(`create function place_${table}() returns trigger language plpgsql as $$
        begin
          if tg_op = 'UPDATE' and old.${column} <> new.${column} then
            raise exception 'a ${table} stays where it is' using errcode = 'MH080';
          end if;
          select ${columns.map((one) => `x.${one}`).join(', ')} into ${columns.map((one) => `new.${one}`).join(', ')}
            from ${parent} x where x.id = new.${column};
          return new;
        end $$;`);
      this.addSql(`create trigger ${table}_placed before insert or update on ${table}
        for each row execute function place_${table}();`);
    }
  }

  /** An order is placed by who may, while it may, and takes the steps that there are. */
  private orders(): void {
    this.addSql('create sequence purchase_order_number as integer;');
    this.addSql('grant usage on sequence purchase_order_number to hub_app;');

    // The agreement and the enrolment are locked against being ended meanwhile.
    this.addSql(`create function check_purchase_order() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        agreed framework_agreement;
        enrolled enrolment;
        on_day date := ${day('new.placed_at')};
        refused text;
      begin
        ${AS_HUB}
        select * into agreed from framework_agreement a where a.id = new.agreement_id for share;
        select * into enrolled from enrolment e where e.partner_id = new.partner_id and e.id = new.enrolment_id for share;
        refused := case
          when agreed.service_id <> new.service_id or not exists (select from lot l
            where l.id = new.lot_id and l.agreement_id = agreed.id) then 'MH080'
          when enrolled.service_id <> new.service_id or enrolled.active_from is null or enrolled.active_from > on_day
            or enrolled.ended_on <= on_day then 'MH070'
          when agreed.status <> 'ACTIVE' or on_day < agreed.valid_from or on_day >= agreed.valid_until then 'MH071'
          when exists (select from agreement_authority x where x.agreement_id = agreed.id) and not exists (
            select from recognition r join competent_authority c on c.id = r.authority_id
              join agreement_authority x on x.agreement_id = agreed.id and x.authority_id in (c.id, c.part_of_id)
            where r.partner_id = new.partner_id and r.valid_from <= on_day
              and (r.valid_until is null or r.valid_until > on_day)
              and (enrolled.recognition_id is null or r.id = enrolled.recognition_id)) then 'MH072'
          when cardinality(agreed.buyer_categories) > 0 and not exists (select from buyer_account b
            where b.partner_id = new.partner_id and b.service_id = new.service_id
              and b.category = any (agreed.buyer_categories)) then 'MH073'
        end;
        ${AS_BEFORE}
        if refused is not null then
          raise exception 'the order is not one that may be placed' using errcode = refused;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger purchase_order_allowed after insert on purchase_order
      for each row execute function check_purchase_order();`);

    this.addSql(`create function check_order_step() returns trigger language plpgsql as $$
      begin
        if (old.partner_id, old.id, old.number, old.service_id, old.agreement_id, old.lot_id, old.enrolment_id,
            old.placed_at, old.price_limit, old.confirmation_due_at, old.delivery_due_on)
          is distinct from (new.partner_id, new.id, new.number, new.service_id, new.agreement_id, new.lot_id,
            new.enrolment_id, new.placed_at, new.price_limit, new.confirmation_due_at, new.delivery_due_on)
          or (old.confirmed_at is not null
            and (old.rank, old.supplier_id, old.confirmed_at, old.priced_at, old.total_excl_vat, old.total_vat)
            is distinct from (new.rank, new.supplier_id, new.confirmed_at, new.priced_at, new.total_excl_vat, new.total_vat))
          or new.rank < old.rank or new.delivered_excl_vat < old.delivered_excl_vat
          or not (new.state = old.state or new.state = any (case old.state
            when 'PLACED' then array['OFFERED', 'CANCELLED']
            when 'OFFERED' then array['CONFIRMED', 'DECLINED', 'TIMED_OUT', 'CANCELLED']
            when 'CONSENT_ASKED' then array['OFFERED', 'CANCELLED']
            when 'DECLINED' then array['OFFERED', 'CONSENT_ASKED', 'EXHAUSTED']
            when 'TIMED_OUT' then array['OFFERED', 'CONSENT_ASKED', 'EXHAUSTED']
            when 'CONFIRMED' then array['PARTLY_DELIVERED', 'DELIVERED', 'CLOSED']
            when 'PARTLY_DELIVERED' then array['DELIVERED', 'CLOSED']
            when 'DELIVERED' then array['CLOSED']
            else array[]::text[] end)) then
          raise exception 'an order that is % does not become %', old.state, new.state using errcode = 'MH078';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger purchase_order_step before update on purchase_order
      for each row execute function check_order_step();`);
  }

  /**
   * Who has an order under way stays until it is over: else its supplier could neither confirm nor deliver. The enrolment
   * that ends is locked by then, and one that places an order locks it too.
   */
  private leaving(): void {
    const open = `o.state not in ('CLOSED', 'CANCELLED', 'EXHAUSTED')`;
    for (const [table, column, which, code] of [
      ['enrolment', 'ended_on', 'o.partner_id = new.partner_id and o.enrolment_id = new.id', 'MH084'],
      ['partner', 'closed_on', 'o.partner_id = new.id', 'MH085'],
    ]) {
      this.addSql(`create function keep_${table}_with_orders() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
          has_orders boolean;
        begin
          ${AS_HUB}
          select exists (select from purchase_order o where ${which} and ${open}) into has_orders;
          ${AS_BEFORE}
          if has_orders then
            raise exception 'orders are open' using errcode = '${code}';
          end if;
          return null;
        end $$;`);
      this.addSql(`create trigger ${table}_keeps_orders after update of ${column} on ${table}
        for each row when (old.${column} is null and new.${column} is not null)
        execute function keep_${table}_with_orders();`);
    }
  }

  /** Lines are of the order's lot and in sale units, at the prices of its rank; and they add up. */
  private lines(): void {
    this.addSql(`create function check_order_lines() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        refused text;
      begin
        ${AS_HUB}
        select case
            when p.lot_id <> o.lot_id or p.withdrawn_on <= ${day('o.placed_at')} then 'MH074'
            when p.certification is not null and (p.certified_from > ${day('o.placed_at')}
              or p.certified_until <= ${day('o.placed_at')}) then 'MH075'
            when n.quantity % p.sale_unit <> 0 then 'MH076'
          end into refused
          from new_lines n join purchase_order o on o.partner_id = n.partner_id and o.id = n.order_id
          join product p on p.id = n.product_id
          order by 1 limit 1;
        ${AS_BEFORE}
        if refused is not null then
          raise exception 'a line is not what its product allows' using errcode = refused;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger order_line_allowed after insert on order_line
      referencing new table as new_lines for each statement execute function check_order_lines();`);

    this.addSql(`create function keep_order_line() returns trigger language plpgsql as $$
      begin
        if (old.partner_id, old.id, old.order_id, old.position, old.product_id, old.quantity)
          is distinct from (new.partner_id, new.id, new.order_id, new.position, new.product_id, new.quantity)
          or new.delivered_quantity < old.delivered_quantity then
          raise exception 'what was ordered stays' using errcode = 'MH078';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger order_line_kept before update on order_line
      for each row execute function keep_order_line();`);

    // At the end of the transaction, when the order and its lines are both what they are to be.
    this.addSql(`create function check_order_amounts(buyer uuid, wanted uuid) returns void ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        o purchase_order;
        refused text;
      begin
        ${AS_HUB}
        select * into o from purchase_order x where x.partner_id = buyer and x.id = wanted;
        select case
            when count(*) = 0 or sum(l.excl_vat) <> o.total_excl_vat or o.total_vat <> (
              select sum(r.vat) from (select round(sum(v.excl_vat) * v.vat_rate / 100, 2) as vat from order_line v
                where v.partner_id = buyer and v.order_id = wanted group by v.vat_rate) r) then 'MH079'
            when bool_or(c.product_id <> l.product_id or c.rank <> o.rank or c.unit_price <> l.unit_price
              or c.vat_rate <> l.vat_rate or c.supplier_id <> o.supplier_id or l.quantity < c.minimum_quantity
              or c.valid_from > ${day('o.priced_at')} or c.valid_until <= ${day('o.priced_at')}) then 'MH077'
          end into refused
          from order_line l join cascade_rank c on c.id = l.price_id
          where l.partner_id = buyer and l.order_id = wanted;
        ${AS_BEFORE}
        if refused is not null then
          raise exception 'the lines of order % are not what its rank and totals say', o.number using errcode = refused;
        end if;
      end $$;`);
    this.addSql(`create function check_amounts_of_order() returns trigger language plpgsql as $$
      begin
        perform check_order_amounts(new.partner_id, new.id);
        return null;
      end $$;`);
    this.addSql(`create function check_amounts_of_line() returns trigger language plpgsql as $$
      begin
        perform check_order_amounts(new.partner_id, new.order_id);
        return null;
      end $$;`);
    this.addSql(`create constraint trigger purchase_order_adds_up
      after insert or update of rank, priced_at, total_excl_vat, total_vat on purchase_order
      deferrable initially deferred for each row execute function check_amounts_of_order();`);
    this.addSql(`create constraint trigger order_line_adds_up
      after insert or update of price_id, unit_price, vat_rate, excl_vat on order_line
      deferrable initially deferred for each row execute function check_amounts_of_line();`);
  }

  /** What is ordered is counted under the lock of its agreement's row and then of its lot's: a ceiling is never passed. */
  private spending(): void {
    this.addSql(`create function open_spend_account() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        most numeric := case tg_table_name when 'lot' then (to_jsonb(new) ->> 'ceiling')::numeric
          else (to_jsonb(new) ->> 'maximum_value')::numeric end;
      begin
        ${AS_HUB}
        if tg_op = 'INSERT' then
          insert into spend_account (id, service_id, ceiling, provenance) values (new.id, new.service_id, most, new.provenance);
        else
          perform from spend_account a where a.id = new.id for update;
          if exists (select from spend_account a where a.id = new.id and a.committed + a.spent > most) then
            ${AS_BEFORE}
            raise exception 'more than that was ordered' using errcode = 'MH081';
          end if;
          update spend_account set ceiling = most where id = new.id;
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger framework_agreement_account after insert or update of maximum_value on framework_agreement
      for each row execute function open_spend_account();`);
    this.addSql(`create trigger lot_account after insert or update of ceiling on lot
      for each row execute function open_spend_account();`);

    // What an order still holds of a ceiling: nothing once it has ended.
    const held = (
      row: string,
    ): string => `case when ${row}.state in ('CLOSED', 'CANCELLED', 'EXHAUSTED') then 0
      else ${row}.total_excl_vat - ${row}.delivered_excl_vat end`;
    this.addSql(`create function count_spending() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        more_committed numeric := ${held('new')};
        more_spent numeric := new.delivered_excl_vat;
      begin
        if tg_op = 'UPDATE' then
          more_committed := more_committed - (${held('old')});
          more_spent := more_spent - old.delivered_excl_vat;
        end if;
        if more_committed = 0 and more_spent = 0 then
          return null;
        end if;
        ${AS_HUB}
        update spend_account set committed = committed + more_committed, spent = spent + more_spent
          where id = new.agreement_id;
        update spend_account set committed = committed + more_committed, spent = spent + more_spent
          where id = new.lot_id;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger purchase_order_spending after insert or update of state, total_excl_vat, delivered_excl_vat
      on purchase_order for each row execute function count_spending();`);
    this.addSql('revoke insert, update, delete on spend_account from hub_app;');
  }

  private records(): void {
    for (const table of ['order_event', 'delivery_line']) {
      this.addSql(`create trigger ${table}_append_only before update or delete or truncate on ${table}
        for each statement execute function refuse_change();`);
    }
    for (const table of WITH_PROVENANCE) {
      this.addSql(`create trigger ${table}_provenance after insert on ${table}
        referencing new table as new_rows for each statement execute function guard_provenance();`);
      this.addSql(`create trigger ${table}_same_provenance before update of provenance on ${table}
        for each row when (old.provenance is distinct from new.provenance) execute function refuse_other_provenance();`);
    }
    for (const table of ['purchase_order', 'buyer_account', 'product_remark']) {
      this.addSql(`create trigger ${table}_of_open_partner after insert on ${table}
        referencing new table as new_rows for each statement execute function refuse_closed_partners();`);
    }
    // Whom a role was granted for says who manages its holder: a supplier now, where it was a provider.
    this.addSql(`create or replace function note_held_for() returns trigger language plpgsql as $$
      declare
        record_id uuid := coalesce(new.partner_id, new.service_id, new.supplier_id, new.federation_id, new.authority_id,
          '00000000-0000-0000-0000-000000000000');
      begin
        update client c set held_for = c.held_for || record_id where c.id = new.client_id and record_id <> all (c.held_for);
        update account a set held_for = a.held_for || record_id where a.id = new.account_id and record_id <> all (a.held_for);
        return null;
      end $$;`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
