import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const VERSION = 'v1';

/** One master key and what follows from it. */
class MasterKey {
  readonly encryptionKey: Buffer;
  /** Names the key in what it sealed; tells nothing of it. */
  readonly id: string;

  constructor(private readonly text: string) {
    this.encryptionKey = this.derive('encryption');
    this.id = createHash('sha256').update(this.encryptionKey).digest('hex').slice(0, 8);
  }

  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.text, 'yajin', purpose, 32));
  }

  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.derive(purpose)).update(text).digest('base64url');
  }
}

/**
 * Secrets at rest and derived keys, all from one master key. Encrypted values read
 * `v1.<key id>.<nonce>.<ciphertext and tag>`; the context they belong to is authenticated with them, so
 * a value copied to another row does not decrypt.
 *
 * While the master key is being replaced the previous one still opens and verifies; whatever is made is made with the new
 * one. What is stored has to be sealed anew before the previous key can go: see SealedColumns.
 */
export class Secrets {
  private readonly current: MasterKey;
  private readonly all: MasterKey[];

  /** @param masterKey at least 32 characters. @param previousKey the one before it, until nothing needs it any more */
  constructor(masterKey: string, previousKey: string | null = null) {
    this.current = new MasterKey(masterKey);
    this.all = previousKey === null ? [this.current] : [this.current, new MasterKey(previousKey)];
  }

  /** Whether a previous key is there, so that what it sealed can be sealed anew. */
  get rotating(): boolean {
    return this.all.length > 1;
  }

  /** Names the key that is used now; tells nothing of it. */
  get keyId(): string {
    return this.current.id;
  }

  /** Names the previous key; null: there is none. */
  get previousId(): string | null {
    return this.all[1]?.id ?? null;
  }

  /** A 32-byte key for one purpose; knowing it tells nothing of the others. */
  derive(purpose: string): Buffer {
    return this.current.derive(purpose);
  }

  /** The same key of every master key that counts, by the master key's id; the one in use first. */
  deriveAll(purpose: string): Map<string, Buffer> {
    return new Map(this.all.map((key) => [key.id, key.derive(purpose)]));
  }

  encrypt(plain: string, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.current.encryptionKey, nonce);
    cipher.setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, this.keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws Error when the value was made with another key or for another context */
  decrypt(value: string, context: string): string {
    const [version, keyId, nonce, sealed] = value.split('.');
    const key = this.all.find(({ id }) => id === keyId);
    if (version !== VERSION || !key || !nonce || !sealed) throw new Error('sealed with another key');
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key.encryptionKey, Buffer.from(nonce, 'base64url'));
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
  }

  /** Whether a value was sealed with the key that is used now. */
  isCurrent(value: string): boolean {
    return value.startsWith(`${VERSION}.${this.keyId}.`);
  }

  /** A signature that fits a URL; of a value at rest, its blind index. */
  sign(purpose: string, text: string): string {
    return this.current.sign(purpose, text);
  }

  /** The signatures by every key that counts, to look a blind index up by (`= ANY`): rows are not all indexed anew at once. */
  signatures(purpose: string, text: string): string[] {
    return this.all.map((key) => key.sign(purpose, text));
  }

  verifies(purpose: string, text: string, signature: string): boolean {
    return this.signatures(purpose, text).some((right) => sameText(right, signature));
  }
}

/** Compares in constant time. */
export function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
