import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { said } from './said.ts';

test.each(['journey', 'simulate'])(
  'npm run %s says of a word that it does not know that alone, and fails',
  (command) => {
    const { status, stderr } = spawnSync(process.execPath, [path.join('tools', `${command}.ts`), '--lien'], {
      encoding: 'utf8',
    });
    expect([status, stderr.trim()]).toEqual([1, expect.stringMatching(/^Unknown option '--lien'[^\n]*$/)]);
  },
);

test('of a fault of its own a command says also where it came from', () => {
  expect(said(new Error('broken'))).toMatch(/^Error: broken\n +at /);
  expect(said('odd')).toBe('odd');
});
