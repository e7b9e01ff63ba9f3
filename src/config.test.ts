import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { StartupError } from './errors.ts';
import { DEFAULT_RATES } from './limits/rates.ts';

const GOOD_TOKEN = 'kQ7-vX2_pL9.zR4~wT6+yU8a';

describe('without any setting', () => {
  test('the hub is a demonstration on its own database', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: 'localhost',
      mode: 'demonstration',
      dataDir: '.data',
      databaseUrl: undefined,
      listenUrl: undefined,
      adminToken: undefined,
    });
  });

  test('an empty value is none', () => {
    expect(readConfig({ PORT: '', HUB_MODE: '', DATABASE_URL: '', HUB_ADMIN_TOKEN: '' })).toEqual(
      readConfig({}),
    );
  });

  test('what is not the hub’s does not matter', () => {
    expect(readConfig({ HOME: '/root', PATH: '' })).toEqual(readConfig({}));
  });
});

describe('the mode', () => {
  const DATABASE_URL = 'postgresql://hub@db/hub';

  test('is operation on a server, unless it is given', () => {
    expect(readConfig({ DATABASE_URL }).mode).toBe('operation');
    expect(readConfig({ DATABASE_URL, HUB_MODE: 'demonstration' }).mode).toBe('demonstration');
    expect(readConfig({ HUB_MODE: 'operation' }).mode).toBe('operation');
  });
});

describe('a wrong value', () => {
  test.each([
    ['PORT', ['-1', '65536', '4000.5', '1e3', '0x10', ' ', 'four thousand', '99999999999']],
    ['HUB_DB_POOL', ['0', '201', 'many']],
    ['HUB_RETENTION_YEARS', ['-1', '101', '2.5', 'for ever']],
    ['HUB_MODE', ['Demonstration', 'test']],
    ['HUB_BASELINE_R_SQUARED', ['1.1', '-0.5', '75', ' ', '0.75.1']],
    ['HUB_BASELINE_CV_RMSE', ['5.1', '25 %', '.25', '25']],
    ['HUB_WORKING_HOURS', ['9-17', '17:00-09:00', '09:00-09:00', '03:00-12:00', '09:00-24:00', 'day']],
    ['HUB_LOG_LEVEL', ['loud']],
    [
      'HUB_RATE_LIMITS',
      [
        'on',
        'PUBLIC',
        'PUBLIC=0',
        'PUBLIC=1.5',
        'NOBODY=5',
        'PUBLIC=5,PUBLIC=6',
        'PUBLIC=5,',
        'toString=5',
        'PUBLIC=200000000',
      ],
    ],
    ['HUB_SOCKETS', ['0', 'off', '20000']],
    ['HUB_TRUST_PROXY', ['on', '0', '10', '10.0.0.1']],
    ['DATABASE_URL', ['db.example', 'mysql://db/hub', 'postgresql://a b@db:x/hub', 'postgres://[1/hub']],
    ['HUB_ADMIN_TOKEN', ['with space', 'line\nbreak']],
    ['HUB_OIDC_ISSUER', ['id.example', 'http://id.example', 'ftp://id.example', 'https://']],
    ['HUB_OIDC_JWKS_URI', ['http://id.example/keys']],
  ])('of %s names it in one line', (key, values) => {
    for (const value of values) {
      expect(() => readConfig({ [key]: value })).toThrow(StartupError);
      expect(() => readConfig({ [key]: value })).toThrow(
        new RegExp(`^The configuration is wrong\\. ${key}: [^\\n]+$`),
      );
    }
  });

  test('is never repeated where it may hold a secret', () => {
    for (const [key, value] of [
      ['DATABASE_URL', 'postgresql://hub:s3cret@db:port/hub'],
      ['HUB_ADMIN_TOKEN', 's3cret s3cret'],
    ]) {
      const message = (): string => {
        try {
          return JSON.stringify(readConfig({ [key as string]: value }));
        } catch (error) {
          return (error as Error).message;
        }
      };
      expect(message()).toMatch(/^The configuration is wrong/);
      expect(message()).not.toContain('s3cret');
    }
  });
});

