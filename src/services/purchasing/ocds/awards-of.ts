import { UserError } from '../../../errors.ts';
import { parseEnterpriseNumber } from '../../../partners/index.ts';
import { type Read, refuse } from './refusal.ts';
import type { Party, Reference, Release } from './release-shape.ts';

/** The Belgian register of enterprises, as org-id.guide calls it. */
export const BELGIAN_REGISTER = 'BE-BCE_KBO';

/** A supplier as a release tells it. */
export interface ReadSupplier {
  readonly name: string;
  /** Key that this hub gave it, where the release came from a hub. */
  readonly key: string | undefined;
  readonly enterpriseNumber: string | undefined;
  readonly identifier: { readonly scheme: string; readonly id: string } | undefined;
}

/** That suppliers may supply lots. */
export interface Award {
  readonly id: string;
  /** Local ids; none: all that the agreement has. */
  readonly lots: readonly string[];
  readonly suppliers: readonly ReadSupplier[];
}

/** An id of this hub's own for a supplier that no register knows. */
export const SUPPLIER_ID = /^supplier_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/**
 * Awards of a process that were not taken back; with an agreement that was cancelled whole they stay what they were.
 * Refusals: LOT_UNKNOWN, SUPPLIER_UNKNOWN, INVALID_ENTERPRISE_NUMBER.
 */
export function awardsOf({ tender, parties, awards }: Release, lots: readonly string[]): Read<Award[]> {
  const isCancelled = ['cancelled', 'unsuccessful', 'withdrawn'].includes(tender?.status ?? '');
  const byId = new Map((parties ?? []).map((party) => [party.id, party]));
  const read: Award[] = [];
  for (const [index, award] of (awards ?? []).entries()) {
    if (!isCancelled && (award.status === 'cancelled' || award.status === 'unsuccessful')) continue;
    const ofLots = award.relatedLots ?? [];
    const unknown = ofLots.findIndex((lot) => !lots.includes(lot));
    if (unknown >= 0) {
      return refuse(
        'LOT_UNKNOWN',
        `No release of this process tells of a lot ${JSON.stringify(ofLots[unknown])}.`,
        `awards.${index}.relatedLots.${unknown}`,
      );
    }
    const suppliers: ReadSupplier[] = [];
    for (const [at, reference] of (award.suppliers ?? []).entries()) {
      const supplier = supplierOf(reference, byId.get(reference.id), `awards.${index}.suppliers.${at}`);
      if (supplier.refusal) return supplier;
      suppliers.push(supplier.value);
    }
    read.push({ id: award.id, lots: [...new Set(ofLots)], suppliers });
  }
  return { value: read };
}

function supplierOf(reference: Reference, party: Party | undefined, path: string): Read<ReadSupplier> {
  const identifiers = [party?.identifier, reference.identifier, ...(party?.additionalIdentifiers ?? [])];
  const name = party?.name ?? reference.name ?? party?.identifier?.legalName;
  if (!name) {
    return refuse(
      'SUPPLIER_UNKNOWN',
      `Who ${JSON.stringify(reference.id ?? '')} is stands neither here nor in \`parties\`.`,
      path,
    );
  }
  let enterpriseNumber: string | undefined;
  let other: ReadSupplier['identifier'];
  for (const identifier of identifiers) {
    if (!identifier?.scheme || !identifier.id) continue;
    if (identifier.scheme !== BELGIAN_REGISTER) {
      other ??= { scheme: identifier.scheme, id: identifier.id };
      continue;
    }
    try {
      enterpriseNumber ??= parseEnterpriseNumber(identifier.id);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return refuse(error.code, `${name}: ${error.message}`, path);
    }
  }
  const key = SUPPLIER_ID.exec(reference.id ?? '')?.[1];
  return { value: { name, key, enterpriseNumber, identifier: other } };
}
