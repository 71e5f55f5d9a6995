import { crc32, deflateSync } from 'node:zlib';
import type { Camp } from '@yajin/contract';
import sharp, { type Sharp } from 'sharp';
import { TestApi, type Answer } from '@yajin/testing/api';
import { audited, operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const picture = (width = 60, height = 40): Sharp =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });

function form(bytes: Buffer, { field = 'file', name = 'a.png', type = 'image/png' } = {}): FormData {
  const data = new FormData();
  data.append(field, new Blob([new Uint8Array(bytes)], { type }), name);
  return data;
}

async function upload<Data = Camp.UploadedImage>(body: unknown): Promise<Answer<Data>> {
  return api.call<Data>('POST', '/api/admin/uploads', { token: await api.adminToken(), body });
}

/** Sends a body byte by byte as it is given. */
async function send(type: string, body: BodyInit, headers: Record<string, string> = {}) {
  const answer = await api.exchange('POST', '/api/admin/uploads', {
    headers: { authorization: `Bearer ${await api.adminToken()}`, 'content-type': type, ...headers },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  return { status: answer.status, body: answer.body as { code: number; data: unknown } };
}

const fetched = async (url: string): Promise<Buffer> => {
  const answer = await api.exchange('GET', new URL(url).pathname, {});
  expect(answer.status).toBe(200);
  return answer.body as Buffer;
};
const stored = async (): Promise<number> => (await api.rows('SELECT 1 FROM sys_upload')).length;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A well-formed PNG that claims a size, with all of its pixels but next to nothing to send. */
function claimedPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const line = Math.ceil(width / 8) + 1;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(line * Math.min(height, 50_000_000 / line)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('an uploaded image', () => {
  it.each([
    ['image/png', () => picture().png(), 'png'],
    ['image/jpeg', () => picture().jpeg(), 'jpg'],
    ['image/webp', () => picture().webp(), 'webp'],
  ] as const)(
    '(%s) is known by its content, whatever it is called, and served for ever',
    async (type, make, extension) => {
      const bytes = await make().toBuffer();
      const answer = await upload(form(bytes, { name: '../../etc/passwd.html', type: 'text/html' }));
      expect(answer).toMatchObject({
        status: 200,
        message: '上传成功',
        data: { contentType: type, width: 60, height: 40 },
      });
      expect(answer.data.url).toMatch(new RegExp(`^${api.url}/uploads/[0-9a-f]{32}\\.${extension}$`));
      const served = await api.exchange('GET', new URL(answer.data.url).pathname, {});
      expect(Object.fromEntries(served.headers)).toMatchObject({
        'content-type': type,
        'content-length': String(answer.data.size),
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'",
      });
      expect(await sharp(served.body as Buffer).metadata()).toMatchObject({
        format: type.slice(6),
        width: 60,
        height: 40,
      });
    },
  );

  it('is not sent again to whoever has it', async () => {
    const { url } = (await upload(form(await picture().png().toBuffer()))).data;
    const path = new URL(url).pathname;
    const etag = (await api.exchange('GET', path, {})).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"/);
    const again = await api.exchange('GET', path, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect((await api.exchange('GET', path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('has a name of its own each time, and is recorded', async () => {
    const bytes = await picture().png().toBuffer();
    const [one, two] = [(await upload(form(bytes))).data, (await upload(form(bytes))).data];
    expect(one.url).not.toBe(two.url);
    const { url, ...facts } = one;
    expect(await audited(api, 'upload', url.slice(url.lastIndexOf('/') + 1))).toEqual([
      expect.objectContaining({ action: 'upload.create', username: 'admin', before: null, after: facts }),
    ]);
  });

  it('loses what else was in the file: place, camera, comments and what was appended', async () => {
    const secret = 'SECRET-PLACE-31.2304N-121.4737E';
    const jpeg = await picture(60, 40)
      .withExif({ IFD0: { ImageDescription: secret, Make: secret }, IFD3: { GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    const png = await picture().png().toBuffer();
    const text = Buffer.concat([
      png.subarray(0, 33),
      chunk('tEXt', Buffer.from(`Comment\0${secret}`)),
      png.subarray(33),
    ]);
    const webp = await picture()
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret}</x:xmpmeta>`)
      .webp()
      .toBuffer();
    const appended = Buffer.concat([png, Buffer.from(`<script>alert("${secret}")</script>`)]);
    for (const bytes of [jpeg, text, webp, appended]) {
      expect(bytes.includes(secret)).toBe(true);
      const answer = await upload(form(bytes));
      expect(answer.status).toBe(200);
      const clean = await fetched(answer.data.url);
      expect(clean.includes('SECRET')).toBe(false);
      const { exif, xmp, icc, orientation } = await sharp(clean).metadata();
      expect({ exif, xmp, icc, orientation }).toEqual({});
    }
  });

  it('stands upright, as its EXIF says it was taken', async () => {
    const taken = await sharp({
      create: { width: 80, height: 20, channels: 3, background: 'white' },
    })
      .composite([
        { input: { create: { width: 20, height: 20, channels: 3, background: 'black' } }, left: 0, top: 0 },
      ])
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const { url, width, height } = (await upload(form(taken))).data;
    expect([width, height]).toEqual([20, 80]);
    const { data, info } = await sharp(await fetched(url))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const grey = (x: number, y: number): number => data[(y * info.width + x) * info.channels] ?? -1;
    expect(grey(10, 5)).toBeLessThan(60);
    expect(grey(10, 70)).toBeGreaterThan(200);
  });

  it('is no larger than a screen needs, and never made larger', async () => {
    const large = await upload(form(await picture(4800, 1200).jpeg().toBuffer()));
    expect(large.data).toMatchObject({ width: 2400, height: 600 });
    const small = await upload(form(await picture(10, 10).png().toBuffer()));
    expect(small.data).toMatchObject({ width: 10, height: 10 });
  });

  it('can be read by everybody, and uploaded by nobody without the permission', async () => {
    const bytes = await picture().png().toBuffer();
    for (const [role, status] of [
      ['manager', 200],
      ['coach', 403],
      ['volunteer', 403],
    ] as const) {
      const { token } = await operator(api, role);
      const answer = await api.call('POST', '/api/admin/uploads', { token, body: form(bytes) });
      expect([role, answer.status]).toEqual([role, status]);
    }
    expect((await api.call('POST', '/api/admin/uploads', { body: form(bytes) })).status).toBe(401);
  });

  it.each([
    '0'.repeat(32) + '.png',
    '0'.repeat(32) + '.svg',
    'x.png',
    '%00.png',
    '..%2f..%2fetc%2fpasswd',
    `'%20OR%201=1--`,
  ])('that does not exist (%s) is the plain 404', async (name) => {
    const answer = await api.exchange('GET', `/uploads/${name}`, {});
    expect(answer).toMatchObject({ status: 404, body: { code: 404, message: '资源不存在', data: null } });
  });
});

describe('what is no image we serve', () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const half = async (image: Sharp): Promise<Buffer> => {
    const bytes = await image.toBuffer();
    return bytes.subarray(0, Math.floor(bytes.length * 0.6));
  };
  const noise = (): Sharp =>
    sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: 'white',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['SVG', () => Buffer.from(SVG)],
    ['SVG that begins like XML', () => Buffer.from(`<?xml version="1.0"?>${SVG}`)],
    ['GIF', () => picture().gif().toBuffer()],
    ['TIFF', () => picture().tiff().toBuffer()],
    ['AVIF', () => picture().avif().toBuffer()],
    ['PDF', () => Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n')],
    ['nothing', () => Buffer.alloc(0)],
    ['zeros', () => Buffer.alloc(4096)],
    ['half a PNG', () => half(noise().png())],
    ['half a JPEG', () => half(noise().jpeg())],
    ['half a WebP', () => half(noise().webp())],
    ['only the head of a PNG', async () => (await picture().png().toBuffer()).subarray(0, 33)],
    [
      'a PNG with broken pixels',
      async () => {
        const bytes = await noise().png().toBuffer();
        return bytes.fill(0, 200, 400);
      },
    ],
    [
      'HTML that begins like a PNG',
      () => Buffer.from('\x89PNG\r\n\x1a\n<script>alert(1)</script>', 'latin1'),
    ],
    ['a PNG of 60,000 by 60,000 pixels', () => claimedPng(60_000, 60_000)],
    ['a PNG of 2,147,483,647 pixels across', () => claimedPng(2_147_483_647, 1)],
  ])('(%s, called .png) is 415, and nothing of it is kept', async (_, make) => {
    const before = await stored();
    const answer = await upload<null>(form(await make()));
    expect(answer).toMatchObject({ status: 415, code: 415, data: null });
    expect(answer.message).toMatch(/图片/);
    expect(await stored()).toBe(before);
  });

  it('cannot fill the memory: a bomb is refused by what it claims, within a moment', async () => {
    const bomb = claimedPng(60_000, 60_000);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage.rss();
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 8 }, () => upload(form(bomb))));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(415));
    // Eight of them decoded would be a hundred gigabytes, and minutes.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 * 1024 * 1024);
  });
});

describe('a form', () => {
  const MB = 1024 * 1024;
  const type = 'multipart/form-data; boundary=edge';
  const part = (body: string, disposition = 'form-data; name="file"; filename="a.png"'): string =>
    `--edge\r\nContent-Disposition: ${disposition}\r\nContent-Type: image/png\r\n\r\n${body}\r\n`;
  const errors = (field: string) => ({ code: 400, data: { errors: [{ field }] } });

  it.each([6, 40])('with a file of %i MB is 413, and the next one is answered as ever', async (size) => {
    expect((await upload(form(Buffer.alloc(size * MB)))).status).toBe(413);
    expect((await upload(form(await picture().png().toBuffer()))).status).toBe(200);
  });

  it('with a file too large is 413 also when it does not say so beforehand', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === 0) controller.enqueue(Buffer.from(part('').slice(0, -2)));
        controller.enqueue(new Uint8Array(64 * 1024));
        sent += 64 * 1024;
        if (sent < 8 * MB) return;
        controller.enqueue(Buffer.from('\r\n--edge--\r\n'));
        controller.close();
      },
    });
    expect((await send(type, body)).status).toBe(413);
    expect(sent).toBeGreaterThan(5 * MB);
  });

  it('with a picture of almost 5 MB is taken', async () => {
    const bytes = Buffer.concat([await picture().png().toBuffer(), Buffer.alloc(5 * MB - 1000)]);
    expect((await upload(form(bytes))).status).toBe(200);
  });

  it.each<[string, string, string, string]>([
    ['no parts', type, '--edge--\r\n', 'file'],
    ['nothing at all', type, '', 'file'],
    ['another boundary', type, part('x').replaceAll('edge', 'other'), 'file'],
    ['no boundary', 'multipart/form-data', part('x'), 'file'],
    ['no end', type, part('x'), 'file'],
    ['an end in the middle of a part', type, '--edge\r\nContent-Disposition: form-', 'file'],
    ['a part without a name', type, `${part('x', 'form-data')}--edge--\r\n`, 'file'],
    ['a broken part header', type, '--edge\r\n\u0000\u0001\r\n\r\nx\r\n--edge--\r\n', 'file'],
    [
      'a file under another name',
      type,
      `${part('x', 'form-data; name="poster"; filename="a.png"')}--edge--\r\n`,
      'poster',
    ],
    [
      'a dangerous name',
      type,
      `${part('x', 'form-data; name="__proto__"; filename="a.png"')}--edge--\r\n`,
      'file',
    ],
    [
      'text instead of a file',
      type,
      '--edge\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--edge--\r\n',
      'file',
    ],
  ])('with %s is 400', async (_, contentType, body, field) => {
    const answer = await send(contentType, body);
    expect(answer).toMatchObject({ status: 400, body: errors(field) });
    expect(JSON.stringify(answer.body.data)).toMatch(/[\u4e00-\u9fff]/);
  });

  it('with something beside the file is refused, and nothing is kept', async () => {
    const bytes = await picture().png().toBuffer();
    const before = await stored();
    const text = form(bytes);
    text.append('caption', 'x');
    expect(await upload(text)).toMatchObject({ status: 400, ...errors('caption') });
    const two = form(bytes);
    two.append('file', new Blob([new Uint8Array(bytes)]), 'b.png');
    expect([400, 413]).toContain((await upload(two)).status);
    expect(await stored()).toBe(before);
  });

  it('is what uploading takes, and nothing else does', async () => {
    const bytes = await picture().png().toBuffer();
    expect((await upload({ file: bytes.toString('base64') })).status).toBe(415);
    expect((await send('image/png', new Uint8Array(bytes))).status).toBe(415);
    for (const path of [
      '/api/admin/users',
      '/api/admin/camps',
      '/api/admin/auth/login',
      '/api/h5/payments',
    ]) {
      const answer = await api.call('POST', path, { token: await api.adminToken(), body: form(bytes) });
      expect([path, answer.status]).toEqual([path, 415]);
    }
    expect((await api.call('POST', '/api/nowhere', { body: form(bytes) })).status).toBe(404);
  });
});
