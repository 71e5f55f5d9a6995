/** docs/configuration.md, as the declarations have it. */
import type { VARIABLES } from '@yajin/api/variables';

const HEAD = `# Configuration

Written by \`node tools/environment.ts\` from what the deployment, each line and each gateway declare; do not edit. How to install with it:
[operations.md](operations.md#environment).

Every variable may come from a file instead: \`<NAME>_FILE\` is its path. What has no default has to be given, of a gateway once any of its variables
is given; in the demo the sandbox plays all of them.
`;

/** As Markdown, a table for each part. */
export function configuration(parts: typeof VARIABLES): string {
  const tables = parts.map(({ of, variables }) => {
    const rows = Object.entries(variables).map(([name, [otherwise, what]]) => [
      `\`${name}\``,
      otherwise,
      what,
    ]);
    return `\n## ${of}\n\n${table([['variable', 'default', 'what'], ...rows])}`;
  });
  return HEAD + tables.join('');
}

/** As prettier writes it. */
function table(rows: string[][]): string {
  const width = (at: number): number => Math.max(...rows.map((row) => columns(row[at] ?? '')));
  const line = (row: string[]): string =>
    `| ${row.map((cell, at) => cell + ' '.repeat(width(at) - columns(cell))).join(' | ')} |\n`;
  const [head = [], ...rest] = rows;
  return [head, head.map((_, at) => '-'.repeat(width(at))), ...rest].map(line).join('');
}

/** Chinese takes two columns. */
function columns(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u3000-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1),
    0,
  );
}
