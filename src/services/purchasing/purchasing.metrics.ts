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

/** What the metrics have in common: the hub counts them from the orders that it passes on. */
const OF_ORDERS = {
  kind: MetricKind.FLOW,
  origin: MetricOrigin.OPERATIONS,
  owner: MetricOwner.SERVICE,
  since: SINCE,
  serviceKind: ServiceKind.PURCHASING,
  neverNegative: true,
};
const NUMBER = {
  ...OF_ORDERS,
  unit: MetricUnit.ORDER,
  aggregation: MetricAggregation.SUM,
  source: MetricSource.USAGE_ENTRIES,
  needsEnrolment: true,
  wholeNumbers: true,
};
const AMOUNT = { ...NUMBER, unit: MetricUnit.EUR, wholeNumbers: false };
const RATIO = {
  ...OF_ORDERS,
  aggregation: MetricAggregation.RATIO,
  source: MetricSource.METRICS,
  needsEnrolment: false,
  wholeNumbers: false,
};

/**
 * Metrics of the purchasing centre, all of the day of the order. Orders count once a supplier has confirmed them; a
 * centre that does not order through the hub reports them itself.
 */
export const purchasingMetrics: readonly MetricDefinitionInit[] = [
  {
    ...NUMBER,
    key: 'PURCHASING_ORDERS',
    label: { fr: 'Commandes', nl: 'Bestellingen', de: 'Bestellungen', en: 'Orders' },
    description: {
      fr: 'Commandes qu’un fournisseur a confirmées, au jour de la commande.',
      nl: 'Bestellingen die een leverancier heeft bevestigd, op de dag van de bestelling.',
      de: 'Bestellungen, die ein Lieferant bestätigt hat, am Tag der Bestellung.',
      en: 'Orders that a supplier has confirmed, on the day of the order.',
    },
  },
  {
    ...AMOUNT,
    key: 'PURCHASING_AMOUNT_EXCL_VAT_EUR',
    label: {
      fr: 'Montant hors TVA',
      nl: 'Bedrag excl. btw',
      de: 'Betrag ohne MwSt.',
      en: 'Amount excl. VAT',
    },
    description: {
      fr: 'Montant des commandes, hors TVA, en euros; catégorie: la division CPV.',
      nl: 'Bedrag van de bestellingen, zonder btw, in euro; categorie: de CPV-afdeling.',
      de: 'Betrag der Bestellungen ohne Mehrwertsteuer, in Euro; Kategorie: die CPV-Abteilung.',
      en: 'Amount of the orders, without VAT, in euro; category: the CPV division, as CPV_33.',
    },
  },
  {
    ...AMOUNT,
    key: 'PURCHASING_AMOUNT_INCL_VAT_EUR',
    label: {
      fr: 'Montant TVA comprise',
      nl: 'Bedrag incl. btw',
      de: 'Betrag inkl. MwSt.',
      en: 'Amount incl. VAT',
    },
    description: {
      fr: 'Montant des commandes, TVA comprise, en euros; catégorie: la division CPV.',
      nl: 'Bedrag van de bestellingen, btw inbegrepen, in euro; categorie: de CPV-afdeling.',
      de: 'Betrag der Bestellungen inklusive Mehrwertsteuer, in Euro; Kategorie: die CPV-Abteilung.',
      en: 'Amount of the orders, VAT included, in euro; category: the CPV division, as CPV_33.',
    },
  },
  {
    ...AMOUNT,
    key: 'PURCHASING_PRODUCT_AMOUNT_EUR',
    label: {
      fr: 'Montant par produit',
      nl: 'Bedrag per product',
      de: 'Betrag je Produkt',
      en: 'Amount by product',
    },
    description: {
      fr: 'Montant des commandes, hors TVA, en euros; catégorie: le code du produit.',
      nl: 'Bedrag van de bestellingen, zonder btw, in euro; categorie: de code van het product.',
      de: 'Betrag der Bestellungen ohne Mehrwertsteuer, in Euro; Kategorie: der Code des Produkts.',
      en: 'Amount of the orders, without VAT, in euro; category: the code of the product.',
    },
  },
  {
    ...AMOUNT,
    key: 'PURCHASING_SAVING_EUR',
    neverNegative: false,
    label: {
      fr: 'Économie sur le prix de référence',
      nl: 'Besparing op de referentieprijs',
      de: 'Ersparnis gegenüber dem Referenzpreis',
      en: 'Saving against the reference price',
    },
    description: {
      fr: 'Prix de référence moins prix payé, hors TVA, pour les produits qui en ont un; négative là où la centrale est plus chère.',
      nl: 'Referentieprijs min betaalde prijs, zonder btw, voor producten die er een hebben; negatief waar de centrale duurder is.',
      de: 'Referenzpreis minus gezahlter Preis, ohne Mehrwertsteuer, für Produkte, die einen haben; negativ, wo die Zentrale teurer ist.',
      en: 'Reference price less the price paid, without VAT, of the products that have one; negative where the centre is dearer.',
    },
  },
  {
    ...NUMBER,
    key: 'PURCHASING_ORDERS_CONFIRMED_IN_TIME',
    label: {
      fr: 'Commandes confirmées à temps',
      nl: 'Tijdig bevestigde bestellingen',
      de: 'Fristgerecht bestätigte Bestellungen',
      en: 'Orders confirmed in time',
    },
    description: {
      fr: 'Commandes confirmées dans les heures que l’accord-cadre promet: 24 heures ouvrables.',
      nl: 'Bestellingen bevestigd binnen de uren die de raamovereenkomst belooft: 24 werkuren.',
      de: 'Bestellungen, die in den vom Rahmenvertrag versprochenen Stunden bestätigt wurden: 24 Arbeitsstunden.',
      en: 'Orders confirmed within the hours that the agreement promises: 24 working hours.',
    },
  },
  {
    ...RATIO,
    key: 'PURCHASING_CONFIRMED_IN_TIME_SHARE',
    unit: MetricUnit.SHARE,
    numerator: 'PURCHASING_ORDERS_CONFIRMED_IN_TIME',
    denominator: 'PURCHASING_ORDERS',
    label: {
      fr: 'Part confirmée à temps',
      nl: 'Aandeel tijdig bevestigd',
      de: 'Anteil fristgerecht bestätigt',
      en: 'Share confirmed in time',
    },
    description: {
      fr: 'Commandes confirmées à temps sur les commandes qui ont trouvé un fournisseur.',
      nl: 'Tijdig bevestigde bestellingen op de bestellingen die een leverancier vonden.',
      de: 'Fristgerecht bestätigte Bestellungen durch die Bestellungen, die einen Lieferanten fanden.',
      en: 'Orders confirmed in time over the orders that found a supplier.',
    },
  },
  {
    ...NUMBER,
    key: 'PURCHASING_ORDERS_DELIVERED',
    label: {
      fr: 'Commandes livrées',
      nl: 'Geleverde bestellingen',
      de: 'Gelieferte Bestellungen',
      en: 'Orders delivered',
    },
    description: {
      fr: 'Commandes entièrement livrées, au jour de la commande.',
      nl: 'Volledig geleverde bestellingen, op de dag van de bestelling.',
      de: 'Vollständig gelieferte Bestellungen, am Tag der Bestellung.',
      en: 'Orders of which all was delivered, on the day of the order.',
    },
  },
  {
    ...NUMBER,
    key: 'PURCHASING_ORDERS_DELIVERED_IN_TIME',
    label: {
      fr: 'Commandes livrées à temps',
      nl: 'Tijdig geleverde bestellingen',
      de: 'Fristgerecht gelieferte Bestellungen',
      en: 'Orders delivered in time',
    },
    description: {
      fr: 'Commandes entièrement livrées dans les jours ouvrables que l’accord-cadre promet: 7.',
      nl: 'Bestellingen volledig geleverd binnen de werkdagen die de raamovereenkomst belooft: 7.',
      de: 'Bestellungen, die in den vom Rahmenvertrag versprochenen Arbeitstagen ganz geliefert wurden: 7.',
      en: 'Orders of which all was delivered within the working days that the agreement promises: 7.',
    },
  },
  {
    ...RATIO,
    key: 'PURCHASING_DELIVERED_IN_TIME_SHARE',
    unit: MetricUnit.SHARE,
    numerator: 'PURCHASING_ORDERS_DELIVERED_IN_TIME',
    denominator: 'PURCHASING_ORDERS_DELIVERED',
    label: {
      fr: 'Part livrée à temps',
      nl: 'Aandeel tijdig geleverd',
      de: 'Anteil fristgerecht geliefert',
      en: 'Share delivered in time',
    },
    description: {
      fr: 'Commandes livrées à temps sur les commandes livrées.',
      nl: 'Tijdig geleverde bestellingen op de geleverde bestellingen.',
      de: 'Fristgerecht gelieferte Bestellungen durch die gelieferten Bestellungen.',
      en: 'Orders delivered in time over the orders delivered.',
    },
  },
  {
    ...NUMBER,
    key: 'PURCHASING_ORDERS_PASSED_DOWN',
    label: {
      fr: 'Commandes passées au fournisseur suivant',
      nl: 'Doorgeschoven bestellingen',
      de: 'Weitergereichte Bestellungen',
      en: 'Orders passed down the cascade',
    },
    description: {
      fr: 'Commandes que le premier fournisseur sollicité n’a pas prises et qu’un suivant a confirmées.',
      nl: 'Bestellingen die de eerst gevraagde leverancier niet nam en een volgende bevestigde.',
      de: 'Bestellungen, die der zuerst gefragte Lieferant nicht annahm und ein nächster bestätigte.',
      en: 'Orders that the supplier who was asked first did not take, and a later one confirmed.',
    },
  },
  {
    ...RATIO,
    key: 'PURCHASING_PASSED_DOWN_SHARE',
    unit: MetricUnit.SHARE,
    numerator: 'PURCHASING_ORDERS_PASSED_DOWN',
    denominator: 'PURCHASING_ORDERS',
    label: {
      fr: 'Part passée au suivant',
      nl: 'Aandeel doorgeschoven',
      de: 'Anteil weitergereicht',
      en: 'Share passed down the cascade',
    },
    description: {
      fr: 'Commandes passées au fournisseur suivant sur les commandes qui ont trouvé un fournisseur.',
      nl: 'Doorgeschoven bestellingen op de bestellingen die een leverancier vonden.',
      de: 'Weitergereichte Bestellungen durch die Bestellungen, die einen Lieferanten fanden.',
      en: 'Orders passed down the cascade over the orders that found a supplier.',
    },
  },
  {
    ...RATIO,
    key: 'PURCHASING_AMOUNT_PER_ORDER',
    unit: MetricUnit.EUR,
    numerator: 'PURCHASING_AMOUNT_INCL_VAT_EUR',
    denominator: 'PURCHASING_ORDERS',
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
  },
];
