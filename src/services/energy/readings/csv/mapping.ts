import { z } from 'zod';
import { UserError } from '../../../../errors.ts';

const column = z.string().min(1);

const schema = z
  .strictObject({
    /** What parts columns. */
    delimiter: z.string().length(1).default(','),
    /** What parts whole numbers from decimals. */
    decimal: z.enum(['.', ',']).default('.'),
    /** Column of the time, and what it marks: an instant, a local time, or a day. */
    time: column,
    marks: z.enum(['START', 'END', 'LAST_DAY']).default('START'),
    /** Zone of times that have no offset of their own. */
    timezone: z
      .string()
      .default('Europe/Brussels')
      .refine(isTimezone, 'is no time zone: name one such as Europe/Brussels or UTC'),
    /** How long a reading is; until the next one of its meter, for an index and for deliveries. */
    step: z.enum(['QUARTER_HOUR', 'HOUR', 'DAY', 'MONTH', 'UNTIL_NEXT']),
    /** What a value is. */
    value: z.enum(['CONSUMPTION', 'INDEX', 'MEAN_POWER_W', 'PER_DAY', 'FILLED']).default('CONSUMPTION'),
    /** What a value is multiplied by to be in the meter's unit. */
    factor: z.number().positive().default(1),
    /** A column for each meter: its reference or id, by the column. */
    columns: z.record(column, z.string().min(1)).optional(),
    /** Or a row for each meter: the column of its name in the file, and that of the value. */
    meter: column.optional(),
    quantity: column.optional(),
    /** Reference or id, and a factor of its own, by what a meter is called in the file; without, it is called by its reference. */
    meters: z
      .record(
        z.string(),
        z.union([z.string(), z.strictObject({ meter: z.string(), factor: z.number().positive() })]),
      )
      .optional(),
    /** Rows that have another text in a column are passed over. */
    where: z.record(column, z.string()).optional(),
    /** Column that says how sure a value is, and what its texts mean. */
    quality: z
      .strictObject({ column, texts: z.record(z.string(), z.enum(['MEASURED', 'ESTIMATED', 'CORRECTED'])) })
      .optional(),
    /** Devices that were replaced: what the old one said last, and the new one first. */
    replacements: z
      .array(
        z.strictObject({ meter: z.string(), at: z.string(), oldFinal: z.number(), newStart: z.number() }),
      )
      .default([]),
  })
  .refine(
    ({ columns, meter, quantity }) => (columns ? !meter && !quantity : meter && quantity),
    'give either `columns`, or `meter` and `quantity`',
  )
  .refine(
    ({ value, step }) => (value !== 'INDEX' && value !== 'FILLED') || step === 'UNTIL_NEXT',
    'with `value` INDEX or FILLED, `step` is UNTIL_NEXT',
  );

/** How the columns of a file are to be read. */
export type Mapping = z.infer<typeof schema>;

/** @throws UserError INVALID_MAPPING naming each wrong key */
export function mappingOf(text: string): Mapping {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new UserError('INVALID_MAPPING', `The mapping is no JSON: ${(error as Error).message}.`, 'mapping');
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ code, path, message }) => {
    if (path.length > 0) return `${path.join('.')}: ${message}`;
    return code === 'unrecognized_keys'
      ? `${message}; it may have ${Object.keys(schema.shape).join(', ')}`
      : message;
  });
  throw new UserError('INVALID_MAPPING', `The mapping is wrong. ${problems.join('; ')}.`, 'mapping');
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