describe('the limits', () => {
  test('are on, and each role may be given another one', () => {
    expect(readConfig({}).rateLimits).toEqual(DEFAULT_RATES);
    expect(readConfig({ HUB_RATE_LIMITS: 'PUBLIC=600, HUB_ADMIN=9000,SUPPLIER=off' }).rateLimits).toEqual({
      ...DEFAULT_RATES,
      PUBLIC: 600,
      HUB_ADMIN: 9000,
      SUPPLIER: Number.POSITIVE_INFINITY,
    });
    expect(readConfig({ HUB_RATE_LIMITS: 'off' }).rateLimits).toBeUndefined();
  });

  test('no proxy is believed unless their number is given', () => {
    expect(readConfig({})).toMatchObject({ sockets: 20, proxies: 0 });
    expect(readConfig({ HUB_TRUST_PROXY: '2', HUB_SOCKETS: '5' })).toMatchObject({ sockets: 5, proxies: 2 });
    expect(readConfig({ HUB_TRUST_PROXY: 'off' }).proxies).toBe(0);
  });
});

describe('the administrator’s token', () => {
  test.each([
    ['short', 'kQ7-vX2_pL9'],
    ['of few different characters', 'abcabcabcabcabcabcabcabcabc'],
    ['from an example', 'change_me_kQ7-vX2_pL9.zR4~wT6'],
    ['a password', 'Password-kQ7-vX2_pL9.zR4~wT6'],
  ])('is refused in operation when it is %s, and taken in a demonstration', (_, HUB_ADMIN_TOKEN) => {
    expect(() => readConfig({ HUB_MODE: 'operation', HUB_ADMIN_TOKEN })).toThrow(/HUB_ADMIN_TOKEN/);
    expect(readConfig({ HUB_ADMIN_TOKEN }).adminToken).toBe(HUB_ADMIN_TOKEN);
  });

  test('is switched off by a word', () => {
    expect(readConfig({ HUB_MODE: 'operation', HUB_ADMIN_TOKEN: 'off' }).adminToken).toBe('off');
  });

  test('is taken in operation when it is long and varied', () => {
    expect(readConfig({ HUB_MODE: 'operation', HUB_ADMIN_TOKEN: GOOD_TOKEN }).adminToken).toBe(GOOD_TOKEN);
  });
});

describe('the identity provider', () => {
  const HUB_OIDC_ISSUER = 'https://id.example/realm';
  const HUB_OIDC_AUDIENCE = 'hub';

  test('is none unless it is given', () => {
    expect(readConfig({}).oidc).toBeUndefined();
    expect(readConfig({ HUB_OIDC_JWKS_URI: 'https://id.example/keys' }).oidc).toBeUndefined();
  });

  test('needs its issuer and the audience', () => {
    const both = /HUB_OIDC_AUDIENCE: .*both/;
    expect(() => readConfig({ HUB_OIDC_ISSUER })).toThrow(both);
    expect(() => readConfig({ HUB_OIDC_AUDIENCE })).toThrow(both);
    expect(readConfig({ HUB_OIDC_ISSUER, HUB_OIDC_AUDIENCE }).oidc).toEqual({
      issuer: HUB_OIDC_ISSUER,
      audience: 'hub',
      jwksUri: undefined,
      algorithms: ['RS256', 'ES256', 'EdDSA'],
    });
  });

  test('may be on this machine without TLS', () => {
    const issuer = 'http://localhost:8080';
    expect(readConfig({ HUB_OIDC_ISSUER: issuer, HUB_OIDC_AUDIENCE }).oidc?.issuer).toBe(issuer);
  });

  test('signs with a key pair alone', () => {
    const read = (HUB_OIDC_ALGORITHMS: string) =>
      readConfig({ HUB_OIDC_ISSUER, HUB_OIDC_AUDIENCE, HUB_OIDC_ALGORITHMS }).oidc?.algorithms;
    expect(read('ES384, PS256')).toEqual(['ES384', 'PS256']);
    for (const wrong of ['none', 'HS256', 'RS256,HS256', ','])
      expect(() => read(wrong)).toThrow(/HUB_OIDC_ALGORITHMS/);
  });
});

test('working hours are minutes of the day', () => {
  expect(readConfig({}).workingHours).toEqual({ from: 540, until: 1020 });
  expect(readConfig({ HUB_WORKING_HOURS: '08:30 - 16:15' }).workingHours).toEqual({ from: 510, until: 975 });
});

test('what suffices for an energy baseline is two numbers', () => {
  expect(readConfig({}).sufficiency).toEqual({ leastRSquared: 0.75, mostCvRmse: 0.25 });
  expect(readConfig({ HUB_BASELINE_R_SQUARED: '0.8', HUB_BASELINE_CV_RMSE: '0' }).sufficiency).toEqual({
    leastRSquared: 0.8,
    mostCvRmse: 0,
  });
});
