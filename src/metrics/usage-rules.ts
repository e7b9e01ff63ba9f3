import { UserError } from '../errors.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import { MetricSource } from './metric-definition.ts';

/** A reported quantity, its references resolved. */
interface ReportedQuantity {
  occurredOn: string;
  quantity: string;
  category?: string | null | undefined;
}

/** An enrolment of the partner in the service, as far as the rules look at it. */
export interface EnrolmentPeriod {
  id: string;
  activeFrom?: string | null;
  endedOn?: string | null;
}

type Rules = Pick<
  MetricDefinitionInit,
  'key' | 'source' | 'serviceKind' | 'needsEnrolment' | 'wholeNumbers' | 'neverNegative'
>;

/** Whether a text can be a source's reference of an entry: 1 to 120 printable characters. */
export function isReference(text: string): boolean {
  return /^[^\p{C}]{1,120}$/u.test(text);
}

/** The enrolment that holds on a day. */
export function enrolmentOn<T extends EnrolmentPeriod>(enrolments: readonly T[], day: string): T | undefined {
  return enrolments.find(
    ({ activeFrom, endedOn }) => activeFrom && activeFrom <= day && (!endedOn || day < endedOn),
  );
}

/**
 * What is wrong with a reported quantity; undefined when its metric allows it. The database holds the same
 * rules (migration "rules") but those of the category and of days to come; these say it better.
 */
export function quantityError(
  entry: ReportedQuantity,
  about: { definition: Rules; serviceKind: string; enrolment: EnrolmentPeriod | undefined; today: string },
): UserError | undefined {
  const { definition, serviceKind, enrolment, today } = about;
  if (definition.source !== MetricSource.USAGE_ENTRIES) {
    return new UserError(
      'METRIC_NOT_REPORTED',
      `${definition.key} is computed by the hub; nothing is reported for it.`,
      'metric',
    );
  }
  if (definition.serviceKind && definition.serviceKind !== serviceKind) {
    return new UserError(
      'METRIC_OF_OTHER_KIND',
      `${definition.key} is a metric of services of kind ${definition.serviceKind}; this one is ${serviceKind}: see \`metricDefinitions\`.`,
      'metric',
    );
  }
  if (entry.occurredOn > today) {
    return new UserError(
      'DATE_IN_FUTURE',
      `${entry.occurredOn} has not come yet (today is ${today}).`,
      'occurredOn',
    );
  }
  if (definition.needsEnrolment && !enrolment) {
    return new UserError(
      'ENROLMENT_REQUIRED',
      `${definition.key} counts enrolled partners only, and no enrolment of the partner in this service was active on ${entry.occurredOn}.`,
      'partner',
    );
  }
  if (definition.wholeNumbers && entry.quantity.includes('.')) {
    return new UserError(
      'QUANTITY_NOT_WHOLE',
      `${definition.key} counts whole things: give a quantity without decimals.`,
      'quantity',
    );
  }
  if (definition.neverNegative && entry.quantity.startsWith('-')) {
    return new UserError(
      'QUANTITY_NEGATIVE',
      `${definition.key} is never negative. To take an entry back, report one with \`reverses\`.`,
      'quantity',
    );
  }
  if (entry.category != null && !/^[A-Z0-9_]{1,40}$/.test(entry.category)) {
    return new UserError(
      'INVALID_CATEGORY',
      'A category has 1 to 40 of A-Z, 0-9 and _, e.g. ACCOUNTANT.',
      'category',
    );
  }
  return undefined;
}

/** The opposite of an exact decimal. */
export function negated(quantity: string): string {
  if (/^-?0+(\.0+)?$/.test(quantity)) return '0';
  return quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`;
}
