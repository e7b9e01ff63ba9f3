/** The command line of the benchmark. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `npm run bench -- OPTIONS
Measures the hub beside PostGraphile, a hand-written limit and a constant answer, on synthetic data on a real
PostgreSQL: one that is started for the run, or DATABASE_URL's, where a database is created and dropped.

  --only NAME     only shapes, or contestants beside the hub, whose name holds NAME; may be given again
  --seconds N     seconds per shape, contestant and round (default 4)
  --rounds N      rounds, each with the contestants in another sequence (default 7)
  --scale N       times 5,000 partners, 18,000 enrolments, 1.8 million usage entries (default 1)
  --hub DIR       measure another build of the hub, which is not built first
  --keep          keep the database for the next run with --keep
  --metrics       measure questions about usage instead, beside a limit on the rollups and beside PostgreSQL adding up
                  the entries, and the writing of usage beside plain INSERTs; in a database of its own, where --scale N
                  is times 1.8 million entries in the same 60,000 cells
  --flat          with --metrics: the same questions beside themselves over ten times the entries (--scale 1: 8 GB of
                  disk more, and half an hour to load: use --keep)
  --memory        measure the memory of the hub instead: idle, and over 100,000 requests
  --readings      measure the import of 2 million meter readings from a CSV file instead, times --scale N
  --json          print the results as JSON; progress goes to standard error anyway
  --help          this text`;

/**
 * What a run is asked to do.
 * @throws Error with one line that says what is wrong
 */
export function readOptions(args, root) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      seconds: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '7' },
      scale: { type: 'string', default: '1' },
      hub: { type: 'string' },
      keep: { type: 'boolean', default: false },
      metrics: { type: 'boolean', default: false },
      flat: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      readings: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.hub !== undefined && !existsSync(join(values.hub, 'dist/src/main.js'))) {
    throw new Error(`--hub ${values.hub} holds no build: there is no dist/src/main.js in it.`);
  }
  if (values.flat && !values.metrics) throw new Error('--flat belongs to --metrics.');
  if ([values.memory, values.metrics, values.readings].filter(Boolean).length > 1)
    throw new Error('--memory, --metrics and --readings are runs of their own.');
  return {
    ...values,
    seconds: number('seconds', values.seconds, 0.1, 3600),
    rounds: number('rounds', values.rounds, 1, 1000, true),
    scale: number('scale', values.scale, 0.001, 100),
    hub: resolve(values.hub ?? root),
    isOwnHub: values.hub === undefined,
  };
}

function number(name, text, least, most, isWhole = false) {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
  throw new Error(`--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}.`);
}

/**
 * Which shapes and contestants take part. A name of a shape leaves the other shapes out, one of a contestant the
 * other contestants; the hub always takes part.
 * @throws Error when a name fits nothing
 */
export function choose(only, shapes, contestants) {
  const fits = (names) => (name) => names.some((part) => name.toLowerCase().includes(part.toLowerCase()));
  for (const part of only) {
    if (![...shapes, ...contestants].some(fits([part]))) {
      throw new Error(
        `--only ${part} fits nothing. Shapes: ${shapes.join('; ')}. Contestants: ${contestants.join(', ')}.`,
      );
    }
  }
  const ofShapes = shapes.filter(fits(only));
  const ofContestants = contestants.filter(fits(only));
  return {
    shapes: ofShapes.length > 0 ? ofShapes : shapes,
    contestants: ofContestants.length > 0 ? ofContestants : contestants,
  };
}
