import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** Steps before and after the present one, for clocks that differ. */
const WINDOW = 1;
const ISSUER = 'Yajin';
/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20;

const RECOVERY_CODES = 10;
/** 120 bits: so many that a plain hash does for keeping them. */
const RECOVERY_BYTES = 15;

/** What an authenticator app is given, in Base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The content of the QR code that authenticator apps read. @param account shown in the app, to be told from others */
export function totpUri(secret: string, account: string): string {
  return totpOf(secret, account).toString();
}

/**
 * The step (30 seconds, RFC 6238) that a code belongs to: the present one, the one before or the one after.
 * @returns null for a code that is none of theirs
 */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}

/** Codes for the day on which the authenticator is lost, as people copy them: four times six letters and digits. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const secret = new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_BYTES)).buffer });
    return (secret.base32.toLowerCase().match(/.{6}/g) ?? []).join('-');
  });
}

/** What is kept of a recovery code, in whatever case and grouping it is typed. */
export function recoveryHash(code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, '');
  return createHash('sha256').update(plain).digest();
}
