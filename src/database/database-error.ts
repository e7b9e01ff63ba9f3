import { type DomainError, ForbiddenError, NotFoundError, UserError } from '../errors.ts';

/**
 * What a violated rule of the database means to a user. The services check before they write; these are for
 * two requests that arrive together, and for what a service forgot.
 */
const BY_CONSTRAINT: Record<string, [code: string, message: string, field?: string]> = {
  partner_enterprise_number_unique: [
    'ENTERPRISE_NUMBER_TAKEN',
    'A partner with this enterprise number exists already: update that one.',
    'enterpriseNumber',
  ],
  partner_enterprise_number: [
    'INVALID_ENTERPRISE_NUMBER',
    'The last two digits must be 97 − (first eight mod 97). Check the number for a typing error.',
    'enterpriseNumber',
  ],
  partner_slug_unique: ['SLUG_TAKEN', 'Another partner has this slug: choose another one.', 'slug'],
  federation_slug_unique: ['SLUG_TAKEN', 'Another federation has this slug: choose another one.', 'slug'],
  provider_slug_unique: ['SLUG_TAKEN', 'Another provider has this slug: choose another one.', 'slug'],
  shared_service_slug_unique: ['SLUG_TAKEN', 'Another service has this slug: choose another one.', 'slug'],
  population_slug_unique: ['SLUG_TAKEN', 'Another population has this slug: choose another one.', 'slug'],
  enrolment_no_overlap: [
    'ENROLMENT_OVERLAPS',
    'The partner has an enrolment in this service for that time already: end it first.',
  ],
  membership_no_overlap: [
    'MEMBERSHIP_OVERLAPS',
    'The partner is a member of this federation for that time already.',
  ],
  recognition_no_overlap: [
    'RECOGNITION_OVERLAPS',
    'The partner holds this recognition for that time already.',
  ],
  usage_entry_reference_unique: [
    'EXTERNAL_REFERENCE_REUSED',
    'This source reported an entry under this reference at the same moment: send the request again.',
    'externalReference',
  ],
  usage_entry_reversed_once: ['ALREADY_REVERSED', 'This entry was reversed before.', 'reverses'],
  supplier_enterprise_number_unique: [
    'ENTERPRISE_NUMBER_TAKEN',
    'A supplier of this service has this enterprise number already: use that one.',
    'enterpriseNumber',
  ],
  supplier_identifier_unique: [
    'IDENTIFIER_TAKEN',
    'A supplier of this service has this identifier already: use that one.',
    'identifier',
  ],
  supplier_enterprise_number: [
    'INVALID_ENTERPRISE_NUMBER',
    'The last two digits must be 97 − (first eight mod 97). Check the number for a typing error.',
    'enterpriseNumber',
  ],
  framework_agreement_ocid_unique: [
    'OCID_TAKEN',
    'Another agreement has this open contracting id: choose another one.',
    'ocid',
  ],
  cascade_rank_one_price: [
    'PRICE_OVERLAPS',
    'At this rank the product has a price for that time already: end it first, by giving it again with `validUntil`.',
  ],
  cascade_rank_one_supplier: [
    'RANK_TAKEN',
    'This rank is another supplier’s in the lot for that time: within a lot a rank has one supplier.',
  ],
  cascade_rank_one_rank: [
    'RANK_TAKEN',
    'This supplier has another rank in the lot for that time: within a lot a supplier has one rank.',
  ],
  spend_account_ceiling: [
    'CEILING_PASSED',
    'The order would pass what may still be ordered of this lot, or under its agreement: order less.',
    'lines',
  ],
  placement_answers_once: [
    'REQUEST_ANSWERED',
    'Another placement answers the request already: cancel that one, or propose this one without the request.',
    'request',
  ],
  target_group_name: [
    'NAME_TAKEN',
    'The analysis has a group of this name already: choose another one.',
    'name',
  ],
  risk_analysis_step_once: ['STEP_OUT_OF_ORDER', 'Somebody took this step at the same moment.', 'step'],
  session_registration_once: [
    'ALREADY_REGISTERED',
    'The partner has seats in this session already: cancel that registration to take others.',
    'partner',
  ],
  adviser_mandate_no_overlap: [
    'MANDATE_OVERLAPS',
    'There is a mandate of this reference for that time: end it first.',
    'validFrom',
  ],
  toolbox_access_no_overlap: [
    'ACCESS_HELD',
    'The partner has access for that time already: withdraw it first.',
    'grantedOn',
  ],
  advice_session_seats: [
    'CAPACITY_BELOW_SEATS',
    'More seats are taken than that: the session keeps at least as many.',
    'capacity',
  ],
  building_name_unique: [
    'NAME_TAKEN',
    'The partner has a building of this name in the service already: choose another one.',
    'name',
  ],
  meter_reference_unique: [
    'REFERENCE_TAKEN',
    'The partner has a meter of this reference in the service already: use that one.',
    'reference',
  ],
  meter_reading_pkey: [
    'READING_OVERLAPS',
    'A reading of this meter begins at the same instant: send it as a correction to take its place.',
    'readings',
  ],
  energy_visit_open_once: [
    'VISIT_OPEN',
    'A visit of this building is asked for already: plan or cancel that one.',
    'building',
  ],
  energy_factor_no_overlap: [
    'FACTOR_OVERLAPS',
    'There is a factor of this kind for that time already: end it first, or begin on another day.',
    'validFrom',
  ],
  savings_result_counts_once: [
    'SAVINGS_RECORDED_MEANWHILE',
    'Somebody recorded savings of this meter at the same moment: look at them, and send the request again.',
    'meters',
  ],
  legal_parameter_no_overlap: [
    'PARAMETER_OVERLAPS',
    'The law has a number of this kind for that time already: end it first, or begin on another day.',
    'validFrom',
  ],
  employer_group_service_id_unique: [
    'GROUP_EXISTS',
    'The service has its employer group already.',
    'service',
  ],
  shared_worker_no_overlap: [
    'REFERENCE_TAKEN',
    'This reference has a contract for that time already: end it first, or use another reference.',
    'reference',
  ],
  cost_sheet_once: [
    'COST_SHEET_MEANWHILE',
    'Somebody wrote this cost sheet at the same moment: look at it, and send yours again.',
    'year',
  ],
  labour_dispute_no_overlap: [
    'DISPUTE_OVERLAPS',
    'A labour dispute of that time is known already.',
    'startedOn',
  ],
  billing_rule_no_overlap: [
    'BILLING_RULE_OVERLAPS',
    'The member has a billing rule for that time already: end it first.',
    'validFrom',
  ],
  timesheet_once: [
    'TIMESHEET_MEANWHILE',
    'Somebody wrote this timesheet at the same moment: look at it, and send yours again.',
    'week',
  ],
  invoice_run_once: [
    'RUN_MEANWHILE',
    'Somebody ran these invoices at the same moment: look at them.',
    'period',
  ],
  invoice_credited_once: ['ALREADY_CREDITED', 'This invoice was credited before.', 'invoice'],
  group_debt_once: ['DEBT_RECORDED', 'Debts of that day are recorded already.', 'asOf'],
  enrolment_dates_in_order: [
    'DATES_OUT_OF_ORDER',
    'An enrolment is requested, then active, then ended: put the dates in that order.',
  ],
};

