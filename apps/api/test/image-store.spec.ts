import { Logger } from '@nestjs/common';
import type { Camp } from '@yajin/contract';
import { Calls } from '@yajin/server';
import { TestApi } from '@yajin/testing/api';
import { AwsV4Signer } from 'aws4fetch';
import sharp from 'sharp';
import { OBJECT_STORE, ObjectStore, type StoreSettings } from '../src/system/index.js';
import { sha256 } from '../src/system/object-store.js';
import { StoreWatch } from '../src/system/store-watch.js';
import { StoreStage, type Fault } from './image-store.kit.js';

let stage: StoreStage;
let api: TestApi;
beforeAll(async () => {
  stage = await StoreStage.start();
  api = await TestApi.start(stage.environment);
});
afterAll(async () => {
  await api.stop();
  await stage.stop();
});
beforeEach(() => {
  stage.fault = 'none';
  stage.asked = [];
});

let shade = 0;
/** Another one each time. */
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: { r: (shade += 1), g: 30, b: 30 } } })
    .png()
    .toBuffer();
const upload = async (bytes: Buffer) => {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)]), 'a.png');
  return api.call<Camp.UploadedImage>('POST', '/api/admin/uploads', { token: await api.adminToken(), body });
};
const uploaded = async (): Promise<string> => new URL((await upload(await picture())).data.url).pathname;
const show = (path: string, headers: Record<string, string> = {}) => api.exchange('GET', path, { headers });
const row = async (path: string): Promise<{ bytes: Buffer | null; object: string | null }> =>
  (
    await api.rows<{ bytes: Buffer | null; object: string | null }>(
      'SELECT bytes, object FROM sys_upload WHERE name = $1',
      [path.slice('/uploads/'.length)],
    )
  )[0]!;
const images = async (): Promise<number> => (await api.rows('SELECT FROM sys_upload')).length;

