/** What variables of ours begin with and nobody else's do, so far as we know. */
const OURS = /^(WECHAT|ALIPAY|SHOUQIANBA|BANK_CARD|PLANET|IMAGE_STORE|MASTER_KEY|ENROLL_LINK|YAJIN)_/;
/** What Kubernetes tells every container of each service, and compose of the image, whatever they are called. */
const NOT_MEANT = /_SERVICE_(HOST|PORT)|_PORT(_\d+_(TCP|UDP).*)?$|^YAJIN_IMAGE$/;
/** A shorter name is close to too many. */
const SHORTEST = 7;

/** A name that looks like one of ours and is none: mistyped, or of a release that had it. @returns null for anything else */
export function strangeName(name: string, known: ReadonlySet<string>): string | null {
  const plain = name.replace(/_FILE$/, '');
  if (known.has(name) || known.has(plain) || NOT_MEANT.test(plain) || !/^[A-Z][A-Z0-9_]+$/.test(plain))
    return null;
  const near = [...known].find((each) => isClose(plain, each));
  if (near !== undefined) return `${name} is not known: ${near} is`;
  return OURS.test(plain) ? `${name} is not known: docs/configuration.md has every variable` : null;
}

/** Two letters more, fewer, changed or swapped; one in a short name. */
function isClose(name: string, other: string): boolean {
  const most = Math.min(name.length, other.length) < 10 ? 1 : 2;
  if (name.length < SHORTEST || Math.abs(name.length - other.length) > most) return false;
  return distance(name, other) <= most;
}

/** Optimal string alignment: https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance */
function distance(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const changed = (last[at - 1] ?? 0) + (one[row - 1] === other[at - 1] ? 0 : 1);
      const swapped =
        one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]
          ? (before[at - 2] ?? 0) + 1
          : Infinity;
      current.push(Math.min((last[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, changed, swapped));
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
