import { PERSONAL_DATA } from '../../../src/trail/personal-data.ts';
import { type Asked, column, kind, Refusal, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { connection, connectionTypes, type OrderKey } from '../pages.ts';
import { checkPeriod, type DateRange, globalId, isWithin, keyOf, mustExist } from '../values.ts';
import { partnerOf } from './partners.ts';

interface AuditFilter {
  principal?: string | null;
  partner?: string | null;
  mutation?: string | null;
  entity?: string | null;
  period?: DateRange | null;
}

const LATEST_FIRST: readonly OrderKey[] = [
  {
    of: (row) => (row.occurred_at as string).replace('T', ' ').replace('Z', '000+00'),
    type: 'timestamptz',
    descending: true,
  },
  { of: (row) => row.id as string, type: 'uuid', descending: true },
];

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels', dateStyle: 'short' });

function mustBeAdministrator({ viewer }: Asked): void {
  if (viewer.isAdministrator) return;
  throw new Refusal(
    'UNAUTHENTICATED',
    'This needs a token. Send it as "Authorization: Bearer <token>"; the hub printed the administrator’s at its first start.',
  );
}

const text = (value: unknown): string | null =>
  value === null || value === undefined || typeof value === 'string'
    ? ((value as string | null | undefined) ?? null)
    : JSON.stringify(value);

/** What was changed and by whom, and what the hub keeps that is personal. */
export const trailRoom: Room = {
  nodes: {
    audit_entry: { ...kind('audit_entry', 'AuditEntry'), isSeen: ({ viewer }) => viewer.isAdministrator },
  },
  fields: {
    Query: {
      auditTrail: connection<{ filter?: AuditFilter | null }>({
        question: ({ filter }) => ['auditTrail', filter],
        order: LATEST_FIRST,
        check: ({ filter }, asked) => {
          mustBeAdministrator(asked);
          checkPeriod(filter?.period, 'filter.period');
          if (filter?.partner) keyOf('partner', filter.partner, 'filter.partner');
        },
        rows: (_, { filter }, asked) => {
          const { principal, mutation, entity, period } = filter ?? {};
          const partner = filter?.partner ? keyOf('partner', filter.partner, 'filter.partner') : undefined;
          if (partner) mustExist(asked, 'partner', [partner], 'filter.partner');
          return asked.db
            .all('audit_entry')
            .filter(
              (entry) =>
                (!principal || entry.principal === principal) &&
                (!mutation || entry.mutation === mutation) &&
                (!entity || entry.entity === entity) &&
                (!partner || entry.partner_id === partner) &&
                isWithin(
                  DAY.format(new Date(entry.occurred_at as string)),
                  period?.from ?? null,
                  period?.to ?? null,
                ),
            );
        },
      }),
      personalData: () => PERSONAL_DATA,
    },
    AuditEntry: {
      id: globalId('audit_entry'),
      ...same('principal', 'mutation', 'entity', 'record', 'action'),
      occurredAt: column('occurred_at'),
      partner: partnerOf,
      changes: ({ before, after }): Row[] => {
        const [was, is] = [before ?? {}, after ?? {}] as [Row, Row];
        const names = new Set([...Object.keys(was), ...Object.keys(is)]);
        return [...names]
          .sort()
          .map((name) => ({ column: name, before: text(was[name]), after: text(is[name]) }));
      },
    },
    AuditChange: same('column', 'before', 'after'),
    PersonalDataColumn: same('table', 'column', 'purpose', 'controller', 'retention', 'erasure'),
    ...connectionTypes('AuditEntry'),
  },
};
