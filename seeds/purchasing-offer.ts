import { stableId } from '../src/database/keys.ts';
import { foldText, LocalisedText } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import { authorityId } from '../src/reference/install-reference.ts';
import {
  AgreementAuthority,
  AgreementStatus,
  BuyerCategory,
  FrameworkAgreement,
  Lot,
  ProcurementMethod,
} from '../src/services/purchasing/agreement.entity.ts';
import {
  AdviceGrade,
  CascadeRank,
  Product,
  ProductAdvice,
} from '../src/services/purchasing/catalogue.entity.ts';
import { Supplier } from '../src/services/purchasing/supplier.entity.ts';
import { at } from './calendar.ts';
import type { Texts } from './catalogue.ts';
import type { Demonstration, DemoService } from './demonstration.ts';

/** A price of a product at one rank. */
export interface DemoPrice {
  id: string;
  rank: number;
  supplier: string;
  unitPrice: string;
  vatRate: string;
}

export interface DemoProduct {
  id: string;
  saleUnit: number;
  /** By rank, from the first. */
  prices: DemoPrice[];
}

export interface DemoLot {
  id: string;
  agreement: string;
  products: DemoProduct[];
}

const SYNTHETIC = { provenance: Provenance.SYNTHETIC };

/** Made-up companies, with numbers of no register. */
const SUPPLIERS = ['Protecta (fictif)', 'Medilage (fictif)', 'Sanibel (fictif)', 'Omnicare (fictif)'];

/** Price without VAT at rank 1; a later rank is dearer by so much in a hundred. */
const DEARER = [0, 4, 9];

interface ProductInit {
  code: string;
  cpv: string;
  unit: string;
  title: Texts;
  price: number;
  vat: string;
  saleUnit?: number;
  reference?: number;
  certification?: string;
}

