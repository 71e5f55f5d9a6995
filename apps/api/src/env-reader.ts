import { readFileSync, statSync } from 'node:fs';
import type { EnvironmentReader } from '@yajin/payment';

export type Source = Record<string, string | undefined>;

export class InvalidEnv extends Error {
  override readonly name = 'InvalidEnv';
}

/** No key or certificate is longer. */
const FILE_BYTES = 1_000_000;
/** Random hex has at least so many different characters in 16 places, but for one in some thousand. */
const DIFFERENT = 6;
const WORDS = /change.?me|password|passwd|secret|example|default|yajin|qwerty|12345678|abcdefgh/i;

/** Why a secret is easily guessed, as far as one can tell by looking: few characters, a repeat, or a word. Null: it may be random. */
function weaknessOf(secret: string): string | null {
  if (secret === '') return null;
  if (new Set(secret).size < DIFFERENT) return 'has too few different characters';
  if ((secret + secret).indexOf(secret, 1) < secret.length) return 'is a repeat';
  return WORDS.test(secret) ? 'has a word in it that everybody tries' : null;
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
      if (value !== null) this.problem(`${name} and ${name}_FILE are both given`);
      this.files.set(name, this.contents(name, file));
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

  secret(name: string, length: number): string {
    const value = this.required(name);
    if (value && value.length < length) this.problem(`${name} must have at least ${length} characters`);
    return value;
  }

  optionalSecret(name: string, length: number): string | null {
    return this.optional(name) === null ? null : this.secret(name, length);
  }

  whole(name: string, fallback: number): number {
    const value = this.text(name, String(fallback));
    if (!/^\d{1,9}$/.test(value)) this.problem(`${name} must be a whole number`);
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
