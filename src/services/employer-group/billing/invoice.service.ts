import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { globalId, keyOf } from '../../../ids.ts';
import type { SharedService } from '../../service.entity.ts';
import {
  Invoice,
  InvoiceKind,
  InvoiceLine,
  InvoiceLineKind,
  InvoiceRun,
  InvoiceRunKind,
} from '../billing.entity.ts';
import type { CreditInvoiceInput, RunInvoicesInput } from './billing.inputs.ts';
import { type DraftRun, draftMonth, draftSettlement } from './draft.ts';
import { groupRunBy, legalValue, lockGroup } from './group.service.ts';
import { type RunOf, runOf } from './invoice-run.ts';
import { nextNumber, openTimesheets, writeRun } from './invoice-writing.service.ts';
import { booksOf, invoicedOf, placementsWithoutHours, provisionOf } from './ledger.service.ts';

/** Members that an error names. */
const NAMED = 5;

/** Runs of invoices and credit notes: each in one transaction, under a lock of the group. */
export class InvoiceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Writes the invoices of a period and answers the key of the run; of a period that has its run, that one's. */
  async run(viewer: Viewer, input: RunInvoicesInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const of = runOf(input);
    const today = brusselsDay(this.clock());
    if (of.until > today) {
      throw new UserError(
        'PERIOD_NOT_OVER',
        `The period ends before ${of.until}: run its invoices from that day on.`,
        of.month ? 'month' : 'year',
      );
    }
    const request = { viewer, mutation: 'runInvoices', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupRunBy(em, viewer, serviceKey);
      await lockGroup(em, serviceKey);
      const before = await em.findOne(InvoiceRun, { service, kind: of.kind, periodFrom: of.from });
      if (before) return { id: before.id };
      await mustNotBeSettled(em, service, of.year);
      const draft = await draftOf(em, serviceKey, of, today);
      mustBeWhole(draft, of);
      return { id: await writeRun(em, service, of, draft, today) };
    });
    return id;
  }

  /** What a run would write; nothing is stored. */
  async preview(
    viewer: Viewer,
    input: Pick<RunInvoicesInput, 'service' | 'month' | 'year'>,
  ): Promise<{ of: RunOf; draft: DraftRun; run: string | null; withoutHours: readonly string[] }> {
    const serviceKey = keyOf('service', input.service, 'service');
    const of = runOf(input);
    const today = brusselsDay(this.clock());
    return this.unitOfWork.run(
      viewer,
      async (em) => {
        const service = await groupRunBy(em, viewer, serviceKey);
        const run = await em.findOne(InvoiceRun, { service, kind: of.kind, periodFrom: of.from });
        const draft = await draftOf(em, serviceKey, of, today);
        const withoutHours = await placementsWithoutHours(em, serviceKey, of);
        return { of, draft, run: run?.id ?? null, withoutHours };
      },
      'preview invoices',
    );
  }

  /** Takes an invoice back and answers the key of the credit note. */
  async credit(viewer: Viewer, input: CreditInvoiceInput): Promise<string> {
    const key = keyOf('invoice', input.invoice, 'invoice');
    const today = brusselsDay(this.clock());
    const request = { viewer, mutation: 'creditInvoice', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const invoice = await em.findOne(Invoice, { id: key }, { populate: ['service'] });
      if (!invoice) throw new NotFoundError('The invoice', 'invoice');
      const service = invoice.service as unknown as SharedService;
      allow(mayRun(viewer, service.id), "the group's staff does");
      checkSandbox(viewer, invoice.provenance, 'invoice');
      await lockGroup(em, service.id);
      if (invoice.kind === InvoiceKind.CREDIT_NOTE)
        throw new UserError('NOT_CREDITABLE', 'A credit note is not taken back: name an invoice.', 'invoice');
      if (await em.count(Invoice, { credits: invoice })) {
        throw new UserError('ALREADY_CREDITED', 'This invoice was credited before.', 'invoice');
      }
      // The settlement has taken what was invoiced into account.
      await mustNotBeSettled(em, service, Number(invoice.periodFrom.slice(0, 4)));
      const lines = await em.find(InvoiceLine, { invoice }, { orderBy: { position: 'asc' } });
      const credit = em.create(Invoice, {
        partner: invoice.partner,
        id: newId(),
        service,
        run: null,
        number: await nextNumber(em, service.id, today)(),
        kind: InvoiceKind.CREDIT_NOTE,
        periodFrom: invoice.periodFrom,
        periodUntil: invoice.periodUntil,
        isProvisional: false,
        credits: invoice,
        netAmount: negated(invoice.netAmount),
        vatTreatment: invoice.vatTreatment,
        vatRate: invoice.vatRate,
        vatAmount: negated(invoice.vatAmount),
        issuedOn: today,
        provenance: invoice.provenance,
      } as never);
      for (const { position, jobFunction, hours, amount } of lines) {
        em.create(InvoiceLine, {
          partner: invoice.partner,
          id: newId(),
          invoice: credit,
          position,
          kind: InvoiceLineKind.CREDIT,
          jobFunction,
          hours,
          amount: negated(amount),
        } as never);
      }
      await em.flush();
      await openTimesheets(em, invoice);
      return { id: credit.id };
    });
    return id;
  }
}

