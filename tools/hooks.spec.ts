import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-hooks-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function judge(message: string): { status: number | null; said: string } {
  const file = path.join(folder, 'message');
  fs.writeFileSync(file, message);
  const { status, stderr } = spawnSync(process.execPath, ['tools/commit-message.mjs', file], {
    encoding: 'utf8',
  });
  return { status, said: stderr };
}

it.each([
  'feat: say it\n',
  'fix(camp): give the deposit back once\n\nBecause.\n',
  'refactor(api)!: change a contract\n',
  '# a comment of git\ntest: try it\n',
  'Merge branch "x"\n',
  'fixup! feat: say it\n',
])('the subject of a commit that a changelog can be made from is taken: %j', (message) => {
  expect(judge(message)).toEqual({ status: 0, said: '' });
});

it.each(['update stuff', 'feat say it', 'feature: say it', 'fix:', 'fix(camp) say it'])(
  'any other is refused, with what it should be: %j',
  (message) => {
    const { status, said } = judge(`${message}\n`);
    expect(status).toBe(1);
    expect(said).toContain('<type>(<part>): <what it does>');
  },
);

it('a subject that no list of commits shows whole is refused', () => {
  expect(judge(`feat: ${'x'.repeat(120)}`)).toMatchObject({ status: 1 });
});

it('an installation where nobody sits at a terminal, or without git, leaves git as it is and never fails', () => {
  const script = path.resolve('tools/hooks.mjs');
  const run = (): number | null => spawnSync(process.execPath, [script], { cwd: folder }).status;
  expect(run()).toBe(0);
  spawnSync('git', ['init', '-q'], { cwd: folder });
  const config = fs.readFileSync(path.join(folder, '.git/config'), 'utf8');
  expect(run()).toBe(0);
  expect(fs.readFileSync(path.join(folder, '.git/config'), 'utf8')).toBe(config);
});
