import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../access/idempotency.ts';
import type { Viewer } from '../../access/viewer.ts';
import { newId } from '../../database/keys.ts';
import { foldText, LANGUAGES, localisedText } from '../../database/localised-text.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { exact, httpsAddress, plainText, someOf } from '../checks.ts';
import { Lot } from './agreement.entity.ts';
import { CascadeRank, Product } from './catalogue.entity.ts';
import type { PriceInput, ProductInput, SavePricesInput, SaveProductsInput } from './catalogue.inputs.ts';
import { mustRun } from './offer.service.ts';
import { Supplier } from './supplier.entity.ts';

const MOST_PRODUCTS = 200;
const MOST_PRICES = 500;

/** Rules and transactions of products and their prices. */
export class ProductService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Adds products to a lot, or changes those that it has, and answers the lot's key. */
  saveProducts(viewer: Viewer, input: SaveProductsInput): Promise<string> {
    return this.inLot(viewer, 'saveProducts', input, async (em, lot) => {
      const known = new Map((await em.find(Product, { lot })).map((product) => [product.code, product]));
      for (const [index, given] of someOf(input.products, MOST_PRODUCTS, 'products').entries()) {
        const columns = columnsOf(given, `products.${index}`);
        const before = known.get(columns.code);
        if (before) {
          Object.assign(before, columns);
        } else {
          const { service, provenance } = lot;
          const made = em.create(Product, { id: newId(), service, lot, provenance, ...columns } as never);
          known.set(columns.code, made);
        }
      }
    });
  }

  /**
   * Gives products of a lot prices from a day on: what a product has at that rank, and has without an end or beyond
   * that day, ends there. One from the same day is replaced in place, its end too. Answers the lot's key.
   */
  savePrices(viewer: Viewer, input: SavePricesInput): Promise<string> {
    return this.inLot(viewer, 'savePrices', input, async (em, lot) => {
      const products = new Map((await em.find(Product, { lot })).map((product) => [product.code, product]));
      const suppliers = new Map(
        (await em.find(Supplier, { service: lot.service })).map((supplier) => [supplier.id, supplier]),
      );
      const prices = someOf(input.prices, MOST_PRICES, 'prices').map((given, index) => {
        const field = `prices.${index}`;
        const product = products.get(given.product.trim());
        if (!product) throw new NotFoundError('The product of this lot', `${field}.product`);
        const supplier = suppliers.get(keyOf('supplier', given.supplier, `${field}.supplier`));
        if (!supplier) throw new NotFoundError('The supplier of this service', `${field}.supplier`);
        return { given, product, columns: { supplier, ...priceOf(given, field) } };
      });
      // What there is ends before anything begins, so that suppliers can change their ranks with each other.
      for (const { given, product } of prices) await endBefore(em, product, given);
      for (const { given, product, columns } of prices) {
        const { rank, validFrom } = given;
        const before = await em.findOne(CascadeRank, { product, rank, validFrom });
        if (before) {
          Object.assign(before, columns);
        } else {
          await endBefore(em, product, given);
          const { service, provenance } = lot;
          em.create(CascadeRank, { id: newId(), service, lot, product, ...columns, provenance } as never);
        }
        // Each by itself, so that the next one sees it.
        await em.flush();
      }
    });
  }

  private async inLot(
    viewer: Viewer,
    mutation: string,
    input: { idempotencyKey: string; lot: string },
    write: (em: EntityManager, lot: Lot) => Promise<void>,
  ): Promise<string> {
    const id = keyOf('lot', input.lot, 'lot');
    await idempotently(
      this.unitOfWork,
      { viewer, mutation, key: input.idempotencyKey, input },
      async (em) => {
        const lot = await em.findOne(Lot, { id });
        if (!lot) throw new NotFoundError('The lot', 'lot');
        mustRun(viewer, lot, 'lot');
        await write(em, lot);
        await em.flush();
        return { id };
      },
    );
    return id;
  }
}

