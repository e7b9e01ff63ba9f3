import type { RowPolicy } from '../read/index.ts';

/** Federations and who belongs to them are part of the public directory. */
export const federationPolicy: RowPolicy<unknown> = () => undefined;
