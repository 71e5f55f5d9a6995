import { createPublicKey, createSign, type KeyObject } from 'node:crypto';

// The few DER forms that an X.509 v3 certificate needs (RFC 5280). node:crypto reads certificates but
// cannot make them.
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = Buffer.from([0x05, 0x00]);
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const OCTET_STRING = 0x04;
const CONTEXT_0 = 0xa0;
const CONTEXT_3 = 0xa3;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex');
const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b', 'hex');

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const digits = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, content]);
}

function utcTime(at: Date): Buffer {
  return der(UTC_TIME, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

function name(text: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(text)))));
}

/** Names a TLS server on this machine. */
function localNames(): Buffer {
  const names = der(
    SEQUENCE,
    der(DNS_NAME, Buffer.from('localhost')),
    der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])),
  );
  return der(CONTEXT_3, der(SEQUENCE, der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, names))));
}

/** A self-signed certificate in PEM. `serial` is hexadecimal and must begin with 1 to 7 (a positive integer). */
export function selfSignedCertificate(
  privateKey: KeyObject,
  serial: string,
  commonName: string,
  from: Date,
  until: Date,
  localhost = false,
): string {
  const algorithm = der(SEQUENCE, SHA256_WITH_RSA, NULL);
  const body = der(
    SEQUENCE,
    der(CONTEXT_0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from(serial, 'hex')),
    algorithm,
    name(commonName),
    der(SEQUENCE, utcTime(from), utcTime(until)),
    name(commonName),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    ...(localhost ? [localNames()] : []),
  );
  const signature = createSign('RSA-SHA256').update(body).sign(privateKey);
  const certificate = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
