/** What a run says at its end: the machine, a table, and the same as JSON. */
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { hasProc } from './cpu.mjs';
import { NODE } from './processes.mjs';

const PEERS = ['postgraphile', 'entries', 'limit', 'constant'];
/** The hub, asked by others than its administrator. */
const READERS = ['anonymous', 'member'];
/** The same over ten times the entries. */
const TENFOLD = ['tenfold', 'tenfold limit'];

/** What a result begins with. */
export function headOf({ scale }, database, postmaster) {
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: machineOf(database),
    scale,
    loadSeconds: database.loadSeconds,
    hasProc,
    isDatabaseHere: postmaster !== undefined,
  };
}

/** What the figures depend on. */
function machineOf(database) {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: execFileSync(NODE, ['--version'], { encoding: 'utf8' }).trim(),
    postgresql: database.version,
    settings: database.settings,
    databaseSize: database.size,
  };
}

/** The results of each shape, with the ratios of requests per second and of processor time to the targets. */
export function shapesOf(pairs, results) {
  return pairs.map(({ shape }) => {
    const of = (name) => {
      const found = results.find((result) => result.shape === shape && result.contestant.name === name);
      if (!found) return null;
      const { shape: _, contestant: __, ...figures } = found;
      return figures;
    };
    const hub = of('hub');
    const peers = Object.fromEntries(PEERS.map((name) => [name, of(name)]));
    const readers = Object.fromEntries(READERS.map((name) => [name, of(name)]));
    const tenfold = Object.fromEntries(TENFOLD.map((name) => [name, of(name)]));
    const ratio = (figure) =>
      Object.fromEntries(PEERS.map((name) => [name, hub && peers[name] && figure(peers[name])]));
    return {
      name: shape.name,
      hub,
      ...peers,
      ...readers,
      ...tenfold,
      isolation: isolationOf(shape, readers),
      flat: flatOf(shape, hub, tenfold.tenfold),
      ratio: ratio((peer) => hub.rps / peer.rps),
      cpuRatio: ratio((peer) => (peer.cpuMs && hub.cpuMs ? peer.cpuMs / hub.cpuMs : null)),
      target: Object.fromEntries(PEERS.map((name) => [name, shape.target[name] ?? null])),
    };
  });
}

/** What it costs to know the reader: a partner's tool beside who says nothing of itself. */
function isolationOf(shape, { anonymous, member }) {
  if (!anonymous || !member) return null;
  return {
    ratio: member.rps / anonymous.rps,
    cpuRatio: anonymous.cpuMs && member.cpuMs ? anonymous.cpuMs / member.cpuMs : null,
    target: shape.isolation,
  };
}

/** How many times slower ten times the entries make it. */
function flatOf(shape, hub, tenfold) {
  if (!hub || !tenfold) return null;
  return {
    ratio: hub.rps / tenfold.rps,
    cpuRatio: hub.cpuMs && tenfold.cpuMs ? tenfold.cpuMs / hub.cpuMs : null,
    target: shape.flat,
  };
}

/** The results as JSON, fractions with the digits that mean something. */
export function jsonText(result) {
  const rounded = (value) => (Number.isInteger(value) ? value : Number(value.toPrecision(5)));
  return JSON.stringify(result, (_key, value) => (typeof value === 'number' ? rounded(value) : value), 2);
}

/** The machine in words. */
export function machineText({ date, machine, scale, isDatabaseHere }) {
  const settings = Object.entries(machine.settings).map(([key, value]) => `${key}=${value}`);
  return [
    `${date}: ${machine.cores} cores of ${machine.processor}, ${machine.memoryGb} GB, ${machine.system}`,
    `Node ${machine.node}, PostgreSQL ${machine.postgresql} (${settings.join(', ')})`,
    `synthetic data at scale ${scale}: ${machine.databaseSize}`,
    ...(hasProc ? [] : ['/proc is missing on this system: processor time and memory are not known']),
    ...(hasProc && !isDatabaseHere
      ? ['The database server is not of this machine: its processor time is not known']
      : []),
  ].join('\n');
}

const COLUMNS = [
  ['contestant', 13, (row) => row.name],
  ['req/s', 9, (row) => fixed(row.rps)],
  ['min–max', 15, (row) => `${fixed(row.rpsMin)}–${fixed(row.rpsMax)}`],
  ['p50 ms', 8, (row) => fixed(row.p50)],
  ['p99 ms', 8, (row) => fixed(row.p99)],
  ['CPU ms', 8, (row) => fixed(row.cpuMs)],
  ['node', 7, (row) => fixed(row.cpuMsServer)],
  ['database', 9, (row) => fixed(row.cpuMsDatabase)],
  ['hub/it', 7, (row) => fixed(row.ratio)],
  ['by CPU', 7, (row) => fixed(row.cpuRatio)],
  ['target', 8, (row) => (row.target === null ? '' : `≥ ${row.target}`)],
  ['', 7, (row) => verdict(row)],
];

/** A table for each shape. `hub/it` is the ratio of requests per second, `by CPU` that of processor time. */
export function tableText(shapes) {
  const line = (cells) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(COLUMNS[0][1]) : cell.padStart(COLUMNS[index][1])))
      .join(' ')
      .trimEnd();
  return shapes
    .flatMap((shape) => {
      const { isolation, flat } = shape;
      const rows = ['hub', ...READERS, ...TENFOLD, ...PEERS]
        .filter((name) => shape[name])
        .map((name) => ({
          name,
          ...shape[name],
          ratio: shape.ratio[name] ?? null,
          cpuRatio: shape.cpuRatio[name] ?? null,
          target: shape.target[name] ?? null,
        }));
      return [
        '',
        shape.name,
        line(COLUMNS.map(([title]) => title)),
        ...rows.map((row) => line(COLUMNS.map(([, , cell]) => cell(row)))),
        ...(isolation
          ? [
              `member/anonymous ${fixed(isolation.ratio)}, by CPU ${fixed(isolation.cpuRatio)}, target ≥ ${isolation.target} ${verdict(isolation)}`,
            ]
          : []),
        ...(flat
          ? [
              `ten times the entries: ${fixed(flat.ratio)} times slower, by CPU ${fixed(flat.cpuRatio)}, target ≤ ${flat.target} ${flat.ratio <= flat.target ? 'met' : 'MISSED'}`,
            ]
          : []),
      ];
    })
    .join('\n');
}

function verdict({ ratio, target }) {
  if (target === null || ratio === null) return '';
  return ratio >= target ? 'met' : 'MISSED';
}

/** Three digits that count. */
export function fixed(value) {
  if (value === null || value === undefined) return '';
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}
