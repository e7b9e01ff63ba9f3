import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
  MetricUnit,
} from '../../metrics/metric-definition.ts';
import { ServiceKind } from '../../services/service.entity.ts';

/** Metrics of the purchasing centre. */
export const purchasingMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'PURCHASING_ORDERS',
    label: { fr: 'Commandes', nl: 'Bestellingen', de: 'Bestellungen', en: 'Orders' },
    description: {
      fr: 'Commandes passées par la centrale.',
      nl: 'Bestellingen via de aankoopcentrale.',
      de: 'Bestellungen über die Einkaufszentrale.',
      en: 'Orders placed through the centre.',
    },
    unit: MetricUnit.ORDER,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.PURCHASING,
    needsEnrolment: true,
    wholeNumbers: true,
    neverNegative: true,
  },
  {
    key: 'PURCHASING_AMOUNT_INCL_VAT_EUR',
    label: {
      fr: 'Montant TVA comprise',
      nl: 'Bedrag incl. btw',
      de: 'Betrag inkl. MwSt.',
      en: 'Amount incl. VAT',
    },
    description: {
      fr: 'Montant des commandes, TVA comprise, en euros.',
      nl: 'Bedrag van de bestellingen, btw inbegrepen, in euro.',
      de: 'Betrag der Bestellungen inklusive Mehrwertsteuer, in Euro.',
      en: 'Amount of the orders, VAT included, in euro.',
    },
    unit: MetricUnit.EUR,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.PURCHASING,
    needsEnrolment: true,
    wholeNumbers: false,
    neverNegative: true,
  },
];
