import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @type {import('vite').InlineConfig} */
export default {
  root: here,
  base: '/graphiql/',
  // The page takes nothing from the environment of who builds it.
  envDir: false,
  publicDir: false,
  // The GraphQL worker loads prettier lazily, and only ES workers can be split.
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../../../dist/graphiql', import.meta.url)),
    emptyOutDir: true,
    // Monaco is one large chunk by nature.
    chunkSizeWarningLimit: 8000,
    reportCompressedSize: false,
  },
};
