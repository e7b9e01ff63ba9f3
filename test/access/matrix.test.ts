import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { unknownId } from '../partners/records.ts';
import { expectedTable, fieldsOf, isNode, objectTypes, queriesOf } from './matrix.ts';
import { makeWorld, ROLES, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 120_000);
afterAll(() => world.close());

/** Records that are the same for everybody, or that nothing in the two tenants is. */
const SHARED = new Set([
  'CompetentAuthority',
  'Sector',
  'Territory',
  'PublishedFigure',
  'Population',
  'Funding',
  // Of services one kind stands for all: their rows are of one table.
  'DiversityService',
  'EmployerGroupService',
  'EnergyService',
  'PreventionService',
  'PurchasingService',
]);

const HEADER = `# What each role gets of each field: of its own records, then of another tenant's. + a value, 0 nothing, - no such record, ! refused.
# ${ROLES.map((role, index) => `${index + 1} ${role}`).join(', ')}`;

describe('what a role sees', () => {
  test('is the committed table, for every field of every object type', async () => {
    const lines = HEADER.split('\n');
    for (const type of objectTypes(world.hub)) {
      const own = world.own.records[type.name];
      const other = world.other.records[type.name];
      if (!own || !other) {
        if (isNode(type) && !SHARED.has(type.name)) throw new Error(`Give ${type.name} a record in world.ts`);
        if (type.name === 'Query') continue;
        // It has no records of its own: it is seen with the record that it is read from.
        const seen = isNode(type)
          ? type.name.endsWith('Service')
            ? 'as OtherService'
            : 'as by everybody'
          : 'as its parent';
        for (const field of Object.keys(type.getFields())) lines.push(`${type.name}.${field}: ${seen}`);
        continue;
      }
      const cells: Record<string, string[]> = {};
      for (const role of ROLES) {
        const viewer = world.viewer(role);
        const ofOwn = await fieldsOf(world.hub, type, own, viewer);
        const ofOther = await fieldsOf(world.hub, type, other, viewer);
        for (const field of Object.keys(ofOwn)) {
          cells[field] = [...(cells[field] ?? []), `${ofOwn[field]}${ofOther[field]}`];
        }
      }
      for (const [field, outcomes] of Object.entries(cells)) {
        lines.push(`${type.name}.${field}: ${outcomes.join(' ')}`);
      }
    }
    const queries = [];
    for (const role of ROLES) {
      const ofOwn = await queriesOf(world.hub, world.viewer(role), world.own);
      queries.push([ofOwn, await queriesOf(world.hub, world.viewer(role), world.other)] as const);
    }
    for (const field of Object.keys(queries[0]?.[0] ?? {})) {
      lines.push(
        `Query.${field}: ${queries.map(([own, other]) => `${own[field]}${other[field]}`).join(' ')}`,
      );
    }
    expect(lines).toEqual(await expectedTable('matrix.txt', lines));
  }, 300_000);

  /** Records of a tenant that are nobody else's business. */
  const PRIVATE = [
    ...['Enrolment', 'EnrolmentEvent', 'UsageEntry', 'DataSharingAgreement'],
    ...[
      'CascadeRank',
      'BuyerAccount',
      'ProductRemark',
      'PurchaseOrder',
      'OrderLine',
      'OrderEvent',
      'DeliveryLine',
    ],
    ...['Client', 'AccessToken', 'Account', 'RoleGrant', 'AuditEntry'],
  ];

  test.each(PRIVATE)('%s of another tenant is not there for anybody but an administrator', async (name) => {
    const type = objectTypes(world.hub).find((one) => one.name === name);
    if (!type) throw new Error(`There is no ${name}`);
    for (const role of ROLES.filter((one) => one !== Role.HUB_ADMIN)) {
      const found = await fieldsOf(world.hub, type, world.other.records[name] as string, world.viewer(role));
      expect([role, new Set(Object.values(found))]).toEqual([role, new Set(['-'])]);
    }
  });

  test.each(PRIVATE)('%s: hidden and absent are one answer, in as many statements', async (name) => {
    const source = `query ($id: ID!) { node(id: $id) { id __typename } }`;
    const hidden = world.other.records[name] as string;
    const absent = unknownId(hidden.slice(0, hidden.lastIndexOf('_')));
    for (const role of ROLES.filter((one) => one !== Role.HUB_ADMIN)) {
      const viewer = world.viewer(role);
      const ofHidden = await world.hub.query(source, { id: hidden }, { viewer });
      const ofAbsent = await world.hub.query(source, { id: absent }, { viewer });
      expect({ ...ofHidden, values: [] }).toEqual({ ...ofAbsent, values: [] });
      expect(ofHidden.data).toEqual({ node: null });
    }
  });
});
