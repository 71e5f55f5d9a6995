/**
 * `npm ci` runs this last (`prepare`): from then on git runs the hooks in `.husky`. Only for a person at a terminal, in a checkout that has
 * git: where there is none, no husky (an installation without tools) or no wish for hooks (HUSKY=0), nothing happens, and an installation
 * never fails for it.
 */
import { existsSync } from 'node:fs';

const husky = await import('husky').catch(() => null);
if (husky && existsSync('.git') && process.stdout.isTTY && !process.env.CI) {
  const said = husky.default('.husky');
  if (said) console.log(said);
}
