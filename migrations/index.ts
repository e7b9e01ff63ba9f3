import { Migration20261122120000_tables } from './Migration20261122120000_tables.ts';
import { Migration20261122120100_rules } from './Migration20261122120100_rules.ts';
import { Migration20261122175218_large_tables } from './Migration20261122175218_large_tables.ts';
import { Migration20261122200320_pages_of_partners } from './Migration20261122200320_pages_of_partners.ts';
import { Migration20261122202000_roles } from './Migration20261122202000_roles.ts';
import { Migration20261122203000_access } from './Migration20261122203000_access.ts';
import { Migration20261122204000_figures } from './Migration20261122204000_figures.ts';
import { Migration20261122204100_leaving_rules } from './Migration20261122204100_leaving_rules.ts';
import { Migration20261122204200_identity_rules } from './Migration20261122204200_identity_rules.ts';
import { Migration20261125222000_rollups } from './Migration20261125222000_rollups.ts';
import { Migration20261125222100_rollup_rules } from './Migration20261125222100_rollup_rules.ts';
import { Migration20261125222500_usage_notices } from './Migration20261125222500_usage_notices.ts';
import { Migration20261125223007_definitions } from './Migration20261125223007_definitions.ts';
import { Migration20261125230406_releases } from './Migration20261125230406_releases.ts';
import { Migration20261126022224_first_enrolment } from './Migration20261126022224_first_enrolment.ts';
import { Migration20261126023151_purchasing } from './Migration20261126023151_purchasing.ts';
import { Migration20261126023200_purchasing_rules } from './Migration20261126023200_purchasing_rules.ts';
import { Migration20261126023742_ocds } from './Migration20261126023742_ocds.ts';
import { Migration20261126023800_ocds_rules } from './Migration20261126023800_ocds_rules.ts';
import { Migration20261126024301_orders } from './Migration20261126024301_orders.ts';
import { Migration20261126030500_order_metrics } from './Migration20261126030500_order_metrics.ts';
import { Migration20261126172339_energy } from './Migration20261126172339_energy.ts';
import { Migration20261126172400_energy_rules } from './Migration20261126172400_energy_rules.ts';
import { Migration20261126180000_meter_months } from './Migration20261126180000_meter_months.ts';
import { Migration20261126181000_energy_figures } from './Migration20261126181000_energy_figures.ts';
import { Migration20261126181500_energy_results } from './Migration20261126181500_energy_results.ts';
import { Migration20261126182000_energy_advice } from './Migration20261126182000_energy_advice.ts';
import { Migration20261126183000_energy_metrics } from './Migration20261126183000_energy_metrics.ts';
import { Migration20261126183004_metric_units } from './Migration20261126183004_metric_units.ts';
import { Migration20261126184600_energy_production } from './Migration20261126184600_energy_production.ts';
import { Migration20261126184700_energy_carrier_groups } from './Migration20261126184700_energy_carrier_groups.ts';
import { Migration20261126191000_energy_levels } from './Migration20261126191000_energy_levels.ts';
import { Migration20261126192000_meter_rules } from './Migration20261126192000_meter_rules.ts';
import { Migration20261126194719_energy_hub_first } from './Migration20261126194719_energy_hub_first.ts';
import { Migration20261127004211_employer_group } from './Migration20261127004211_employer_group.ts';
import { Migration20261127004300_employer_group_rules } from './Migration20261127004300_employer_group_rules.ts';
import { Migration20261127005657_full_time_equivalents } from './Migration20261127005657_full_time_equivalents.ts';
import { Migration20261127012000_employer_group_metrics } from './Migration20261127012000_employer_group_metrics.ts';
import { Migration20261127012500_employer_group_notices } from './Migration20261127012500_employer_group_notices.ts';
import { Migration20261127014000_employer_group_planning } from './Migration20261127014000_employer_group_planning.ts';
import { Migration20261127015258_employer_group_counts } from './Migration20261127015258_employer_group_counts.ts';
import { Migration20261127062120_advice_sessions } from './Migration20261127062120_advice_sessions.ts';
import { Migration20261127062500_advice_session_rules } from './Migration20261127062500_advice_session_rules.ts';
import { Migration20261127070838_advice_requests } from './Migration20261127070838_advice_requests.ts';
import { Migration20261127071500_advice_request_rules } from './Migration20261127071500_advice_request_rules.ts';
import { Migration20261127073010_advice_resources } from './Migration20261127073010_advice_resources.ts';
import { Migration20261127074500_advice_resource_rules } from './Migration20261127074500_advice_resource_rules.ts';
import { Migration20261127110004_employer_group_headcounts } from './Migration20261127110004_employer_group_headcounts.ts';
import { Migration20261127111000_employer_group_placements } from './Migration20261127111000_employer_group_placements.ts';
import { Migration20261127111500_employer_group_hours } from './Migration20261127111500_employer_group_hours.ts';
import { Migration20261127113253_risk_analyses } from './Migration20261127113253_risk_analyses.ts';
import { Migration20261127113500_risk_analysis_rules } from './Migration20261127113500_risk_analysis_rules.ts';
import { Migration20261127115901_prevention_measures } from './Migration20261127115901_prevention_measures.ts';
import { Migration20261127120500_prevention_measure_rules } from './Migration20261127120500_prevention_measure_rules.ts';

