import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { pemText, requireRsa } from '../keys.js';

/** `serial=` and then a PEM block or the rest of the line (a path), as far as the next comma. */
const ENTRY = /([0-9A-Za-z_-]+)\s*=\s*(-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \3-----|[^\n,]+)/sy;
const SEPARATOR = /(?:[\s,;]|\\r|\\n)*/y;

/**
 * Reads `serial=PEM or path`, several of them apart by newlines or commas. A PEM is a platform
 * certificate or a public key (`PUB_KEY_ID_…`). The last one is taken for the newest.
 * @throws Error naming the serial, never the content.
 */
export function parsePlatformKeys(text: string): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  let at = skipSeparators(text, 0);
  while (at < text.length) {
    ENTRY.lastIndex = at;
    const [entry, serial, value] = ENTRY.exec(text) ?? [];
    if (entry === undefined || serial === undefined || value === undefined) {
      throw new Error(`platform keys: entry ${keys.size + 1} is not "serial=PEM or path"`);
    }
    if (keys.has(serial)) throw new Error(`platform keys: ${serial} is given twice`);
    keys.set(serial, platformKey(serial, value));
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

function platformKey(serial: string, value: string): KeyObject {
  try {
    const pem = pemText(value);
    if (!pem.includes('CERTIFICATE')) return requireRsa(createPublicKey(pem), serial);
    const certificate = new X509Certificate(pem);
    if (plainSerial(certificate.serialNumber) !== plainSerial(serial)) {
      throw new Error(`the certificate's own serial is ${certificate.serialNumber}`);
    }
    return requireRsa(certificate.publicKey, serial);
  } catch (error) {
    throw new Error(`platform keys: ${serial} cannot be read`, { cause: error });
  }
}

/** Serial numbers are the same whatever their case and leading zeros. */
function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+/, '');
}
