/** The memory of a hub: idle, and as it serves. */
import { residentBytes } from './cpu.mjs';
import { requestsOf } from './measure.mjs';

const IDLE_MS = 10_000;
const STEP = 20_000;
const STEPS = 5;

/** How often each shape comes in twenty requests, by its number: the short questions of a dashboard most. */
const MIX = [10, 2, 4, 1, 3];

/** Resident memory of a hub that was just started: after 10 s, then after each 20,000 requests of all shapes. */
export async function measureMemory(load, hub, shapes, keys, say) {
  say(`Waiting ${IDLE_MS / 1000} s …`);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const read = (requests) => ({ requests, rssMb: megabytes(residentBytes(hub.child.pid)) });
  const readings = [read(0)];
  const ofShape = shapes.map((shape, number) => requestsOf(hub, shape, number, shape.cases(keys)));
  const turns = spread(MIX);
  const requests = Array.from({ length: 2_000 }, (_, index) => {
    const choices = ofShape[turns[index % turns.length]];
    return choices[Math.floor(index / turns.length) % choices.length];
  });
  for (let step = 1; step <= STEPS; step++) {
    say(`${step * STEP} requests …`);
    await load.run({ url: hub.url, requests, amount: STEP });
    readings.push(read(step * STEP));
  }
  return readings;
}

/** Numbers of shapes in a sequence that mixes them as evenly as their shares allow. */
function spread(shares) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const places = shares.flatMap((share, number) =>
    Array.from({ length: share }, (_, index) => ({ number, place: ((index + 0.5) * total) / share })),
  );
  return places.sort((a, b) => a.place - b.place).map(({ number }) => number);
}

function megabytes(bytes) {
  return bytes === undefined ? null : Math.round(bytes / 2 ** 20);
}

/** The readings in words. */
export function memoryText(readings) {
  return [
    '',
    'resident memory of the hub (mixed shapes)',
    ...readings.map(
      ({ requests, rssMb }) =>
        `${requests === 0 ? 'idle, 10 s after its start' : `after ${requests} requests`}: ${rssMb ?? '?'} MB`,
    ),
  ].join('\n');
}
