import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/access/viewer.ts';
import { keyOf } from '../partners/records.ts';
import { AdviceWorld } from './world.ts';

let world: AdviceWorld;
beforeAll(async () => {
  world = await AdviceWorld.open('PREVENTION');
}, 60_000);
afterAll(() => world.close());

let codes = 0;
const save = (input: object = {}) => {
  codes += 1;
  return world.as(world.staff, 'saveResource', {
    service: world.service.id,
    code: `FICHE-${codes}`,
    kind: 'TOOL_SHEET',
    title: {
      fr: 'Écrans et éclairage',
      nl: 'Beeldschermen en verlichting',
      de: 'Bildschirme',
      en: 'Screens',
    },
    languages: ['FR', 'NL'],
    publishedOn: '2025-01-01',
    ...input,
  });
};
const grant = (input: object = {}) =>
  world.as(world.staff, 'grantToolboxAccess', {
    partner: world.partner.id,
    service: world.service.id,
    grantedOn: '2026-01-01',
    ...input,
  });
const take = (resource: { id: string }, input: object = {}, viewer = world.editor) =>
  world.as(viewer, 'recordDownload', { resource: resource.id, partner: world.partner.id, ...input });

describe('a resource', () => {
  test('is saved by its code, and saved again it changes in what is given', async () => {
    const { resource } = await save({ code: 'BOBET-001', url: 'https://tools.example/1' });
    expect(resource).toMatchObject({ edition: 1, isRestricted: false, languages: ['FR', 'NL'] });
    const again = await world.as(world.staff, 'saveResource', {
      service: world.service.id,
      code: 'BOBET-001',
      edition: 2,
      title: { en: 'Screens and light' },
    });
    expect(again.resource).toMatchObject({
      id: resource.id,
      edition: 2,
      kind: 'TOOL_SHEET',
      url: 'https://tools.example/1',
    });
    for (const [input, code] of [
      [{ edition: 1 }, 'RESOURCE_FIXED'],
      [{ edition: 0 }, 'INVALID_COUNT'],
      [{ languages: [] }, 'LANGUAGE_MISSING'],
      [{ withdrawnOn: '2025-01-01' }, 'INVALID_PERIOD'],
      [{ url: 'ftp://tools.example' }, 'INVALID_URL'],
      [{ title: { fr: '', nl: '', de: '', en: '' } }, 'TEXT_MISSING'],
      [{ code: 'bobet 1' }, 'INVALID_CODE'],
      [{ code: 'NEW-1', kind: null }, 'FIELD_MISSING'],
    ] as const)
      expect([code, (await save({ code: 'BOBET-001', ...input })).userErrors?.[0]?.code]).toEqual([
        code,
        code,
      ]);
  });

  test('is saved once by two that save it at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => save({ code: 'TWICE-1' })));
    expect(new Set(answers.map(({ resource }) => resource?.id)).size).toBe(1);
  });

  test('is found by its words in any of the four languages, by kind, language and day', async () => {
    await save({
      code: 'CHARTE-1',
      kind: 'CHARTER',
      title: { fr: 'Charte modèle', nl: 'Modelcharter', de: 'Mustercharta', en: 'Model charter' },
      languages: ['FR', 'NL', 'EN'],
      withdrawnOn: '2026-02-01',
    });
    const found = async (filter: string) => {
      const { data } = await world.ask(`{ adviceResources(filter: { ${filter} }) { nodes { code } } }`);
      return data.adviceResources.nodes.map(({ code }: { code: string }) => code);
    };
    for (const words of ['charte MODELE', 'modelcharter', 'mustercharta', 'model charter', 'charte-1'])
      expect([words, await found(`search: "${words}"`)]).toEqual([words, ['CHARTE-1']]);
    expect(await found('search: "charte ergonomie"')).toEqual([]);
    const { errors } = await world.ask(
      `{ adviceResources(filter: { search: "${'a '.repeat(13)}" }) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'TEXT_TOO_LONG', field: 'filter.search' });
    expect(await found('kinds: [CHARTER], language: EN, on: "2026-01-31"')).toEqual(['CHARTE-1']);
    expect(await found('kinds: [CHARTER], on: "2026-02-01"')).toEqual([]);
    expect(await found('kinds: [CHARTER], language: DE')).toEqual([]);
  });
});

describe('a toolbox', () => {
  test('tells where its sheets are to those that were granted access, and to nobody else', async () => {
    const { resource } = await save({ isRestricted: true, url: 'https://tools.example/9' });
    const url = async (viewer = ANONYMOUS) => {
      const { data } = await world.ask(
        `query ($id: ID!) { node(id: $id) { ... on AdviceResource { title url } } }`,
        { id: resource.id },
        viewer,
      );
      return [data.node.title, data.node.url];
    };
    expect(await url()).toEqual(['Écrans et éclairage', null]);
    expect((await url(world.editor))[1]).toBeNull();
    expect((await take(resource)).userErrors).toMatchObject([{ code: 'ACCESS_MISSING' }]);
    const { access } = await grant();
    expect((await url(world.editor))[1]).toBe('https://tools.example/9');
    expect([(await url(world.stranger))[1], (await url(world.staff))[1]]).toEqual([
      null,
      'https://tools.example/9',
    ]);
    expect((await grant({ grantedOn: '2026-05-01' })).userErrors).toMatchObject([{ code: 'ACCESS_HELD' }]);
    expect((await take(resource, { copies: 3 })).download).toMatchObject({
      copies: 3,
      downloadedOn: '2026-06-15',
    });
    const withdraw = (withdrawnOn: string) =>
      world.wrong(world.staff, 'withdrawToolboxAccess', { access: access.id, withdrawnOn });
    expect(await withdraw('2026-01-01')).toEqual(['INVALID_PERIOD']);
    expect(await withdraw('2026-06-01')).toEqual([]);
    expect((await url(world.editor))[1]).toBeNull();
    expect((await take(resource)).userErrors).toMatchObject([{ code: 'ACCESS_MISSING' }]);
    expect((await take(resource, { downloadedOn: '2026-05-31' })).userErrors).toEqual([]);
  });

  test('tells access, which is granted, from use, which is what was taken', async () => {
    const { resource } = await save();
    await grant({ partner: world.other.id });
    await take(resource, { partner: world.partner.id });
    const { data, errors } = await world.ask(
      `query ($other: ID!, $resource: ID!) {
        accesses: toolboxAccesses(filter: { partner: $other, on: "2026-06-15" }) { totalCount }
        other: node(id: $other) { ... on Partner { resourceDownloads { totalCount } } }
        resource: node(id: $resource) { ... on AdviceResource { downloads { nodes { copies partner { id } } } } } }`,
      { other: world.other.id, resource: resource.id },
      world.staff,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      accesses: { totalCount: 1 },
      other: { resourceDownloads: { totalCount: 0 } },
      resource: { downloads: { nodes: [{ copies: 1, partner: { id: world.partner.id } }] } },
    });
  });

  test('is taken from while a resource is published, by its own partner, in a number that one can carry', async () => {
    const { resource } = await save({ publishedOn: '2026-03-01', withdrawnOn: '2026-06-01' });
    for (const [input, code] of [
      [{ downloadedOn: '2026-02-28' }, 'NOT_PUBLISHED'],
      [{ downloadedOn: '2026-06-01' }, 'NOT_PUBLISHED'],
      [{ downloadedOn: '2026-06-16' }, 'DATE_IN_FUTURE'],
      [{ downloadedOn: '2026-05-01', copies: 0 }, 'INVALID_COUNT'],
      [{ downloadedOn: '2026-05-01', copies: 1001 }, 'INVALID_COUNT'],
    ] as const)
      expect([code, (await take(resource, input)).userErrors?.[0]?.code]).toEqual([code, code]);
    expect(await take(resource, { downloadedOn: '2026-05-01' }, world.stranger)).toEqual({
      refused: 'FORBIDDEN',
    });
    expect(
      await world.hub.sql('select 1 from resource_download where resource_id = $1', [keyOf(resource)]),
    ).toEqual([]);
  });
});
