import type { Topic } from '../live/index.ts';
import { type SeenChange, scopeExists, seenChange, type UsageScope } from './usage-change.read.ts';
import { mergeUsageChanges, readUsageChange, type UsageChange } from './usage-change.ts';

/** Changes of the answers of `usageMetrics`. */
export const usageChanges: Topic<UsageChange, UsageScope, SeenChange> = {
  channel: 'hub_usage_changed',
  read: readUsageChange,
  merge: mergeUsageChanges,
  concerns: ({ usage, enrolments }, { services, to }) =>
    [...usage, ...enrolments].some(
      ({ service, from }) => (!services || services.includes(service)) && (!to || from < to),
    ),
  check: scopeExists,
  question: seenChange,
  event: (answer) => answer as SeenChange,
  anything: () => ({ at: null, metrics: [], services: [], from: null, until: null, isComplete: false }),
};
