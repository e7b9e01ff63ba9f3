/** A column that holds personal data, and what the hub promises of it. */
export interface PersonalDataColumn {
  readonly table: string;
  readonly column: string;
  readonly purpose: string;
  readonly controller: string;
  /** ISO 8601 duration. */
  readonly retention: string;
  readonly erasure: string;
}

/** Days for which the outcome of a mutation is kept, so that it can be repeated safely. */
export const IDEMPOTENCY_DAYS = 30;

/** Days after its closing for which an account says whom it was. */
export const ACCOUNT_DAYS = 30;

/** Years for which the trail says who changed something. */
export const PRINCIPAL_YEARS = 3;

const OPERATOR = 'The operator of the hub';

const OUTCOME = {
  table: 'idempotency_record',
  purpose: 'A request that is repeated gets the same answer, and is carried out once.',
  controller: OPERATOR,
  retention: `P${IDEMPOTENCY_DAYS}D`,
  erasure: 'The retention deletes the row, counted from the request.',
};
/** Columns that name a principal: they say who it is for as long as the account does. */
const NAMES_AN_ACCOUNT = {
  controller: OPERATOR,
  retention: `P${ACCOUNT_DAYS}D`,
  erasure: 'It is the key of an account, and says nobody once the subject of that account is erased.',
};
const AGREEMENT = { table: 'data_sharing_agreement', ...NAMES_AN_ACCOUNT };

/** The register: every column that holds personal data. A test finds the columns that nobody has looked at. */
export const PERSONAL_DATA: readonly PersonalDataColumn[] = [
  { ...OUTCOME, column: 'principal' },
  { ...OUTCOME, column: 'outcome' },
  {
    table: 'audit_entry',
    column: 'principal',
    purpose: 'Who changed a record can be asked, and answered for.',
    controller: OPERATOR,
    retention: `P${PRINCIPAL_YEARS}Y`,
    erasure: 'The retention empties it, counted from the change; what was changed stays.',
  },
  {
    table: 'account',
    column: 'subject',
    purpose: 'A person who signs in with an identity provider is known again.',
    controller: OPERATOR,
    retention: `P${ACCOUNT_DAYS}D`,
    erasure: 'The retention replaces it and the issuer, counted from the closing of the account.',
  },
  {
    table: 'role_grant',
    column: 'granted_by',
    purpose: 'Who gave a role can be asked, and answered for.',
    ...NAMES_AN_ACCOUNT,
  },
  { ...AGREEMENT, column: 'granted_by', purpose: 'Who agreed for the partner can be shown.' },
  { ...AGREEMENT, column: 'revoked_by', purpose: 'Who took the agreement back can be shown.' },
  {
    table: 'rate_limit_use',
    column: 'principal',
    purpose: 'One principal does not use up what all share.',
    controller: OPERATOR,
    retention: 'P1D',
    erasure: 'The hub deletes the row, counted from the minute that it is about.',
  },
];

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const localised = (...texts: string[]): string =>
  texts.map((text) => ['fr', 'nl', 'en', 'de'].map((language) => `${text}_${language}`).join(' ')).join(' ');

/** Tables of code lists, definitions and the hub's own state: no column of theirs is about anybody. */
export const IMPERSONAL_TABLES: ReadonlySet<string> = new Set([
  'competent_authority',
  'degree_day',
  'energy_factor',
  'hub_migration',
  'hub_state',
  'legal_parameter',
  'metric_definition',
  'published_figure',
  'sector',
  'territory',
  'weather_station',
]);

/**
 * Columns that hold no personal data, by table: facts about organisations, and what the hub itself writes. A new
 * column is nowhere until somebody has decided.
 */