const BY_STATE: Record<string, [code: string, message: string, field?: string]> = {
  '22021': ['TEXT_INVALID', 'A text cannot contain the character NUL.'],
  '22003': ['INVALID_AMOUNT', 'A number, or a sum that it becomes part of, has more digits than are kept.'],
  MH002: [
    'SYNTHETIC_REFUSED',
    'This hub is in operation and takes no synthetic records: leave `provenance` out.',
    'provenance',
  ],
  MH003: ['PROVENANCE_FIXED', 'The provenance of a record does not change.', 'provenance'],
  MH010: ['METRIC_NOT_REPORTED', 'This metric is computed by the hub; nothing is reported for it.', 'metric'],
  MH011: [
    'METRIC_OF_OTHER_KIND',
    'This metric does not belong to the kind of this service: see `metricDefinitions`.',
    'metric',
  ],
  MH012: [
    'ENROLMENT_REQUIRED',
    'This metric counts enrolled partners only, and the partner was not enrolled in the service on that day.',
    'partner',
  ],
  MH013: [
    'ENROLMENT_REQUIRED',
    'The enrolment does not hold on that day: check the date, or the enrolment.',
    'occurredOn',
  ],
  MH014: [
    'QUANTITY_NOT_WHOLE',
    'This metric counts whole things: give a quantity without decimals.',
    'quantity',
  ],
  MH015: [
    'QUANTITY_NEGATIVE',
    'This metric is never negative. To take an entry back, report one with `reverses`.',
    'quantity',
  ],
  MH016: ['REVERSAL_MISMATCH', 'A reversal takes back a whole entry that is itself no reversal.', 'reverses'],
  MH017: [
    'COUNTED_BY_HUB',
    'The hub counted that entry itself, from an order: it stands as long as the order does.',
    'reverses',
  ],
  MH018: ['INVALID_SOURCE', 'The source `hub` is the hub’s own: name your own tool.', 'source'],
  MH030: [
    'TOO_MANY_CELLS',
    'This question has more than 2,000 cells: ask for fewer dimensions, a coarser granularity or a shorter period.',
    'groupBy',
  ],
  MH070: [
    'ENROLMENT_REQUIRED',
    'The partner is not enrolled in this purchasing service on the day of the order.',
    'partner',
  ],
  MH071: ['AGREEMENT_NOT_IN_FORCE', 'The agreement is not in force on the day of the order.', 'lot'],
  MH072: [
    'AUTHORITY_NOT_ELIGIBLE',
    'This agreement is for organisations that other authorities recognise.',
    'partner',
  ],
  MH073: ['BUYER_CATEGORY_NOT_ELIGIBLE', 'This agreement is for buyers of other categories.', 'partner'],
  MH074: ['PRODUCT_NOT_ORDERABLE', 'A product is not on offer in this lot.', 'lines'],
  MH075: ['CERTIFICATION_NOT_VALID', 'The certificate of a product does not hold.', 'lines'],
  MH076: ['QUANTITY_NOT_IN_SALE_UNITS', 'A quantity is no multiple of its product’s sale unit.', 'lines'],
  MH077: ['PRICE_NOT_IN_FORCE', 'A price has changed meanwhile: send the order again.', 'lines'],
  MH078: ['WRONG_STATE', 'The order does not take this step: look at its state.', 'order'],
  MH079: [
    'PRICE_NOT_IN_FORCE',
    'The lines of the order and its totals have changed meanwhile: send it again.',
    'lines',
  ],
  MH080: [
    'NOT_OF_THIS_SERVICE',
    'The records belong to different purchasing services, or are parts of something else.',
  ],
  MH081: ['CEILING_BELOW_SPEND', 'More than that was ordered already: give a higher amount.', 'ceiling'],
  MH083: [
    'CURRENCY_NOT_EURO',
    'Prices are in euro, and the limits of this agreement are in another currency.',
    'currency',
  ],
  MH082: [
    'PRICE_FIXED',
    'Orders were placed at this price, and it changes in nothing but its end: give a new one from a later day on.',
  ],
  MH088: [
    'DELIVERY_NOT_DUE',
    'The order is in time still: close it when its last day of delivery is over, or ask the service’s staff.',
    'order',
  ],
  MH090: ['NOT_FOUND', 'There is no such meter, or you may not see it.', 'readings'],
  MH091: [
    'READING_OVERLAPS',
    'Readings of this meter overlap: send a correction, which takes the place of whole readings.',
    'readings',
  ],
  MH092: [
    'FACTOR_FIXED',
    'A factor changes in nothing but its end: give the new one from another day on.',
    'validFrom',
  ],
  MH093: ['WRONG_STATE', 'The visit does not take this step: look at its state.', 'visit'],
  MH094: ['WRONG_STATE', 'The measure does not take this step: look at its state.', 'measure'],
  MH095: ['METER_FIXED', 'A meter that has readings counts what it counted: make another one.', 'id'],
  MH096: ['BUILDING_FIXED', 'A building stays with its partner and service: make another one.', 'id'],
  MH097: ['NOT_OF_THIS_SERVICE', 'The records belong to different energy services.', 'building'],
  MH100: ['NOT_EMPLOYER_GROUP', 'The service has no employer group: set it up first.', 'service'],
  MH101: [
    'CONTRACT_HOURS_TOO_FEW',
    'A contract has fewer hours a week than the law asks: see `legalParameters` for MIN_CONTRACT_HOURS.',
    'contractHours',
  ],
  MH102: [
    'WORKER_LIMIT_REACHED',
    'The group would employ more workers on one day than the law allows: see `legalParameters` for MAX_WORKERS.',
    'employedFrom',
  ],
  MH103: [
    'CONTRACT_FIXED',
    'A contract changes in nothing but its end: end it, and engage the same reference anew.',
    'id',
  ],
  MH104: [
    'PLACED_AFTER_END',
    'The worker is placed, or has worked, after that day: give a later one, or end the placements first.',
  ],
  MH105: [
    'PLACEMENT_FIXED',
    'A placement, a dispute or a timesheet changes in nothing but its end or its hours: make another one.',
    'id',
  ],
  MH106: ['WRONG_STATE', 'The placement does not take this step: look at its state.', 'id'],
  MH107: ['NOT_OF_THIS_SERVICE', 'The records belong to different employer groups or workers.', 'worker'],
  MH108: ['OUTSIDE_CONTRACT', 'The worker is not employed for all of that time.', 'startsOn'],
  MH109: [
    'MEMBERS_ONLY',
    'A worker is placed with members of the group alone: the partner is not enrolled for all of that time.',
    'partner',
  ],
  MH110: [
    'CONTRACT_HOURS_EXCEEDED',
    'Placements of the worker would come to more hours in a week than the contract has: place fewer, or later.',
    'weeklyHours',
  ],
  MH111: [
    'WORKER_DEDICATED',
    'The worker is dedicated to one member at a time, and another one has it then.',
    'worker',
  ],
  MH112: ['GROUP_NOT_AUTHORISED', 'The group’s authorisation does not hold for that time.', 'startsOn'],
  MH113: [
    'TIMESHEET_INVOICED',
    'A timesheet that is invoiced does not change: credit the invoice, and settle the year.',
    'timesheet',
  ],
  MH114: ['WRONG_STATE', 'The timesheet does not take this step: look at its state.', 'timesheet'],
  MH115: [
    'LABOUR_DISPUTE',
    'The member is in a labour dispute then: nobody is placed there, and no hours are worked.',
    'partner',
  ],
  MH116: [
    'WEEK_TOO_LONG',
    'The worker would have worked more hours in that week than the law allows: see `legalParameters` for MAX_HOURS_WORKED.',
    'hours',
  ],
  MH117: [
    'BILLING_RULE_FIXED',
    'A billing rule changes in nothing but its end: end it, and give the new one from that day on.',
    'id',
  ],
  MH118: [
    'PERIOD_INVOICED',
    'The member was invoiced for days after that: begin or end the rule later.',
    'validFrom',
  ],
  MH119: ['INVOICE_FIXED', 'What is invoiced or booked does not change: write a credit note.', 'invoice'],
  MH120: ['INVOICE_DOES_NOT_ADD_UP', 'The lines of an invoice come to its amount.', 'invoice'],
  MH121: [
    'YEAR_SETTLED',
    'That year is settled: its hours, costs and provisions stand as they were settled.',
    'year',
  ],
  MH125: [
    'PLACEMENT_LENGTHENED',
    'A placement ends earlier, and never later than the member agreed to: propose another one from that day on.',
    'endsOn',
  ],
  MH126: [
    'HOURS_WORKED',
    'Hours were worked under the placement: give it an end with endPlacement.',
    'placement',
  ],
  MH127: [
    'HOURS_WORKED',
    'Hours are recorded of a week that would lie in the dispute: have them given back and written anew first.',
    'startedOn',
  ],
  MH128: [
    'COST_BELOW_ZERO',
    'A worker would cost less than nothing: a SUBSIDY comes to its other components at most.',
    'components',
  ],
  MH122: ['PROVISION_EXCEEDED', 'More would be used than was put aside.', 'amount'],
  MH123: [
    'PLACEMENTS_OPEN',
    'Workers are placed with the member after that day: end the placements first.',
    'id',
  ],
  MH124: ['NOT_PLACED', 'The worker is not placed with the member in that week.', 'week'],
  MH130: ['SESSION_CANCELLED', 'The session is cancelled: it no longer changes.', 'session'],
  MH131: ['REGISTRATION_CLOSED', 'The time to register is over: see `registrationUntil`.', 'session'],
  MH132: ['SESSION_FULL', 'Not so many seats are free: see `freeSeats`.', 'seats'],
  MH133: [
    'SESSION_FIXED',
    'Of what a session is made of, this does not change: cancel it, and make another one.',
  ],
  MH134: ['SESSION_BEGUN', 'The session has begun: seats are no longer given back.', 'registration'],
  MH135: ['SESSION_NOT_BEGUN', 'The session has not begun: count who came when they are there.', 'session'],
  MH136: ['SESSION_HELD', 'The session was held, and who came is recorded: it stays on its day.', 'session'],
  MH137: [
    'MORE_ANSWERS_THAN_PEOPLE',
    'There would be more answers than people who came: record who came first.',
    'session',
  ],
  MH140: ['WRONG_STATE', 'The request does not take this step: look at its state.', 'request'],
  MH141: [
    'OUTSIDE_MANDATE',
    'The mandate does not hold on that day: see `validFrom` and `validUntil`.',
    'day',
  ],
  MH142: [
    'MANDATE_EXCEEDED',
    'The mandate has not so many hours left in that month: see `freeHours`.',
    'hours',
  ],
  MH143: [
    'MANDATE_FIXED',
    'A mandate changes in nothing but its end: end it, and give a new one.',
    'mandate',
  ],
  MH144: [
    'BOOKED_AFTER_END',
    'Hours are booked after that: cancel them first, or end it later.',
    'validUntil',
  ],
  MH145: ['WRONG_STATE', 'The booking was cancelled before.', 'booking'],
  MH160: [
    'STEP_OUT_OF_ORDER',
    'The analysis has come to another step meanwhile: look at its `step`, and take the next one.',
    'step',
  ],
  MH161: [
    'GROUP_TOO_SMALL',
    'The group has fewer people than its analysis asks: join it to another one.',
    'size',
  ],
  MH162: [
    'GROUPS_NOT_MET',
    'A target group has not met, or there is none: record it with saveGroupFindings.',
    'step',
  ],
  MH163: ['REPORT_NOT_APPROVED', 'A target group has not approved its report.', 'step'],
  MH164: ['LEVEL_NOT_HIGHER', 'A risk analysis goes deeper alone.', 'level'],
  MH165: [
    'ANALYSIS_FIXED',
    'What an analysis is of, the steps that it took and what its groups approved stand: open another one.',
    'analysis',
  ],
  MH166: ['DATES_OUT_OF_ORDER', 'Steps are in the sequence of their days.', 'doneOn'],
  MH170: [
    'WRONG_STATE',
    'The measure is done or dropped, or what it is of would change: plan another one.',
    'measure',
  ],
  MH171: ['PLAN_EMPTY', 'The action plan has no measure: add one with planPreventionMeasure.', 'step'],
  MH146: ['NOT_OF_THIS_SERVICE', 'The mandate and the request belong to one service.', 'request'],
  MH150: [
    'RESOURCE_FIXED',
    'Its service, its code and the day of an access stay, and editions go up.',
    'code',
  ],
  MH151: [
    'NOT_PUBLISHED',
    'The resource is not published on that day: see `publishedOn` and `withdrawnOn`.',
    'downloadedOn',
  ],
  MH152: [
    'ACCESS_MISSING',
    'The partner has no access to the toolbox on that day: the service grants it.',
    'partner',
  ],
  MH060: [
    'TOO_MANY_TOKENS',
    'Two tokens of this client are live: revoke one, or wait until the one that was replaced has ended.',
    'client',
  ],
  MH062: [
    'SANDBOX_ONLY_SYNTHETIC',
    'A sandbox client holds roles for partners and services whose provenance is SYNTHETIC alone.',
    'roles',
  ],
  MH084: [
    'ORDERS_OPEN',
    'Orders under this enrolment are open: cancel them, or have them delivered and closed first.',
    'id',
  ],
  MH085: [
    'ORDERS_OPEN',
    'Orders of the partner are open: cancel them, or have them delivered and closed first.',
    'partner',
  ],
  MH020: [
    'USAGE_AFTER_END',
    'Usage was reported for days after that date: end the enrolment later, or reverse those entries first.',
    'endedOn',
  ],
  MH050: [
    'PARTNER_CLOSED',
    'The partner has left: nothing is added or changed, and no use is reported from that day on.',
    'partner',
  ],
  MH051: [
    'USAGE_AFTER_END',
    'Usage was reported for days after that date: close the partner later, or reverse those entries first.',
    'closedOn',
  ],
};

