import type { RowPolicy } from '../read/index.ts';

/** Code lists are public. */
export const codeListPolicy: RowPolicy<unknown> = () => undefined;
