import type { RowPolicy } from '../read/index.ts';

/** The directory of partners, their sites and recognitions is public (DOMAIN: "the directory"). */
export const directoryPolicy: RowPolicy<unknown> = () => undefined;
