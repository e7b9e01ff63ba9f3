const DAY_MS = 86_400_000;

/** A hub that starts has other work; one that is started every day still gets there. */
const FIRST_AFTER_MS = 60_000;

/**
 * Does something soon, and once a day from then on, or as often as is said.
 * @returns what ends it, and waits for a run under way
 */
export function repeatedly(
  work: () => Promise<void>,
  failed: (error: unknown) => void,
  { first = FIRST_AFTER_MS, every = DAY_MS }: { first?: number; every?: number } = {},
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  let isOver = false;
  const plan = (after: number): void => {
    timer = setTimeout(() => {
      running = work()
        .catch(failed)
        .then(() => {
          if (!isOver) plan(every);
        });
    }, after);
    timer.unref();
  };
  plan(first);
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await running;
  };
}
