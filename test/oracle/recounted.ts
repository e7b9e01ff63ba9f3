/**
 * Fields that no generated question asks, by the test that recounts them: what they answer is arithmetic over many rows,
 * with rules of its own, and a second writing of all of it here would be no simpler than the first.
 */
export const RECOUNTED: Readonly<Record<string, string>> = {
  'Building.benchmark': 'test/energy/portfolio.test.ts',
  'Building.consumption': 'test/energy/readings.test.ts',
  'Building.savings': 'test/energy/savings-edges.test.ts',
  'Meter.consumption': 'test/energy/readings.test.ts',
  'Meter.savings': 'test/energy/savings.test.ts',
  'Meter.replacedReadings': 'test/energy/readings.test.ts',
  'SavingsResult.isOutdated': 'test/energy/savings.test.ts',
  'WeatherStation.degreeDays': 'test/energy/savings-edges.test.ts',
  'EnergyMeasure.yearlySavingEur': 'test/energy/advice.test.ts',
  'EnergyMeasure.paybackYears': 'test/energy/advice.test.ts',
  'EnergyMeasure.priceFactor': 'test/energy/ranking.test.ts',
  'EnergyService.energySavings': 'test/energy/portfolio.test.ts',
  'EnergyService.institutions': 'test/energy/portfolio.test.ts',
  'EnergyService.nextVisits': 'test/energy/ranking.test.ts',
  'Federation.energySavings': 'test/energy/portfolio.test.ts',
  'Partner.energySavings': 'test/energy/portfolio.test.ts',
  'Query.energyIntensity': 'test/energy/portfolio.test.ts',
  'Query.energyMeasures': 'test/energy/ranking.test.ts',
};
