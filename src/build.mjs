// Builds what is stale, before the hub starts: plain JavaScript, because nothing is compiled yet.
//   node src/build.mjs [--step tsc|graphiql]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const dist = at('dist');
const lockPath = join(dist, '.build.lock');

const sourceFolders = ['src', 'migrations', 'seeds'];
const compiledFolders = sourceFolders.map((folder) => `dist/${folder}`);
const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.test.ts');
const buildInfo = join(dist, '.stamp-tsc.tsbuildinfo');

const steps = [
  {
    name: 'tsc',
    done: 'TypeScript compiled',
    failed: 'TypeScript did not compile.',
    tools: ['node_modules/typescript/bin/tsc'],
    inputs: async () => [
      ...(await filesIn(sourceFolders, isSource)),
      'tsconfig.json',
      'src/tsconfig.build.json',
      'package-lock.json',
      'src/build.mjs',
    ],
    outputs: () => filesIn(compiledFolders, (path) => path.endsWith('.js')),
    build: compile,
  },
  {
    name: 'graphiql',
    done: 'GraphiQL page bundled',
    failed: 'The GraphiQL page could not be bundled.',
    tools: ['node_modules/vite/package.json', 'node_modules/graphiql/package.json'],
    inputs: async () => [
      ...(await filesIn(['src/web/graphiql', 'schema/operations'])),
      'package-lock.json',
      'src/build.mjs',
    ],
    outputs: () => filesIn(['dist/graphiql']),
    build: bundle,
  },
];

process.exitCode = await main();

async function main() {
  const chosen = chooseSteps(process.argv.slice(2));
  if (!chosen) return 1;
  // A production install has no tools, and runs what was built elsewhere.
  const buildable = chosen.filter((step) => step.tools.every((path) => existsSync(at(path))));
  if (buildable.length < chosen.length && !existsSync(at('dist/src'))) {
    console.error(
      'There is no build, and the tools to make one are not installed: run `npm ci` with devDependencies.',
    );
    return 1;
  }
  if ((await staleSteps(buildable)).length === 0) return 0;
  const unlock = await lock();
  try {
    // Asked again: another start may have built it while this one waited.
    const stale = await staleSteps(buildable);
    // Side by side, the compiler being a process of its own.
    const results = await Promise.all(stale.map(run));
    return results.every(Boolean) ? 0 : 1;
  } finally {
    await unlock();
  }
}

function chooseSteps(args) {
  if (args.length === 0) return steps;
  const name = args.join('=').replace(/^--step=/, '');
  const chosen = steps.filter((step) => step.name === name);
  if (chosen.length > 0) return chosen;
  console.error(`Usage: node src/build.mjs [--step ${steps.map((step) => step.name).join('|')}]`);
  return undefined;
}