const LOTS: readonly { localId: string; title: Texts; ceiling: string; products: readonly ProductInit[] }[] =
  [
    {
      localId: 'MASKS',
      title: { fr: 'Masques', nl: 'Maskers', de: 'Masken', en: 'Masks' },
      ceiling: '900000.00',
      products: [
        {
          code: 'MASK_IIR',
          cpv: '18143000-3',
          unit: 'box of 50',
          title: { fr: 'Masque chirurgical IIR', nl: 'Chirurgisch masker IIR', en: 'Surgical mask IIR' },
          price: 4.35,
          vat: '6.00',
          saleUnit: 2,
          reference: 6.1,
          certification: 'EN 14683',
        },
        {
          code: 'MASK_FFP2',
          cpv: '18143000-3',
          unit: 'box of 20',
          title: { fr: 'Masque FFP2', nl: 'FFP2-masker', en: 'FFP2 mask' },
          price: 9.8,
          vat: '6.00',
          reference: 12.4,
          certification: 'EN 149',
        },
        {
          code: 'FACE_SHIELD',
          cpv: '18143000-3',
          unit: 'piece',
          title: { fr: 'Visière', nl: 'Gelaatsscherm', en: 'Face shield' },
          price: 1.27,
          vat: '21.00',
        },
      ],
    },
    {
      localId: 'GLOVES',
      title: { fr: 'Gants', nl: 'Handschoenen', de: 'Handschuhe', en: 'Gloves' },
      ceiling: '700000.00',
      products: [
        {
          code: 'GLOVE_NITRILE',
          cpv: '18424300-0',
          unit: 'box of 100',
          title: { fr: 'Gants en nitrile', nl: 'Nitrilhandschoenen', en: 'Nitrile gloves' },
          price: 5.87,
          vat: '21.00',
          reference: 7.35,
          certification: 'EN 455',
        },
        {
          code: 'GLOVE_VINYL',
          cpv: '18424300-0',
          unit: 'box of 100',
          title: { fr: 'Gants en vinyle', nl: 'Vinylhandschoenen', en: 'Vinyl gloves' },
          price: 3.94,
          vat: '21.00',
          // The market fell below the agreement: not every price of a centre is a saving.
          reference: 3.8,
        },
        {
          code: 'GLOVE_STERILE',
          cpv: '33141420-0',
          unit: 'box of 50 pairs',
          title: { fr: 'Gants stériles', nl: 'Steriele handschoenen', en: 'Sterile gloves' },
          price: 12.49,
          vat: '6.00',
        },
      ],
    },
    {
      localId: 'GOWNS',
      title: { fr: 'Blouses', nl: 'Schorten', de: 'Kittel', en: 'Gowns' },
      ceiling: '400000.00',
      products: [
        {
          code: 'GOWN_ISOLATION',
          cpv: '33199000-1',
          unit: 'pack of 10',
          title: { fr: "Blouse d'isolement", nl: 'Isolatieschort', en: 'Isolation gown' },
          price: 11.35,
          vat: '21.00',
          reference: 14.9,
        },
        {
          code: 'APRON',
          cpv: '33199000-1',
          unit: 'roll of 100',
          title: { fr: 'Tablier jetable', nl: 'Wegwerpschort', en: 'Disposable apron' },
          price: 6.28,
          vat: '21.00',
          saleUnit: 5,
        },
      ],
    },
    {
      localId: 'HAND_GEL',
      title: { fr: 'Gel pour les mains', nl: 'Handgel', de: 'Handgel', en: 'Hand gel' },
      ceiling: '400000.00',
      products: [
        {
          code: 'GEL_500',
          cpv: '33741300-9',
          unit: 'bottle of 500 ml',
          title: { fr: 'Gel hydroalcoolique 500 ml', nl: 'Handgel 500 ml', en: 'Hand gel 500 ml' },
          price: 2.89,
          vat: '6.00',
          reference: 3.95,
        },
        {
          code: 'GEL_5L',
          cpv: '33741300-9',
          unit: 'can of 5 l',
          title: { fr: 'Gel hydroalcoolique 5 l', nl: 'Handgel 5 l', en: 'Hand gel 5 l' },
          price: 18.75,
          vat: '6.00',
        },
      ],
    },
    {
      localId: 'TESTS',
      title: { fr: 'Tests', nl: 'Tests', de: 'Tests', en: 'Tests' },
      ceiling: '400000.00',
      products: [
        {
          code: 'TEST_ANTIGEN',
          cpv: '33694000-1',
          unit: 'box of 25',
          title: { fr: 'Test antigénique', nl: 'Antigeentest', en: 'Antigen test' },
          price: 61.5,
          vat: '6.00',
          reference: 74,
        },
        {
          code: 'SWAB',
          cpv: '33140000-3',
          unit: 'pack of 50',
          title: { fr: 'Écouvillons', nl: 'Wattenstaafjes', en: 'Swabs' },
          price: 8.15,
          vat: '6.00',
        },
      ],
    },
  ];

/** The agreements that orders were placed under, one after the other. */
export const AGREEMENTS = [
  { slug: 'protection-2021', from: '2021-01-01', until: '2024-01-01', dearer: 1 },
  { slug: 'protection-2024', from: '2024-01-01', until: '2028-01-01', dearer: 1.06 },
] as const;

