/** Written so that they do not find themselves. */
const LEFTOVERS: [RegExp, string][] = [
  [/\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/, 'something left to do'],
  [
    /\b(describe|it|test)\.(on[l]y|sk[i]p)\b|\b(f[d]escribe|f[i]t|x[d]escribe|x[i]t)\(/,
    'a test left in focus or switched off',
  ],
  [/eslint-dis[a]ble|@ts-ig[n]ore|@ts-noch[e]ck|prettier-ig[n]ore|knip-ig[n]ore/, 'a check switched off'],
  [/^(<{7}|={7}|>{7})( |$)/, 'an unfinished merge'],
  [/^\s*debu[g]ger\b/, 'a break point'],
];

/** @param root the checkout's folder on this machine, which no file may name */
export function textFindings(file: string, text: string, root: string): string[] {
  if (file.endsWith('.gen.ts')) return [];
  return text.split('\n').flatMap((line, index) => {
    const messages = LEFTOVERS.filter(([pattern]) => pattern.test(line)).map(([, meaning]) => meaning);
    if (root.length > 1 && line.includes(`${root}/`)) messages.push('a path of this machine');
    return messages.map((message) => `${file}:${index + 1}: ${message}: ${line.trim()}`);
  });
}

/** A decision says when it was taken, and by which it was replaced. */
export function decisionFindings(file: string, text: string): string[] {
  if (!/^docs\/adr\/.*\.md$/.test(file)) return [];
  const date = String.raw`\d{4}-\d{2}-\d{2}`;
  const status = new RegExp(
    `^# \\d+\\. .+\n\n(Accepted|Rejected), ${date}\\.( (Replaced by|Adds to) \\[[^\\]]+\\]\\([^)]+\\)(, ${date})?\\.)?\n`,
  );
  return status.test(text) ? [] : [`${file}: says neither that it is accepted nor when`];
}

/**
 * Values that a library exports and nobody names in another file. A tool that follows imports stops at a library's
 * index, which exports everything.
 */
export function unusedExports(texts: ReadonlyMap<string, string>): string[] {
  const code = [...texts].filter(([file]) => /\.tsx?$/.test(file) && !file.endsWith('.gen.ts'));
  const filesNaming = new Map<string, Set<string>>();
  for (const [file, text] of code) {
    for (const word of new Set(text.match(/[A-Za-z_$][\w$]*/g))) {
      filesNaming.set(word, (filesNaming.get(word) ?? new Set()).add(file));
    }
  }
  return code.flatMap(([file, text]) => {
    if (!/^libs\/[^/]+\/src\//.test(file)) return [];
    const names = [...text.matchAll(/^export (?:async )?(?:function|class|const|enum) ([\w$]+)/gm)].map(
      (match) => match[1] ?? '',
    );
    return names
      .filter((name) => (filesNaming.get(name)?.size ?? 0) < 2)
      .map((name) => `${file}: nobody uses the exported ${name}`);
  });
}

interface LockedPackage {
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** The lock file names no place to download from, and is complete, so that `npm ci` accepts it on every kind of machine. */
export function lockFindings(text: string): string[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  return Object.entries(packages).flatMap(([place, { resolved, dependencies, optionalDependencies }]) => {
    const needed = Object.keys({ ...dependencies, ...optionalDependencies });
    return [
      ...(resolved?.includes('://') ? [`package-lock.json: ${place} names the address it came from`] : []),
      ...needed
        .filter((name) => !places(place, name).some((candidate) => candidate in packages))
        .map(
          (name) =>
            `package-lock.json: ${name}, which ${place || 'the root'} needs, is missing; npm ci will refuse`,
        ),
    ];
  });
}

/** Where Node would look for `name` when it is imported from the package at `place`. */
function places(place: string, name: string): string[] {
  const steps = place.split('/');
  return ['', ...steps.map((_, index) => `${steps.slice(0, index + 1).join('/')}/`)]
    .filter((folder) => !folder.endsWith('node_modules/'))
    .map((folder) => `${folder}node_modules/${name}`);
}
