import { bind } from '../read/index.ts';
import { AuditEntry } from './audit-entry.entity.ts';
import { AuditTrailResolver } from './audit-entry.resolver.ts';
import { PersonalDataResolver } from './personal-data.resolver.ts';
import { trailRule } from './trail.policy.ts';

export { PartnerRecords } from './partner-records.service.ts';
export { Retention, type RetentionTerms } from './retention.service.ts';
export { keepTrail } from './trail.service.ts';

/** What was changed and by whom, what is personal, and how long it is kept. */
export const trailRoom = {
  bindings: [bind({ entity: AuditEntry, idPrefix: 'audit_entry', rule: trailRule })],
  resolvers: [AuditTrailResolver, PersonalDataResolver],
};
