/** What usage is counted from, as plain SQL reads it. */
export interface Fact {
  /** None for what is of no known partner: a funding, a declared count. */
  partner: string | null;
  service: string;
  /** Day on which its partner is a member or not. */
  day: string;
  /** Day of which its partner's sector, size and place are, where that is another one. */
  asOn?: string;
  /** In the grain of `ONE`. */
  amount: bigint;
  category: string | null;
  authority: string | null;
}

/** An entry that neither was taken back nor takes one back. */
export interface Entry extends Fact {
  metric: string;
  enrolment: string | null;
}

export interface Enrolment {
  id: string;
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

/** A partner as it is today. */
export interface Partner {
  id: string;
  sector: string;
  band: string;
  /** Codes of every territory in which it has a site. */
  places: string[];
}

/** What a partner was over a half-open period; `-infinity` and `infinity` where that is open. */
export interface Profile {
  partner: string;
  from: string;
  until: string;
  sector: string;
  band: string;
  municipality: string;
  province: string | null;
  region: string;
}

export interface Funding {
  service: string;
  authority: string | null;
  /** In millionths. */
  amount: string;
  from: string;
  until: string;
}

/** The population that a service is for. */
export interface ServedPopulation {
  service: string;
  declared: number | null;
  members: string[];
}

export interface Definition {
  key: string;
  kind: string;
  aggregation: string;
  source: string;
  needs: boolean;
  numerator: string | null;
  denominator: string | null;
}
