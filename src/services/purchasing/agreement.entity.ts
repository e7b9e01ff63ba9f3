import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../../database/localised-text.ts';
import { id, provenance, recordedAt, someLanguage } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { CompetentAuthority } from '../../reference/reference.entity.ts';
import { SharedService } from '../service.entity.ts';
import { offerListRule, offerRule, spendRule } from './purchasing.policy.ts';

/** How an agreement was awarded: the code list `method` of OCDS. */
export enum ProcurementMethod {
  OPEN = 'OPEN',
  SELECTIVE = 'SELECTIVE',
  LIMITED = 'LIMITED',
  DIRECT = 'DIRECT',
}

/** State of an agreement, in the terms of OCDS. */
export enum AgreementStatus {
  PLANNED = 'PLANNED',
  ACTIVE = 'ACTIVE',
  CANCELLED = 'CANCELLED',
  COMPLETE = 'COMPLETE',
}

/** Kind of buyer that an agreement is open to. */
export enum BuyerCategory {
  CARE_INSTITUTION = 'CARE_INSTITUTION',
  CARE_PROVIDER = 'CARE_PROVIDER',
  ADMINISTRATION = 'ADMINISTRATION',
  SOCIAL_CULTURAL_SPORTS = 'SOCIAL_CULTURAL_SPORTS',
  EVENT = 'EVENT',
}

/** An amount that many orders add up to. */
export const largeMoney = () => p.decimal('string').precision(20).scale(2);

const CATEGORIES = Object.values(BuyerCategory)
  .map((one) => `'${one}'`)
  .join(', ');

export const FrameworkAgreementSchema = defineEntity({
  name: 'FrameworkAgreement',
  tableName: 'framework_agreement',
  ...rowSecurity('framework_agreement', offerRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** Open contracting id: the agreement's name in every release of it. */
    ocid: p.string().length(200).unique(),
    title: () => p.embedded(LocalisedText),
    description: () => p.embedded(LocalisedText),
    method: p.enum(() => ProcurementMethod),
    status: p.enum(() => AgreementStatus).default(AgreementStatus.PLANNED),
    /** Days on which orders are placed: the first one, and the first one no longer. */
    validFrom: p.date(),
    validUntil: p.date(),
    /** Most that may be ordered under it, without VAT; no limit without. */
    maximumValue: largeMoney().nullable(),
    currency: p.character().length(3).default('EUR'),
    /** Kinds of buyers that may order; every kind where none is named. */
    buyerCategories: p.array().columnType('text[]').default([]),
    /** Working hours that a supplier has to answer. */
    answerHours: p.integer().default(4),
    /** Working hours from the order within which it is to be confirmed, whoever confirms it. */
    confirmationHours: p.integer().default(24),
    /** Working hours that a buyer has to consent to a dearer price. */
    consentHours: p.integer().default(8),
    /** Working days from the order within which it is to be delivered. */
    deliveryDays: p.integer().default(7),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  indexes: [{ properties: ['service', 'validFrom', 'id'] }],
  checks: [
    someLanguage('title'),
    { name: 'framework_agreement_ocid', expression: `ocid ~ '^\\S+$'` },
    { name: 'framework_agreement_period', expression: 'valid_until > valid_from' },
    { name: 'framework_agreement_maximum', expression: 'maximum_value >= 0' },
    { name: 'framework_agreement_currency', expression: `currency ~ '^[A-Z]{3}$'` },
    {
      name: 'framework_agreement_buyer_categories',
      expression: `buyer_categories <@ array[${CATEGORIES}]::text[]`,
    },
    // The answers of all five ranks fit the time that was promised to the buyer; what it takes to consent comes on top.
    {
      name: 'framework_agreement_hours',
      expression:
        'answer_hours > 0 and consent_hours > 0 and delivery_days > 0 and confirmation_hours >= 5 * answer_hours',
    },
  ],
});
/** What a purchasing body agreed with suppliers, and from which members order (accord-cadre, raamovereenkomst). */
export class FrameworkAgreement extends FrameworkAgreementSchema.class {}
FrameworkAgreementSchema.setClass(FrameworkAgreement);

export const AgreementAuthoritySchema = defineEntity({
  name: 'AgreementAuthority',
  tableName: 'agreement_authority',
  ...rowSecurity('agreement_authority', offerListRule),
  properties: {
    agreement: () => p.manyToOne(FrameworkAgreement).primary(),
    authority: () => p.manyToOne(CompetentAuthority).primary(),
  },
  indexes: [{ properties: ['authority'] }],
});
/** An authority whose recognised organisations may order under an agreement; all may where none is named. */
export class AgreementAuthority extends AgreementAuthoritySchema.class {}
AgreementAuthoritySchema.setClass(AgreementAuthority);

export const LotSchema = defineEntity({
  name: 'Lot',
  tableName: 'lot',
  ...rowSecurity('lot', offerRule),
  properties: {
    id: id(),
    /** The agreement's: a trigger writes it. */
    service: () => p.manyToOne(SharedService),
    agreement: () => p.manyToOne(FrameworkAgreement),
    /** Its name within the agreement: `1`, `2a`. */
    localId: p.string().length(80),
    title: () => p.embedded(LocalisedText),
    /** Most that may be ordered of it, without VAT; no limit of its own without. */
    ceiling: largeMoney().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'lot_local_id_unique', properties: ['agreement', 'localId'] }],
  indexes: [{ properties: ['service'] }],
  checks: [
    someLanguage('title'),
    { name: 'lot_local_id', expression: `local_id ~ '\\S'` },
    { name: 'lot_ceiling', expression: 'ceiling >= 0' },
  ],
});
/** A part of an agreement that is supplied as one: an order is of one lot. */
export class Lot extends LotSchema.class {}
LotSchema.setClass(Lot);

export const SpendAccountSchema = defineEntity({
  name: 'SpendAccount',
  tableName: 'spend_account',
  ...rowSecurity('spend_account', spendRule),
  properties: {
    /** Key of the lot, or of the agreement, that it is of. */
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** The lot's ceiling or the agreement's maximum value. */
    ceiling: largeMoney().nullable(),
    /** Ordered and not yet delivered, without VAT. */
    committed: largeMoney().default('0.00'),
    /** Delivered, without VAT. */
    spent: largeMoney().default('0.00'),
    provenance: provenance(),
  },
  indexes: [{ properties: ['service'] }],
  checks: [
    { name: 'spend_account_amounts', expression: 'committed >= 0 and spent >= 0' },
    {
      name: 'spend_account_ceiling',
      expression: 'ceiling is null or committed + spent <= ceiling',
    },
  ],
});
/** What was ordered of a lot or an agreement: triggers on orders write it, each under the lock of its row. */
export class SpendAccount extends SpendAccountSchema.class {}
SpendAccountSchema.setClass(SpendAccount);
