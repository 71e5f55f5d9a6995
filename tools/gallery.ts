/** `npm run gallery`: every component of both web apps' kits in every state, drawn anew as its file is saved. */
import path from 'node:path';
import { createServer } from 'vite';

const ROOT = path.dirname(import.meta.dirname);

for (const [app, port] of [
  ['admin', 5180],
  ['h5', 5190],
] as const) {
  const configFile = path.join(ROOT, `apps/${app}/gallery/vite.config.ts`);
  const server = await createServer({ configFile, server: { port } });
  await server.listen();
  process.stdout.write(`${app}: ${server.resolvedUrls?.local[0] ?? ''}\n`);
}
