/*
 * Every column of text whose words the database does not prescribe. A new one needs a line: either somebody writes it in
 * own words, and the inputs say not to write of persons, or it is a name or a code, and why it is there.
 */

/** Written in own words: why, and through which inputs, whose descriptions warn. Languages are one column here. */
export const OWN_WORDS: Readonly<Record<string, { why: string; inputs: readonly string[] }>> = {
  'advice_request.question': {
    why: 'What a partner asks an adviser',
    inputs: ['RequestAdviceInput.question'],
  },
  'risk_analysis.level_reason': {
    why: 'Why a risk analysis goes deeper',
    inputs: ['DeepenRiskAnalysisInput.reason'],
  },
  'risk_analysis_step.evidence': {
    why: 'By what a step is shown',
    inputs: ['RecordRiskAnalysisStepInput.evidence'],
  },
  'prevention_measure.title': {
    why: 'What is done about a risk',
    inputs: ['PlanPreventionMeasureInput.title', 'ChangePreventionMeasureInput.title'],
  },
  'prevention_measure.drop_reason': {
    why: 'Why a measure is given up',
    inputs: ['DropPreventionMeasureInput.reason'],
  },
  'target_group.name': { why: 'What the people of a group do', inputs: ['AddTargetGroupInput.name'] },
  'group_finding.goes_well': {
    why: 'What a group finds good in its work',
    inputs: ['FindingInput.goesWell'],
  },
  'group_finding.goes_not_well': {
    why: 'What a group finds bad in its work',
    inputs: ['FindingInput.goesNotWell'],
  },
  'group_finding.ideas': { why: 'How a group would make its work better', inputs: ['FindingInput.ideas'] },
  'advice_resource.title': { why: 'What a tool is called', inputs: ['SaveResourceInput.title'] },
  'advice_session.title': {
    why: 'What a session is about',
    inputs: ['PlanSessionInput.title', 'ChangeSessionInput.title'],
  },
  'building.name': {
    why: 'What a partner calls its building',
    inputs: ['CreateBuildingInput.name', 'UpdateBuildingInput.name'],
  },
  'client.name': { why: 'What a tool is called', inputs: ['CreateClientInput.name'] },
  'data_sharing_agreement.purpose': {
    why: 'What a federation needs records for',
    inputs: ['GrantDataSharingInput.purpose'],
  },
  'energy_measure.title': {
    why: 'What is done in a building',
    inputs: ['ProposeMeasureInput.title', 'UpdateMeasureInput.title'],
  },
  'energy_visit.conclusions': {
    why: 'What a visit found in a building',
    inputs: ['ReportVisitInput.conclusions'],
  },
  'federation.description': {
    why: 'What a federation does',
    inputs: ['CreateFederationInput.description'],
  },
  'framework_agreement.title': {
    why: 'What an agreement is of',
    inputs: ['CreateFrameworkAgreementInput.title'],
  },
  'framework_agreement.description': {
    why: 'What an agreement is for',
    inputs: ['CreateFrameworkAgreementInput.description'],
  },
  'lot.title': { why: 'What a lot is of', inputs: ['LotInput.title'] },
  'partner.description': {
    why: 'What a partner does',
    inputs: ['CreatePartnerInput.description', 'UpdatePartnerInput.description'],
  },
  'product.title': { why: 'What a product is called', inputs: ['ProductInput.title'] },
  'product.description': { why: 'What a product is', inputs: ['ProductInput.description'] },
  'product_advice.reasons': { why: 'Why a product fits or not', inputs: ['AdviseOnProductInput.reasons'] },
  'product_remark.text': { why: 'What a user says of a product', inputs: ['RemarkOnProductInput.text'] },
  'purchase_order.buyer_reference': {
    why: 'By what a buyer finds its order again',
    inputs: ['PlaceOrderInput.buyerReference'],
  },
  'shared_service.description': {
    why: 'What a service does',
    inputs: ['CreateSharedServiceInput.description'],
  },
  'shared_service.eligibility': {
    why: 'Who may use a service',
    inputs: ['CreateSharedServiceInput.eligibility'],
  },
  'shared_service.price': { why: 'What a service costs', inputs: ['CreateSharedServiceInput.price'] },
  'shared_service.how_to_join': {
    why: 'How to join a service',
    inputs: ['CreateSharedServiceInput.howToJoin'],
  },
  'site.name': { why: 'What a site is called', inputs: ['SiteInput.name'] },
};

