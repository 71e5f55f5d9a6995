import { fileURLToPath } from 'node:url';
import { defineConfig, type PluginOption, type UserConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

const source = (file: string): string => fileURLToPath(new URL(`libs/${file}`, import.meta.url));

/**
 * How either web app is built, and served while it is worked on.
 * @param base its address, such as `/h5/`
 * @param target the oldest browsers that it is for, or the language of all of them
 * @param react the plugin, which either app installs for itself
 */
export function webApp(base: string, react: PluginOption, target: string | string[] = 'es2022'): UserConfig {
  return defineConfig({
    base,
    plugins: [
      react,
      // What a browser accepts stands beside each file, so that the server need not compress.
      compression({ include: /\.(?:js|css|html)$/, algorithms: ['gzip', 'brotliCompress'], threshold: 0 }),
    ],
    resolve: {
      alias: [
        { find: /^@yajin\/contract\/client$/, replacement: source('contract/src/client.ts') },
        { find: /^@yajin\/(core|ui|web)$/, replacement: source('$1/src/index.ts') },
      ],
    },
    build: { target, sourcemap: true, chunkSizeWarningLimit: 1200 },
    // `npm run dev` in an app, against an API started by `npm start`.
    server: { proxy: { '/api': 'http://127.0.0.1:8080', '/uploads': 'http://127.0.0.1:8080' } },
  });
}
