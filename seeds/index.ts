import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { LocalisedText } from '../src/database/localised-text.ts';
import { SortKeys } from '../src/database/sort-keys.ts';
import { Federation, Membership } from '../src/federations/federation.entity.ts';
import { PublishedFigure, UsageEntry } from '../src/metrics/metric.entity.ts';
import { Partner, Recognition, Site } from '../src/partners/partner.entity.ts';
import {
  GroupFinding,
  RiskAnalysis,
  RiskAnalysisStep,
  TargetGroup,
} from '../src/services/advice/analysis.entity.ts';
import { AdviserBooking, AdviserMandate } from '../src/services/advice/mandate.entity.ts';
import { PreventionMeasure } from '../src/services/advice/measure.entity.ts';
import { AdviceRequest } from '../src/services/advice/request.entity.ts';
import { AdviceResource, ResourceDownload, ToolboxAccess } from '../src/services/advice/resource.entity.ts';
import {
  AdviceSession,
  SatisfactionScore,
  SessionAttendance,
  SessionRegistration,
} from '../src/services/advice/session.entity.ts';
import {
  BillingRule,
  GroupDebt,
  Invoice,
  InvoiceLine,
  InvoiceRun,
  LiabilityShare,
} from '../src/services/employer-group/billing.entity.ts';
import { CostComponent, CostSheet, ProvisionEntry } from '../src/services/employer-group/cost.entity.ts';
import { EmployerGroup, SharedWorker } from '../src/services/employer-group/employer-group.entity.ts';
import {
  LabourDispute,
  Placement,
  PlacementRequest,
  Timesheet,
} from '../src/services/employer-group/placement.entity.ts';
import { EnergyMeasure, EnergyVisit } from '../src/services/energy/advice.entity.ts';
import { Building } from '../src/services/energy/building.entity.ts';
import { DegreeDay, WeatherStation } from '../src/services/energy/climate.entity.ts';
import { EnergyFactor } from '../src/services/energy/factor.entity.ts';
import { Meter, MeterBuilding, MeterReading } from '../src/services/energy/meter.entity.ts';
import { SavingsResult } from '../src/services/energy/savings.entity.ts';
import { Enrolment, EnrolmentEvent } from '../src/services/enrolment.entity.ts';
import { AgreementAuthority, FrameworkAgreement, Lot } from '../src/services/purchasing/agreement.entity.ts';
import {
  BuyerAccount,
  CascadeRank,
  Product,
  ProductAdvice,
  ProductRemark,
} from '../src/services/purchasing/catalogue.entity.ts';
import {
  DeliveryLine,
  OrderEvent,
  OrderLine,
  PurchaseOrder,
} from '../src/services/purchasing/order.entity.ts';
import { Supplier } from '../src/services/purchasing/supplier.entity.ts';
import {
  Funding,
  Population,
  PopulationMember,
  Provider,
  ServiceCarrier,
  SharedService,
} from '../src/services/service.entity.ts';
import { Demonstration } from './demonstration.ts';
import { seedDiversity } from './diversity.seeder.ts';
import { seedEmployerGroup } from './employer-group.seeder.ts';
import { seedEnergy } from './energy.seeder.ts';
import { seedFederations } from './federations.seeder.ts';
import { seedOther } from './other.seeder.ts';
import { datePartners, seedPartners } from './partners.seeder.ts';
import { seedPrevention } from './prevention.seeder.ts';
import { seedPublishedFigures } from './published-figures.seeder.ts';
import { seedPurchasing } from './purchasing.seeder.ts';

/** Every table of the demonstration; one that is referred to stands before those that refer to it. */
const TABLES: readonly EntityName<object>[] = [
  Partner,
  Site,
  Recognition,
  Federation,
  Membership,
  Provider,
  Population,
  PopulationMember,
  SharedService,
  ServiceCarrier,
  Funding,
  Enrolment,
  EnrolmentEvent,
  UsageEntry,
  PublishedFigure,
  WeatherStation,
  DegreeDay,
  EnergyFactor,
  Building,
  EnergyVisit,
  EnergyMeasure,
  Meter,
  MeterBuilding,
  MeterReading,
  SavingsResult,
  EmployerGroup,
  SharedWorker,
  CostSheet,
  CostComponent,
  ProvisionEntry,
  PlacementRequest,
  LabourDispute,
  Placement,
  BillingRule,
  Timesheet,
  InvoiceRun,
  Invoice,
  InvoiceLine,
  GroupDebt,
  LiabilityShare,
  AdviceSession,
  SessionRegistration,
  SessionAttendance,
  SatisfactionScore,
  RiskAnalysis,
  RiskAnalysisStep,
  TargetGroup,
  GroupFinding,
  PreventionMeasure,
  AdviceRequest,
  AdviserMandate,
  AdviserBooking,
  AdviceResource,
  ToolboxAccess,
  ResourceDownload,
  Supplier,
  FrameworkAgreement,
  AgreementAuthority,
  Lot,
  Product,
  CascadeRank,
  ProductAdvice,
  BuyerAccount,
  ProductRemark,
  PurchaseOrder,
  OrderLine,
  OrderEvent,
  DeliveryLine,
];

/** Rows of one statement: fewer parameters than the 65,535 that it may have. */
const ROWS_AT_ONCE = 1_000;

/** The whole demonstration, in memory: the same on every run. */
export function buildDemonstration(): Demonstration {
  const demonstration = new Demonstration();
  seedPartners(demonstration);
  seedFederations(demonstration);
  seedEnergy(demonstration);
  seedDiversity(demonstration);
  seedPrevention(demonstration);
  seedEmployerGroup(demonstration);
  seedPurchasing(demonstration);
  seedOther(demonstration);
  seedPublishedFigures(demonstration);
  datePartners(demonstration);
  return demonstration;
}

/**
 * Writes the synthetic demonstration data in the transaction of `em`. The hub must be empty but for its
 * reference data, and accept synthetic records.
 */
export async function seedDemonstration(em: EntityManager, progress: (line: string) => void): Promise<void> {
  const { rows, statements } = buildDemonstration();
  for (const table of rows.keys()) {
    if (!(TABLES as readonly unknown[]).includes(table))
      throw new Error('A seeder fills a table that the demonstration does not write');
  }
  for (const table of TABLES) {
    const flat = (rows.get(table) ?? []).map((row) => columnsOf(em, table, row));
    for (let from = 0; from < flat.length; from += ROWS_AT_ONCE) {
      await em.insertMany(table, flat.slice(from, from + ROWS_AT_ONCE));
    }
    progress(`${em.getMetadata().get(table).tableName}: ${flat.length}`);
  }
  for (const statement of statements) await em.execute(statement);
}

/** A row with its texts spread over their columns: `insertMany` does not do it for embedded objects. */
function columnsOf(em: EntityManager, table: EntityName<object>, row: object): object {
  const { properties } = em.getMetadata().get(table) as {
    properties: Record<string, { embeddedProps?: Record<string, { name: string }> }>;
  };
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (!(value instanceof LocalisedText || value instanceof SortKeys)) {
      columns[name] = value;
      continue;
    }
    for (const [language, text] of Object.entries(value)) {
      const column = properties[name]?.embeddedProps?.[language];
      if (column) columns[column.name] = text;
    }
  }
  return columns;
}
