import type { EntityManager } from '@mikro-orm/postgresql';
import { noteChange } from '../../../database/changes.ts';
import { newId } from '../../../database/keys.ts';
import type { SharedService } from '../../service.entity.ts';
import { Invoice, InvoiceKind, InvoiceLine, InvoiceRun } from '../billing.entity.ts';
import { amountOf } from './allocate.ts';
import type { Draft, DraftRun } from './draft.ts';
import { legalValue } from './group.service.ts';
import type { RunOf } from './invoice-run.ts';
import { DAY_OF_HOURS } from './ledger.service.ts';

/** Writes a run with its invoices and closes the timesheets that they are for; answers the key of the run. */
export async function writeRun(
  em: EntityManager,
  service: SharedService,
  of: RunOf,
  { drafts, ...sums }: DraftRun,
  today: string,
): Promise<string> {
  const { provenance } = service;
  const vatRate = await legalValue(em, 'STANDARD_VAT_RATE', today);
  const next = nextNumber(em, service.id, today);
  const run = em.create(InvoiceRun, {
    id: newId(),
    service,
    kind: of.kind,
    periodFrom: of.from,
    periodUntil: of.until,
    staffCost: amountOf(sums.staffCents),
    fixedCost: amountOf(sums.fixedCents),
    provision: amountOf(sums.provisionCents),
    netAmount: amountOf(drafts.reduce((sum, { netCents }) => sum + netCents, 0n)),
    issuedOn: today,
    provenance,
  } as never);
  const closed: { partner: string; invoice: string }[] = [];
  for (const draft of drafts) {
    const id = newId();
    // A member whose VAT treatment changed has two invoices, one after the other: its hours are closed by the first.
    if (closed.at(-1)?.partner !== draft.partner) closed.push({ partner: draft.partner, invoice: id });
    const invoice = em.create(Invoice, {
      partner: draft.partner,
      id,
      service,
      run,
      number: await next(),
      kind: of.month ? InvoiceKind.INVOICE : InvoiceKind.SETTLEMENT,
      periodFrom: of.from,
      periodUntil: of.until,
      isProvisional: draft.isProvisional,
      credits: null,
      netAmount: amountOf(draft.netCents),
      vatTreatment: draft.vatTreatment,
      vatRate: draft.vatTreatment === 'STANDARD_RATE' ? vatRate : '0.00',
      vatAmount: amountOf(draft.vatCents),
      issuedOn: today,
      provenance,
    } as never);
    linesOf(em, draft, invoice);
  }
  await em.flush();
  await closeTimesheets(em, service.id, of, closed);
  return run.id;
}

function linesOf(em: EntityManager, { partner, lines }: Draft, invoice: Invoice): void {
  for (const [at, { kind, jobFunction, hours, cents }] of lines.entries()) {
    em.create(InvoiceLine, {
      partner,
      id: newId(),
      invoice,
      position: at + 1,
      kind,
      jobFunction,
      hours: hours === null ? null : amountOf(hours),
      amount: amountOf(cents),
    } as never);
  }
}

/** Hours of the period that members approved are invoiced with it, and no longer change. */
async function closeTimesheets(
  em: EntityManager,
  service: string,
  of: RunOf,
  closed: readonly { partner: string; invoice: string }[],
): Promise<void> {
  const rows = await em.execute<{ id: string }[]>(
    `update timesheet t set state = 'INVOICED', invoice_id = x.invoice, version = t.version + 1
     from json_to_recordset(?::json) as x (partner uuid, invoice uuid)
     join placement p on p.partner_id = x.partner
     where t.partner_id = x.partner and t.placement_id = p.id and t.service_id = ? and t.state = 'APPROVED'
       and ${DAY_OF_HOURS} >= ?::date and ${DAY_OF_HOURS} < ?::date
     returning t.id`,
    [JSON.stringify(closed), service, of.from, of.until],
  );
  if (rows.length === 0) return;
  noteChange(em, {
    entity: 'Timesheet',
    table: 'timesheet',
    action: 'UPDATED',
    after: { state: 'INVOICED', service, count: rows.length, from: of.from, until: of.until },
  });
}

/** Hours of an invoice that is taken back are approved ones again: they may be given back, and the settlement takes them. */
export async function openTimesheets(em: EntityManager, invoice: Invoice): Promise<void> {
  const rows = await em.execute<{ id: string }[]>(
    `update timesheet t set state = 'APPROVED', invoice_id = null, version = t.version + 1
     where t.partner_id = ? and t.invoice_id = ? returning t.id`,
    [invoice.partner.id, invoice.id],
  );
  if (rows.length === 0) return;
  noteChange(em, {
    entity: 'Timesheet',
    table: 'timesheet',
    action: 'UPDATED',
    after: { state: 'APPROVED', credited: invoice.id, count: rows.length },
  });
}

/** Numbers of a year, one after the other; the group is locked meanwhile, so that there is no gap and none twice. */
export function nextNumber(em: EntityManager, service: string, today: string): () => Promise<string> {
  const year = today.slice(0, 4);
  let last: number | undefined;
  return async () => {
    if (last === undefined) {
      const [row] = await em.execute<{ last: number }[]>(
        `select coalesce(max(substr(i.number, 6)::int), 0) as last from invoice i where i.service_id = ? and i.number like ?`,
        [service, `${year}-%`],
      );
      last = row?.last ?? 0;
    }
    last += 1;
    return `${year}-${String(last).padStart(4, '0')}`;
  };
}
