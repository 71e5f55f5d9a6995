import { readFileSync, statSync } from 'node:fs';
import { isIP, isIPv6 } from 'node:net';
import type { EnvironmentReader } from '@yajin/payment';
import { strangeName } from './env-names.js';

export type Source = Record<string, string | undefined>;

export class InvalidEnv extends Error {
  override readonly name = 'InvalidEnv';
}

/** No key or certificate is longer. */
const FILE_BYTES = 1_000_000;
/** Random hex has at least so many different characters in 16 places, but for one in some thousand. */
const DIFFERENT = 6;
const WORDS = /change.?me|password|passwd|secret|example|default|yajin|qwerty|12345678|abcdefgh/i;

/** So much of a secret may follow its neighbour (`abc`, `321`, `aaa`); of random hex a fifth does. */
const MOST_STEPS = 0.75;
const HTTP = ['http', 'https'];

/** Why a secret is easily guessed, as far as one can tell by looking: few characters, a repeat, or a word. Null: it may be random. */
function weaknessOf(secret: string): string | null {
  if (secret === '') return null;
  if (new Set(secret).size < DIFFERENT) return 'has too few different characters';
  if ((secret + secret).indexOf(secret, 1) < secret.length) return 'is a repeat';
  if (stepsOf(secret) > MOST_STEPS * secret.length) return 'is too regular';
  return WORDS.test(secret) ? 'has a word in it that everybody tries' : null;
}

/** How many characters are the same as the one before them, or next to it. */
function stepsOf(secret: string): number {
  const codes = [...secret].map((character) => character.charCodeAt(0));
  return codes.filter((code, at) => Math.abs(code - (codes[at - 1] ?? Infinity)) <= 1).length;
}

/** Reads variables, each from itself or from the file that `<name>_FILE` names, and collects what is wrong with them. */
export class Reader implements EnvironmentReader {
  private readonly files = new Map<string, string | null>();
  /** Each once, whoever asks for a variable. */
  private readonly problems = new Set<string>();

  constructor(private readonly source: Source) {}

  optional(name: string): string | null {
    const value = this.source[name]?.trim() || null;
    const file = this.source[`${name}_FILE`]?.trim();
    if (!file) return value;
    if (!this.files.has(name)) {
      // An empty file, which may have a line end, is there for what it may hold one day.
      const empty = (statSync(file, { throwIfNoEntry: false })?.size ?? Infinity) < 2;
      if (value !== null && !empty) this.problem(`${name} and ${name}_FILE are both given`);
      this.files.set(name, this.contents(name, file) ?? value);
    }
    return this.files.get(name) ?? null;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === null) this.problem(`${name} is missing`);
    return value ?? '';
  }

  url(name: string, fallback?: string): string {
    return this.address(name, HTTP, fallback);
  }

  optionalUrl(name: string): string | null {
    return this.optional(name) === null ? null : this.url(name);
  }

  /** @param schemes such as `postgres`; required where there is no fallback */
  address(name: string, schemes: readonly string[], fallback?: string): string {
    const value = fallback === undefined ? this.required(name) : this.text(name, fallback);
    const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : '';
    const whole = HTTP.includes(scheme) ? /^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(value) : !/\s/.test(value);
    if (value !== '' && !(schemes.includes(scheme) && whole))
      this.problem(`${name} must be an address that begins with ${schemes.join(':// or ')}://`);
    return value;
  }

  port(name: string, fallback: number): number {
    const port = this.whole(name, fallback, 65_535);
    if (port === 0) this.problem(`${name} must not be 0`);
    return port;
  }

  /** Addresses and blocks of them (CIDR). */
  networks(name: string): string[] {
    const given = this.list(name);
    if (!given.every(isNetwork))
      this.problem(`${name} must be addresses or CIDR blocks, with commas between them`);
    return given.filter(isNetwork);
  }

  /** Refuses what looks like a variable of ours and is none. */
  refuseStrange(known: ReadonlySet<string>): void {
    for (const name of Object.keys(this.source)) {
      const strange = this.source[name]?.trim() ? strangeName(name, known) : null;
      if (strange !== null) this.problem(strange);
    }
  }

  secret(name: string, length: number): string {
    const value = this.required(name);
    if (value && value.length < length) this.problem(`${name} must have at least ${length} characters`);
    return value;
  }

  optionalSecret(name: string, length: number): string | null {
    return this.optional(name) === null ? null : this.secret(name, length);
  }

  whole(name: string, fallback: number, most = 999_999_999): number {
    const value = this.text(name, String(fallback));
    if (!/^\d{1,9}$/.test(value)) this.problem(`${name} must be a whole number`);
    else if (Number(value) > most) this.problem(`${name} must be at most ${most}`);
    return Number(value);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const value = this.text(name, fallback);
    const found = values.find((allowed) => allowed === value);
    if (!found) this.problem(`${name} must be one of ${values.join(', ')}`);
    return found ?? fallback;
  }

  list(name: string): string[] {
    return this.text(name, '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  }

  /** A value that needs parsing. Until the problems are thrown, an unreadable one stands in as undefined. */
  parsed<Value>(name: string, parse: (text: string) => Value): Value {
    const text = this.required(name);
    try {
      if (text) return parse(text);
    } catch (error) {
      this.problem(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    return undefined as Value;
  }

  /** Which variable says so, for a message. */
  nameOf(value: string): string {
    const plain = (text: string): string => text.trim().replace(/\/+$/, '');
    const names = Object.keys(this.source).map((name) => name.replace(/_FILE$/, ''));
    return names.find((name) => plain(this.optional(name) ?? '') === plain(value)) ?? 'An address';
  }

  /** Refuses a secret that was typed rather than made at random. */
  requireRandom(name: string): void {
    const weakness = weaknessOf(this.optional(name) ?? '');
    if (weakness !== null) this.problem(`${name} ${weakness}: take one from \`openssl rand -hex 32\``);
  }

  private contents(name: string, file: string): string | null {
    try {
      if (statSync(file).size > FILE_BYTES) throw new Error('too large');
      return readFileSync(file, 'utf8').trim() || null;
    } catch (error) {
      const { code } = error as { code?: string };
      this.problem(`${name}_FILE cannot be read: ${code ?? 'it is too large'}`);
      return null;
    }
  }

  problem(text: string): void {
    this.problems.add(text);
  }

  throwProblems(): void {
    if (this.problems.size > 0)
      throw new InvalidEnv(`The environment is not complete:\n  ${[...this.problems].join('\n  ')}`);
  }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32));
}