describe('an image with a store', () => {
  it('is in the store before its row says so, and is shown as one in the database is', async () => {
    const { status, data } = await upload(await picture());
    expect(status).toBe(200);
    const path = new URL(data.url).pathname;
    const { bytes, object } = await row(path);
    expect(bytes).toBeNull();
    expect(stage.objects()).toContain(object);
    const shown = await show(path);
    expect(shown.status).toBe(200);
    expect(object).toMatch(new RegExp(`^${sha256(shown.body as Buffer)}-[0-9a-f]{8}$`));
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(data.size),
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('is not asked for in the store by whoever has it already', async () => {
    const path = await uploaded();
    const etag = (await show(path)).headers.get('etag') ?? '';
    stage.asked = [];
    expect((await show(path, { 'if-none-match': etag })).status).toBe(304);
    expect(stage.asked).toEqual([]);
  });

  it('shares its object with every image of the same bytes, however often and at once they are put in', async () => {
    const bytes = await picture();
    await upload(bytes);
    const before = stage.objects().length;
    const answers = await Promise.all([1, 2, 3, 4].map(() => upload(bytes)));
    const objects = await Promise.all(
      answers.map(async ({ data }) => (await row(new URL(data.url).pathname)).object),
    );
    expect(new Set(objects).size).toBe(1);
    expect(new Set(answers.map(({ data }) => data.url)).size).toBe(4);
    expect(stage.objects()).toHaveLength(before);
  });

  it('wanted by many at once is fetched once', async () => {
    const path = await uploaded();
    stage.asked = [];
    stage.fault = 'silent';
    const waiting = Array.from({ length: 60 }, () => show(path));
    const answers = await Promise.all(waiting);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(stage.asked).toHaveLength(1);
  });

  it('counts each call by what was asked and what came of it', async () => {
    const path = await uploaded();
    await show(path);
    stage.lose((await row(path)).object ?? '');
    await show(path);
    const metrics = (await api.exchange('GET', '/metrics', {})).body as string;
    for (const of of [
      'operation="put",outcome="ok"',
      'operation="get",outcome="ok"',
      'operation="get",outcome="refused"',
    ])
      expect(metrics).toContain(`outgoing_call_duration_seconds_count{side="image-store",${of}}`);
  });
});

describe('while the store fails', () => {
  const away = { code: 503, message: '图片存储暂时没有应答，请稍后再试', data: null };

  it.each<[what: string, Fault]>([
    ['closes every connection', 'closed'],
    ['ends in the middle of an answer', 'cut'],
    ['answers with other bytes', 'other'],
    ['has too much to do', 'busy'],
  ])('(it %s) an image is 503 that no cache keeps, and is there again afterwards', async (_, fault) => {
    const path = await uploaded();
    stage.fault = fault;
    const shown = await show(path);
    expect([shown.status, shown.body]).toMatchObject([503, away]);
    expect(Number(shown.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    stage.fault = 'none';
    expect((await show(path)).status).toBe(200);
  });

  it.each(['NoSuchKey', 'AccessDenied'])(
    '(%s) an object that is gone is 503, and the log names the image',
    async (code) => {
      const path = await uploaded();
      if (code === 'AccessDenied') stage.fault = 'denied';
      else stage.lose((await row(path)).object ?? '');
      const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
      try {
        const shown = await show(path);
        expect([shown.status, shown.body]).toMatchObject([503, away]);
        const name = path.slice('/uploads/'.length);
        expect(logged).toHaveBeenCalledWith(expect.stringContaining(`image ${name}: ${code}`));
      } finally {
        logged.mockRestore();
      }
    },
  );

  it.each<Fault>(['closed', 'busy'])(
    '(%s) no image is taken in, and no row says that one was',
    async (fault) => {
      const before = await images();
      stage.fault = fault;
      const { status, ...answer } = await upload(await picture());
      expect([status, answer]).toMatchObject([503, { ...away, code: 503 }]);
      expect(await images()).toBe(before);
      stage.fault = 'none';
      expect((await upload(await picture())).status).toBe(200);
    },
  );

  it('silent, it holds up neither other requests nor more images than it may, and health says so', async () => {
    const paths: string[] = [];
    while (paths.length < 12) paths.push(await uploaded());
    stage.fault = 'silent';
    const waiting = Promise.all(Array.from({ length: 60 }, (_, n) => show(paths[n % paths.length] ?? '')));
    const health = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
    expect(health.status).toBe(200);
    expect((await api.call('GET', '/api/admin/camps', { token: await api.adminToken() })).status).toBe(200);
    const answers = await waiting;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
    const { status, findings } = data.checks.find(({ name }) => name === 'images') ?? {};
    expect([status, findings]).toMatchObject([
      expect.stringMatching(/degraded|down/),
      [{ code: 'calls_unanswered' }],
    ]);
    // Well again with the first call that is answered.
    stage.fault = 'none';
    expect((await show(paths[0] ?? '')).status).toBe(200);
  });
});

it('that a key is wrong is seen within a minute, without anybody who wants an image, and that it is right again', async () => {
  const wrong = await TestApi.start({ ...stage.environment, IMAGE_STORE_SECRET_KEY: 'not-its-secret' });
  try {
    const watch = wrong.app.get(StoreWatch);
    const reading = async () =>
      (await wrong.admin<Camp.SystemHealth>('GET', '/api/admin/system-health')).data.checks.find(
        ({ name }) => name === 'images',
      );
    const lines: unknown[] = [];
    wrong.app.get(Calls).listen((call) => lines.push(call));
    for (let seconds = 0; seconds < 60; seconds += 10) {
      await watch.run();
      wrong.pass(10_000);
    }
    expect(await reading()).toMatchObject({
      status: expect.stringMatching(/degraded|down/) as string,
      findings: [{ code: 'calls_denied' }],
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        side: 'image-store',
        operation: 'probe',
        outcome: 'denied',
        code: 'SignatureDoesNotMatch',
      }),
    );
    expect(JSON.stringify(lines)).not.toContain('not-its-secret');
    const right = wrong.app.get<ObjectStore>(OBJECT_STORE);
    Object.assign(right['settings'], stage.settings);
    await watch.run();
    expect(await reading()).toMatchObject({ status: 'up', findings: [] });
  } finally {
    await wrong.stop();
  }
});

describe('the client of the store', () => {
  const store = (changes: Partial<StoreSettings> = {}) =>
    new ObjectStore({ ...stage.settings, ...changes }, new Calls());
  const bytes = Buffer.from('some bytes');

  it('puts, gets and deletes, each as often as one likes', async () => {
    for (let twice = 0; twice < 2; twice += 1) await store().put('k', bytes, 'image/png');
    expect(await store().get('k', sha256(bytes), bytes.length)).toEqual(bytes);
    for (let twice = 0; twice < 2; twice += 1) await store().delete('k');
    await expect(store().get('k', sha256(bytes), bytes.length)).rejects.toMatchObject({ code: 'NoSuchKey' });
  });

  it('leaves nothing behind of a probe', async () => {
    await store({ prefix: 'of-its-own/' }).probe();
    expect(stage.left('of-its-own')).toEqual([]);
  });

  it.each<[what: string, changes: Partial<StoreSettings>, outcome: string, code: string]>([
    ['a wrong secret', { secretKey: 'wrong-secret' }, 'denied', 'SignatureDoesNotMatch'],
    ['a key that is not known', { accessKey: 'nobody' }, 'denied', 'InvalidAccessKeyId'],
    ['a bucket that is not there', { bucket: 'no-bucket' }, 'denied', 'NoSuchBucket'],
    ['an address where nobody listens', { endpoint: 'http://127.0.0.1:1' }, 'network', 'NETWORK'],
  ])('says of %s what is wrong, and no secret', async (_, changes, outcome, code) => {
    for (const work of [
      () => store(changes).put('k', bytes, 'image/png'),
      () => store(changes).get('k', sha256(bytes), bytes.length),
      () => store(changes).delete('k'),
    ]) {
      const error: unknown = await work().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'StoreError', outcome, code });
      const { message } = error as Error;
      expect(message).not.toMatch(/wrong-secret|nobody/);
      for (const secret of [stage.settings.accessKey, stage.settings.secretKey])
        expect(message).not.toContain(secret);
    }
  });

  it('gives up what does not answer, and tries once more what broke off', async () => {
    stage.fault = 'closed';
    await expect(store().delete('k')).rejects.toMatchObject({ outcome: 'network' });
    expect(stage.asked).toHaveLength(2);
    stage.fault = 'silent';
    await expect(store().delete('k')).rejects.toMatchObject({ outcome: 'timeout', code: 'TIMEOUT' });
  });

  it('takes no more bytes than were put, and none but these', async () => {
    await store().put('long', Buffer.alloc(100_000, 1), 'image/png');
    await expect(store().get('long', sha256(bytes), bytes.length)).rejects.toMatchObject({
      code: 'TOO_LONG',
    });
    await store().put('k', Buffer.from('same bytes'), 'image/png');
    await expect(store().get('k', sha256(bytes), bytes.length)).rejects.toMatchObject({
      code: 'HASH_DIFFERS',
    });
  });

  it('names the bucket in the path or in the host, as it is told', async () => {
    const fetched = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(() => Promise.resolve(new Response(null)));
    const given = { endpoint: 'https://s3.example.com:9000', prefix: 'a/b/' };
    await store({ ...given, pathStyle: true }).delete('k');
    await store({ ...given, pathStyle: false }).delete('k');
    expect(fetched.mock.calls.map(([url]) => (url as URL).href)).toEqual([
      'https://s3.example.com:9000/pictures/a/b/k',
      'https://pictures.s3.example.com:9000/a/b/k',
    ]);
    fetched.mockRestore();
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, Example: PUT Object, and GET Bucket Lifecycle
  it.each([
    [
      'PUT',
      'https://examplebucket.s3.amazonaws.com/test$file.text',
      {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'GET',
      'https://examplebucket.s3.amazonaws.com/?lifecycle',
      { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
  ])('signs a %s as AWS’s own example is signed', async (method, url, headers, signature) => {
    const signed = await new AwsV4Signer({
      method,
      url,
      headers,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
      service: 's3',
      datetime: '20130524T000000Z',
    }).sign();
    expect(signed.headers.get('authorization')).toContain(`Signature=${signature}`);
  });
});
