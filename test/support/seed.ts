/** Where property tests begin: the same on every run, and elsewhere with HUB_SEED, to look for more. */
export const SEED = Number(process.env.HUB_SEED ?? 20261126);
