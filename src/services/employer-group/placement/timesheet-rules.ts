/** What is wrong with a row, and which of its fields. */
export interface RowError {
  code: string;
  message: string;
  field: string;
}

/** What is wrong with a week: it is known by its Monday, and has begun. */
export function weekError(week: string, today: string): RowError | undefined {
  if (new Date(week).getUTCDay() !== 1) {
    return {
      code: 'INVALID_WEEK',
      message: `${week} is no Monday: a week is known by its Monday.`,
      field: 'week',
    };
  }
  if (week > today) return { code: 'DATE_IN_FUTURE', message: 'Give a week that has begun.', field: 'week' };
  return undefined;
}

/** What is wrong with hours: they come in quarters, and a week has 168. */
export function hoursError(hours: string): RowError | undefined {
  const quarters = Number(hours) * 4;
  const isFine = /^\d{1,3}(\.\d{1,2})?$/.test(hours) && Number.isInteger(quarters) && quarters <= 168 * 4;
  return isFine
    ? undefined
    : {
        code: 'INVALID_HOURS',
        message: 'Give hours in whole quarters, such as 7.5 or 3.25.',
        field: 'hours',
      };
}
