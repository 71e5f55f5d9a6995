/**
 * `node tools/older/newer-apis.ts <data.json of @mdn/browser-compat-data>` writes what pages may not rely on, because iOS 14 or Chrome 87
 * does not have it. `newer-apis.txt`: `~` is before names that something older has, too; `_static` behind what is no instance's.
 * `newer-styles.txt`: properties, values of older ones, functions, units, selectors and rules of CSS. The data is made by MDN and given to everybody (CC0): https://github.com/mdn/browser-compat-data
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
  css: { properties: Feature; types: Feature; selectors: Feature; 'at-rules': Feature };
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

/** Units that MDN names together. */
const UNITS: Record<string, string> = {
  viewport_percentage_units_dynamic: 'dvh dvw dvi dvb dvmin dvmax',
  viewport_percentage_units_large: 'lvh lvw lvi lvb lvmin lvmax',
  viewport_percentage_units_small: 'svh svw svi svb svmin svmax',
  container_query_length_units: 'cqw cqh cqi cqb cqmin cqmax',
};

/** What is newer of a part of CSS: names without `_`, which are what one writes. */
function newerOf(parent: Feature): [name: string, feature: Feature][] {
  return featuresOf(parent).filter(([name, feature]) => !name.includes('_') && !isOld(feature));
}

function featuresOf(parent: Feature): [name: string, feature: Feature][] {
  return Object.entries(parent).flatMap(([key, feature]): [string, Feature][] =>
    (feature as Feature).__compat && key !== '__compat' ? [[key, feature as Feature]] : [],
  );
}

function newerStyles({ css }: Data): string[] {
  const { properties, types, selectors, 'at-rules': rules } = css;
  const length = types['length'] as Feature;
  return [
    ...newerOf(properties).map(([name]) => name),
    ...featuresOf(properties).flatMap(([name, property]) => {
      // A phone has no cursor.
      if (!isOld(property) || name === 'cursor') return [];
      const contexts = featuresOf(property).filter(([key]) => key === 'flex_context');
      return [
        ...newerOf(property).map(([value]) => `${name}: ${value}`),
        ...contexts.flatMap(([, flex]) => (isOld(flex) ? [] : `${name} of flex`)),
      ];
    }),
    ...[...newerOf(types), ...newerOf(types['color'] as Feature)].map(([name]) => `${name}()`),
    ...featuresOf(length).flatMap(([name, unit]) =>
      isOld(unit) ? [] : (UNITS[name] ?? name).split(' ').map((one) => `1${one}`),
    ),
    ...newerOf(selectors).map(([name]) => `:${name}`),
    ...newerOf(rules).map(([name]) => `@${name}`),
  ].sort();
}

function write(name: string, lines: string[]): void {
  fs.writeFileSync(path.join(import.meta.dirname, name), `${[...new Set(lines)].join('\n')}\n`);
}

const [file] = process.argv.slice(2);
if (!file) throw new Error('say where the data is');
const data = JSON.parse(fs.readFileSync(file, 'utf8')) as Data;
write('newer-apis.txt', newerThanOldest(data));
write('newer-styles.txt', newerStyles(data));
