import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const TOKEN = 'crash-Zk42PqW9vX7mLr3BtY8n';
const START_WITHIN_MS = 120_000;

/** The built hub as a process of its own, there to be killed. */
export class CrashingHub {
  static running = new Set();

  constructor(child, url, heard) {
    this.child = child;
    this.url = url;
    this.heard = heard;
    this.isAlive = true;
  }

  /** Starts the hub on a store and waits until it listens. */
  static async start(store) {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, ...store.environment, PORT: '0', HOST: '127.0.0.1', HUB_ADMIN_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    CrashingHub.running.add(child);
    child.once('exit', () => CrashingHub.running.delete(child));
    let said = '';
    const url = await new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`The hub did not listen in time: ${said}`)),
        START_WITHIN_MS,
      );
      const hear = (chunk) => {
        said += chunk;
        const listening = /GraphQL endpoint +(http:\S+)/.exec(said);
        if (!listening) return;
        clearTimeout(late);
        resolve(listening[1]);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`The hub ended with code ${code}: ${said}`));
      });
    });
    return new CrashingHub(child, url, () => said);
  }

  /** What it wrote to its log, defects included. */
  get log() {
    return this.heard();
  }

  get pid() {
    return this.child.pid;
  }

  static killAll() {
    for (const child of CrashingHub.running) child.kill('SIGKILL');
  }

  /** Ends the process without a chance to clean up. */
  async kill() {
    this.isAlive = false;
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      throw new Error(`The hub ended by itself, with code ${this.child.exitCode ?? this.child.signalCode}`);
    }
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  /** The data of an operation, the administrator's without a token; throws where there is no answer, and where there are errors. */
  async ask(query, variables, token = TOKEN) {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new HubError(JSON.stringify(errors));
    return data;
  }

  /** The id of a record that a mutation makes; throws where it is refused. */
  async make(mutation, selection, input) {
    const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { made: ${mutation}(input: $input) { record: ${selection} { id } userErrors { code message } } }`;
    const { made } = await this.ask(query, { input: { idempotencyKey: randomUUID(), ...input } });
    if (!made.record) throw new HubError(JSON.stringify(made.userErrors));
    return made.record.id;
  }
}

/** An answer that is an error, as opposed to no answer. */
export class HubError extends Error {}
