/** What package-lock.json says of the packages that are installed. */

export interface LockedPackage {
  /** Where it lies: `node_modules/…`. */
  place: string;
  name: string;
  version: string;
  /** An SPDX expression, or what else its author wrote; empty where it names none. */
  license: string;
  /** Whether it is part of what runs in production. */
  shipped: boolean;
}

interface Lock {
  packages: Record<
    string,
    {
      name?: string;
      version?: string;
      license?: string | string[];
      dev?: boolean;
      devOptional?: boolean;
      link?: boolean;
    }
  >;
}

const FOLDER = 'node_modules/';

/** Every installed package, without the workspace's own. @throws SyntaxError if `lock` is no JSON */
export function lockedPackages(lock: string): LockedPackage[] {
  const { packages } = JSON.parse(lock) as Lock;
  return Object.entries(packages)
    .filter(([place, { link }]) => place.includes(FOLDER) && link !== true)
    .map(([place, { name, version, license, dev, devOptional }]) => ({
      place,
      // An alias lies under its alias and carries its own name.
      name: name ?? place.slice(place.lastIndexOf(FOLDER) + FOLDER.length),
      version: version ?? '',
      license: [license ?? ''].flat().join(' OR '),
      shipped: dev !== true && devOptional !== true,
    }));
}
