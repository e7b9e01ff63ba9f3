import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { allocate, amountOf } from '../src/services/employer-group/billing/allocate.ts';
import {
  type DraftRun,
  draftMonth,
  draftSettlement,
  type Invoiced,
} from '../src/services/employer-group/billing/draft.ts';
import type { Ledger } from '../src/services/employer-group/billing/sharing.ts';
import {
  BillingRhythm,
  GroupDebt,
  Invoice,
  InvoiceKind,
  InvoiceLine,
  InvoiceRun,
  InvoiceRunKind,
  LiabilityShare,
  VatTreatment,
} from '../src/services/employer-group/billing.entity.ts';
import { at, plusDays } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoService } from './demonstration.ts';
import { type DemoPlacement, dayOfHours, TIMED_YEAR, weeksOf } from './employer-group-placements.ts';
import type { DemoCosts } from './employer-group-staff.ts';
import { yearOfProvision } from './employer-group-staff.ts';

const VAT_RATE = '21.00';
const { year } = TIMED_YEAR;

/** Writes a year of invoices by the rules of the hub's own: twelve months, the settlement, and the debts at the year's end. */
export class InvoiceWriter {
  private readonly ledger: Ledger;
  private readonly rules: ReadonlyMap<string, DemoPlacement['rule']>;
  private readonly invoiced: Invoiced[] = [];
  /** Invoices of months, by member and month. */
  private readonly ofMonth = new Map<string, string>();
  private readonly net = new Map<string, bigint>();
  private numbers = new Map<string, number>();

  constructor(
    private readonly demonstration: Demonstration,
    private readonly service: DemoService,
    placements: readonly DemoPlacement[],
    costs: DemoCosts,
    hoursOfWeek: (placement: DemoPlacement, week: string) => number,
  ) {
    this.rules = new Map(placements.map(({ partner, rule }) => [partner.id, rule]));
    this.ledger = {
      year,
      ...costs,
      placements: placements.map(({ worker, partner, minutesByWeekday, startsOn }) => ({
        worker: worker.id,
        partner: partner.id,
        minutesByWeekday,
        from: startsOn,
        until: null,
      })),
      worked: placements.flatMap((placement) =>
        weeksOf(placement).map((week) => ({
          worker: placement.worker.id,
          partner: placement.partner.id,
          day: dayOfHours(placement, week),
          hours: BigInt(Math.round(hoursOfWeek(placement, week) * 100)),
        })),
      ),
      terms: placements.map(({ partner, rule }) => ({
        partner: partner.id,
        mode: rule.mode,
        key: rule.sharingKey,
        weight: null,
        headcount: null,
        from: `${year}-01-01`,
        until: null,
      })),
    };
  }

