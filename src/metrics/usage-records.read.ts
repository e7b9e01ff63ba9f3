import {
  connection,
  join,
  literal,
  oneOf,
  type Page,
  type Rows,
  raw,
  type Sql,
  sql,
  today,
} from '../read/index.ts';
import { UsageEntry } from './metric.entity.ts';
import { MetricSource } from './metric-definition.ts';
import { DIMENSIONS, joinsOf, type MetricDimension } from './metric-dimensions.ts';
import { USAGE_ORDER } from './usage-entry.read.ts';
import { partsOf, type Scope, selectedBy, type UsageQuestion } from './usage-question.ts';

/** What the rows of an answer tell the resolvers of their fields. */
export interface RowsTold {
  question: UsageQuestion;
  scope: Scope | undefined;
}

/** The entries behind a row that the viewer sees one by one, the latest first. */
export function entriesOfRow({ question, scope }: RowsTold, page: Page): Rows {
  const { metrics, definitions, groupBy } = question;
  const isReported = ({ source }: { source: MetricSource }): boolean =>
    source === MetricSource.USAGE_ENTRIES || source === MetricSource.ALL_USAGE;
  const reported = metrics.filter((metric) => partsOf(metric, definitions).some(isReported));
  const branches = reported.map((metric) => {
    const parts = partsOf(metric, definitions);
    const keys = parts.flatMap(({ key, source }) => (source === MetricSource.USAGE_ENTRIES ? [key] : []));
    const all = parts.some(({ source }) => source === MetricSource.ALL_USAGE)
      ? sql` || array(select d.key::text from metric_definition d where d.kind = 'FLOW')`
      : raw('');
    return sql`when ${literal(metric.key)} then ${keys}::text[]${all}`;
  });
  const { where, conditions, joins } = selectedBy(question, scope);
  return connection<UsageEntry, Record<string, unknown>>(UsageEntry, {
    where: (entry, parent) => {
      const row = parent as unknown as Readonly<Record<string, Sql>>;
      const same = groupBy.map(
        (dimension, index) => sql`${DIMENSIONS[dimension].key} is not distinct from ${row[`k${index + 1}`]}`,
      );
      const all = [...conditions, ...same];
      // What an entry says itself, so that an index leads to it.
      const own: Partial<Record<MetricDimension, Sql>> = { SERVICE: entry.service, PARTNER: entry.partner };
      const direct = groupBy.flatMap((dimension, index) =>
        own[dimension] ? [sql`${own[dimension]} = ${row[`k${index + 1}`]}`] : [],
      );
      if (scope?.of === 'partner') direct.push(sql`${entry.partner} = ${scope.key}`);
      if (scope?.of === 'service') direct.push(sql`${entry.service} = ${scope.key}`);
      if (reported.length === 0) return raw('false');
      // Known before any entry is looked at: behind a row of another metric there is none.
      return sql`${oneOf(
        row.metric as Sql,
        reported.map(({ key }) => key),
        'text',
      )} and ${join([raw('true'), ...direct], ' and ')} and ${entry.metric} = any(case ${row.metric} ${join(branches, ' ')} end)
        and (${row.first_day} is null or ${entry.occurredOn} >= ${row.first_day} or ${entry.metric} in (select d.key from metric_definition d where d.kind = 'STOCK'))
        and (${row.end_day} is null or ${entry.occurredOn} < ${row.end_day})
        and not ${row.is_others}
        and exists (select from (select m.*, case when m.metric_key in (select d.key from metric_definition d where d.kind = 'STOCK')
            then least(${row.end_day}, ${today} + 1) - 1 else m.occurred_on end as day from usage_fact m where m.partner_id = ${entry.partner} and m.id = ${entry.id}
          ${where.length > 0 ? sql`and ${join(where, ' and ')}` : raw('')}) as f ${join(joinsOf(joins), ' ')}${all.length > 0 ? sql` where ${join(all, ' and ')}` : raw('')})`;
    },
    orderBy: USAGE_ORDER,
    page,
  });
}
