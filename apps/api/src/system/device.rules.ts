const BROWSERS: [name: string, pattern: RegExp][] = [
  ['微信', /MicroMessenger\/(\d+)/],
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/],
];
const SYSTEMS: [name: string, pattern: RegExp][] = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
];
const LONGEST = 300;
const SHOWN = 40;

/** A User-Agent header as it is kept: visible ASCII of bounded length; null for none. */
export function keptAgent(header: string | undefined): string | null {
  return header?.replace(/[^\x20-\x7e]/g, '').slice(0, LONGEST) || null;
}

/** Browser and system as people know them, such as `Chrome 142 · Windows`; of anything else the beginning. */
export function deviceOf(agent: string | null): string | null {
  if (agent === null) return null;
  const browser = BROWSERS.map(([name, pattern]) => [name, pattern.exec(agent)?.[1]]).find(
    ([, found]) => found,
  );
  const system = SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0];
  const parts = [browser?.join(' '), system].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' · ') : agent.slice(0, SHOWN);
}
