import { IdempotencyRecordSchema } from './access/idempotency.entity.ts';
import { HubStateSchema } from './database/hub-state.entity.ts';
import { LocalisedTextSchema } from './database/localised-text.ts';
import { SortKeysSchema } from './database/sort-keys.ts';
import { DataSharingAgreementSchema } from './federations/agreement.entity.ts';
import { FederationSchema, MembershipSchema } from './federations/federation.entity.ts';
import { AccountSchema } from './identity/account.entity.ts';
import { AccessTokenSchema, ClientSchema } from './identity/client.entity.ts';
import { RoleGrantSchema } from './identity/role-grant.entity.ts';
import { RateLimitUseSchema } from './limits/rate-limit-use.entity.ts';
import { MetricDefinitionSchema, PublishedFigureSchema, UsageEntrySchema } from './metrics/metric.entity.ts';
import { ReleasedCellSchema, ReleasedFactSchema, ReleaseSchema } from './metrics/release.entity.ts';
import { UsageMonthSchema, UsageSumSchema, UsageTotalSchema } from './metrics/rollup.entity.ts';
import { PartnerSchema, RecognitionSchema, SiteSchema } from './partners/partner.entity.ts';
import { PartnerProfileSchema } from './partners/partner-profile.entity.ts';
import { CompetentAuthoritySchema, SectorSchema, TerritorySchema } from './reference/reference.entity.ts';
import {
  GroupFindingSchema,
  RiskAnalysisSchema,
  RiskAnalysisStepSchema,
  TargetGroupSchema,
} from './services/advice/analysis.entity.ts';
import { AdviserBookingSchema, AdviserMandateSchema } from './services/advice/mandate.entity.ts';
import { PreventionMeasureSchema } from './services/advice/measure.entity.ts';
import { AdviceRequestSchema } from './services/advice/request.entity.ts';
import {
  AdviceResourceSchema,
  ResourceDownloadSchema,
  ToolboxAccessSchema,
} from './services/advice/resource.entity.ts';
import {
  AdviceSessionSchema,
  SatisfactionScoreSchema,
  SessionAttendanceSchema,
  SessionRegistrationSchema,
} from './services/advice/session.entity.ts';
import {
  BillingRuleSchema,
  GroupDebtSchema,
  InvoiceLineSchema,
  InvoiceRunSchema,
  InvoiceSchema,
  LiabilityShareSchema,
} from './services/employer-group/billing.entity.ts';
import {
  CostComponentSchema,
  CostSheetSchema,
  ProvisionEntrySchema,
} from './services/employer-group/cost.entity.ts';
import {
  EmployerGroupSchema,
  LegalParameterSchema,
  SharedWorkerSchema,
} from './services/employer-group/employer-group.entity.ts';
import {
  LabourDisputeSchema,
  PlacementRequestSchema,
  PlacementSchema,
  TimesheetSchema,
} from './services/employer-group/placement.entity.ts';
import { EnergyMeasureSchema, EnergyVisitSchema } from './services/energy/advice.entity.ts';
import { BuildingSchema } from './services/energy/building.entity.ts';
import { DegreeDaySchema, WeatherStationSchema } from './services/energy/climate.entity.ts';
import { EnergyFactorSchema } from './services/energy/factor.entity.ts';
import {
  MeterBuildingSchema,
  MeterMonthSchema,
  MeterReadingSchema,
  MeterSchema,
  ReplacedReadingSchema,
} from './services/energy/meter.entity.ts';
import { SavingsResultSchema } from './services/energy/savings.entity.ts';
import { EnrolmentEventSchema, EnrolmentSchema } from './services/enrolment.entity.ts';
import {
  AgreementAuthoritySchema,
  FrameworkAgreementSchema,
  LotSchema,
  SpendAccountSchema,
} from './services/purchasing/agreement.entity.ts';
import {
  BuyerAccountSchema,
  CascadeRankSchema,
  ProductAdviceSchema,
  ProductRemarkSchema,
  ProductSchema,
} from './services/purchasing/catalogue.entity.ts';
import {
  LotAwardSchema,
  OcdsProcessSchema,
  OcdsReleaseSchema,
} from './services/purchasing/ocds/ocds.entity.ts';
import {
  DeliveryLineSchema,
  OrderEventSchema,
  OrderLineSchema,
  PurchaseOrderSchema,
} from './services/purchasing/order.entity.ts';
import { SupplierSchema } from './services/purchasing/supplier.entity.ts';
import {
  FundingSchema,
  PopulationMemberSchema,
  PopulationSchema,
  ProviderSchema,
  ServiceCarrierSchema,
  SharedServiceSchema,
} from './services/service.entity.ts';
import { AuditEntrySchema } from './trail/audit-entry.entity.ts';