const names = (why: string, list: string): [string, string][] =>
  list
    .split(/\s+/)
    .filter(Boolean)
    .map((name) => [name, why]);

/** Not written in own words: why it is there. */
export const NAMES_AND_CODES: Readonly<Record<string, string>> = Object.fromEntries([
  ...names(
    'The name of an organisation, a place or a code list',
    `competent_authority.name federation.name funding.funder partner.name population.name provider.name sector.name
      shared_service.name supplier.name territory.name weather_station.name`,
  ),
  ...names(
    'A name as it sorts and is searched',
    'partner.search_text partner.sort_name product.search_text advice_resource.search_text',
  ),
  ...names(
    'An address of a page that an organisation gives',
    'advice_resource.url advice_session.online_url energy_visit.report_url federation.website partner.website provider.website shared_service.website supplier.website',
  ),
  ...names(
    'A source that is cited: who says so, in which document',
    `energy_factor.basis energy_factor.source federation.modelled_on legal_parameter.source population.definition
      population.source product.reference_price_source provider.modelled_on published_figure.document published_figure.heading
      published_figure.label published_figure.period_note published_figure.quoted_words weather_station.source`,
  ),
  ...names('What the hub says of its own metrics', 'metric_definition.description metric_definition.label'),
  ...names(
    'What one unit or certificate is called',
    'product.certification product.unit shared_service.usage_unit',
  ),
  ...names(
    'Who did it: a pseudonymous principal, registered as personal data',
    `account.issuer account.subject audit_entry.principal data_sharing_agreement.granted_by data_sharing_agreement.revoked_by
      idempotency_record.principal rate_limit_use.principal role_grant.granted_by`,
  ),
  ...names(
    'A record as it was, in the trail: what its own columns hold, erased with the partner',
    'audit_entry.before audit_entry.after',
  ),
  ...names(
    'A publication of another register, as it published it',
    'ocds_release.content ocds_process.related_processes',
  ),
  ...names(
    'A code or key that a program or a register gives',
    `audit_entry.entity audit_entry.mutation competent_authority.code hub_migration.name funding.currency idempotency_record.key idempotency_record.fingerprint idempotency_record.outcome
      idempotency_record.mutation invoice.number lot.local_id lot_award.award_id metric_definition.key ocds_release.ocid
      ocds_release.release_id partner_profile.province_code partner_profile.region_code published_figure.category
      published_figure.slug release.metric_key released_cell.granularity released_cell.metric_key released_cell.province_code
      released_cell.region_code released_cell.size_band released_cell.table_name released_fact.metric_key
      released_fact.province_code released_fact.region_code released_fact.size_band role_grant.role sector.code
      supplier.identifier supplier.identifier_scheme territory.arrondissement_code territory.province_code
      territory.region_code usage_entry.category usage_entry.external_reference usage_entry.source usage_month.category
      usage_month.metric_key usage_month.province_code usage_month.region_code usage_month.size_band usage_sum.metric_key
      usage_sum.region_code usage_total.metric_key usage_total.province_code usage_total.region_code usage_total.size_band`,
  ),
]);

/** Words for what a person is, which no column of the advisory services is named after: they keep organisations, roles and counts. */
export const CHARACTERISTICS =
  /\b(sex|gender|age|birth|born|origin|nationality|ethnic\w*|race|religion|belief|philosoph\w*|disab\w*|health|illness|orientation|marital|famil\w*|union|politic\w*|language|first_?name|last_?name|surname|e_?mail|phone|person)\b/i;
