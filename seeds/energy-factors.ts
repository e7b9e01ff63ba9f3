import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { EnergyFactor, FactorKind } from '../src/services/energy/factor.entity.ts';
import { at } from './calendar.ts';
import type { Demonstration, DemoService } from './demonstration.ts';

/**
 * What the published figures come to for each other: 1,291 t of CO₂ for 8.07 GWh, which as litres of heating oil are
 * 460,000, and 520,000 €. They are the demonstration's, made of published figures, and no factors to reuse.
 */
export const FACTORS = { co2KgPerKwh: 0.16, co2KgPerLitre: 2.8, eurPerKwh: 0.0644 };

const SOURCE =
  'A factor of the demonstration: what the published savings of the Energy Pack, 2018–2021, come to for each other. Not to be reused.';
const VALID_FROM = '2018-01-01';

export const factorId = (service: DemoService, kind: FactorKind): string =>
  stableId(`factor:${service.slug}:${kind}`);

export function seedFactors(demonstration: Demonstration, service: DemoService): void {
  const add = (kind: FactorKind, value: number, basis: string): void =>
    demonstration.add(EnergyFactor, {
      id: factorId(service, kind),
      service: service.id,
      kind,
      value: value.toFixed(6),
      basis,
      source: SOURCE,
      validFrom: VALID_FROM,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(VALID_FROM),
    });
  add(FactorKind.EMISSION, FACTORS.co2KgPerKwh, 'kg CO₂ per kWh, whatever the carrier');
  add(FactorKind.PRICE, FACTORS.eurPerKwh, '€ per kWh, whatever the carrier');
  add(FactorKind.OIL_EQUIVALENCE, FACTORS.co2KgPerLitre, 'kg CO₂ per litre of heating oil');
}

/** What an amount of energy comes to by the factors, to six decimals. */
export function equivalencesOf(kwh: number): { co2Kg: string; oilLitres: string; costEur: string } {
  const co2 = kwh * FACTORS.co2KgPerKwh;
  return {
    co2Kg: co2.toFixed(6),
    oilLitres: (co2 / FACTORS.co2KgPerLitre).toFixed(6),
    costEur: (kwh * FACTORS.eurPerKwh).toFixed(6),
  };
}