/** What an error of the driver tells. */
interface RaisedError {
  code?: string;
  detail?: string;
  column?: string;
}

/** Our own rules may name the numbers behind a refusal, and another field than usual; what PostgreSQL itself says is not told. */
function toldBy({ code, detail }: RaisedError, message: string): string {
  return detail && code?.startsWith('MH') ? `${message} ${detail}` : message;
}

const columnOf = ({ code, column }: RaisedError): string | undefined =>
  code?.startsWith('MH') ? column : undefined;

/** The rule that a database error stands for; undefined when it is none of the hub's. */
export function constraintError(error: unknown): DomainError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, constraint, cause } = error as { code?: string; constraint?: string; cause?: unknown };
  const { message } = error as { message?: string };
  if (code === 'MH040') return new NotFoundError('A record that the filter names', message);
  if (code === 'MH055') {
    return new ForbiddenError(
      `Ordering by ${message} would tell what you may not see of every record: choose another order.`,
    );
  }
  if (code === 'MH056') {
    return new ForbiddenError(
      `\`${message}\` is for those who see every enrolment of the services: you would take what is hidden from you for absent.`,
    );
  }
  if (code === 'MH041') {
    const [field = '', codes = ''] = (message ?? '').split(': ');
    return new UserError(
      'UNKNOWN_CODE',
      `The hub knows no such code: ${codes}. The code lists are \`sectors\`, \`territories\` (NIS codes) and \`competentAuthorities\`.`,
      field,
    );
  }
  // Row security: what a service should have refused before.
  if (code === '42501' && /row-level security/.test(message ?? '')) {
    return new ForbiddenError('Your roles do not allow this: the database refused it.');
  }
  const known = (constraint ? BY_CONSTRAINT[constraint] : undefined) ?? (code ? BY_STATE[code] : undefined);
  if (known) return new UserError(known[0], toldBy(error, known[1]), columnOf(error) ?? known[2]);
  return cause && cause !== error ? constraintError(cause) : undefined;
}
