import { readConfig } from './config.ts';
import { runUntilSignal } from './process.ts';
import { startHub } from './start.ts';

await runUntilSignal(() => startHub(readConfig(), console.log));
