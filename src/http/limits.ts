/** Most tokens of a document that is parsed; an introspection query has about 500. */
export const MOST_TOKENS = 4000;

/** Largest request body and WebSocket message, in bytes. */
export const LARGEST_BODY = 2 * 1024 * 1024;
