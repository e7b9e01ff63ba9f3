import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The page is served from this origin alone; its editor writes its styles into the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** GraphiQL at `/graphiql/`, from files that the build has bundled; `/` leads there. */
export async function routeGraphiql(http: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(folder)) {
    http.log.warn(`GraphiQL has not been built: ${folder} is missing, "npm run build" makes it.`);
    return;
  }
  await http.register(fastifyStatic, {
    root: folder,
    prefix: '/graphiql/',
    cacheControl: false,
    setHeaders(reply, path) {
      // The names of assets carry a fingerprint of their content; the page itself does not.
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      reply.header('content-security-policy', POLICY);
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'no-referrer');
      reply.header('cross-origin-opener-policy', 'same-origin');
    },
  });
  http.get('/graphiql', (_, reply) => reply.redirect('/graphiql/'));
  http.get('/', (_, reply) => reply.redirect('/graphiql/'));
}
