import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { UserError } from '../errors.ts';
import { changesOf, type HubContext } from '../graphql/context.ts';
import { checkPeriod } from '../graphql/date-range.ts';
import { keyOf } from '../ids.ts';
import type { Fields } from '../read/index.ts';
import { type SeenChange, type UsageScope, usageMetricsChange } from './usage-change.read.ts';
import { usageChanges } from './usage-change.topic.ts';
import { UsageMetricsChange, UsageScopeInput } from './usage-change.type.ts';

const MOST_KEYS = 100;

@Resolver()
export class UsageChangeResolver {
  @Subscription(() => UsageMetricsChange, {
    description: `Tells within a second that answers of \`usageMetrics\` have changed, as far as you see a record that did; what changes meanwhile comes as one. Errors: INVALID_ID, NOT_FOUND, INVALID_PERIOD, TOO_MANY_IDS.`,
    subscribe: ({ args, context }: { args: { scope?: UsageScopeInput | null }; context: HubContext }) =>
      changesOf(context, usageChanges, scopeOf(args.scope ?? {})),
  })
  usageMetricsChanged(
    @Root() change: SeenChange,
    @Arg('scope', () => UsageScopeInput, {
      nullable: true,
      description: 'Which answers; all that you see without it.',
    })
    _scope?: UsageScopeInput | null,
  ): Fields {
    return usageMetricsChange(change);
  }
}

function scopeOf({ metrics, services, partners, federation, period }: UsageScopeInput): UsageScope {
  checkPeriod(period, 'scope.period');
  const keys = (prefix: string, ids: string[] | null | undefined, name: string): string[] | undefined =>
    atMost(ids, name)?.map((id, index) => keyOf(prefix, id, `scope.${name}.${index}`));
  return {
    metrics: atMost(metrics, 'metrics'),
    services: keys('service', services, 'services'),
    partners: keys('partner', partners, 'partners'),
    federation: federation ? keyOf('federation', federation, 'scope.federation') : undefined,
    from: period?.from ?? undefined,
    to: period?.to ?? undefined,
  };
}

/** Each once, in one order, so that equal scopes are asked about once. */
function atMost(list: readonly string[] | null | undefined, name: string): string[] | undefined {
  if (!list) return undefined;
  const each = [...new Set(list)].sort();
  if (each.length <= MOST_KEYS) return each;
  throw new UserError('TOO_MANY_IDS', `Name at most ${MOST_KEYS} of them.`, `scope.${name}`);
}
