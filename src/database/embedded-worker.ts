/**
 * Worker thread of the embedded database: PGlite behind a socket, so that a long statement stops neither
 * the event loop of the hub nor its health check.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const { dataDir, socketPath } = workerData as { dataDir: string; socketPath: string };

try {
  const db = await PGlite.create(dataDir, { extensions: { btree_gist } });
  // One connection is used at a time; the second place is for a new one while the old one is still closing.
  const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections: 2 });
  await server.start();
  parentPort?.on('message', async () => {
    await server.stop();
    await db.close();
    parentPort?.postMessage({ closed: true });
  });
  parentPort?.postMessage({ ready: true });
} catch (error) {
  parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
}
