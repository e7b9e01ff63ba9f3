/** Processor time and memory of processes, as Linux tells them in /proc. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat per second: 100 wherever Linux runs Node. */
const TICKS_PER_MS = 0.1;

/** Whether the system tells the processor time of processes. */
export const hasProc = existsSync('/proc/self/stat');

/**
 * Milliseconds of processor time that a server took so far, and a database server with all its processes, those
 * that have ended included.
 * @param postmaster pid of the database's first process; undefined when it is not of this machine
 * @returns undefined without /proc; `database` is null when it is not of this machine
 */
export function cpuTime(server, postmaster) {
  if (!hasProc) return undefined;
  const { own } = readStat(server) ?? ended('The contestant');
  if (!postmaster) return { server: own / TICKS_PER_MS, database: null };
  const first = readStat(postmaster) ?? ended('The database server');
  // Processes that have ended are counted by their parent, which is the first one.
  const database = first.own + first.ended + childrenOf(postmaster).reduce((sum, stat) => sum + stat.own, 0);
  return { server: own / TICKS_PER_MS, database: database / TICKS_PER_MS };
}

function ended(who) {
  throw new Error(`${who} has ended`);
}

/**
 * The database's first process, found from one of its sessions; undefined when that is not of this machine.
 * @param session pid of a session, as `pg_backend_pid()` says it
 * @param database name of its database, which PostgreSQL shows as the name of the process
 */
export function postmasterOf(session, database) {
  if (!hasProc || !existsSync(`/proc/${session}`)) return undefined;
  const title = readFileSync(`/proc/${session}/cmdline`, 'utf8');
  return title.startsWith('postgres') && title.includes(database) ? readStat(session)?.parent : undefined;
}

/** Resident memory of a process in bytes; undefined without /proc. */
export function residentBytes(pid) {
  if (!hasProc) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .filter((stat) => stat?.parent === parent);
}

/** Of proc(5): the name in parentheses may hold spaces, so that the fields are counted from its end. */
function readStat(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    // It ended meanwhile.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (position) => Number(fields[position - 3]);
  return {
    parent: number(4),
    own: number(14) + number(15),
    ended: number(16) + number(17),
  };
}
