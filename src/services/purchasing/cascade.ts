import { isEnough, isMore, lineAmount, type PricedLine, type Totals, totalsOf } from './amounts.ts';
import { OrderReason } from './order.entity.ts';

/** A product wanted, and how much of it. */
export interface Wanted {
  product: string;
  quantity: string;
}

/** A supplier's price for a product at its rank, in force at the moment. */
export interface Price {
  id: string;
  product: string;
  supplier: string;
  rank: number;
  unitPrice: string;
  vatRate: string;
  minimumQuantity: string;
}

/** A rank that can supply the whole order, and what that costs. */
export interface Choice {
  rank: number;
  supplier: string;
  lines: readonly (PricedLine & Wanted & { price: string; exclVat: string })[];
  totals: Totals;
}

/** A rank that an order went past, and why. */
export interface PassedOver {
  rank: number;
  supplier: string;
  reason: OrderReason;
}

/**
 * The first rank after another whose supplier has a price for every line, and whose total fits.
 * @param room what may be ordered, without VAT; no limit without
 * @param asked suppliers that were asked already, which may have got another rank since: nobody is asked twice
 */
export function firstRank(
  wanted: readonly Wanted[],
  prices: readonly Price[],
  { after, room, asked }: { after: number; room?: string | undefined; asked?: ReadonlySet<string> },
): { choice?: Choice; passedOver: PassedOver[] } {
  const passedOver: PassedOver[] = [];
  const open = prices.filter(({ rank, supplier }) => rank > after && !asked?.has(supplier));
  const ranks = [...new Set(open.map(({ rank }) => rank))].sort();
  for (const rank of ranks) {
    const ofRank = open.filter((price) => price.rank === rank);
    const supplier = (ofRank[0] as Price).supplier;
    const choice = priced(wanted, ofRank, { rank, supplier });
    if (choice && !(room !== undefined && isMore(choice.totals.exclVat, room))) return { choice, passedOver };
    passedOver.push({ rank, supplier, reason: choice ? OrderReason.CEILING : OrderReason.NO_PRICE });
  }
  return { passedOver };
}

function priced(
  wanted: readonly Wanted[],
  prices: readonly Price[],
  of: { rank: number; supplier: string },
): Choice | undefined {
  const lines: Choice['lines'][number][] = [];
  for (const { product, quantity } of wanted) {
    const price = prices.find((one) => one.product === product);
    if (!price || !isEnough(quantity, price.minimumQuantity)) return undefined;
    const { id, unitPrice, vatRate } = price;
    lines.push({
      product,
      quantity,
      price: id,
      unitPrice,
      vatRate,
      exclVat: lineAmount({ quantity, unitPrice }),
    });
  }
  return { ...of, lines, totals: totalsOf(lines) };
}
