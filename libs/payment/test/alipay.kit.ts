import { createSign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateRawSync } from 'node:zlib';
import { alipayGateway, type Gateway } from '../src/index.js';
import { gbk } from './gbk.kit.js';
import { merchant, platform } from './wechat-v3.kit.js';

export const SELLER = '2088000000000001';
const KEY = 'alipay_data_dataservice_bill_downloadurl_query_response';

/** An archive in Alipay's way: names in GBK, and not said to be in UTF-8. */
export function zipOf(...files: [name: string, content: Buffer][]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [text, content] of files) {
    const [name, packed] = [gbk(text), deflateRawSync(content)];
    const about = Buffer.alloc(20);
    about.writeUInt16LE(8, 2);
    about.writeUInt32LE(crc32(content), 8);
    about.writeUInt32LE(packed.length, 12);
    about.writeUInt32LE(content.length, 16);
    const length = Buffer.from([name.length, 0]);
    locals.push(Buffer.from('PK\x03\x04\x14\0', 'latin1'), about, length, Buffer.alloc(2), name, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.from('PK\x01\x02\x14\0\x14\0', 'latin1'),
      about,
      length,
      Buffer.alloc(2),
      place,
      name,
    );
    offset += 30 + name.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, entries, end]);
}

/** Says where a bill is, signed, and serves it. */
export class AlipayWire {
  file: Buffer = Buffer.alloc(0);
  status = 200;
  said: Record<string, string> = {};
  asked: string[] = [];
  base = '';
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = decodeURIComponent(Buffer.concat(parts).toString());
      this.asked.push(`${request.method} ${request.url} ${body}`);
      if (request.method === 'GET')
        return response.writeHead(this.status, { location: '/elsewhere' }).end(this.file);
      const text = JSON.stringify(this.said);
      const sign = createSign('RSA-SHA256').update(text).sign(platform.privateKey, 'base64');
      return response.end(`{"${KEY}":${text},"sign":"${sign}"}`);
    });
  });

  /** The gateway that asks here. */
  async start(): Promise<Gateway> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return alipayGateway({
      ...{ gateway: `${this.base}/gateway.do`, appId: '2021000000000001', sellerId: SELLER },
      ...{ privateKey: merchant.privateKey, publicKey: platform.publicKey },
    });
  }

  /** Forgets what was asked, and serves the file on a good day. */
  serve(file: Buffer): void {
    this.file = file;
    this.status = 200;
    this.said = { code: '10000', msg: 'Success', bill_download_url: `${this.base}/file?token=1` };
    this.asked = [];
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
