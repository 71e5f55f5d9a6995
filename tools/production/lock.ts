/** What of package-lock.json runs in production. */

/** A package as the lock file has it; what else is there goes along. */
export interface Locked {
  version?: string;
  resolved?: string;
  link?: boolean;
  optional?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}
export type Packages = Record<string, Locked>;

/**
 * The part of a lock file that `app` needs to run: the packages of ours that it stands on, what they depend on, and so on, each at its place.
 * @param app its name, such as `@yajin/api`
 * @throws Error when something that is needed is not in it
 */
export function productionPackages(packages: Packages, app: string): Packages {
  const found: Packages = {};
  const queue = [`node_modules/${app}`];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (place in found) continue;
    const locked = packages[place];
    if (!locked) throw new Error(`package-lock.json lacks ${place}`);
    const { devDependencies: _dev, ...kept } = locked;
    found[place] = kept;
    // A package of ours is where it is, and linked to from where Node looks for it.
    if (kept.link) queue.push(kept.resolved ?? '');
    else queue.push(...needs(packages, place));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function needs(packages: Packages, place: string): string[] {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = packages[place] ?? {};
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers])].flatMap(
    (name) => {
      const at = seenFrom(place, name).find((candidate) => candidate in packages);
      if (at !== undefined) return [at];
      if (name in optionalDependencies) return [];
      throw new Error(`package-lock.json lacks ${name}, which ${place} needs`);
    },
  );
}

/** Where Node looks for `name` when a file in the package at `place` asks for it, the nearest first. */
function seenFrom(place: string, name: string): string[] {
  const steps = place.split('/');
  return steps
    .map((_, index) => steps.slice(0, steps.length - index))
    .filter((folders) => folders.at(-1) !== 'node_modules')
    .map((folders) => `${folders.join('/')}/node_modules/${name}`)
    .concat(`node_modules/${name}`);
}
