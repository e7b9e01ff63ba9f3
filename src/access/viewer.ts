/**
 * Who asks. The read function binds it into every statement, where the database's own row policies can see
 * it too; the row policies of the rooms receive it as an argument.
 */
export interface Viewer {
  /** Stable name of the principal: `anonymous`, or `administrator`. Idempotency keys are unique per principal. */
  readonly principal: string;
  readonly isAdministrator: boolean;
}

export const ANONYMOUS: Viewer = { principal: 'anonymous', isAdministrator: false };
export const ADMINISTRATOR: Viewer = { principal: 'administrator', isAdministrator: true };
