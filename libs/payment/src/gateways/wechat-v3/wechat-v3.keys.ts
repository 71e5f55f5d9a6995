import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { KnownKey } from '../../gateway.js';
import { pemText, plainSerial, requireRsa } from '../keys.js';

/** `serial=` and then a PEM block or the rest of the line (a path), as far as the next comma. */
const ENTRY = /([0-9A-Za-z_-]+)\s*=\s*(-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \3-----|[^\n,]+)/sy;
const SEPARATOR = /(?:[\s,;]|\\r|\\n)*/y;
/** How often a file is looked at for newer keys at most; sooner, though not more often than each second, where one is missed. */
const LOOK_EVERY_MS = 10_000;
const MISSED_EVERY_MS = 1000;

export interface PlatformKey extends KnownKey {
  key: KeyObject;
}

/** WeChat's keys by their serials, which are the same whatever their case and leading zeros. The last one is the newest. */
export class PlatformKeys {
  private keys: ReadonlyMap<string, PlatformKey>;
  private stamp = '';
  private lookedAt = 0;
  /** Those that WeChat itself handed out, by their plain serials. */
  private readonly fetched = new Map<string, PlatformKey>();
  /** Why the file's newest content is not used; null when it is. */
  problem: string | null = null;

  /** @param file where the entries stand, to be read again whenever it changes; null for entries that stay */
  private constructor(
    entries: ReadonlyMap<string, PlatformKey>,
    private readonly file: string | null,
  ) {
    this.keys = entries;
  }

  static of(entries: Iterable<[serial: string, key: KeyObject]>): PlatformKeys {
    const keys = [...entries].map(([serial, key]) => ({ serial, key, expiresAt: null }));
    return new PlatformKeys(new Map(keys.map((each) => [plainSerial(each.serial), each])), null);
  }

  /**
   * Reads `serial=PEM or path`, several of them apart by newlines or commas. A PEM is a platform certificate or a public key
   * (`PUB_KEY_ID_…`). Text without an `=` is the path of a file that holds such entries: it is read again when it changes, so
   * that keys are replaced without a restart.
   * @throws Error naming the serial, never the content.
   */
  static parse(text: string): PlatformKeys {
    if (/=|-----BEGIN|^\s*$/.test(text)) return new PlatformKeys(entriesOf(text), null);
    const keys = new PlatformKeys(new Map(), text.trim());
    keys.look(0);
    if (keys.problem !== null) throw new Error(keys.problem);
    return keys;
  }

  get(serial: string): KeyObject | undefined {
    const plain = plainSerial(serial);
    this.look(this.keys.has(plain) ? LOOK_EVERY_MS : MISSED_EVERY_MS);
    return (this.keys.get(plain) ?? this.fetched.get(plain))?.key;
  }

  /** The key that requests name, and encrypt for. */
  newest(): PlatformKey | undefined {
    this.look(LOOK_EVERY_MS);
    const last = [...this.keys.values()].at(-1);
    // A public key stays; a certificate is followed by the one that runs longest.
    if (!last?.expiresAt) return last;
    return [last, ...this.fetched.values()].reduce((a, b) => (endOf(b) > endOf(a) ? b : a));
  }

  known(): KnownKey[] {
    this.look(MISSED_EVERY_MS);
    const all = new Map([...this.fetched, ...this.keys]);
    return [...all.values()].map(({ serial, expiresAt }) => ({ serial, expiresAt }));
  }

  /** Keeps what WeChat handed out until it has run out. */
  add(certificates: PlatformKey[]): void {
    for (const each of certificates) this.fetched.set(plainSerial(each.serial), each);
    for (const [serial, each] of this.fetched) if (endOf(each) < Date.now()) this.fetched.delete(serial);
  }

  /** These and some more, for one answer. */
  with(certificates: PlatformKey[]): PlatformKeys {
    return new PlatformKeys(
      new Map([
        ...this.fetched,
        ...this.keys,
        ...certificates.map((each) => [plainSerial(each.serial), each] as const),
      ]),
      null,
    );
  }

  /** What cannot be read leaves the keys as they are: the old ones may still do. */
  private look(everyMs: number): void {
    if (this.file === null || Date.now() - this.lookedAt < everyMs) return;
    this.lookedAt = Date.now();
    try {
      const { mtimeMs, size, ino } = statSync(this.file);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (stamp === this.stamp) return;
      this.keys = entriesOf(readFileSync(this.file, 'utf8'));
      this.stamp = stamp;
      this.problem = null;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      if (!this.problem.startsWith('platform keys'))
        this.problem = `platform keys: ${this.file} cannot be read`;
    }
  }
}

function entriesOf(text: string): ReadonlyMap<string, PlatformKey> {
  const keys = new Map<string, PlatformKey>();
  let at = skipSeparators(text, 0);
  while (at < text.length) {
    ENTRY.lastIndex = at;
    const [entry, serial, value] = ENTRY.exec(text) ?? [];
    if (entry === undefined || serial === undefined || value === undefined) {
      throw new Error(`platform keys: entry ${keys.size + 1} is not "serial=PEM or path"`);
    }
    if (keys.has(plainSerial(serial))) throw new Error(`platform keys: ${serial} is given twice`);
    keys.set(plainSerial(serial), platformKey(serial, value));
    at = skipSeparators(text, at + entry.length);
  }
  if (keys.size === 0) throw new Error('platform keys: none is given');
  return keys;
}

function skipSeparators(text: string, from: number): number {
  SEPARATOR.lastIndex = from;
  SEPARATOR.exec(text);
  return SEPARATOR.lastIndex;
}

function platformKey(serial: string, value: string): PlatformKey {
  try {
    const pem = pemText(value);
    if (!pem.includes('CERTIFICATE'))
      return { serial, key: requireRsa(createPublicKey(pem), serial), expiresAt: null };
    const certificate = new X509Certificate(pem);
    if (plainSerial(certificate.serialNumber) !== plainSerial(serial)) {
      throw new Error(`the certificate's own serial is ${certificate.serialNumber}`);
    }
    const key = requireRsa(certificate.publicKey, serial);
    return { serial, key, expiresAt: new Date(certificate.validTo) };
  } catch (error) {
    throw new Error(`platform keys: ${serial} cannot be read`, { cause: error });
  }
}

function endOf({ expiresAt }: PlatformKey): number {
  return expiresAt?.getTime() ?? Infinity;
}
