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

/**
 * Secrets at rest and derived keys, all from one master key. Encrypted values read
 * `v1.<key id>.<nonce>.<ciphertext and tag>`; the context they belong to is authenticated with them, so
 * a value copied to another row does not decrypt.
 */
export class Secrets {
  private readonly encryptionKey: Buffer;
  private readonly keyId: string;

  /** @param masterKey at least 32 characters */
  constructor(private readonly masterKey: string) {
    this.encryptionKey = this.derive('encryption');
    this.keyId = createHash('sha256').update(this.encryptionKey).digest('hex').slice(0, 8);
  }

  /** A 32-byte key for one purpose; knowing it tells nothing of the others. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.masterKey, 'yajin', purpose, 32));
  }

  encrypt(plain: string, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, this.keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws Error when the value was made with another key or for another context */
  decrypt(value: string, context: string): string {
    const [version, keyId, nonce, sealed] = value.split('.');
    if (version !== VERSION || keyId !== this.keyId || !nonce || !sealed)
      throw new Error('sealed with another key');
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, Buffer.from(nonce, 'base64url'));
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
  }

  /** A signature that fits a URL. */
  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.derive(purpose)).update(text).digest('base64url');
  }

  verifies(purpose: string, text: string, signature: string): boolean {
    return sameText(this.sign(purpose, text), signature);
  }
}

/** Compares in constant time. */
export function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