  /** Twelve months, each invoiced on the tenth day after it, and the settlement in March. */
  write(): void {
    const billingOf = (partner: string) => {
      const rule = this.rules.get(partner);
      return (
        rule && {
          rhythm: BillingRhythm.MONTHLY,
          flatCents: rule.flatAmount === null ? null : BigInt(Math.round(Number(rule.flatAmount) * 100)),
          vatTreatment: rule.vatTreatment,
        }
      );
    };
    for (let month = 1; month <= 12; month++) {
      const period = {
        kind: InvoiceRunKind.MONTH,
        from: new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10),
        until: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10),
      };
      this.run(draftMonth(this.ledger, month, billingOf, VAT_RATE), period, plusDays(period.until, 9));
    }
    const settlement = draftSettlement(this.ledger, billingOf, {
      provisionCents: yearOfProvision(year),
      invoiced: this.invoiced,
      vatRate: VAT_RATE,
    });
    const whole = { kind: InvoiceRunKind.SETTLEMENT, from: `${year}-01-01`, until: `${year + 1}-01-01` };
    this.run(settlement, whole, `${year + 1}-03-16`);
  }

  /** The invoice that closed a week: of the month in which its hours count. */
  invoiceOf(placement: DemoPlacement, week: string): string | null {
    return this.ofMonth.get(`${placement.partner.id} ${dayOfHours(placement, week).slice(0, 7)}`) ?? null;
  }

  private run(
    { drafts, staffCents, fixedCents, provisionCents }: DraftRun,
    { kind, from, until }: { kind: InvoiceRunKind; from: string; until: string },
    issuedOn: string,
  ): void {
    const { demonstration, service } = this;
    const run = stableId(`invoice run:${service.slug}:${kind}:${from}`);
    const common = {
      periodFrom: from,
      periodUntil: until,
      issuedOn,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(issuedOn),
    };
    demonstration.add(InvoiceRun, {
      id: run,
      service: service.id,
      kind,
      staffCost: amountOf(staffCents),
      fixedCost: amountOf(fixedCents),
      provision: amountOf(provisionCents),
      netAmount: amountOf(drafts.reduce((sum, { netCents }) => sum + netCents, 0n)),
      ...common,
    });
    for (const { partner, isProvisional, lines, netCents, vatTreatment, vatCents } of drafts) {
      const id = stableId(`invoice:${run}:${partner}`);
      demonstration.add(Invoice, {
        partner,
        id,
        service: service.id,
        run,
        number: this.nextNumber(issuedOn),
        kind: kind === InvoiceRunKind.MONTH ? InvoiceKind.INVOICE : InvoiceKind.SETTLEMENT,
        isProvisional,
        credits: null,
        netAmount: amountOf(netCents),
        vatTreatment,
        vatRate: vatTreatment === VatTreatment.STANDARD_RATE ? VAT_RATE : '0.00',
        vatAmount: amountOf(vatCents),
        ...common,
      });
      for (const [position, line] of lines.entries()) {
        demonstration.add(InvoiceLine, {
          partner,
          id: stableId(`invoice line:${id}:${position}`),
          invoice: [partner, id],
          position: position + 1,
          kind: line.kind,
          jobFunction: line.jobFunction,
          hours: line.hours === null ? null : amountOf(line.hours),
          amount: amountOf(line.cents),
        });
        this.keep({ partner, vatTreatment, jobFunction: line.jobFunction, cents: line.cents });
      }
      this.net.set(partner, (this.net.get(partner) ?? 0n) + netCents);
      if (kind === InvoiceRunKind.MONTH) this.ofMonth.set(`${partner} ${from.slice(0, 7)}`, id);
    }
  }

  /** Lines of one member and function are one sum, as the hub reads them back. */
  private keep(line: Invoiced): void {
    const at = this.invoiced.findIndex(
      ({ partner, jobFunction }) => partner === line.partner && jobFunction === line.jobFunction,
    );
    const before = this.invoiced[at];
    if (before) this.invoiced[at] = { ...before, cents: before.cents + line.cents };
    else this.invoiced.push(line);
  }

  private nextNumber(issuedOn: string): string {
    const of = issuedOn.slice(0, 4);
    const next = (this.numbers.get(of) ?? 0) + 1;
    this.numbers.set(of, next);
    return `${of}-${String(next).padStart(4, '0')}`;
  }

  /** What the group owed at the end of the year, and each member's part in it. */
  writeDebts(enrolments: readonly DemoEnrolment[]): void {
    const { demonstration, service } = this;
    const asOf = `${year}-12-31`;
    const debt = stableId(`group debt:${service.slug}:${asOf}`);
    const common = { service: service.id, provenance: Provenance.SYNTHETIC, createdAt: at(asOf) };
    const [tax, social] = [4_118_240n, 8_690_415n];
    demonstration.add(GroupDebt, {
      id: debt,
      asOf,
      taxDebt: amountOf(tax),
      socialDebt: amountOf(social),
      ...common,
    });
    const members = enrolments.filter(
      ({ activeFrom, endedOn }) => activeFrom <= asOf && (!endedOn || endedOn > asOf),
    );
    const parts = allocate(
      tax + social,
      members.map(({ partner }) => ({ key: partner.id, weight: this.net.get(partner.id) ?? 0n })),
    );
    for (const [partner, cents] of parts) {
      demonstration.add(LiabilityShare, {
        partner,
        id: stableId(`liability share:${debt}:${partner}`),
        debt,
        amount: amountOf(cents),
        ...common,
      });
    }
  }
}
