import type { EntityManager } from '@mikro-orm/postgresql';
import { brusselsDay } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import { UserError } from '../../../errors.ts';
import type { FrameworkAgreement, Lot } from '../agreement.entity.ts';
import { CascadeRank } from '../catalogue.entity.ts';
import { Supplier } from '../supplier.entity.ts';
import type { Award, ReadSupplier } from './awards-of.ts';
import { LotAward } from './ocds.entity.ts';
import type { Taking } from './take-agreement.service.ts';

/** That a supplier has a lot. */
interface Pair {
  award: string;
  lot: Lot;
  supplier: Supplier;
}

/**
 * Brings suppliers and awards to what the releases tell; what they never told of stays.
 * @throws UserError AWARD_IN_USE, SUPPLIER_AMBIGUOUS
 */
export async function takeAwards(
  em: EntityManager,
  agreement: FrameworkAgreement,
  lots: readonly Lot[],
  { before, wanted }: Taking,
  changes: string[],
): Promise<void> {
  if (JSON.stringify(before?.awards ?? []) === JSON.stringify(wanted.awards)) return;
  const suppliers = new Suppliers(em, agreement);
  const earlier = await pairsOf(before?.awards ?? [], lots, (read) => suppliers.find(read));
  const now = await pairsOf(wanted.awards, lots, (read) => suppliers.take(read));
  await em.flush();
  if (suppliers.made > 0)
    changes.push(`${suppliers.made} ${suppliers.made === 1 ? 'supplier' : 'suppliers'}`);
  if (suppliers.completed > 0) changes.push('identifiers of suppliers');
  const held = await em.find(LotAward, { lot: { $in: lots.map(({ id }) => id) } });
  const rows = new Map(held.map((row) => [`${row.lot.id} ${row.supplier.id}`, row]));
  let awarded = 0;
  for (const [key, { award, lot, supplier }] of now) {
    if (rows.has(key)) continue;
    em.create(LotAward, { lot, supplier, awardId: award });
    awarded += 1;
  }
  if (awarded > 0) changes.push(`${awarded} ${awarded === 1 ? 'award' : 'awards'} of lots`);
  for (const [key, { award, lot, supplier }] of earlier) {
    const row = rows.get(key);
    if (now.has(key) || !row) continue;
    await mustBeUnused(em, lot, supplier, award);
    em.remove(row);
    changes.push(`lot ${lot.localId} no longer awarded to ${supplier.name}`);
  }
  await em.flush();
}

async function pairsOf(
  awards: readonly Award[],
  lots: readonly Lot[],
  supplierOf: (read: ReadSupplier) => Promise<Supplier | undefined>,
): Promise<Map<string, Pair>> {
  const pairs = new Map<string, Pair>();
  for (const award of awards) {
    const ofAward = award.lots.length > 0 ? lots.filter(({ localId }) => award.lots.includes(localId)) : lots;
    for (const read of award.suppliers) {
      const supplier = await supplierOf(read);
      if (!supplier) continue;
      for (const lot of ofAward) {
        const key = `${lot.id} ${supplier.id}`;
        if (!pairs.has(key)) pairs.set(key, { award: award.id, lot, supplier });
      }
    }
  }
  return pairs;
}

async function mustBeUnused(em: EntityManager, lot: Lot, supplier: Supplier, award: string): Promise<void> {
  const today = brusselsDay(new Date());
  const inForce = await em.count(CascadeRank, {
    lot: lot.id,
    supplier: supplier.id,
    $or: [{ validUntil: null }, { validUntil: { $gt: today } }],
  });
  if (inForce === 0) return;
  throw new UserError(
    'AWARD_IN_USE',
    `Award ${award} is taken back, and ${supplier.name} still has prices in lot ${lot.localId}: end them first.`,
    'awards',
  );
}

/** The suppliers of a service: found by what identifies them, in this order, and made where they are not there. */
class Suppliers {
  made = 0;
  completed = 0;

  constructor(
    private readonly em: EntityManager,
    private readonly agreement: FrameworkAgreement,
  ) {}

  async find(read: ReadSupplier): Promise<Supplier | undefined> {
    const { key, enterpriseNumber, identifier, name } = read;
    if (key) {
      const own = await this.one({ id: key });
      if (own) return own;
    }
    const byNumber = enterpriseNumber ? await this.one({ enterpriseNumber }) : undefined;
    const byIdentifier = identifier
      ? await this.one({ identifierScheme: identifier.scheme, identifier: identifier.id })
      : undefined;
    if (byNumber && byIdentifier && byNumber !== byIdentifier) {
      throw new UserError(
        'SUPPLIER_AMBIGUOUS',
        `${name} has the numbers of two suppliers, ${byNumber.name} and ${byIdentifier.name}: mend one of them.`,
        'parties',
      );
    }
    const found = byNumber ?? byIdentifier;
    if (found) return found;
    // Without a number, a name is the oldest supplier's of that name; with one, that of a supplier that has none yet.
    const isNamedOnly = !enterpriseNumber && !identifier;
    return this.one(isNamedOnly ? { name } : { name, enterpriseNumber: null, identifier: null });
  }

  /** The supplier, made where there is none; an identifier that the hub does not have is added. */
  async take(read: ReadSupplier): Promise<Supplier> {
    const found = await this.find(read);
    if (found) {
      if (this.complete(found, read)) await this.em.flush();
      return found;
    }
    this.made += 1;
    const supplier = this.em.create(Supplier, {
      id: newId(),
      service: this.agreement.service,
      name: read.name,
      enterpriseNumber: read.enterpriseNumber ?? null,
      identifierScheme: read.identifier?.scheme ?? null,
      identifier: read.identifier?.id ?? null,
      provenance: this.agreement.provenance,
    } as never);
    await this.em.flush();
    return supplier;
  }

  private complete(supplier: Supplier, { enterpriseNumber, identifier }: ReadSupplier): boolean {
    const adds = Boolean(enterpriseNumber && !supplier.enterpriseNumber);
    const identifies = Boolean(identifier && !supplier.identifier);
    if (adds) supplier.enterpriseNumber = enterpriseNumber ?? null;
    if (identifies) {
      supplier.identifierScheme = identifier?.scheme ?? null;
      supplier.identifier = identifier?.id ?? null;
    }
    if (adds || identifies) this.completed += 1;
    return adds || identifies;
  }

  /** The oldest that fits; what was made or completed before in this transaction is written first. */
  private async one(
    by: Partial<
      Record<'id' | 'name' | 'enterpriseNumber' | 'identifierScheme' | 'identifier', string | null>
    >,
  ) {
    const stored = await this.em.findOne(
      Supplier,
      { service: this.agreement.service.id, ...by },
      { orderBy: { id: 'asc' } },
    );
    return stored ?? undefined;
  }
}