/** What the centre agreed with its suppliers: two agreements, five lots each; answers the lots by agreement and name. */
export function addOffer(
  demonstration: Demonstration,
  service: DemoService,
  authorities: readonly string[],
): Map<string, Map<string, DemoLot>> {
  const suppliers = SUPPLIERS.map((name, n) => {
    const id = stableId(`supplier:${n}`);
    demonstration.add(Supplier, {
      id,
      service: service.id,
      name,
      identifierScheme: 'XX-DEMO',
      identifier: `SUPPLIER-${n + 1}`,
      ...SYNTHETIC,
      createdAt: at(AGREEMENTS[0].from),
    });
    return id;
  });
  const offer = new Map<string, Map<string, DemoLot>>();
  for (const { slug, from, until, dearer } of AGREEMENTS) {
    const agreement = stableId(`agreement:${slug}`);
    demonstration.add(FrameworkAgreement, {
      id: agreement,
      service: service.id,
      ocid: `ocds-demo00-${slug}`,
      title: LocalisedText.of({
        fr: `Matériel de protection ${from.slice(0, 4)}`,
        nl: `Beschermingsmateriaal ${from.slice(0, 4)}`,
        en: `Protective equipment ${from.slice(0, 4)}`,
      }),
      description: LocalisedText.of({
        fr: 'Matériel de protection pour les membres de la centrale; fictif, comme toute la démonstration.',
        nl: 'Beschermingsmateriaal voor de leden van de centrale; fictief, zoals de hele demonstratie.',
        en: 'Protective equipment for the members of the centre; made up, as all of the demonstration.',
      }),
      method: ProcurementMethod.OPEN,
      status: AgreementStatus.ACTIVE,
      validFrom: from,
      validUntil: until,
      maximumValue: '2500000.00',
      buyerCategories: [
        BuyerCategory.CARE_INSTITUTION,
        BuyerCategory.CARE_PROVIDER,
        BuyerCategory.SOCIAL_CULTURAL_SPORTS,
      ],
      ...SYNTHETIC,
      createdAt: at(from),
    });
    for (const code of authorities) {
      demonstration.add(AgreementAuthority, { agreement, authority: authorityId(code) });
    }
    offer.set(
      slug,
      new Map(
        LOTS.map(({ localId, title, ceiling, products }, place) => {
          const lot = stableId(`lot:${slug}:${localId}`);
          demonstration.add(Lot, {
            id: lot,
            service: service.id,
            agreement,
            localId,
            title: LocalisedText.of(title),
            ceiling,
            ...SYNTHETIC,
            createdAt: at(from),
          });
          const asked = DEARER.map((_, n) => suppliers[(place + n) % suppliers.length] as string);
          const made = products.map((product) =>
            addProduct(demonstration, { service, lot, slug, from, until, dearer, asked, product }),
          );
          return [localId, { id: lot, agreement, products: made }];
        }),
      ),
    );
  }
  return offer;
}

function addProduct(
  demonstration: Demonstration,
  of: {
    service: DemoService;
    lot: string;
    slug: string;
    from: string;
    until: string;
    dearer: number;
    asked: readonly string[];
    product: ProductInit;
  },
): DemoProduct {
  const { service, lot, slug, from, until, dearer, asked, product } = of;
  const { code, cpv, unit, title, price, vat, saleUnit = 1, reference, certification } = product;
  const id = stableId(`product:${slug}:${code}`);
  demonstration.add(Product, {
    id,
    service: service.id,
    lot,
    code,
    cpv,
    unit,
    saleUnit: saleUnit.toFixed(3),
    title: LocalisedText.of(title),
    description: LocalisedText.of({}),
    ...(certification ? { certification, certifiedFrom: from } : {}),
    ...(reference ? { referencePrice: reference.toFixed(4), referencePriceSource: 'demonstration' } : {}),
    searchText: foldText([code, ...Object.values(title)].join(' ')),
    ...SYNTHETIC,
    createdAt: at(from),
  });
  demonstration.add(ProductAdvice, {
    id: stableId(`advice:${slug}:${code}`),
    service: service.id,
    product: id,
    grade: certification ? AdviceGrade.RECOMMENDED : AdviceGrade.SUITABLE,
    reasons: LocalisedText.of(
      certification
        ? { fr: `Répond à la norme ${certification}.`, nl: `Voldoet aan de norm ${certification}.` }
        : { fr: "Convient à l'usage courant.", nl: 'Geschikt voor gewoon gebruik.' },
    ),
    givenOn: from,
    ...SYNTHETIC,
  });
  const prices = asked.map((supplier, n) => {
    const found = {
      id: stableId(`price:${slug}:${code}:${n + 1}`),
      rank: n + 1,
      supplier,
      unitPrice: (Math.round(price * dearer * (100 + (DEARER[n] as number))) / 100).toFixed(4),
      vatRate: vat,
    };
    demonstration.add(CascadeRank, {
      ...found,
      service: service.id,
      lot,
      product: id,
      validFrom: from,
      validUntil: until,
      ...SYNTHETIC,
      createdAt: at(from),
    });
    return found;
  });
  return { id, saleUnit, prices };
}
