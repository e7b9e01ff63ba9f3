import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { SharedService } from '../service.entity.ts';
import { factorRule } from './energy.policy.ts';
import { EnergyCarrier, MeterUnit } from './meter.entity.ts';

/** What a factor turns into what. */
export enum FactorKind {
  /** kg CO₂ for each kWh. */
  EMISSION = 'EMISSION',
  /** Euro for each kWh. */
  PRICE = 'PRICE',
  /** kWh for each unit of a meter. */
  CALORIFIC = 'CALORIFIC',
  /** kg CO₂ that a litre of heating oil stands for, to say an amount of CO₂ in litres. */
  OIL_EQUIVALENCE = 'OIL_EQUIVALENCE',
}

export const EnergyFactorSchema = defineEntity({
  name: 'EnergyFactor',
  tableName: 'energy_factor',
  ...rowSecurity('energy_factor', factorRule),
  properties: {
    id: id(),
    /** The energy service that computes with it. */
    service: () => p.manyToOne(SharedService),
    kind: p.enum(() => FactorKind),
    /** Of this carrier alone, before one for all of them. */
    carrier: p.enum(() => EnergyCarrier).nullable(),
    /** The meter's unit, for a CALORIFIC one. */
    unit: p.enum(() => MeterUnit).nullable(),
    value: p.decimal('string').precision(14).scale(6),
    /** What it is measured on, such as gross calorific value, or direct emissions alone. */
    basis: p.string().length(200),
    source: p.string().length(300),
    validFrom: p.date(),
    validUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  indexes: [{ properties: ['service', 'kind', 'validFrom', 'id'] }],
  checks: [
    { name: 'energy_factor_value', expression: 'value > 0' },
    { name: 'energy_factor_texts', expression: `basis ~ '\\S' and source ~ '\\S'` },
    {
      name: 'energy_factor_parts',
      expression: `(kind = 'CALORIFIC') = (unit is not null) and case kind when 'CALORIFIC' then carrier is not null when 'OIL_EQUIVALENCE' then carrier is null else true end`,
    },
    { name: 'energy_factor_period', expression: 'valid_until is null or valid_until > valid_from' },
  ],
});
/** A number that turns energy into something else, with its source and the days on which it holds. */
export class EnergyFactor extends EnergyFactorSchema.class {}
EnergyFactorSchema.setClass(EnergyFactor);