export const IMPERSONAL_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  agreement_authority: words('agreement_id authority_id'),
  access_token: words('id client_id prefix secret_hash scopes created_at expires_at last_used_on revoked_at'),
  account: words('id issuer held_for created_at closed_at'),
  audit_entry: words('id occurred_at mutation entity record partner_id action before after'),
  building:
    words(`partner_id id service_id name activity floor_area_m2 floor_area_band construction_year municipality_id
    followed_from followed_until provenance created_at version`),
  buyer_account: words('partner_id id service_id category provenance recorded_at'),
  cascade_rank: words(`id service_id lot_id product_id supplier_id rank unit_price vat_rate minimum_quantity
    valid_from valid_until provenance created_at`),
  client: words('id name held_for created_at is_sandbox closed_at'),
  data_sharing_agreement: words(
    'partner_id id federation_id purpose rooms valid_until granted_at revoked_at',
  ),
  delivery_line: words('partner_id id order_id event_id line_id quantity'),
  energy_measure:
    words(`partner_id id service_id building_id visit_id kind title carrier state proposed_on decided_on done_on
    dropped_on investment grant_asked grant_obtained estimated_kwh_year provenance created_at version`),
  energy_visit:
    words(`partner_id id service_id building_id state requested_on planned_for visited_on reported_on cancelled_on
    report_url conclusions provenance created_at version`),
  enrolment: words(
    'partner_id id service_id recognition_id status requested_on active_from ended_on provenance created_at version',
  ),
  enrolment_event: words('partner_id id enrolment_id status occurred_on recorded_at'),
  federation: words(`id slug ${localised('name', 'description')} website modelled_on provenance created_at`),
  framework_agreement:
    words(`id service_id ocid ${localised('title', 'description')} method status valid_from valid_until maximum_value
    currency buyer_categories answer_hours confirmation_hours consent_hours delivery_days provenance created_at`),
  funding: words('id service_id authority_id funder amount currency period_from period_until provenance'),
  idempotency_record: words('key mutation fingerprint created_at'),
  lot: words(`id service_id agreement_id local_id ${localised('title')} ceiling provenance created_at`),
  lot_award: words('lot_id supplier_id award_id'),
  membership: words('partner_id id federation_id valid_from valid_until provenance'),
  meter:
    words(`partner_id id service_id reference carrier unit is_tank index_digits station_id provenance created_at
    version`),
  meter_building: words('partner_id id service_id meter_id building_partner_id building_id provenance'),
  meter_month: words('partner_id meter_id month quantity coverage estimated'),
  meter_reading: words('partner_id meter_id starts_at ends_at quantity quality recorded_at'),
  ocds_process: words('agreement_id related_processes changed_at'),
  ocds_release: words('ocid release_id service_id made_at content imported_at'),
  order_event:
    words(`partner_id id order_id service_id position kind actor rank supplier_id reason excl_vat incl_vat
    occurred_at provenance recorded_at`),
  order_line: words(`partner_id id order_id position product_id quantity price_id unit_price vat_rate excl_vat
    delivered_quantity`),
  partner:
    words(`id slug enterprise_number ${localised('name', 'description')} legal_form sector_id municipality_id
    headcount size_band languages website closed_on provenance created_at updated_at version
    search_text search_vector ${localised('sort_name')}`),
  partner_profile: words(
    'partner_id valid_from valid_until sector_id size_band municipality_id region_code province_code recorded_on',
  ),
  population: words(`id slug ${localised('name', 'definition')} declared_count as_of source provenance`),
  population_member: words('population_id partner_id'),
  product:
    words(`id service_id lot_id code cpv unit sale_unit ${localised('title', 'description')} certification certified_from
    certified_until picture_url reference_price reference_price_source withdrawn_on provenance created_at search_text`),
  product_advice: words(`id service_id product_id grade ${localised('reasons')} given_on provenance`),
  product_remark: words('partner_id id service_id product_id rating text state provenance recorded_at'),
  provider: words(`id slug ${localised('name')} website modelled_on provenance created_at`),
  purchase_order:
    words(`partner_id id number service_id agreement_id lot_id enrolment_id buyer_reference price_limit state rank
    supplier_id placed_at priced_at answer_due_at confirmation_due_at delivery_due_on confirmed_at delivered_at closed_at
    total_excl_vat total_vat total_incl_vat delivered_excl_vat provenance created_at version`),
  rate_limit_use: words('minute spent hub'),
  recognition: words('partner_id id site_id authority_id sector_id valid_from valid_until provenance'),
  release: words('metric_key month released_at'),
  released_cell:
    words(`id audience_id metric_key granularity first_day table_name service_id sector_id size_band
    region_code province_code authority_id status value`),
  released_fact:
    words(`id metric_key month since partner_id service_id sector_id size_band region_code province_code
    authority_id audiences quantity`),
  replaced_reading: words(
    'partner_id id meter_id starts_at ends_at quantity quality recorded_at replaced_at',
  ),
  role_grant: words(
    'id client_id account_id role partner_id service_id supplier_id federation_id authority_id granted_at valid_until',
  ),
  savings_result:
    words(`partner_id id service_id meter_id baseline_from baseline_until reporting_from reporting_until reason model
    change_point base_load slope r_squared cv_rmse points adjusted_baseline_kwh measured_kwh estimated_kwh avoided_kwh uncertainty_kwh
    normalised_reason normalised_kwh normalised_uncertainty_kwh co2_kg oil_litres cost_eur factors superseded_at provenance recorded_at`),
  // Of shared workers a pseudonym alone, which nobody but the group can read: no name, no number, no address.
  provision_entry: words('id service_id year kind liability amount approved_on provenance created_at'),
  invoice_run: words(
    'id service_id kind period_from period_until staff_cost fixed_cost provision net_amount issued_on provenance created_at',
  ),
  group_debt: words('id service_id as_of tax_debt social_debt provenance created_at'),
  shared_worker: words(
    'id service_id reference job_function is_dedicated contract_hours employed_from employed_until provenance created_at version',
  ),
  cost_sheet: words('id service_id worker_id year provenance created_at version'),
  cost_component: words('sheet_id kind amount'),
  placement_request: words(
    'partner_id id service_id job_function weekly_hours starts_on ends_on municipality_id state requested_on provenance created_at version',
  ),
  placement: words(
    'partner_id id service_id worker_id request_id weekly_hours minutes_by_weekday starts_on ends_on municipality_id state proposed_on decided_on calendar_key provenance created_at version',
  ),
  liability_share: words('partner_id id service_id debt_id amount provenance created_at'),
  labour_dispute: words('partner_id id service_id started_on ended_on provenance created_at version'),
  invoice: words(
    'partner_id id service_id run_id number kind period_from period_until is_provisional credits_id net_amount vat_treatment vat_rate vat_amount issued_on provenance created_at',
  ),
  invoice_line: words('partner_id id invoice_id position kind job_function hours amount'),
  employer_group: words(
    'id service_id partner_id legal_form joint_committee authorised_from authorised_until full_time_hours provenance created_at version',
  ),
  billing_rule: words(
    'partner_id id service_id mode rhythm flat_amount sharing_key weight headcount vat_treatment valid_from valid_until provenance created_at version',
  ),
  advice_session: words(
    `id service_id kind ${localised('title')} starts_at ends_at municipality_id online_url capacity seats_taken registration_until cancelled_at provenance created_at version`,
  ),
  advice_resource: words(
    `id service_id code kind ${localised('title')} languages edition url is_restricted published_on withdrawn_on search_text provenance created_at version`,
  ),
  toolbox_access: words('partner_id id service_id granted_on withdrawn_on provenance created_at version'),
  resource_download: words('partner_id id service_id resource_id downloaded_on copies provenance created_at'),
  advice_request: words(
    'partner_id id service_id topic channel urgency question state handled_by requested_at taken_at closed_at provenance created_at version',
  ),
  risk_analysis: words(
    'partner_id id service_id level level_reason step requested_on least_group provenance created_at version',
  ),
  risk_analysis_step: words(
    'partner_id id service_id analysis_id step done_on evidence provenance created_at',
  ),
  prevention_measure: words(
    'partner_id id service_id analysis_id rubric component title responsible deadline priority budget state planned_on closed_on drop_reason provenance created_at version',
  ),
  target_group: words(
    'partner_id id service_id analysis_id name size met_on approved_on provenance created_at version',
  ),
  group_finding: words(
    'partner_id id service_id group_id rubric component goes_well goes_not_well ideas provenance created_at',
  ),
  adviser_mandate: words(
    'id service_id reference role hours_per_month valid_from valid_until provenance created_at version',
  ),
  adviser_booking: words(
    'partner_id id service_id mandate_id request_id day hours cancelled_at provenance created_at version',
  ),
  session_registration: words(
    'partner_id id service_id session_id seats registered_at cancelled_at provenance created_at version',
  ),
  session_attendance: words(
    'partner_id id service_id session_id role attended first_time provenance created_at version',
  ),
  satisfaction_score: words('id service_id session_id grade answers provenance created_at version'),
  timesheet: words(
    'partner_id id service_id worker_id placement_id week hours state submitted_at approved_at invoice_id provenance created_at version',
  ),
  service_carrier: words('service_id provider_id is_lead'),
  shared_service:
    words(`id slug kind ${localised('name', 'description', 'eligibility', 'price', 'how_to_join')}
    languages website started_on federation_id population_id enrolments_public usage_unit provenance created_at`),
  site: words(
    `partner_id id ${localised('name')} postal_code municipality_id is_registered_office provenance`,
  ),
  spend_account: words('id service_id ceiling committed spent provenance'),
  supplier: words(
    'id service_id name enterprise_number identifier_scheme identifier website provenance created_at',
  ),
  usage_entry: words(`partner_id id service_id metric_key occurred_on quantity category enrolment_id source
    external_reference reverses_id provenance recorded_at`),
  usage_month:
    words(`id partner_id service_id metric_key month category enrolment_id sector_id size_band municipality_id
    region_code province_code authority_id is_synthetic quantity entries uses last_on last_recorded_at last_id changed_at`),
  usage_total:
    words(`id metric_key service_id month sector_id size_band region_code province_code authority_id is_synthetic
    quantity entries uses contributors largest second changed_at`),
  usage_sum: words(
    'id metric_key service_id month sector_id region_code is_synthetic quantity entries uses changed_at',
  ),
};

/** Columns that hold secrets, or parts of them. */
const SECRETS: ReadonlySet<string> = new Set([
  'access_token.prefix',
  'access_token.secret_hash',
  'placement.calendar_key',
]);

/** Whom an account is, beyond its personal part: the pair of both says it. */
const IDENTIFYING: ReadonlySet<string> = new Set(['account.issuer']);

const PERSONAL: ReadonlySet<string> = new Set(PERSONAL_DATA.map(({ table, column }) => `${table}.${column}`));

/** Whether a column's value never stands in the trail, nor in what a partner takes along. */
export function isWithheld(table: string, column: string): boolean {
  const name = `${table}.${column}`;
  return PERSONAL.has(name) || SECRETS.has(name) || IDENTIFYING.has(name);
}

/** Tables whose rows the trail passes over: the trail itself, and what the hub notes of requests. */
export const UNTRAILED: ReadonlySet<string> = new Set([
  'audit_entry',
  'hub_state',
  'idempotency_record',
  'rate_limit_use',
]);