/** Ends an earlier price of a product at a rank on the day from which another one holds. */
async function endBefore(
  em: EntityManager,
  product: Product,
  { rank, validFrom }: PriceInput,
): Promise<void> {
  const earlier = await em.find(CascadeRank, {
    product,
    rank,
    validFrom: { $lt: validFrom },
    $or: [{ validUntil: null }, { validUntil: { $gt: validFrom } }],
  });
  for (const price of earlier) price.validUntil = validFrom;
  await em.flush();
}

function priceOf(given: PriceInput, field: string): object {
  const { rank, validFrom, validUntil } = given;
  if (rank < 1 || rank > 5)
    throw new UserError('INVALID_RANK', 'A cascade has ranks 1 to 5.', `${field}.rank`);
  if (validUntil && validUntil <= validFrom) {
    throw new UserError(
      'INVALID_PERIOD',
      'Give the first day after the price’s last one.',
      `${field}.validUntil`,
    );
  }
  const vatRate = exact(given.vatRate, { field: `${field}.vatRate`, decimals: 2 });
  if (vatRate.split('.')[0]?.length !== 1 && Number(vatRate) >= 100) {
    throw new UserError('INVALID_AMOUNT', 'VAT is less than 100 percent.', `${field}.vatRate`);
  }
  return {
    rank,
    unitPrice: exact(given.unitPrice, { field: `${field}.unitPrice`, decimals: 4 }),
    vatRate,
    minimumQuantity: exact(given.minimumQuantity ?? '0', { field: `${field}.minimumQuantity`, decimals: 3 }),
    validFrom,
    validUntil: validUntil ?? null,
  };
}

/** The columns of a product that an input stands for. */
function columnsOf(given: ProductInput, field: string) {
  const code = plainText(given.code, { field: `${field}.code`, longest: 80, required: true }) as string;
  if (/\s/.test(code)) throw new UserError('INVALID_CODE', 'A code has no spaces.', `${field}.code`);
  if (!/^\d{8}-\d$/.test(given.cpv)) {
    throw new UserError('INVALID_CPV', 'A CPV code is like 33141420-0.', `${field}.cpv`);
  }
  const title = localisedText(given.title, { field: `${field}.title`, required: true, longest: 300 });
  const description = localisedText(given.description, { field: `${field}.description` });
  const price = given.referencePrice;
  const source = plainText(given.referencePriceSource, {
    field: `${field}.referencePriceSource`,
    longest: 200,
  });
  if (price && !source) {
    throw new UserError(
      'TEXT_MISSING',
      'Say where the reference price comes from.',
      `${field}.referencePriceSource`,
    );
  }
  const texts = [title, description].flatMap((text) => LANGUAGES.map((language) => text[language] ?? ''));
  return {
    code,
    cpv: given.cpv,
    unit: plainText(given.unit, { field: `${field}.unit`, longest: 80, required: true }) as string,
    saleUnit: exact(given.saleUnit ?? '1', { field: `${field}.saleUnit`, decimals: 3, least: 1n }),
    title,
    description,
    ...certificateOf(given, field),
    pictureUrl: httpsAddress(given.pictureUrl, `${field}.pictureUrl`),
    referencePrice: price ? exact(price, { field: `${field}.referencePrice`, decimals: 4, least: 1n }) : null,
    referencePriceSource: price ? source : null,
    withdrawnOn: given.withdrawnOn ?? null,
    searchText: foldText([code, ...texts].join(' ')),
  };
}

function certificateOf(given: ProductInput, field: string): object {
  const certification = plainText(given.certification, { field: `${field}.certification`, longest: 200 });
  const { certifiedFrom = null, certifiedUntil = null } = given;
  const isWhole = certification ? certifiedFrom : !certifiedFrom && !certifiedUntil;
  if (!isWhole) {
    throw new UserError(
      'CERTIFICATION_INCOMPLETE',
      'Give a certificate with its first day, or none of its fields.',
      `${field}.certifiedFrom`,
    );
  }
  if (certifiedFrom && certifiedUntil && certifiedUntil <= certifiedFrom) {
    throw new UserError(
      'INVALID_PERIOD',
      'Give the first day after the certificate’s last one.',
      `${field}.certifiedUntil`,
    );
  }
  return { certification, certifiedFrom, certifiedUntil };
}
