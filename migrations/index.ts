import { Migration20261122120000_tables } from './Migration20261122120000_tables.ts';
import { Migration20261122120100_rules } from './Migration20261122120100_rules.ts';
import { Migration20261122175218_large_tables } from './Migration20261122175218_large_tables.ts';
import { Migration20261122200320_pages_of_partners } from './Migration20261122200320_pages_of_partners.ts';
import { Migration20261122202000_roles } from './Migration20261122202000_roles.ts';
import { Migration20261122202456_row_security } from './Migration20261122202456_row_security.ts';
import { Migration20261122204000_figures } from './Migration20261122204000_figures.ts';
import { Migration20261122203314_trail_and_leaving } from './Migration20261122203314_trail_and_leaving.ts';
import { Migration20261122203400_leaving_rules } from './Migration20261122203400_leaving_rules.ts';
import { Migration20261122203043_rate_limit_use } from './Migration20261122203043_rate_limit_use.ts';

/** Every migration in its sequence. Append only: what has landed once is never changed. */
export const migrations = [
  { name: 'Migration20261122120000_tables', class: Migration20261122120000_tables },
  { name: 'Migration20261122120100_rules', class: Migration20261122120100_rules },
  { name: 'Migration20261122175218_large_tables', class: Migration20261122175218_large_tables },
  { name: 'Migration20261122200320_pages_of_partners', class: Migration20261122200320_pages_of_partners },
  { name: 'Migration20261122202000_roles', class: Migration20261122202000_roles },
  { name: 'Migration20261122202456_row_security', class: Migration20261122202456_row_security },
  { name: 'Migration20261122204000_figures', class: Migration20261122204000_figures },
  { name: 'Migration20261122203314_trail_and_leaving', class: Migration20261122203314_trail_and_leaving },
  { name: 'Migration20261122203400_leaving_rules', class: Migration20261122203400_leaving_rules },
  { name: 'Migration20261122203043_rate_limit_use', class: Migration20261122203043_rate_limit_use },
];
