import { Migration20261122120000_tables } from './Migration20261122120000_tables.ts';
import { Migration20261122120100_rules } from './Migration20261122120100_rules.ts';
import { Migration20261122175218_large_tables } from './Migration20261122175218_large_tables.ts';
import { Migration20261122200320_pages_of_partners } from './Migration20261122200320_pages_of_partners.ts';
import { Migration20261122203500_identity } from './Migration20261122203500_identity.ts';
import { Migration20261122203600_identity_rules } from './Migration20261122203600_identity_rules.ts';

/** Every migration in its sequence. Append only: what has landed once is never changed. */
export const migrations = [
  { name: 'Migration20261122120000_tables', class: Migration20261122120000_tables },
  { name: 'Migration20261122120100_rules', class: Migration20261122120100_rules },
  { name: 'Migration20261122175218_large_tables', class: Migration20261122175218_large_tables },
  { name: 'Migration20261122200320_pages_of_partners', class: Migration20261122200320_pages_of_partners },
  { name: 'Migration20261122203500_identity', class: Migration20261122203500_identity },
  { name: 'Migration20261122203600_identity_rules', class: Migration20261122203600_identity_rules },
];
