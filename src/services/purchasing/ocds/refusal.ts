/** Why something of a file is not taken: a stable code, what to change, and where it stands. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Dotted path in the release, e.g. `tender.lots.0.value.amount`; empty for the whole. */
  readonly path: string;
}

/** What was read, or why it was not. */
export type Read<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly value?: undefined; readonly refusal: Refusal };

/** A reading that failed. */
export function refuse(code: string, message: string, path = ''): { refusal: Refusal } {
  return { refusal: { code, message, path } };
}
