import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricOrigin,
  MetricOwner,
  MetricSource,
  MetricUnit,
} from '../../metrics/metric-definition.ts';
import { ServiceKind } from '../../services/service.entity.ts';

/** The day on which the centre was launched. */
const SINCE = '2021-01-05';

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
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
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
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
    serviceKind: ServiceKind.PURCHASING,
    needsEnrolment: true,
    wholeNumbers: false,
    neverNegative: true,
  },
  {
    key: 'PURCHASING_AMOUNT_PER_ORDER',
    label: {
      fr: 'Montant par commande',
      nl: 'Bedrag per bestelling',
      de: 'Betrag je Bestellung',
      en: 'Amount per order',
    },
    description: {
      fr: 'Montant des commandes, TVA comprise, sur leur nombre, en euros.',
      nl: 'Bedrag van de bestellingen, btw inbegrepen, op hun aantal, in euro.',
      de: 'Betrag der Bestellungen inklusive Mehrwertsteuer durch ihre Anzahl, in Euro.',
      en: 'Amount of the orders, VAT included, over their number, in euro.',
    },
    unit: MetricUnit.EUR,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.RATIO,
    source: MetricSource.METRICS,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
    numerator: 'PURCHASING_AMOUNT_INCL_VAT_EUR',
    denominator: 'PURCHASING_ORDERS',
    serviceKind: ServiceKind.PURCHASING,
    needsEnrolment: false,
    wholeNumbers: false,
    neverNegative: true,
  },
];
