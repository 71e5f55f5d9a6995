/** RSA keys and certificates as an environment gives them: PEM text, or the path of a PEM file. */
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/s;
/** A bare key, as Alipay's key tool writes it. */
const BARE = /^[0-9A-Za-z+/]{300,}={0,2}$/;

/** Serials of certificates are the same whatever their case and leading zeros. */
export function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+/, '');
}

/** Reads an RSA private key: PEM text, the path of a file, or bare base64 (PKCS#8 or PKCS#1). @throws Error */
export function parsePrivateKey(text: string): KeyObject {
  const bare = bareKey(text);
  if (bare === null) return requireRsa(createPrivateKey(pemText(text)), 'merchant private key');
  try {
    return requireRsa(createPrivateKey({ key: bare, format: 'der', type: 'pkcs8' }), 'private key');
  } catch {
    return requireRsa(createPrivateKey({ key: bare, format: 'der', type: 'pkcs1' }), 'private key');
  }
}

/** Reads an RSA public key, also out of a certificate: PEM text, the path of a file, or bare base64. @throws Error */
export function parsePublicKey(text: string): KeyObject {
  const bare = bareKey(text);
  const key =
    bare === null
      ? createPublicKey(pemText(text))
      : createPublicKey({ key: bare, format: 'der', type: 'spki' });
  return requireRsa(key, 'public key');
}

/** Reads a certificate: PEM text or the path of a file. @returns PEM @throws Error */
export function parseCertificate(text: string): string {
  return new X509Certificate(pemText(text)).toString();
}

/** Reads all certificates of a file, such as Alipay's root certificates: PEM text or its path. @returns PEM @throws Error */
export function parseCertificates(text: string): string {
  const given = text.includes('-----BEGIN') ? text : readFileSync(text.trim(), 'utf8');
  const each = given.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  if (each.length === 0) throw new Error('not a PEM');
  return each.map((pem) => pemText(pem)).join('');
}

function bareKey(text: string): Buffer | null {
  const compact = text.replace(/\s/g, '');
  return BARE.test(compact) ? Buffer.from(compact, 'base64') : null;
}

/** PEM with its line breaks restored: environment files turn them into `\n`, blanks or nothing. */
export function pemText(pemOrPath: string): string {
  const given = pemOrPath.includes('-----BEGIN') ? pemOrPath : readFileSync(pemOrPath.trim(), 'utf8');
  const [, label, body] = PEM.exec(given) ?? [];
  if (label === undefined || body === undefined) throw new Error('not a PEM');
  const lines = body.replace(/\\[rn]|\s/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

export function requireRsa(key: KeyObject, name: string): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`${name} is not an RSA key`);
  return key;
}
