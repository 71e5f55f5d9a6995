import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.js';
import { randomDigits } from './random.js';

/** Who is who: the merchant as WeChat knows it, WeChat's own keys, and the zsxq group. Keys are PEM. */
export interface Identity {
  appId: string;
  appSecret: string;
  /** Who signs: the merchant, or the service provider of one. */
  mchId: string;
  /** The merchant behind a service provider; none unless the sandbox plays one. */
  partner?: { spAppId: string; subMchId: string };
  mchSerial: string;
  /** The merchant's, not the gateway's: kept here only to be handed to the demo's API process. */
  mchPrivateKey: string;
  /** 32 characters. */
  apiV3Key: string;
  platform: {
    certificate: { serial: string; privateKey: string; certificate: string };
    publicKey: { serial: string; privateKey: string; publicKey: string };
  };
  planetGroupId: string;
  planetCookie: string;
}

/** Which of the platform's two keys signs. */
type PlatformKind = keyof Identity['platform'];

export interface PlatformKey {
  serial: string;
  privateKey: KeyObject;
}

/** The identity's keys, parsed once: parsing a PEM for each call is several times slower. */
export interface Keys {
  merchant: KeyObject;
  apiV3: Buffer;
  platform: Record<PlatformKind, PlatformKey>;
}

const YEAR_MS = 365 * 86_400_000;

async function rsaKey(): Promise<KeyObject> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return pair.privateKey;
}

function pem(key: KeyObject): string {
  return key
    .export(key.type === 'private' ? { type: 'pkcs8', format: 'pem' } : { type: 'spki', format: 'pem' })
    .toString();
}

/** 40 hexadecimal digits whose first is 1 to 7, as certificate serial numbers are. */
function serialNumber(): string {
  const bytes = randomBytes(20);
  bytes[0] = 0x10 | (bytes[0]! & 0x6f);
  return bytes.toString('hex').toUpperCase();
}

export async function createIdentity(): Promise<Identity> {
  const [merchant, certified, bare] = await Promise.all([rsaKey(), rsaKey(), rsaKey()]);
  const serial = serialNumber();
  const from = new Date(Math.floor(Date.now() / 1000) * 1000);
  const until = new Date(from.getTime() + 5 * YEAR_MS);
  return {
    appId: `wx${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    mchId: `16${randomDigits(8)}`,
    mchSerial: serialNumber(),
    mchPrivateKey: pem(merchant),
    apiV3Key: randomBytes(16).toString('hex'),
    platform: {
      certificate: {
        serial,
        privateKey: pem(certified),
        certificate: selfSignedCertificate(certified, serial, 'Yajin sandbox platform', from, until),
      },
      publicKey: {
        serial: `PUB_KEY_ID_01${randomDigits(28)}`,
        privateKey: pem(bare),
        publicKey: pem(createPublicKey(bare)),
      },
    },
    planetGroupId: `5${randomDigits(13)}`,
    planetCookie: `${randomBytes(16).toString('hex').toUpperCase()}_${randomBytes(8).toString('hex').toUpperCase()}`,
  };
}

export function loadKeys(identity: Identity): Keys {
  const { certificate, publicKey } = identity.platform;
  return {
    merchant: createPublicKey(createPrivateKey(identity.mchPrivateKey)),
    apiV3: Buffer.from(identity.apiV3Key),
    platform: {
      certificate: { serial: certificate.serial, privateKey: createPrivateKey(certificate.privateKey) },
      publicKey: { serial: publicKey.serial, privateKey: createPrivateKey(publicKey.privateKey) },
    },
  };
}

export function certificateValidity(certificate: string): { from: Date; until: Date } {
  const parsed = new X509Certificate(certificate);
  return { from: new Date(parsed.validFrom), until: new Date(parsed.validTo) };
}
