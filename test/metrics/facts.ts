/** What usage is counted from, as plain SQL reads it. */
export interface Fact {
  partner: string;
  service: string;
  day: string;
  millionths: bigint;
  category: string | null;
  authority: string | null;
  /** Of an enrolment: the first day on which it no longer holds. */
  until?: string | null;
  /** Of an entry that needs an enrolment: the first day on which that no longer holds. */
  heldUntil?: string | null;
}

export interface Partner {
  id: string;
  sector: string;
  band: string;
  municipality: string;
  province: string | null;
  region: string;
  places: string[];
}

export interface Entry extends Fact {
  metric: string;
}

export interface Enrolment {
  partner: string;
  service: string;
  from: string;
  until: string | null;
  authority: string | null;
}

/** A member of a federation over a half-open period. */
export interface Membership {
  partner: string;
  federation: string;
  from: string;
  until: string | null;
}
