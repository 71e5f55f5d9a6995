import { createCipheriv, createHash, createHmac } from 'node:crypto';

// XML, signature and encryption of API v2, as WeChat's side does them. Written apart from the adapters on purpose:
// each side checks the other.

export type Fields = Record<string, string>;

const ELEMENT = /<([a-z_0-9]+)>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))<\/\1>/g;

export function readXml(text: string): Fields {
  const body = /^\s*<xml>([\s\S]*)<\/xml>\s*$/.exec(text)?.[1] ?? '';
  const found = [...body.matchAll(ELEMENT)].map(([, name = '', quoted, plain]) => [
    name,
    quoted ?? plain ?? '',
  ]);
  return Object.fromEntries(found) as Fields;
}

/** Numbers stand bare, texts in CDATA, as WeChat writes them. */
export function writeXml(fields: Fields, root = 'xml'): string {
  const lines = Object.entries(fields).map(([name, value]) =>
    /^\d+$/.test(value) ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<${root}>${lines.join('')}</${root}>`;
}

export function signature(fields: Fields, key: string, type: string): string {
  const names = Object.keys(fields).filter((name) => name !== 'sign' && fields[name]);
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = `${names.map((name) => `${name}=${fields[name]}&`).join('')}key=${key}`;
  const hash = type === 'HMAC-SHA256' ? createHmac('sha256', key) : createHash('md5');
  return hash.update(text).digest('hex').toUpperCase();
}

/** AES-256-ECB under the lower-case hexadecimal MD5 of the key, base64. */
export function seal(text: string, key: string): string {
  const cipher = createCipheriv('aes-256-ecb', createHash('md5').update(key).digest('hex'), null);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}
