/** Most tokens of a document that is parsed; an introspection query has about 500. */
export const MOST_TOKENS = 4000;

/** Largest request body and WebSocket message, in bytes. */
export const LARGEST_BODY = 2 * 1024 * 1024;

/** Longest document in characters: comments and spaces are no tokens, and are kept in memory like them. */
export const LONGEST_DOCUMENT = 100_000;

/** Most operations that one socket runs at a time. */
export const MOST_RUNNING = 20;

/** What is said of a document that is too long. */
export function documentTooLong(length: number): string {
  return `This document has ${length} characters, and ${LONGEST_DOCUMENT} are allowed: ask in several requests, and put values in variables.`;
}