async function run(step) {
  const start = performance.now();
  try {
    // Gone before anything is written, and written last: a build that was cut short is never taken for fresh.
    const inputs = await fingerprint(await step.inputs());
    const last = await readStamp(step);
    await rm(stampPath(step), { force: true });
    await step.build(last);
    const outputs = await fingerprint(await step.outputs());
    await writeFile(stampPath(step), `${JSON.stringify({ inputs, outputs })}\n`);
  } catch (error) {
    const message = String(error.message ?? error);
    console.error(process.stderr.isTTY ? message : stripVTControlCharacters(message));
    console.error(step.failed);
    return false;
  }
  console.log(`${step.done} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return true;
}

async function compile(last) {
  // The compiler trusts its memory of what it wrote: without it, it writes everything again.
  const isAsWritten = last?.outputs === (await fingerprint(await this.outputs()));
  if (!isAsWritten) await rm(buildInfo, { force: true });
  await runCompiler();
  await removeOrphans();
}

function runCompiler() {
  return new Promise((resolve, reject) => {
    const args = [at('node_modules/typescript/bin/tsc'), '-p', at('src/tsconfig.build.json')];
    const pretty = process.stdout.isTTY ? ['--pretty'] : [];
    const child = spawn(process.execPath, [...args, ...pretty], { cwd: root });
    let messages = '';
    child.stdout.on('data', (data) => (messages += data));
    child.stderr.on('data', (data) => (messages += data));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(messages.trimEnd()))));
  });
}

/** Removes what was compiled from sources that are gone: a deleted migration must not run. */
async function removeOrphans() {
  const wanted = new Set((await filesIn(sourceFolders, isCompiled)).map(outputOf));
  for (const path of await filesIn(compiledFolders, (path) => /\.js(\.map)?$/.test(path))) {
    if (wanted.has(path.replace(/\.map$/, ''))) continue;
    await rm(at(path), { force: true });
    await removeEmptyFolders(dirname(at(path)));
  }
}

async function removeEmptyFolders(folder) {
  if (folder === dist || (await readdir(folder)).length > 0) return;
  await rmdir(folder);
  await removeEmptyFolders(dirname(folder));
}

async function bundle() {
  // React would bundle its development build otherwise.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const configPath = at('src/web/graphiql/vite.config.mjs');
  const { default: config } = await import(pathToFileURL(configPath).href);
  await removeTemporaryPages();
  // Beside the page first, so that a hub that runs serves the old page whole or the new one.
  const outDir = join(dist, `.graphiql-${process.pid}`);
  try {
    await build({ ...config, configFile: false, logLevel: 'error', build: { ...config.build, outDir } });
    const page = join(dist, 'graphiql');
    if (existsSync(page)) await rename(page, `${outDir}-old`);
    await rename(outDir, page);
  } finally {
    await removeTemporaryPages();
  }
}

async function removeTemporaryPages() {
  for (const name of await readdir(dist)) {
    if (name.startsWith('.graphiql-')) await rm(join(dist, name), { recursive: true, force: true });
  }
}

async function staleSteps(candidates) {
  const fresh = await Promise.all(candidates.map(isFresh));
  return candidates.filter((_step, index) => !fresh[index]);
}

async function isFresh(step) {
  const stamp = await readStamp(step);
  if (!stamp) return false;
  const [inputs, outputs] = await Promise.all([step.inputs(), step.outputs()]);
  return stamp.inputs === (await fingerprint(inputs)) && stamp.outputs === (await fingerprint(outputs));
}

function stampPath(step) {
  return join(dist, `.stamp-${step.name}.json`);
}

async function readStamp(step) {
  try {
    return JSON.parse(await readFile(stampPath(step), 'utf8'));
  } catch {
    return undefined;
  }
}

function isCompiled(path) {
  return isSource(path) && !path.endsWith('.d.ts');
}

function outputOf(path) {
  return `dist/${path.replace(/\.ts$/, '.js')}`;
}

/** The files of folders, as paths from the project with `/`, in a stable order. */
async function filesIn(folders, accepts = () => true) {
  const found = [];
  for (const folder of folders) {
    const entries = await readdir(at(folder), { recursive: true, withFileTypes: true }).catch((error) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (accepts(path)) found.push(path);
    }
  }
  return found.sort();
}

/** Of names and contents: times mean little after a checkout or in an image. */
async function fingerprint(paths) {
  const hash = createHash('sha256');
  const contents = await Promise.all(paths.map((path) => readFile(at(path)).catch(() => '')));
  for (const [index, path] of paths.entries()) {
    hash.update(`${path}\0${contents[index].length}\0`).update(contents[index]);
  }
  return hash.digest('hex');
}

/**
 * One build at a time. Its holder touches the lock as long as it lives; one left behind is taken over. The
 * process number alone would not do: in a container the next process often has the number of the last.
 */
async function lock() {
  await mkdir(dist, { recursive: true });
  for (;;) {
    try {
      await writeFile(lockPath, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (await isLeftBehind()) await rm(lockPath, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const touch = setInterval(() => utimes(lockPath, new Date(), new Date()).catch(() => {}), 1000);
  return async () => {
    clearInterval(touch);
    await rm(lockPath, { force: true });
  };
}

async function isLeftBehind() {
  try {
    const { mtimeMs } = await stat(lockPath);
    if (Date.now() - mtimeMs > 10_000) return true;
    const holder = Number(await readFile(lockPath, 'utf8'));
    // Just created and not written yet.
    if (!holder) return false;
    process.kill(holder, 0);
    return holder === process.pid;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
