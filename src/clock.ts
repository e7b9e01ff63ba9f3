/** Tells the time. Rules take it as an argument, so that tests can say when they happen. */
export type Clock = () => Date;

const BRUSSELS = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Brussels',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day of an instant in Belgium, `YYYY-MM-DD`. */
export function brusselsDay(instant: Date): string {
  return BRUSSELS.format(instant);
}