async function draftOf(em: EntityManager, service: string, of: RunOf, today: string): Promise<DraftRun> {
  const { ledger, billingOf } = await booksOf(em, service, of.year);
  const vatRate = await legalValue(em, 'STANDARD_VAT_RATE', today);
  if (of.month) return draftMonth(ledger, of.month, billingOf, vatRate);
  return draftSettlement(ledger, billingOf, {
    provisionCents: await provisionOf(em, service, of.year),
    invoiced: await invoicedOf(em, service, of.year),
    vatRate,
  });
}

async function mustNotBeSettled(em: EntityManager, service: SharedService, year: number): Promise<void> {
  const settled = { service, kind: InvoiceRunKind.SETTLEMENT, periodFrom: `${year}-01-01` };
  if ((await em.count(InvoiceRun, settled)) === 0) return;
  throw new UserError(
    'YEAR_SETTLED',
    `The year ${year} is settled: what is to be put right goes into the costs of another year.`,
  );
}

function mustBeWhole({ drafts, withoutTerms, withoutCost, isForNobody }: DraftRun, of: RunOf): void {
  const field = of.month ? 'month' : 'year';
  const named = (prefix: string, keys: readonly string[]): string =>
    `${keys
      .slice(0, NAMED)
      .map((key) => globalId(prefix, key))
      .join(', ')}${keys.length > NAMED ? '…' : ''}`;
  if (withoutCost.length > 0) {
    throw new UserError(
      'COST_SHEET_MISSING',
      `${withoutCost.length} workers were placed and have no cost sheet of ${of.year}: ${named('shared_worker', withoutCost)}. \`invoicePreview\` lists all; give each one with saveCostSheet.`,
      field,
    );
  }
  if (withoutTerms.length > 0) {
    throw new UserError(
      'BILLING_RULE_MISSING',
      `${withoutTerms.length} members had somebody placed and have no billing rule for the period: ${named('partner', withoutTerms)}. \`invoicePreview\` lists all; give each one with saveBillingRule.`,
      field,
    );
  }
  if (isForNobody) {
    throw new UserError(
      'NOBODY_TO_INVOICE',
      'The group had costs in that year, and nobody was placed whose cost its members share.',
      field,
    );
  }
  // An empty run would stand for good, and what is placed in its period later would never be invoiced.
  if (drafts.length === 0) {
    throw new UserError(
      'NOBODY_TO_INVOICE',
      of.month
        ? 'Nobody was placed in that month with a member that is invoiced by the month.'
        : 'There is nothing to settle: nobody was placed in that year, and nothing was invoiced of it.',
      field,
    );
  }
}

const negated = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
