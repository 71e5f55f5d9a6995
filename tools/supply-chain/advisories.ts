/** Known holes of packages: what is kept of them in this repository, and what of that meets the lock file. */
import semver from 'semver';
import type { LockedPackage } from './packages.ts';

export interface Advisory {
  /** `GHSA-…`, or the id of another database of the OSV. */
  id: string;
  package: string;
  severity: string;
  /** Ranges as npm's semver reads them; one of them is enough. */
  affected: string[];
  summary: string;
}

export interface AdvisoryList {
  /** The day on which the list was made, `YYYY-MM-DD`. */
  made: string;
  /** What it was made from. */
  from: string;
  /** The packages that were looked for: of any other the list knows nothing. */
  names: string[];
  advisories: Advisory[];
  /** Holes that are there and do no harm here. */
  accepted: { id: string; package: string; until: string; reason: string }[];
}

/**
 * What of OSV's records is used (https://ossf.github.io/osv-schema/). A range of type SEMVER is a list of events in order: affected
 * from `introduced` on ("0": from the first version), no longer from `fixed` on, or up to `last_affected`.
 */
export interface OsvRecord {
  id: string;
  summary?: string;
  withdrawn?: string;
  database_specific?: { severity?: string };
  affected?: {
    package?: { ecosystem: string; name: string };
    ranges?: { type: string; events: { introduced?: string; fixed?: string; last_affected?: string }[] }[];
    versions?: string[];
  }[];
}

/** What a record says of packages of npm called `names`; nothing if it was withdrawn. */
export function fromOsv(record: OsvRecord, names: ReadonlySet<string>): Advisory[] {
  if (record.withdrawn) return [];
  const affected = new Map<string, string[]>();
  for (const { package: about, ranges = [], versions = [] } of record.affected ?? []) {
    if (about?.ecosystem !== 'npm' || !names.has(about.name)) continue;
    const found = [
      ...ranges.filter(({ type }) => type === 'SEMVER').flatMap(({ events }) => spans(events)),
      ...versions.map((version) => `=${version}`),
    ];
    affected.set(about.name, [...(affected.get(about.name) ?? []), ...found]);
  }
  return [...affected].map(([name, found]) => ({
    id: record.id,
    package: name,
    severity: record.database_specific?.severity?.toLowerCase() ?? 'unknown',
    affected: [...new Set(found)],
    summary: record.summary ?? '',
  }));
}

type Event = NonNullable<NonNullable<OsvRecord['affected']>[number]['ranges']>[number]['events'][number];

function spans(events: Event[]): string[] {
  const found: string[] = [];
  let from: string | undefined;
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined) from = introduced === '0' ? '>=0.0.0-0' : `>=${introduced}`;
    const end = fixed === undefined ? last && `<=${last}` : `<${fixed}`;
    if (!end || from === undefined) continue;
    found.push(`${from} ${end}`);
    from = undefined;
  }
  return from === undefined ? found : [...found, from];
}

/** A line for each installed package with a hole that nobody accepted, and for each acceptance that is over or needless. */
export function holes(list: AdvisoryList, packages: LockedPackage[], today: string): string[] {
  const needed = new Set<string>();
  const found = packages.flatMap(({ name, version, place, shipped }) =>
    list.advisories
      .filter((each) => each.package === name && isAffected(version, each.affected))
      .flatMap((each) => {
        const accepted = list.accepted.find(({ id, package: about }) => id === each.id && about === name);
        if (accepted) needed.add(`${accepted.id} ${accepted.package}`);
        if (accepted && accepted.until >= today) return [];
        const where = shipped ? 'shipped' : 'a tool';
        const over = accepted ? `; accepted until ${accepted.until}` : '';
        return [`${place} ${version} (${where}): ${each.id}, ${each.severity}: ${each.summary}${over}`];
      }),
  );
  const needless = list.accepted
    .filter(({ id, package: about }) => !needed.has(`${id} ${about}`))
    .map(({ id, package: about }) => `${id} is accepted for ${about}, but nothing installed has it`);
  return [...found, ...needless];
}

function isAffected(version: string, ranges: string[]): boolean {
  return ranges.some((range) => semver.satisfies(version, range, { includePrerelease: true }));
}

/** A line for each package that the list was not made for. */
export function unlooked(list: AdvisoryList, packages: LockedPackage[]): string[] {
  const names = new Set(list.names);
  return [...new Set(packages.map(({ name }) => name))]
    .filter((name) => !names.has(name))
    .map(
      (name) =>
        `${name} came in after the list of known holes was made: make it anew (docs/security.md, Packages)`,
    );
}

/** Ranges that nobody can read would never be met. */
export function unreadable(list: AdvisoryList): string[] {
  return list.advisories.flatMap(({ id, package: about, affected }) =>
    affected
      .filter((range) => semver.validRange(range) === null)
      .map((range) => `${id} of ${about}: "${range}" is no range`),
  );
}
