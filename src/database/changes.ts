import type {
  ChangeSet,
  EntityMetadata,
  EntityProperty,
  EventSubscriber,
  FlushEventArgs,
} from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Columns by name. */
type Columns = Record<string, unknown>;

/** What happened to a record in a transaction. */
export interface Change {
  /** Class of the record, and its table. */
  readonly entity: string;
  readonly table: string;
  /** Its key; none for what is known by two others, and for a summary of many records. */
  readonly record?: string | undefined;
  /** Key of the partner that it belongs to. */
  readonly partner?: string | undefined;
  readonly action: 'CREATED' | 'UPDATED' | 'DELETED';
  /** Changed columns as they were and as they are. */
  readonly before?: Columns | undefined;
  readonly after?: Columns | undefined;
}

const ACTIONS: Partial<Record<string, Change['action']>> = {
  create: 'CREATED',
  update: 'UPDATED',
  update_early: 'UPDATED',
  delete: 'DELETED',
  delete_early: 'DELETED',
};

/** Collects what a unit of work writes, flush by flush. */
export class Changes implements EventSubscriber {
  private readonly seen: Change[] = [];

  /** Everything so far, in the sequence in which it was written. */
  get all(): readonly Change[] {
    return this.seen;
  }

  note(change: Change): void {
    this.seen.push(change);
  }

  onFlush({ uow }: FlushEventArgs): void {
    for (const changeSet of uow.getChangeSets()) {
      const change = changeOf(changeSet as ChangeSet<object>);
      if (change) this.note(change);
    }
  }
}

// Services are given an entity manager and nothing else: what it collects is found by its event manager.
const collected = new WeakMap<object, Changes>();

/** Begins to collect what a transaction writes, whose entity manager has an event manager of its own. */
export function collectChanges(em: EntityManager): Changes {
  const changes = new Changes();
  em.getEventManager().registerSubscriber(changes);
  collected.set(em.getEventManager(), changes);
  return changes;
}

/** Says what a statement changed that the unit of work does not see: `insertMany`, `execute`. */
export function noteChange(em: EntityManager, change: Change): void {
  collected.get(em.getEventManager())?.note(change);
}

function changeOf({ type, meta, entity, payload, originalEntity }: ChangeSet<object>): Change | undefined {
  const action = ACTIONS[type];
  if (!action) return undefined;
  const row = entity as { id?: unknown; partner?: { id?: unknown } };
  const columns = (data: object | undefined, keys: readonly string[]): Columns =>
    Object.assign({}, ...keys.map((key) => columnsOf(meta, key, (data as Columns | undefined)?.[key])));
  const keys = Object.keys(action === 'DELETED' ? (originalEntity ?? {}) : payload);
  const key = typeof row.id === 'string' ? row.id : undefined;
  const partner = meta.className === 'Partner' ? key : row.partner?.id;
  return {
    entity: meta.className,
    table: meta.tableName,
    record: key,
    partner: typeof partner === 'string' ? partner : undefined,
    action,
    ...(action === 'CREATED' ? {} : { before: columns(originalEntity, keys) }),
    // What is empty at the beginning is no change.
    ...(action === 'DELETED'
      ? {}
      : {
          after: columns(
            payload,
            keys.filter((one) => action === 'UPDATED' || isFilled(payload, one)),
          ),
        }),
  };
}

function isFilled(payload: object, key: string): boolean {
  const value = (payload as Columns)[key];
  return value !== null && value !== undefined;
}

/** The columns of a property; none for what the hub works out from others, such as sort keys. */
function columnsOf(meta: EntityMetadata, name: string, value: unknown): Columns {
  const properties = meta.properties as Record<string, EntityProperty>;
  const property = properties[name];
  const owner = property?.embedded ? properties[property.embedded[0]] : undefined;
  if (!property || property.hidden || owner?.hidden) return {};
  const values = property.fieldNames.length > 1 && Array.isArray(value) ? value : undefined;
  return Object.fromEntries(
    property.fieldNames.map((column, at) => [column, (values ? values[at] : value) ?? null]),
  );
}
