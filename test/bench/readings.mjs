/** The import of meter readings: how fast it is, and whether its memory stays flat. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { residentBytes } from './cpu.mjs';
import { onServer, openServer } from './database.mjs';
import { runHub } from './processes.mjs';

const READINGS = 2_000_000;
const METERS = 20;
const HOUR = 3_600_000;

/**
 * Imports a synthetic file of hourly readings into a database of its own, and answers what to print.
 * @param hub the build that is measured; `dataDir` a folder for the file
 */
export async function runReadings(options, { hub, dataDir }, hooks) {
  const { say, onStop } = hooks;
  const server = await openServer(false, hooks);
  const name = `mutualhub_bench_readings_${process.pid}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, (client) =>
    client.query(`create database ${name} template template0 encoding 'UTF8'`),
  );
  onStop(() =>
    onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)).catch(
      () => {},
    ),
  );
  say('Applying the migrations and the demonstration data …');
  const environment = { DATABASE_URL: url.href, HUB_MODE: 'demonstration' };
  await runHub(hub, ['dist/src/cli.js', 'migrate'], environment);
  await onServer(url.href, (client) => client.query(METERS_SQL));
  const amount = Math.round(READINGS * options.scale);
  say(`Writing a file of ${amount} readings …`);
  const file = join(dataDir, 'readings.csv');
  await writeReadings(file, amount);
  await writeFile(
    join(dataDir, 'mapping.json'),
    JSON.stringify({ time: 'time', meter: 'meter', quantity: 'kwh', step: 'HOUR', timezone: 'UTC' }),
  );
  const result = { readings: amount, meters: METERS };
  for (const round of ['first', 'again']) {
    say(`Importing it, ${round} …`);
    result[round] = await imported(hub, dataDir, file, environment, amount);
  }
  return options.json ? JSON.stringify(result, null, 2) : textOf(result);
}

const METERS_SQL = `insert into meter (partner_id, id, service_id, reference, carrier, unit, provenance)
  select b.partner_id, gen_random_uuid(), b.service_id, 'BENCH-' || n, 'ELECTRICITY', 'KWH', 'SYNTHETIC'
  from (select * from building order by id limit 1) as b cross join generate_series(0, ${METERS - 1}) as n`;

async function writeReadings(file, amount) {
  const out = createWriteStream(file);
  out.write('time,meter,kwh\n');
  for (let at = 0; at < amount; ) {
    const lines = [];
    for (let n = 0; n < 20_000 && at < amount; n++, at++) {
      const hour = Math.floor(at / METERS);
      const time = new Date(Date.UTC(2010, 0, 1) + hour * HOUR).toISOString();
      lines.push(`${time},BENCH-${at % METERS},${(((at * 7919) % 9973) / 1000).toFixed(3)}\n`);
    }
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Runs the command, and looks at its memory meanwhile. */
async function imported(hub, dataDir, file, environment, amount) {
  const child = spawn(
    process.execPath,
    ['dist/src/cli.js', 'import', 'readings', file, '--mapping', join(dataDir, 'mapping.json')],
    { cwd: hub, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const start = performance.now();
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const memory = [];
  const look = setInterval(() => memory.push(residentBytes(child.pid) ?? 0), 200);
  const [code] = await once(child, 'exit');
  clearInterval(look);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`The import ended with ${code}: ${said}`);
  const quarter = memory.slice(0, Math.ceil(memory.length / 4));
  const megabytes = (bytes) => Math.round(Math.max(...bytes) / 2 ** 20);
  return {
    seconds: Number(seconds.toFixed(1)),
    perSecond: Math.round(amount / seconds),
    firstQuarterMb: megabytes(quarter),
    peakMb: megabytes(memory),
    said: said.trim().split('\n').at(-1),
  };
}

function textOf({ readings, meters, first, again }) {
  const line = (what, { seconds, perSecond, firstQuarterMb, peakMb, said }) =>
    `${what}: ${perSecond} readings a second (${seconds} s with the start of the command), memory ${firstQuarterMb} MB at most in the first quarter, ${peakMb} MB in all. ${said}`;
  return [
    '',
    `${readings} hourly readings of ${meters} meters, from a CSV file`,
    line('imported', first),
    line('and once more', again),
  ].join('\n');
}