/** Every migration in its sequence. Append only: what has landed once is never changed. */
export const migrations = [
  { name: 'Migration20261122120000_tables', class: Migration20261122120000_tables },
  { name: 'Migration20261122120100_rules', class: Migration20261122120100_rules },
  { name: 'Migration20261122175218_large_tables', class: Migration20261122175218_large_tables },
  { name: 'Migration20261122200320_pages_of_partners', class: Migration20261122200320_pages_of_partners },
  { name: 'Migration20261122202000_roles', class: Migration20261122202000_roles },
  { name: 'Migration20261122203000_access', class: Migration20261122203000_access },
  { name: 'Migration20261122204000_figures', class: Migration20261122204000_figures },
  { name: 'Migration20261122204100_leaving_rules', class: Migration20261122204100_leaving_rules },
  { name: 'Migration20261122204200_identity_rules', class: Migration20261122204200_identity_rules },
  { name: 'Migration20261125222000_rollups', class: Migration20261125222000_rollups },
  { name: 'Migration20261125222100_rollup_rules', class: Migration20261125222100_rollup_rules },
  { name: 'Migration20261125222500_usage_notices', class: Migration20261125222500_usage_notices },
  { name: 'Migration20261125223007_definitions', class: Migration20261125223007_definitions },
  { name: 'Migration20261125230406_releases', class: Migration20261125230406_releases },
  { name: 'Migration20261126022224_first_enrolment', class: Migration20261126022224_first_enrolment },
  { name: 'Migration20261126023151_purchasing', class: Migration20261126023151_purchasing },
  { name: 'Migration20261126023200_purchasing_rules', class: Migration20261126023200_purchasing_rules },
  { name: 'Migration20261126023742_ocds', class: Migration20261126023742_ocds },
  { name: 'Migration20261126023800_ocds_rules', class: Migration20261126023800_ocds_rules },
  { name: 'Migration20261126024301_orders', class: Migration20261126024301_orders },
  { name: 'Migration20261126030500_order_metrics', class: Migration20261126030500_order_metrics },
  { name: 'Migration20261126172339_energy', class: Migration20261126172339_energy },
  { name: 'Migration20261126172400_energy_rules', class: Migration20261126172400_energy_rules },
  { name: 'Migration20261126180000_meter_months', class: Migration20261126180000_meter_months },
  { name: 'Migration20261126181000_energy_figures', class: Migration20261126181000_energy_figures },
  { name: 'Migration20261126181500_energy_results', class: Migration20261126181500_energy_results },
  { name: 'Migration20261126182000_energy_advice', class: Migration20261126182000_energy_advice },
  { name: 'Migration20261126183000_energy_metrics', class: Migration20261126183000_energy_metrics },
  { name: 'Migration20261126183004_metric_units', class: Migration20261126183004_metric_units },
  { name: 'Migration20261126184600_energy_production', class: Migration20261126184600_energy_production },
  {
    name: 'Migration20261126184700_energy_carrier_groups',
    class: Migration20261126184700_energy_carrier_groups,
  },
  { name: 'Migration20261126191000_energy_levels', class: Migration20261126191000_energy_levels },
  { name: 'Migration20261126192000_meter_rules', class: Migration20261126192000_meter_rules },
  { name: 'Migration20261126194719_energy_hub_first', class: Migration20261126194719_energy_hub_first },
  { name: 'Migration20261127004211_employer_group', class: Migration20261127004211_employer_group },
  {
    name: 'Migration20261127004300_employer_group_rules',
    class: Migration20261127004300_employer_group_rules,
  },
  {
    name: 'Migration20261127005657_full_time_equivalents',
    class: Migration20261127005657_full_time_equivalents,
  },
  {
    name: 'Migration20261127012000_employer_group_metrics',
    class: Migration20261127012000_employer_group_metrics,
  },
  {
    name: 'Migration20261127012500_employer_group_notices',
    class: Migration20261127012500_employer_group_notices,
  },
  {
    name: 'Migration20261127014000_employer_group_planning',
    class: Migration20261127014000_employer_group_planning,
  },
  {
    name: 'Migration20261127015258_employer_group_counts',
    class: Migration20261127015258_employer_group_counts,
  },
  {
    name: 'Migration20261127062120_advice_sessions',
    class: Migration20261127062120_advice_sessions,
  },
  {
    name: 'Migration20261127062500_advice_session_rules',
    class: Migration20261127062500_advice_session_rules,
  },
  {
    name: 'Migration20261127070838_advice_requests',
    class: Migration20261127070838_advice_requests,
  },
  {
    name: 'Migration20261127071500_advice_request_rules',
    class: Migration20261127071500_advice_request_rules,
  },
  {
    name: 'Migration20261127073010_advice_resources',
    class: Migration20261127073010_advice_resources,
  },
  {
    name: 'Migration20261127074500_advice_resource_rules',
    class: Migration20261127074500_advice_resource_rules,
  },
  {
    name: 'Migration20261127110004_employer_group_headcounts',
    class: Migration20261127110004_employer_group_headcounts,
  },
  {
    name: 'Migration20261127111000_employer_group_placements',
    class: Migration20261127111000_employer_group_placements,
  },
  {
    name: 'Migration20261127111500_employer_group_hours',
    class: Migration20261127111500_employer_group_hours,
  },
  {
    name: 'Migration20261127113253_risk_analyses',
    class: Migration20261127113253_risk_analyses,
  },
  {
    name: 'Migration20261127113500_risk_analysis_rules',
    class: Migration20261127113500_risk_analysis_rules,
  },
  {
    name: 'Migration20261127115901_prevention_measures',
    class: Migration20261127115901_prevention_measures,
  },
  {
    name: 'Migration20261127120500_prevention_measure_rules',
    class: Migration20261127120500_prevention_measure_rules,
  },
];
