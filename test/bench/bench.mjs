/**
 * `npm run bench`: installs what only the benchmark needs, builds the hub, and runs; whatever happens, nothing
 * of it is left running. See options.mjs for what it takes.
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions, USAGE } from './options.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = join(root, 'test/bench');
const say = (line) => console.error(line);

/** What has to happen at the end, the last first. */
const cleanUps = [];
let cleaning;
function cleanUp() {
  cleaning ??= (async () => {
    for (const step of cleanUps.toReversed()) await step().catch((error) => say(String(error)));
  })();
  return cleaning;
}

process.on('uncaughtException', async (error) => {
  if (!cleaning) say(error?.stack ?? String(error));
  process.exitCode ||= 1;
  await cleanUp();
  process.exit();
});

try {
  const options = readOptions(process.argv.slice(2), root);
  if (options.help) console.log(USAGE);
  else {
    await install();
    if (options.isOwnHub) await command(process.execPath, ['src/build.mjs', '--step', 'tsc'], root);
    // Only now: it needs what was just installed.
    const { run } = await import('./run.mjs');
    console.log(await run(options, { say, onStop, whenReady: onInterrupt }));
  }
} catch (error) {
  // An interrupted run fails in some way or other, and has said why.
  if (!cleaning) say(error?.message ?? String(error));
  process.exitCode ||= 1;
}
await cleanUp();
// The library of the database server leaves handles open.
process.exit();

function onStop(step) {
  cleanUps.push(step);
}

/** In place of the handlers of the database server's library, which end the process before the rest is done. */
function onInterrupt() {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.removeAllListeners(signal);
    process.once(signal, async () => {
      say(`${signal}: ending …`);
      process.exitCode = code;
      await cleanUp();
      process.exit();
    });
  }
}

/** Packages that are missing, or older than the list of their versions. */
async function install() {
  const done = join(here, 'node_modules/.package-lock.json');
  const isFresh =
    existsSync(done) && statSync(done).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs;
  if (isFresh) return;
  say('Installing the packages of the benchmark …');
  await command('npm', ['ci'], here);
}

/** What it says goes to standard error: standard output is for the results. */
function command(name, args, cwd) {
  return new Promise((resolve, reject) => {
    const shell = name === 'npm' && process.platform === 'win32';
    const child = spawn(name, args, { cwd, shell, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${name} ${args.join(' ')} failed.`)),
    );
  });
}