/** Every entity of the hub, for the ORM and for migrations. */
export const entities = [
  LocalisedTextSchema,
  SortKeysSchema,
  HubStateSchema,
  IdempotencyRecordSchema,
  RateLimitUseSchema,
  SectorSchema,
  TerritorySchema,
  CompetentAuthoritySchema,
  FederationSchema,
  MembershipSchema,
  PartnerSchema,
  PartnerProfileSchema,
  DataSharingAgreementSchema,
  SiteSchema,
  RecognitionSchema,
  ProviderSchema,
  SharedServiceSchema,
  ServiceCarrierSchema,
  PopulationSchema,
  PopulationMemberSchema,
  FundingSchema,
  EnrolmentSchema,
  EnrolmentEventSchema,
  SupplierSchema,
  FrameworkAgreementSchema,
  AgreementAuthoritySchema,
  LotSchema,
  SpendAccountSchema,
  ProductSchema,
  CascadeRankSchema,
  BuyerAccountSchema,
  ProductAdviceSchema,
  ProductRemarkSchema,
  PurchaseOrderSchema,
  OrderLineSchema,
  OrderEventSchema,
  DeliveryLineSchema,
  OcdsReleaseSchema,
  OcdsProcessSchema,
  LotAwardSchema,
  BuildingSchema,
  WeatherStationSchema,
  DegreeDaySchema,
  MeterSchema,
  MeterBuildingSchema,
  MeterReadingSchema,
  ReplacedReadingSchema,
  MeterMonthSchema,
  EnergyFactorSchema,
  EnergyVisitSchema,
  EnergyMeasureSchema,
  SavingsResultSchema,
  LegalParameterSchema,
  EmployerGroupSchema,
  SharedWorkerSchema,
  CostSheetSchema,
  CostComponentSchema,
  ProvisionEntrySchema,
  PlacementRequestSchema,
  PlacementSchema,
  LabourDisputeSchema,
  TimesheetSchema,
  BillingRuleSchema,
  InvoiceRunSchema,
  InvoiceSchema,
  InvoiceLineSchema,
  GroupDebtSchema,
  LiabilityShareSchema,
  AdviceSessionSchema,
  SessionRegistrationSchema,
  SessionAttendanceSchema,
  SatisfactionScoreSchema,
  AdviceRequestSchema,
  PreventionMeasureSchema,
  RiskAnalysisSchema,
  RiskAnalysisStepSchema,
  TargetGroupSchema,
  GroupFindingSchema,
  AdviserMandateSchema,
  AdviserBookingSchema,
  AdviceResourceSchema,
  ToolboxAccessSchema,
  ResourceDownloadSchema,
  MetricDefinitionSchema,
  UsageEntrySchema,
  UsageMonthSchema,
  UsageTotalSchema,
  UsageSumSchema,
  ReleaseSchema,
  ReleasedCellSchema,
  ReleasedFactSchema,
  PublishedFigureSchema,
  AuditEntrySchema,
  ClientSchema,
  AccessTokenSchema,
  AccountSchema,
  RoleGrantSchema,
];
