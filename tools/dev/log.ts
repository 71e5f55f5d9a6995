/** The one log of `npm run dev`: who says a line stands before it. */
import { styleText } from 'node:util';

/** Those who speak, and how they are told apart where the terminal has colours. */
const SPEAKERS = {
  dev: 'bold',
  db: 'blue',
  sandbox: 'yellow',
  api: 'green',
  admin: 'cyan',
  h5: 'magenta',
} as const;
export type Speaker = keyof typeof SPEAKERS;
const WIDTH = Math.max(...Object.keys(SPEAKERS).map((name) => name.length));
const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'ERROR',
  60: 'FATAL',
};

/** One line of pino, as far as we show it. */
interface Entry {
  level: number;
  msg?: string;
  context?: string;
  err?: { stack?: string; message?: string };
  req?: { method: string; path?: string; url?: string };
  res?: { status?: number; statusCode?: number };
  responseTime?: number;
}

/** A line of JSON as pino writes it, for people; any other line as it is. Bits that we do not know are left out. */
export function readable(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const { level, msg, context, err, req, res, responseTime } = entry;
  const parts = [
    LEVELS[level] ?? String(level),
    context && `${context}:`,
    msg,
    req && `${req.method} ${req.path ?? req.url ?? ''}`,
    res && (res.status ?? res.statusCode),
    responseTime !== undefined && `${Math.round(responseTime)} ms`,
    err && `\n${err.stack ?? err.message ?? ''}`,
  ];
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');
}

/** `api     │ text`, each line of it. */
export function prefixed(speaker: Speaker, text: string): string {
  const before = `${styleText(SPEAKERS[speaker], speaker.padEnd(WIDTH))} │ `;
  return text
    .split('\n')
    .map((line) => `${before}${line}\n`)
    .join('');
}

export function tell(speaker: Speaker, text: string): void {
  process.stdout.write(prefixed(speaker, text));
}

function parse(line: string): Entry | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line) as Entry;
    return typeof entry.level === 'number' ? entry : null;
  } catch {
    return null;
  }
}
