/** `node tools/commit-message.mjs <file>`: the hook commit-msg. Refuses a subject that CHANGELOG.md could not be made from. */
import { readFileSync } from 'node:fs';

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'build', 'ci', 'style', 'chore', 'revert'];
const SUBJECT = new RegExp(`^(?:${TYPES.join('|')})(?:\\([\\w./-]+\\))?!?: \\S`);
/** What git writes by itself. */
const BY_GIT = /^(?:Merge|Revert|fixup!|squash!|amend!) /;
const LONGEST = 110;

const [subject = ''] = readFileSync(process.argv[2] ?? 0, 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#'));
const wrong =
  BY_GIT.test(subject) || SUBJECT.test(subject)
    ? subject.length > LONGEST && `is longer than ${LONGEST} characters`
    : `is no Conventional Commit: "<type>(<part>): <what it does>", the type one of ${TYPES.join(', ')}`;
if (wrong) {
  console.error(`The subject ${wrong}:\n  ${subject}\nSee CONTRIBUTING.md.`);
  process.exitCode = 1;
}
