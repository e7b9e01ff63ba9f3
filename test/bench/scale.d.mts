/** What `loadScale` takes: one session of `pg`. */
export interface LoadClient {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Fills a migrated database without partners with synthetic data; see scale.mjs. */
export function loadScale(
  client: LoadClient,
  options?: { scale?: number; say?: (line: string) => void },
): Promise<{ partners: number; enrolments: number; usageEntries: number }>;
