/**
 * Who asks. The row policies of the rooms receive it as an argument, and the read function binds its name into
 * every statement as `hub.viewer`.
 */
export interface Viewer {
  /** Stable name of the principal: `anonymous`, or `administrator`. Idempotency keys are unique per principal. */
  readonly principal: string;
  readonly isAdministrator: boolean;
}

export const ANONYMOUS: Viewer = { principal: 'anonymous', isAdministrator: false };
export const ADMINISTRATOR: Viewer = { principal: 'administrator', isAdministrator: true };
