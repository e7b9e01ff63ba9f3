// Type-graphql's decorators need it before any of them runs.
import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import type { ApolloServer } from '@apollo/server';
import type { EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { ClassType } from 'type-graphql';
import { migrations } from '../migrations/index.ts';
import { Authenticator } from './access/authenticator.ts';
import { type OidcOptions, People } from './access/people.ts';
import { ANONYMOUS, SYSTEM } from './access/viewer.ts';
import type { Clock } from './clock.ts';
import { canceller } from './database/cancel.ts';
import { EmbeddedNotices, ServerNotices } from './database/notices.ts';
import { isEmbedded, openOrm } from './database/orm.ts';
import { UnitOfWork } from './database/unit-of-work.ts';
import { entities } from './entities.ts';
import { DataSharingResolver } from './federations/agreement.resolver.ts';
import { FederationResolver } from './federations/federation.resolver.ts';
import {
  AgreementService,
  FederationService,
  federationsRoom,
  leavingMemberships,
  recordMemberships,
} from './federations/index.ts';
import type { HubContext } from './graphql/context.ts';
import { NodeResolver } from './graphql/node.resolver.ts';
import { buildHubSchema, resolverOf } from './graphql/schema.ts';
import { ViewerResolver } from './graphql/viewer.resolver.ts';
import { createServer } from './http/server.ts';
import { AccountResolver, RoleGrantResolver } from './identity/account.resolver.ts';
import { ClientResolver } from './identity/client.resolver.ts';
import {
  AccountService,
  ClientService,
  CredentialService,
  identityRoom,
  RoleService,
  TokenService,
} from './identity/index.ts';
import { createLimits, type LimitOptions, limitsRoom, RateLimitService } from './limits/index.ts';
import { Live } from './live/index.ts';
import {
  leavingUsage,
  metricsResolvers,
  metricsRoom,
  ReleaseService,
  type ReleaseTerms,
  type RollupCheck,
  rebuildRollups,
  registerMetrics,
  soundDefinitions,
  UsageEntryResolver,
  UsageService,
  usageWideMetrics,
  verifyRollups,
} from './metrics/index.ts';
import { ClosingResolver } from './partners/closing.resolver.ts';
import { ClosingService, PartnerService, partnersRoom } from './partners/index.ts';
import { PartnerResolver } from './partners/partner.resolver.ts';
import { Bindings, Reader, readThroughSql } from './read/index.ts';
import { referenceRoom } from './reference/index.ts';
import { RiskAnalysisResolver } from './services/advice/analyses/analysis.resolver.ts';
import { TargetGroupResolver } from './services/advice/analyses/target-group.resolver.ts';
import {
  AdviceRequestService,
  AttendanceService,
  adviceRoom,
  MandateService,
  PreventionMeasureService,
  RegistrationService,
  ResourceService,
  RiskAnalysisService,
  SessionCalendars,
  SessionService,
  TargetGroupService,
} from './services/advice/index.ts';
import { MandateResolver } from './services/advice/mandates/mandate.resolver.ts';
import { PreventionMeasureResolver } from './services/advice/plans/measure.resolver.ts';
import { AdviceRequestResolver } from './services/advice/requests/request.resolver.ts';
import { ResourceResolver } from './services/advice/resources/resource.resolver.ts';
import { RegistrationResolver } from './services/advice/sessions/registration.resolver.ts';
import { SessionResolver } from './services/advice/sessions/session.resolver.ts';
import { diversityRoom } from './services/diversity/index.ts';
import { AccountsResolver, BillingRuleResolver } from './services/employer-group/billing/billing.resolver.ts';
import { InvoiceResolver } from './services/employer-group/billing/invoice.resolver.ts';
import {
  AccountsService,
  BillingRuleService,
  DisputeService,
  employerGroupRoom,
  InvoiceService,
  leavingPlacements,
  PlacementCalendar,
  PlacementService,
  PlanningService,
  StaffService,
  TimesheetService,
} from './services/employer-group/index.ts';
import { DisputeResolver } from './services/employer-group/placement/dispute.resolver.ts';
import { PlacementResolver } from './services/employer-group/placement/placement.resolver.ts';
import { TimesheetResolver } from './services/employer-group/placement/timesheet.resolver.ts';
import { PlanningResolver } from './services/employer-group/planning/planning.resolver.ts';
import { StaffResolver } from './services/employer-group/staff/staff.resolver.ts';
import { MeasureResolver, VisitResolver } from './services/energy/advice/advice.resolver.ts';
import { FactorResolver } from './services/energy/analysis/factor.resolver.ts';
import { BuildingSavingsResolver, SavingsResolver } from './services/energy/analysis/savings.resolver.ts';
import { BuildingResolver, MeterResolver } from './services/energy/building.resolver.ts';
import {
  BuildingService,
  type DegreeDaysImport,
  energyRoom,
  FactorService,
  type ImportedReadings,
  importDegreeDaysFile,
  importReadingsFile,
  leavingEnergy,
  MeasureService,
  MeterService,
  ReadingService,
  type ReadingsImport,
  type ReportLines,
  SavingsService,
  type Sufficiency,
  USUAL,
  VisitService,
} from './services/energy/index.ts';
import { MeterReadingResolver } from './services/energy/readings/reading.resolver.ts';
import { EnrolmentResolver } from './services/enrolment.resolver.ts';
import { CatalogueService, EnrolmentService, leavingEnrolments, servicesRoom } from './services/index.ts';
import { otherRoom } from './services/other/index.ts';
import { preventionRoom } from './services/prevention/index.ts';
import { AgreementResolver } from './services/purchasing/agreement.resolver.ts';
import { CatalogueResolver } from './services/purchasing/catalogue.resolver.ts';
import {
  importOcdsFile,
  leavingOrders,
  OcdsPublication,
  type OcdsReport,
  OFFICE_HOURS,
  OfferService,
  OrderPassing,
  OrderPlacing,
  OrderService,
  OverdueOrders,
  ProductService,
  purchasingRoom,
  VoiceService,
  type WorkingHours,
} from './services/purchasing/index.ts';
import { OrderResolver } from './services/purchasing/order.resolver.ts';
import { VoiceResolver } from './services/purchasing/voice.resolver.ts';
import { SharedServiceResolver } from './services/service.resolver.ts';
import { keepTrail, PartnerRecords, Retention, trailRoom } from './trail/index.ts';

export type { DegreeDaysImport, ReadingsImport };

/** One line for each kind of service. */
const services = servicesRoom([
  energyRoom,
  diversityRoom,
  preventionRoom,
  employerGroupRoom,
  purchasingRoom,
  otherRoom,
]);

const rooms = [
  limitsRoom,
  referenceRoom,
  partnersRoom,
  federationsRoom,
  services,
  adviceRoom,
  metricsRoom,
  trailRoom,
  identityRoom,
];

/** Who is asked when a partner leaves. */
const leaving = [
  leavingOrders,
  leavingEnergy,
  leavingPlacements,
  leavingUsage,
  leavingEnrolments,
  leavingMemberships,
];

/** How the entities of all rooms appear in the schema, and who sees their rows. */
export const bindings = rooms.flatMap((room) => room.bindings);

/** Every metric of the hub. */
export const metricDefinitions = soundDefinitions([...usageWideMetrics, ...services.metrics]);
registerMetrics(metricDefinitions);

/** What a hub is started with. */
export interface HubOptions {
  /** None where the administrator's token is switched off. */
  adminToken: string | undefined;
  /** The identity provider that people sign in with, if any. */
  oidc?: OidcOptions | undefined;
  mode: 'demonstration' | 'operation';
  logLevel: string;
  /** Whether read statements that come again are prepared on their connections. */
  prepared: boolean;
  /** Where the database's notices are listened to, where that is not the address of the pool. */
  listenUrl?: string | undefined;
  /** What principals are limited to; nothing without. */
  limits?: LimitOptions | undefined;
  /** Proxies before the hub whose word on the client's address is taken. */
  proxies?: number | undefined;
  clock?: Clock;
  /** When suppliers and buyers are expected to answer; office hours without. */
  workingHours?: WorkingHours | undefined;
  /** When a baseline of energy is good enough; as IPMVP has it without. */
  sufficiency?: Sufficiency | undefined;
}

/** A hub in one process, not yet listening. */
export interface Hub {
  orm: MikroORM;
  schema: GraphQLSchema;
  http: FastifyInstance;
  apollo: ApolloServer<HubContext>;
  live: Live;
  close(): Promise<void>;
}

/** The schema and what its resolvers need of a hub; with no hub, the schema alone, to print it. */
export function composeSchema(
  unitOfWork: UnitOfWork,
  mode: HubOptions['mode'],
  clock: Clock,
  /** Told when who may do what has changed. */
  onAccessChange: () => void = () => undefined,
  workingHours: WorkingHours = OFFICE_HOURS,
  sufficiency: Sufficiency = USUAL,
): GraphQLSchema {
  const metrics = {
    definitions: new Map(metricDefinitions.map((definition) => [definition.key, definition])),
    // What a demonstration shows is made up, and shown.
    hasReleases: mode === 'operation',
  };
  const passing = new OrderPassing(workingHours);
  const savings = new SavingsService(unitOfWork, sufficiency);
  const instances = new Map<ClassType, object>([
    [ViewerResolver, new ViewerResolver(mode === 'demonstration')],
    [PartnerResolver, new PartnerResolver(new PartnerService(unitOfWork, recordMemberships))],
    [DataSharingResolver, new DataSharingResolver(new AgreementService(unitOfWork, clock))],
    [ClosingResolver, new ClosingResolver(new ClosingService(unitOfWork, leaving, clock))],
    [FederationResolver, new FederationResolver(new FederationService(unitOfWork))],
    [SharedServiceResolver, new SharedServiceResolver(new CatalogueService(unitOfWork))],
    [EnrolmentResolver, new EnrolmentResolver(new EnrolmentService(unitOfWork, clock))],
    [AgreementResolver, new AgreementResolver(new OfferService(unitOfWork))],
    [CatalogueResolver, new CatalogueResolver(new ProductService(unitOfWork))],
    [VoiceResolver, new VoiceResolver(new VoiceService(unitOfWork, clock))],
    [
      OrderResolver,
      new OrderResolver(
        new OrderPlacing(unitOfWork, clock, workingHours, passing),
        new OrderService(unitOfWork, clock, passing),
      ),
    ],
    [BuildingResolver, new BuildingResolver(new BuildingService(unitOfWork, clock))],
    [MeterResolver, new MeterResolver(new MeterService(unitOfWork))],
    [VisitResolver, new VisitResolver(new VisitService(unitOfWork, clock))],
    [MeasureResolver, new MeasureResolver(new MeasureService(unitOfWork, clock))],
    [PlanningResolver, new PlanningResolver(new PlanningService(unitOfWork, clock))],
    [PlacementResolver, new PlacementResolver(new PlacementService(unitOfWork, clock))],
    [DisputeResolver, new DisputeResolver(new DisputeService(unitOfWork, clock))],
    [TimesheetResolver, new TimesheetResolver(new TimesheetService(unitOfWork, clock))],
    [AccountsResolver, new AccountsResolver(new AccountsService(unitOfWork, clock))],
    [BillingRuleResolver, new BillingRuleResolver(new BillingRuleService(unitOfWork))],
    [InvoiceResolver, new InvoiceResolver(new InvoiceService(unitOfWork, clock))],
    [StaffResolver, new StaffResolver(new StaffService(unitOfWork))],
    [
      SessionResolver,
      new SessionResolver(new SessionService(unitOfWork, clock), new AttendanceService(unitOfWork)),
    ],
    [RiskAnalysisResolver, new RiskAnalysisResolver(new RiskAnalysisService(unitOfWork, clock))],
    [
      PreventionMeasureResolver,
      new PreventionMeasureResolver(new PreventionMeasureService(unitOfWork, clock)),
    ],
    [TargetGroupResolver, new TargetGroupResolver(new TargetGroupService(unitOfWork, clock))],
    [AdviceRequestResolver, new AdviceRequestResolver(new AdviceRequestService(unitOfWork, clock))],
    [MandateResolver, new MandateResolver(new MandateService(unitOfWork, clock))],
    [ResourceResolver, new ResourceResolver(new ResourceService(unitOfWork, clock))],
    [RegistrationResolver, new RegistrationResolver(new RegistrationService(unitOfWork, clock))],
    [FactorResolver, new FactorResolver(new FactorService(unitOfWork))],
    [SavingsResolver, new SavingsResolver(savings)],
    [BuildingSavingsResolver, new BuildingSavingsResolver(savings)],
    [MeterReadingResolver, new MeterReadingResolver(new ReadingService(unitOfWork, clock))],
    [UsageEntryResolver, new UsageEntryResolver(new UsageService(unitOfWork, metricDefinitions, clock))],
    [
      ClientResolver,
      new ClientResolver(
        new ClientService(unitOfWork, clock, onAccessChange),
        new TokenService(unitOfWork, clock, onAccessChange),
      ),
    ],
    [AccountResolver, new AccountResolver(new AccountService(unitOfWork, clock, onAccessChange))],
    [RoleGrantResolver, new RoleGrantResolver(new RoleService(unitOfWork, clock, onAccessChange))],
    ...metricsResolvers.map((Resolver): [ClassType, object] => [Resolver, new Resolver(metrics)]),
  ]);
  return buildHubSchema({
    resolvers: [
      ViewerResolver,
      NodeResolver,
      ...rooms.flatMap<unknown>((room) => room.resolvers),
    ] as ClassType[],
    types: services.types,
    instances,
  });
}

/** The ORM over all entities and migrations of the hub: to serve requests, or to prepare the database. */
export function openHubOrm(
  databaseUrl: string,
  poolSize: number,
  as: 'app' | 'owner',
  statementSeconds?: number,
): Promise<MikroORM> {
  return openOrm({
    url: databaseUrl,
    poolSize,
    as,
    statementSeconds,
    entities: entities as unknown as EntitySchema[],
    migrations,
  });
}

/** Puts a hub together on a database that is migrated; closing the hub leaves the database to its opener. */
export async function createHub(orm: MikroORM, options: HubOptions): Promise<Hub> {
  const clock = options.clock ?? (() => new Date());
  const unitOfWork = new UnitOfWork(orm, keepTrail);
  const authenticator = new Authenticator({
    adminToken: options.adminToken,
    credentials: new CredentialService(unitOfWork),
    people: options.oidc && new People(options.oidc),
    clock,
    onTrouble: (error) => http.log.error(error),
  });
  const schema = composeSchema(
    unitOfWork,
    options.mode,
    clock,
    () => authenticator.forget(),
    options.workingHours,
    options.sufficiency,
  );
  const limits =
    options.limits &&
    createLimits(options.limits, {
      clock,
      // The embedded database has one process, and one session that has other things to do.
      service: isEmbedded(orm) ? undefined : new RateLimitService(unitOfWork),
      warn: (message) => http.log.warn(message),
    });
  const pool = () => orm.em.getConnection().getNativeClient();
  const url = orm.config.get('clientUrl') as string;
  const reader = new Reader({
    pool,
    prepared: options.prepared,
    // The embedded database has one session: there is no other one to end its statement from.
    // A pooler's connections are not those that run the statements.
    cancel: isEmbedded(orm) || !options.prepared ? undefined : canceller(url),
  });
  const executor = readThroughSql(schema, {
    bindings: new Bindings(bindings, orm.getMetadata(), { holdsSynthetic: options.mode === 'demonstration' }),
    reader,
    resolverOf,
  });
  const live = new Live({
    notices: isEmbedded(orm)
      ? new EmbeddedNotices(pool)
      : new ServerNotices(options.listenUrl ?? url, { warn: (message) => http.log.warn(message) }),
    ask: (question, viewer) => reader.ask(question, viewer),
    onTrouble: (error) => http.log.error(error),
  });
  const { http, apollo } = await createServer({
    schema,
    executor,
    live,
    authenticator,
    readiness: () => readiness(orm),
    records: new PartnerRecords(unitOfWork, clock),
    publication: new OcdsPublication((question) => reader.ask(question, ANONYMOUS)),
    calendars: {
      placements: new PlacementCalendar((question) => reader.ask(question, SYSTEM)),
      sessions: new SessionCalendars((question) => reader.ask(question, ANONYMOUS)),
    },
    graphiqlDir: fileURLToPath(new URL('../graphiql/', import.meta.url)),
    logLevel: options.logLevel,
    limits,
    proxies: options.proxies,
  });
  return {
    orm,
    schema,
    http,
    apollo,
    live,
    async close() {
      await live.close();
      await http.close();
      await apollo.stop();
      await limits?.stop();
      await authenticator.settled();
    },
  };
}

/** What releases the cells of months that are over. */
export function releasesOf(
  orm: MikroORM,
  terms: ReleaseTerms,
  clock: Clock = () => new Date(),
): ReleaseService {
  return new ReleaseService(new UnitOfWork(orm), metricDefinitions, terms, clock);
}

/** Compares the rollups of usage with their entries; as the database's owner. */
export const verifyUsageRollups = (orm: MikroORM): Promise<RollupCheck> => verifyRollups(orm.em.fork());

/** Counts the rollups of usage from the entries anew; as the database's owner. */
export const rebuildUsageRollups = (orm: MikroORM): Promise<void> => rebuildRollups(orm.em.fork());

/** What erases records whose time is over. */
export function retentionOf(orm: MikroORM, partnerYears: number, clock: Clock = () => new Date()): Retention {
  return new Retention(new UnitOfWork(orm, keepTrail), { partnerYears }, clock);
}

/** Imports a file of OCDS releases; as the database's owner. */
export function importOcds(
  orm: MikroORM,
  of: { file: string; service?: string | undefined; frameworks?: readonly string[] | undefined },
  report: OcdsReport,
): ReturnType<typeof importOcdsFile> {
  return importOcdsFile(new UnitOfWork(orm, keepTrail), of, report);
}

/** Imports the readings of a CSV file; as the database's owner. */
export function importReadings(
  orm: MikroORM,
  of: ReadingsImport,
  report: ReportLines,
): Promise<ImportedReadings> {
  return importReadingsFile(new UnitOfWork(orm, keepTrail), of, report);
}

/** Imports the degree days of a CSV file; as the database's owner. */
export function importDegreeDays(orm: MikroORM, of: DegreeDaysImport, report: ReportLines): Promise<number> {
  return importDegreeDaysFile(new UnitOfWork(orm, keepTrail), of, report);
}

/** What passes on the orders that nobody has answered in time. */
export function overdueOrdersOf(
  orm: MikroORM,
  workingHours: WorkingHours = OFFICE_HOURS,
  clock: Clock = () => new Date(),
): OverdueOrders {
  return new OverdueOrders(new UnitOfWork(orm, keepTrail), clock, new OrderPassing(workingHours));
}

/** Longest wait for the database before the hub calls itself not ready. */
const READY_WITHIN_MS = 3000;

async function readiness(orm: MikroORM): Promise<{ ready: boolean; reason?: string }> {
  const noAnswer = { ready: false, reason: 'the database does not answer' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof noAnswer>((resolve) => {
    timer = setTimeout(resolve, READY_WITHIN_MS, noAnswer);
  });
  const asked = orm.migrator.getPending().then(
    (pending) =>
      pending.length === 0
        ? { ready: true }
        : { ready: false, reason: `${pending.length} migrations are pending: run "npm run hub -- migrate"` },
    () => noAnswer,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
