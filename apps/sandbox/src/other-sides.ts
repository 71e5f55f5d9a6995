import { createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.js';
import { randomDigits } from './random.js';

/** Merchants and keys of the gateways beside WeChat Pay v3. Keys and certificates are PEM. */
export interface OtherSides {
  wechatV2: {
    key: string;
    /** What the merchant shows when it refunds. */
    client: { certificate: string; privateKey: string };
    /** What this sandbox shows there. */
    server: { certificate: string; privateKey: string };
  };
  alipay: {
    appId: string;
    sellerId: string;
    /** The merchant's, handed to the API process. */
    merchantPrivateKey: string;
    merchantPublicKey: string;
    privateKey: string;
    publicKey: string;
    /** Of the application, of Alipay, and what those two are said to come from. */
    certificates: { app: string; alipay: string; root: string };
  };
  shouqianba: {
    terminalSn: string;
    terminalKey: string;
    appId: string;
    merchantNo: string;
    secretKey: string;
  };
  bankCard: { merchant: string; key: string };
}

const YEAR_MS = 365 * 86_400_000;

async function rsaKey(): Promise<{ privateKey: KeyObject; pem: string; publicPem: string }> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    privateKey,
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function certified(privateKey: KeyObject, commonName: string, localhost = false): string {
  const from = new Date(Math.floor(Date.now() / 1000) * 1000);
  const serial = `10${randomBytes(19).toString('hex')}`.toUpperCase();
  const until = new Date(from.getTime() + 5 * YEAR_MS);
  return selfSignedCertificate(privateKey, serial, commonName, from, until, localhost);
}

export async function createOtherSides(): Promise<OtherSides> {
  const [client, server, merchant, alipay] = await Promise.all([rsaKey(), rsaKey(), rsaKey(), rsaKey()]);
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    wechatV2: {
      key: secret(16),
      client: { certificate: certified(client.privateKey, 'Sandbox merchant'), privateKey: client.pem },
      server: { certificate: certified(server.privateKey, 'localhost', true), privateKey: server.pem },
    },
    alipay: {
      appId: `2021${randomDigits(12)}`,
      sellerId: `2088${randomDigits(12)}`,
      merchantPrivateKey: merchant.pem,
      merchantPublicKey: merchant.publicPem,
      privateKey: alipay.pem,
      publicKey: alipay.publicPem,
      certificates: {
        app: certified(merchant.privateKey, 'Sandbox application'),
        alipay: certified(alipay.privateKey, 'Sandbox Alipay'),
        root: certified(alipay.privateKey, 'Sandbox root'),
      },
    },
    shouqianba: {
      terminalSn: `1000${randomDigits(14)}`,
      terminalKey: secret(16),
      appId: secret(8),
      merchantNo: `168${randomDigits(10)}`,
      secretKey: secret(16),
    },
    bankCard: { merchant: `bank_${randomDigits(8)}`, key: secret(32) },
  };
}
