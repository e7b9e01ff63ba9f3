/** Months of a metric and service that were written to; `until` is the first day after them. */
interface UsageGroup {
  metric: string;
  service: string;
  from: string;
  until: string;
}

/** A partner's enrolments in a service, which are others from a day on. */
interface EnrolmentGroup {
  service: string;
  partner: string;
  from: string;
}

/** What notices of the database say: where to look for what has changed since an instant, and of nothing what it is. */
export interface UsageChange {
  since: string;
  usage: readonly UsageGroup[];
  enrolments: readonly EnrolmentGroup[];
}

/** Most groups of a change: more are not worth being looked at one by one. */
const MOST_GROUPS = 500;

/**
 * What a notice says.
 * @throws Error for what the triggers did not write
 */
export function readUsageChange(payload: string): UsageChange {
  const { since, usage = [], enrolments = [] } = JSON.parse(payload) as Partial<UsageChange>;
  if (typeof since !== 'string')
    throw new Error(`This is no notice of a change of usage: ${payload.slice(0, 80)}`);
  return { since, usage, enrolments };
}

/** Two changes as one, each group once; undefined where they are too many groups to look at. */
export function mergeUsageChanges(one: UsageChange, other: UsageChange): UsageChange | undefined {
  const usage = byKey([...one.usage, ...other.usage], ({ metric, service }) => `${metric} ${service}`);
  const enrolments = byKey(
    [...one.enrolments, ...other.enrolments],
    ({ service, partner }) => `${service} ${partner}`,
  );
  if (usage.length + enrolments.length > MOST_GROUPS) return undefined;
  const [since] = [one.since, other.since].sort() as [string, string];
  return { since, usage, enrolments };
}

/** Groups of one key as one that is as wide as all of them. ISO days compare as texts. */
function byKey<G extends { from: string; until?: string }>(
  groups: readonly G[],
  key: (group: G) => string,
): G[] {
  const merged = new Map<string, G>();
  for (const group of groups) {
    const known = merged.get(key(group));
    const from = known && known.from < group.from ? known.from : group.from;
    const until = known?.until && group.until && known.until > group.until ? known.until : group.until;
    merged.set(key(group), { ...group, from, ...(until ? { until } : {}) });
  }
  return [...merged.values()];
}
