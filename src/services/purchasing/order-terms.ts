import { AgreementStatus } from './agreement.entity.ts';

/**
 * Whether orders are placed, and passed on, under an agreement.
 * @param day `YYYY-MM-DD` in Belgium
 */
export function isInForce(
  { status, validFrom, validUntil }: { status: AgreementStatus; validFrom: string; validUntil: string },
  day: string,
): boolean {
  return status === AgreementStatus.ACTIVE && validFrom <= day && day < validUntil;
}

/**
 * Whether a product is still on offer.
 * @param day `YYYY-MM-DD` in Belgium
 */
export function isOnOffer({ withdrawnOn }: { withdrawnOn?: string | null }, day: string): boolean {
  return !withdrawnOn || withdrawnOn > day;
}

/**
 * Whether the certificate of a product holds; a product without one needs none.
 * @param day `YYYY-MM-DD` in Belgium
 */
export function isCertified(
  {
    certification,
    certifiedFrom,
    certifiedUntil,
  }: { certification?: string | null; certifiedFrom?: string | null; certifiedUntil?: string | null },
  day: string,
): boolean {
  return !certification || ((certifiedFrom ?? day) <= day && (!certifiedUntil || certifiedUntil > day));
}
