import type { PoolClient } from 'pg';
import type { Statement } from './statement.ts';

/** Uses after which a statement is prepared: what comes once must not stay on a connection. */
const USES_BEFORE_NAMED = 3;

/** Statements that one connection holds at most, and their characters; it is then replaced by a new one. */
const MOST_PER_CONNECTION = 200;
const MOST_CHARACTERS = 1_000_000;

let names = 0;

/**
 * Names statements for PostgreSQL to prepare, which spares it parsing and, mostly, planning. A name is given once
 * in the life of the process, so it can never mean another text.
 */
export class Prepared {
  private readonly held = new WeakMap<PoolClient, { names: Set<string>; characters: number }>();

  /** @param isOn off where connections are not the hub's own, as behind a pooler in transaction mode. */
  constructor(private readonly isOn: boolean) {}

  /** The name under which a connection is to run a statement, if any. */
  name(statement: Statement, client: PoolClient): string | undefined {
    statement.uses += 1;
    if (!this.isOn || statement.uses <= USES_BEFORE_NAMED) return undefined;
    if (!statement.name) {
      names += 1;
      statement.name = `hub_${names}`;
    }
    let held = this.held.get(client);
    if (!held) {
      held = { names: new Set(), characters: 0 };
      this.held.set(client, held);
    }
    if (!held.names.has(statement.name)) {
      held.names.add(statement.name);
      held.characters += statement.text.length;
    }
    return statement.name;
  }

  /** Whether a connection holds so many that it has to be replaced. */
  isFull(client: PoolClient): boolean {
    const held = this.held.get(client);
    if (!held) return false;
    return held.names.size >= MOST_PER_CONNECTION || held.characters >= MOST_CHARACTERS;
  }
}
