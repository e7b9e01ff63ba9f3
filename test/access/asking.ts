import { expect } from '@jest/globals';
import { documentOf, type MutationName, newKey } from '../partners/records.ts';
import { ADMIN_TOKEN, type TestHub } from '../support/hub.ts';

export const ADMIN = `Bearer ${ADMIN_TOKEN}`;

/** Sends a request over HTTP, with an Authorization header or none. */
export async function post(hub: TestHub, query: string, variables: object = {}, authorization?: string) {
  const response = await hub.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    payload: JSON.stringify({ query, variables }),
  });
  const { data, errors } = response.json();
  return {
    status: response.statusCode,
    data,
    codes: errors?.map((error: { extensions: { code: string } }) => error.extensions.code),
  };
}

/** What became of a mutation over HTTP: `saved`, or the code of its error. */
export async function attempt(
  hub: TestHub,
  mutation: MutationName,
  input: object,
  authorization: string,
): Promise<string> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, codes } = await post(hub, documentOf(mutation), variables, authorization);
  return codes?.[0] ?? data[mutation].userErrors[0]?.code ?? 'saved';
}

/** Saves something over HTTP as somebody, and gives the record in the payload. */
export async function saveAs(
  hub: TestHub,
  mutation: MutationName,
  input: object,
  authorization: string,
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
): Promise<any> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, codes } = await post(hub, documentOf(mutation), variables, authorization);
  expect(codes).toBeUndefined();
  const { userErrors, ...payload } = data[mutation];
  expect(userErrors).toEqual([]);
  return Object.values(payload)[0];
}

export const ISSUE = `mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) {
  secret accessToken { id prefix scopes createdAt expiresAt revokedAt isLive } userErrors { code field } } }`;
export const ROTATE = `mutation ($input: RotateAccessTokenInput!) { rotateAccessToken(input: $input) {
  secret accessToken { id prefix scopes createdAt expiresAt revokedAt isLive } userErrors { code field } } }`;

/** A client with roles and a token, made by the administrator. */
export async function clientWith(
  hub: TestHub,
  roles: object[],
  more: { scopes?: string[]; isSandbox?: boolean; expiresAt?: string } = {},
): Promise<{ id: string; token: string; tokenId: string; authorization: string }> {
  const {
    scopes = [
      'READ',
      'DIRECTORY',
      'ENROLMENTS',
      'USAGE',
      'ORDERS',
      'ENERGY',
      'EMPLOYER_GROUP',
      'ADVICE',
      'ACCESS',
    ],
    isSandbox = false,
    ...rest
  } = more;
  const { id } = await saveAs(hub, 'createClient', { name: 'A tool', isSandbox, roles }, ADMIN);
  const input = { idempotencyKey: newKey(), client: id, scopes, ...rest };
  const { data } = await post(hub, ISSUE, { input }, ADMIN);
  const { secret: token, accessToken } = data.issueAccessToken;
  return { id, token, tokenId: accessToken.id, authorization: `Bearer ${token}` };
}
