/**
 * `node tools/older/newer-apis.ts <data.json of @mdn/browser-compat-data>` writes `newer-apis.txt`: what pages may not rely on, because
 * iOS 14 or Chrome 87 does not have it. `~` is before names that something older has, too; `_static` behind what is no instance's. The data is made by MDN and given to everybody (CC0): https://github.com/mdn/browser-compat-data
 */
import fs from 'node:fs';
import path from 'node:path';

interface Support {
  version_added?: string | boolean | null;
  version_removed?: string | boolean | null;
  flags?: unknown;
  prefix?: string;
  alternative_name?: string;
}

interface Feature {
  __compat?: { support: Record<string, Support | Support[] | undefined> };
  [name: string]: unknown;
}

const OLDEST = { chrome: 87, safari_ios: 14 } as const;

function versionOf(said: string | boolean | null | undefined): number {
  return typeof said === 'string' ? parseFloat(said.replace('≤', '')) : said === true ? 0 : Infinity;
}

/** Whether both of the oldest browsers have it, under its own name and without a switch. */
function isOld(feature: Feature): boolean {
  return Object.entries(OLDEST).every(([browser, oldest]) =>
    [feature.__compat?.support[browser] ?? []].flat().some(
      ({ version_added: from, version_removed: until, flags, prefix, alternative_name: other }) =>
        !flags &&
        !prefix &&
        !other &&
        versionOf(from) <= oldest &&
        // Until "preview" is later than all of ours.
        (typeof until !== 'string' || !(versionOf(until) <= oldest)),
    ),
  );
}

function membersOf(name: string, parent: Feature): [member: string, feature: Feature][] {
  return Object.entries(parent).flatMap(([key, feature]): [string, Feature][] => {
    const isMember = /^[A-Za-z0-9]+(?:_static)?$/.test(key) && key !== name;
    return isMember && (feature as Feature).__compat ? [[key, feature as Feature]] : [];
  });
}

const nameOf = (key: string): string => key.replace(/_static$/, '');

interface Data {
  api: Feature;
  javascript: { builtins: Feature };
}

function newerThanOldest(data: Data): string[] {
  const { builtins } = data.javascript;
  const named = (tree: Feature, before = ''): [name: string, feature: Feature][] =>
    membersOf('', tree).map(([name, feature]) => [before + name, feature]);
  const all = [...named(data.api), ...named(builtins), ...named(builtins['Intl'] as Feature, 'Intl.')];
  const known = new Set(
    all.flatMap(([name, feature]) =>
      isOld(feature)
        ? membersOf(name, feature).flatMap(([key, each]) => (isOld(each) ? nameOf(key) : []))
        : [],
    ),
  );
  return all
    .flatMap(([name, feature]) => {
      if (!isOld(feature)) return name;
      const newer = membersOf(name, feature).flatMap(([key, each]) =>
        isOld(each) ? [] : known.has(nameOf(key)) ? `~${key}` : key,
      );
      return newer.length === 0 ? [] : `${name}: ${newer.sort().join(' ')}`;
    })
    .sort();
}

const [file] = process.argv.slice(2);
if (!file) throw new Error('say where the data is');
const lines = newerThanOldest(JSON.parse(fs.readFileSync(file, 'utf8')) as Data);
fs.writeFileSync(path.join(import.meta.dirname, 'newer-apis.txt'), `${[...new Set(lines)].join('\n')}\n`);
