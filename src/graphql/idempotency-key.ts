/** What a client is told of a mutation's `idempotencyKey`. */
export const IDEMPOTENCY_KEY =
  'Key of this request, 8 to 120 printable characters without spaces; a repeat with the same key gives the same answer.';
