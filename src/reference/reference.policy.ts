import { PUBLIC_RECORDS } from '../database/row-security.ts';

/** Code lists are public. */
export const codeListRule = PUBLIC_RECORDS;
