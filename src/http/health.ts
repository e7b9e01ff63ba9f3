import type { FastifyInstance } from 'fastify';

/** Whether the hub can answer, and why not. */
export type Readiness = () => Promise<{ ready: boolean; reason?: string }>;

/**
 * `/healthz`: the process lives; it never touches the database, so a long statement does not hold it up.
 * `/readyz`: the database answers and its migrations are current; 503 with the reason otherwise.
 */
export function routeHealth(http: FastifyInstance, readiness: Readiness): void {
  http.get('/healthz', async () => ({ status: 'ok' }));
  http.get('/readyz', async (_, reply) => {
    const { ready, reason } = await readiness();
    return ready ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });
}
