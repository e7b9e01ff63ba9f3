import { defineEntity, p } from '@mikro-orm/core';
import { recordedAt } from '../../../database/properties.ts';
import { rowSecurity } from '../../../database/row-security.ts';
import { SharedService } from '../../service.entity.ts';
import { FrameworkAgreement, Lot } from '../agreement.entity.ts';
import { Supplier } from '../supplier.entity.ts';
import { awardRule, processRule, releaseRule } from './ocds.policy.ts';
import type { RelatedProcess, Release } from './release-shape.ts';

export const OcdsReleaseSchema = defineEntity({
  name: 'OcdsRelease',
  tableName: 'ocds_release',
  ...rowSecurity('ocds_release', releaseRule),
  properties: {
    ocid: p.string().length(200).primary(),
    /** Its id among the releases of the process. */
    releaseId: p.string().length(200).primary(),
    service: () => p.manyToOne(SharedService),
    /** When its publisher made it. */
    madeAt: p.datetime(3),
    /** What the hub reads of it, and nothing else. */
    content: p.json<Release>(),
    importedAt: recordedAt(),
  },
  indexes: [{ properties: ['service'] }],
});
/** A release that was imported: together with the others of its process it says what an agreement is. */
export class OcdsRelease extends OcdsReleaseSchema.class {}
OcdsReleaseSchema.setClass(OcdsRelease);

export const OcdsProcessSchema = defineEntity({
  name: 'OcdsProcess',
  tableName: 'ocds_process',
  ...rowSecurity('ocds_process', processRule),
  properties: {
    agreement: () => p.manyToOne(FrameworkAgreement).primary(),
    /** Earlier and later processes, as a release tells them. */
    relatedProcesses: p.json<RelatedProcess[]>().defaultRaw(`'[]'`),
    /** When something that is published of the agreement last changed: triggers write it. */
    changedAt: p.datetime(3).defaultRaw('now()'),
  },
});
/** An agreement as a contracting process: what is published of it beyond the agreement itself. */
export class OcdsProcess extends OcdsProcessSchema.class {}
OcdsProcessSchema.setClass(OcdsProcess);

export const LotAwardSchema = defineEntity({
  name: 'LotAward',
  tableName: 'lot_award',
  ...rowSecurity('lot_award', awardRule),
  properties: {
    lot: () => p.manyToOne(Lot).primary(),
    supplier: () => p.manyToOne(Supplier).primary(),
    /** The award's id among those of the process. */
    awardId: p.string().length(200),
  },
  indexes: [{ properties: ['supplier'] }],
});
/** That a supplier may supply a lot. Who has a price in the cascade has one: a trigger writes it. */
export class LotAward extends LotAwardSchema.class {}
LotAwardSchema.setClass(LotAward);
