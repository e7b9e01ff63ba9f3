import { StartupError } from './errors.ts';

/** Longest time for requests under way to end after a signal. */
const DRAIN_MS = 20_000;

/**
 * Runs something until SIGTERM or SIGINT, then lets requests under way end. A start that fails is one line
 * on standard error and exit code 1.
 */
export async function runUntilSignal(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const signal = new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
  });
  const running = await orExit(start);
  const name = await signal;
  console.log(`${name}: letting requests under way end …`);
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await running.stop();
}

/** The result of `work`; a StartupError ends the process with its line. */
export async function orExit<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
