import type { Camp } from '@yajin/contract';
import { randomBytes } from 'node:crypto';
import { toBuffer } from 'qrcode';
import sharp, { type Sharp } from 'sharp';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const GROUP = 'https://weixin.qq.com/g/AwYAAJ0GkDq0OmpQ0nGxtDQv1lrZyZK3kqzv6k9d2l3bXv2o1k2l3';
const white = (width: number, height: number, colour = '#fff'): Sharp =>
  sharp({ create: { width, height, channels: 3, background: colour } });

async function upload(use: string, picture: Sharp | Buffer) {
  const bytes = Buffer.isBuffer(picture) ? picture : await picture.png().toBuffer();
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'p.png');
  return api.call<Camp.UploadedImage & { errors?: { field: string; code: string; params: unknown[] }[] }>(
    'POST',
    `/api/admin/uploads?use=${use}`,
    { token: await api.adminToken(), body },
  );
}

const code = (width = 420): Promise<Buffer> =>
  toBuffer(GROUP, { width, margin: 4, errorCorrectionLevel: 'M' });

/** A group's card as WeChat saves it: a name above, the code in the middle with the group's picture in it, words below. */
async function card(): Promise<Sharp> {
  const face = await white(70, 70, '#20a040').png().toBuffer();
  const paper = await white(650, 950).png().toBuffer();
  return white(750, 1100, '#ededed').composite([
    { input: paper, left: 50, top: 70 },
    { input: await code(), left: 165, top: 300 },
    { input: face, left: 340, top: 475 },
  ]);
}

describe('a picture that is to be a group’s code', () => {
  it.each([
    ['as it is made', async () => sharp(await code())],
    [
      'on a card, with a picture in its middle, as a photograph is kept',
      async () => sharp(await (await card()).jpeg({ quality: 70 }).toBuffer()),
    ],
    ['turned a little', async () => sharp(await code()).rotate(12, { background: '#fff' })],
    ['small', async () => sharp(await code()).resize(160)],
    [
      'dim and blurred',
      async () =>
        sharp(await code())
          .modulate({ brightness: 0.6 })
          .blur(1.2),
    ],
    ['without a ground', async () => sharp(await code()).ensureAlpha()],
    ['as large as pictures get', async () => sharp(await code()).resize(2400)],
    ['in grey', async () => sharp(await code()).greyscale()],
  ])('decodes %s, and what it says is told', async (_, make) => {
    const answer = await upload('groupQrcode', await make());
    expect(answer).toMatchObject({ code: 200, data: { qrText: GROUP } });
  });

  it.each([
    ['a poster', () => white(900, 600, '#3377aa')],
    ['noise', () => sharp(randomBytes(1200 * 1200 * 3), { raw: { width: 1200, height: 1200, channels: 3 } })],
    ['one pixel', () => white(1, 1)],
    ['a line', () => white(2400, 1)],
  ])('is refused where it is %s, in bounded time of the processor, and nothing is kept', async (_, make) => {
    const before = await api.rows('SELECT 1 FROM sys_upload');
    // Of the processor, whatever else it has to do.
    const began = process.cpuUsage();
    const answer = await upload('groupQrcode', make());
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(20_000);
    expect(answer).toMatchObject({ code: 400, data: { errors: [{ field: 'file', code: 'image_no_qr' }] } });
    expect(await api.rows('SELECT 1 FROM sys_upload')).toHaveLength(before.length);
  });

  it('is refused where half of the code is cut off', async () => {
    const half = await sharp(await code())
      .extract({ left: 0, top: 0, width: 210, height: 420 })
      .toBuffer();
    expect((await upload('groupQrcode', half)).code).toBe(400);
  });
});

describe('a poster', () => {
  it('has a least size, and a smaller one is told what it has', async () => {
    expect((await upload('poster', white(600, 300))).data).toMatchObject({ width: 600, qrText: null });
    for (const [width, height] of [
      [599, 400],
      [900, 299],
    ] as const)
      expect(await upload('poster', white(width, height))).toMatchObject({
        code: 400,
        data: { errors: [{ field: 'file', code: 'poster_too_small', params: [600, 300, width, height] }] },
      });
  });
});

it('a picture whose use nobody names is taken as ever, and a use that is none is refused', async () => {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(await white(10, 10).png().toBuffer())]), 'p.png');
  const answer = await api.call<Camp.UploadedImage>('POST', '/api/admin/uploads', {
    token: await api.adminToken(),
    body,
  });
  expect(answer).toMatchObject({ code: 200, data: { qrText: null } });
  expect((await upload('avatar', white(700, 700))).code).toBe(400);
});
