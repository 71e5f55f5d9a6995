import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const source = (file: string): string => fileURLToPath(new URL(`../../libs/${file}`, import.meta.url));

/** Writes what a browser accepts beside each file, so that the server need not compress. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(?:js|css|html)$/.test(file.fileName)) continue;
          const text = file.type === 'chunk' ? file.code : file.source;
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotliCompressSync(text) });
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.gz`,
            source: gzipSync(text, { level: 9 }),
          });
        }
      },
    },
  };
}

export default defineConfig({
  base: '/h5/',
  plugins: [react(), precompressed()],
  resolve: {
    alias: [
      { find: /^@yajin\/contract\/client$/, replacement: source('contract/src/client.ts') },
      { find: /^@yajin\/(core|ui|web)$/, replacement: source('$1/src/index.ts') },
    ],
  },
  build: { target: 'es2022', sourcemap: true },
  // `npm run dev -w @yajin/h5` against an API started by `npm start`.
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/uploads': 'http://127.0.0.1:8080' } },
});
