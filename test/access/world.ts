import { randomUUID } from 'node:crypto';
import { type Grant, HELD_FOR, Role } from '../../src/access/roles.ts';
import { type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { type Advised, makeAdviceRecords } from '../advice/attempts.ts';
import { type Grouped, makeGrouped, makeGroupRecords } from '../employer-group/attempts.ts';
import { type Followed, makeEnergyRecords, makeFollowed } from '../energy/attempts.ts';
import { clock, newEnrolment, newPartner, newService, save, send } from '../partners/records.ts';
import { makeOffer, type Offer } from '../purchasing/attempts.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

/** The records of one tenant: a partner with its use of two services, and whom it belongs to. */
export interface Tenant {
  partner: string;
  federation: string;
  /** Enrolments are nobody else's business. */
  privateService: string;
  /** What its purchasing service offers it. */
  offer: Offer;
  /** What its energy service follows of it. */
  followed: Followed;
  /** What its employer group has. */
  grouped: Grouped;
  /** A service of its own whose employer group is not set up yet. */
  spareGroup: string;
  /** What an advisory service does for it. */
  advised: Advised;
  authority: string;
  /** By object type, a record of the tenant. */
  records: Record<string, string>;
}

export const ROLES = Object.values(Role);

/**
 * A hub in operation with two tenants that have nothing in common, and a viewer of each role that is the first one's
 * alone. What they share is a service whose enrolments are public.
 */
export interface World {
  hub: TestHub;
  own: Tenant;
  other: Tenant;
  publicService: string;
  viewer(role: Role): Viewer;
  close(): Promise<void>;
}

const keyOf = (globalId: string): string => globalId.slice(globalId.lastIndexOf('_') + 1);

export async function makeWorld(at = clock): Promise<World> {
  const hub = await startTestHub('operation', { clock: at });
  const publicService = (await newService(hub, 'OTHER', { enrolmentsPublic: true })).id;
  const own = await makeTenant(hub, 'own', 'COCOF', publicService);
  const other = await makeTenant(hub, 'other', 'VGC', publicService);
  return {
    hub,
    own,
    other,
    publicService,
    viewer: (role) => viewerOfRole(role, own),
    close: () => hub.close(),
  };
}

/** A viewer that holds one role, for the records of a tenant. */
export function viewerOfRole(role: Role, tenant: Tenant): Viewer {
  const held = {
    partner: tenant.partner,
    service: tenant.privateService,
    supplier: tenant.offer.suppliers[0],
    federation: tenant.federation,
    authority: tenant.authority,
  };
  const on = HELD_FOR[role];
  const grants: Grant[] = role === Role.PUBLIC ? [] : [{ role, of: on && keyOf(held[on]) }];
  // The staff of a tenant run all of its services.
  if (role === Role.SERVICE_STAFF)
    for (const { service } of [tenant.offer, tenant.followed, tenant.grouped, tenant.advised])
      grants.push({ role, of: keyOf(service) });
  if (role === Role.SERVICE_STAFF) grants.push({ role, of: keyOf(tenant.spareGroup) });
  return viewerOf({ principal: role === Role.PUBLIC ? 'anonymous' : `client_${randomUUID()}`, grants });
}

async function makeTenant(
  hub: TestHub,
  name: string,
  authorityCode: string,
  publicService: string,
): Promise<Tenant> {
  const federation = (await save(hub, 'createFederation', { slug: `${name}-federation`, name: { fr: name } }))
    .id;
  const partner = await newPartner(hub, {
    name: { fr: `${name} partner` },
    memberships: [{ federation, validFrom: '2020-01-01' }],
    recognitions: [{ authority: authorityCode, validFrom: '2020-01-01' }],
  });
  const service = await newService(hub, 'OTHER', { federation });
  const enrolment = await newEnrolment(hub, partner, service, '2024-01-01');
  await newEnrolment(hub, partner, { id: publicService }, '2024-01-01');
  const entry = {
    partner: partner.id,
    metric: 'OTHER_SERVICE_UNITS',
    occurredOn: '2025-03-01',
    quantity: '7',
  };
  const report = await send(hub, 'reportUsage', {
    source: 'tool',
    entries: [
      { ...entry, service: service.id, externalReference: `${name}-1` },
      { ...entry, service: publicService, externalReference: `${name}-2` },
    ],
  });
  const agreement = await save(hub, 'grantDataSharing', {
    partner: partner.id,
    federation: (await save(hub, 'createFederation', { slug: `${name}-third`, name: { fr: 'third' } })).id,
    purpose: 'Statistics',
    rooms: ['USAGE'],
    validUntil: '2027-01-01',
  });
  const centre = await newService(hub, 'PURCHASING', { federation });
  await newEnrolment(hub, partner, centre, '2020-01-01');
  const offer = await makeOffer(hub, centre.id, partner.id);
  const purchases = await makePurchases(hub, offer);
  const adviser = await newService(hub, 'ENERGY', { federation });
  await newEnrolment(hub, partner, adviser, '2020-01-01');
  const followed = await makeFollowed(hub, adviser.id, partner.id);
  const energy = await makeEnergyRecords(hub, followed);
  const group = await newService(hub, 'EMPLOYER_GROUP', { federation });
  await newEnrolment(hub, partner, group, '2020-01-01');
  const grouped = await makeGrouped(hub, group.id, partner.id);
  const spareGroup = (await newService(hub, 'EMPLOYER_GROUP', { federation })).id;
  const employment = await makeGroupRecords(hub, grouped);
  const advised = {
    partner: partner.id,
    service: (await newService(hub, 'PREVENTION', { federation })).id,
  };
  const advice = await makeAdviceRecords(hub, advised);
  const client = await save(hub, 'createClient', {
    name: `${name} tool`,
    roles: [{ role: Role.PARTNER_EDITOR, reference: partner.id }],
  });
  const token = await save(hub, 'issueAccessToken', { client: client.id, scopes: ['READ'] });
  const account = await save(hub, 'registerAccount', {
    issuer: 'https://id.example',
    subject: name,
    roles: [{ role: Role.FEDERATION_ANALYST, reference: federation }],
  });
  const trail = await hub.write(
    `query ($partner: ID!) { auditTrail(first: 1, filter: { partner: $partner }) { nodes { id } } }`,
    { partner: partner.id },
  );
  const { data } = await hub.write(
    `query ($id: ID!) { partner(reference: { id: $id }) { sites { id } recognitions { id authority { id } } memberships { id }
      enrolments(filter: { service: "${service.id}" }) { nodes { history { id } service { carriers { provider { id } } } } } } }`,
    { id: partner.id },
  );
  const found = data.partner;
  return {
    partner: partner.id,
    federation,
    privateService: service.id,
    offer,
    followed,
    grouped,
    spareGroup,
    advised,
    authority: found.recognitions[0].authority.id,
    records: {
      Partner: partner.id,
      Site: found.sites[0].id,
      Recognition: found.recognitions[0].id,
      Membership: found.memberships[0].id,
      Federation: federation,
      OtherService: service.id,
      Provider: found.enrolments.nodes[0].service.carriers[0].provider.id,
      Enrolment: enrolment.id,
      EnrolmentEvent: found.enrolments.nodes[0].history[0].id,
      UsageEntry: report.results[0].entry.id,
      DataSharingAgreement: agreement.id,
      Client: client.id,
      AccessToken: token.id,
      Account: account.id,
      RoleGrant: client.roles[0].id,
      AuditEntry: trail.data.auditTrail.nodes[0].id,
      ...purchases,
      ...energy,
      ...employment,
      ...advice,
    },
  };
}

/** Records of a purchasing service: what is on offer, what is said of it, and an order that was delivered. */
async function makePurchases(hub: TestHub, offer: Offer): Promise<Record<string, string>> {
  const { partner, product, service, lot, agreement, suppliers } = offer;
  const account = await save(hub, 'setBuyerCategory', { partner, service, category: 'CARE_INSTITUTION' });
  const advice = await save(hub, 'adviseOnProduct', {
    product,
    grade: 'SUITABLE',
    reasons: { fr: 'Conforme' },
  });
  const remark = await save(hub, 'remarkOnProduct', { partner, product, rating: 4, text: 'Solide' });
  const order = await save(hub, 'placeOrder', { partner, lot, lines: [{ product, quantity: '1' }] });
  await save(hub, 'confirmOrder', { order: order.id });
  await save(hub, 'recordDelivery', { order: order.id });
  const { data } = await hub.write(
    `query ($product: ID!, $order: ID!) { product(id: $product) { prices { id rank } }
      node(id: $order) { ... on PurchaseOrder { lines { id } history { id kind delivered { id } } } } }`,
    { product, order: order.id },
  );
  const delivery = data.node.history.at(-1);
  return {
    Supplier: suppliers[0],
    FrameworkAgreement: agreement,
    Lot: lot,
    Product: product,
    CascadeRank: data.product.prices[0].id,
    BuyerAccount: account.id,
    ProductAdvice: advice.id,
    ProductRemark: remark.id,
    PurchaseOrder: order.id,
    OrderLine: data.node.lines[0].id,
    OrderEvent: delivery.id,
    DeliveryLine: delivery.delivered[0].id,
  };
}
