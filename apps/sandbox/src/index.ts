import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isIP, type AddressInfo } from 'node:net';
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { alipay } from './alipay/channel.js';
import { alipayRoutes } from './alipay/routes.js';
import { bankCard } from './bank-card/channel.js';
import { bankCardRoutes } from './bank-card/routes.js';
import { controlRoutes } from './control/control-routes.js';
import { createIdentity, type Identity } from './identity.js';
import { createOtherSides, type OtherSides } from './other-sides.js';
import { cashierRoutes } from './pages/cashier.js';
import { homeRoute } from './pages/home.js';
import { planetRoutes } from './planet/planet-routes.js';
import { Scheduler } from './scheduler.js';
import { openSecureDoor } from './secure.js';
import { shouqianba } from './shouqianba/channel.js';
import { shouqianbaRoutes } from './shouqianba/routes.js';
import { transferRoutes } from './shouqianba/transfers.js';
import { alipayCertificates, apiSettings, type ApiSettings } from './settings.js';
import { Store } from './store.js';
import { billRoutes } from './wechat/bill.js';
import { certificateRoutes } from './wechat/certificates.js';
import { wechatV3 } from './wechat/channel.js';
import { messageRoutes } from './wechat/messages.js';
import { oauthRoutes } from './wechat/oauth.js';
import { payRoutes } from './wechat/pay-routes.js';
import { refundRoutes } from './wechat/refund-routes.js';
import { servePayRoutes } from './wechat/server.js';
import { wecomRoutes } from './wechat/wecom.js';
import { wechatV2 } from './wechat-v2/channel.js';
import { wechatV2Routes } from './wechat-v2/routes.js';
import { World } from './world.js';

export type { ApiSettings } from './settings.js';
export type { Identity } from './identity.js';

export type Account = 'official' | 'wecom';
/** Whom the sandbox plays. */
export type Played = Pick<SandboxOptions, 'account' | 'partner'>;

export interface SandboxOptions {
  /** Where everything is kept, or `:memory:`. */
  dataFile: string;
  /** 0 takes a free one. */
  port: number;
  /** 127.0.0.1 unless given. */
  host?: string;
  /** What links to the cashier begin with; the listening address unless given. */
  publicUrl?: string;
  /** Keys and ids; otherwise those in the file, or new ones. */
  identity?: Identity;
  /** Who members meet: an official account (公众号) unless given, or a corporation of WeCom (企业微信). */
  account?: Account;
  /** Plays a merchant that calls through a service provider (服务商): payers meet the account of either. */
  partner?: 'merchant' | 'provider';
  /** Takes one line per noteworthy event, without secrets and openids. */
  log?: (line: string) => void;
}

export interface Sandbox {
  /** Without a slash at the end. */
  url: string;
  port: number;
  /** How an API process is pointed at this sandbox. */
  settings: ApiSettings;
  /** What it takes instead of ALIPAY_PUBLIC_KEY to work with certificates. */
  alipayCertificates: Record<'ALIPAY_APP_CERT' | 'ALIPAY_CERT' | 'ALIPAY_ROOT_CERT', string>;
  /** Finishes; what was due goes on after the next start on the same file. */
  close(): Promise<void>;
}

/** Making RSA keys takes a moment: sandboxes in memory share their identities per process. */
let shared: Promise<Identity> | undefined;
let sharedOthers: Promise<OtherSides> | undefined;

async function othersOf(store: Store, options: SandboxOptions): Promise<OtherSides> {
  const kept = store.setting<Partial<OtherSides>>('otherSides');
  const made = await (options.dataFile === ':memory:'
    ? (sharedOthers ??= createOtherSides())
    : createOtherSides());
  // A file of before a gateway was played, or had certificates, gets its keys; the others stay as they are.
  const certified = (kept?.alipay as Partial<OtherSides['alipay']> | undefined)?.certificates !== undefined;
  const others = { ...made, ...kept, ...(kept && !certified ? { alipay: made.alipay } : {}) };
  store.saveSetting('otherSides', others);
  return others;
}

async function identityOf(store: Store, options: SandboxOptions): Promise<Identity> {
  const kept = options.identity ?? store.setting<Identity>('identity');
  const identity =
    kept ?? (await (options.dataFile === ':memory:' ? (shared ??= createIdentity()) : createIdentity()));
  const { account } = options;
  const prefix = account === 'wecom' ? 'ww' : 'wx';
  const played: Identity = {
    ...identity,
    ...(account && { appId: prefix + identity.appId.slice(2) }),
  };
  const ofProvider = options.partner === 'provider' ? played.appId : `wx5b${played.appId.slice(6)}`;
  if (options.partner) played.partner = { spAppId: ofProvider, subMchId: '1900000999' };
  store.saveSetting('identity', played);
  return played;
}

/**
 * Starts the other side of every wire: WeChat Pay API v3, WeChat OAuth and template messages, a cashier
 * page, zsxq check-ins, and the control API (README.md).
 * @throws when the port is taken (`code: 'EADDRINUSE'`) or the file cannot be opened
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (options.dataFile !== ':memory:') mkdirSync(dirname(options.dataFile), { recursive: true });
  const store = new Store(options.dataFile);
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  });
  try {
    const [identity, others] = [await identityOf(store, options), await othersOf(store, options)];
    const world = new World(store, identity, others, options.log ?? (() => undefined));
    world.channels = channelsOf(world);
    await serve(app, world);
    const host = options.host ?? '127.0.0.1';
    await app.listen({ port: options.port, host });
    const door = await openSecureDoor(app, world, host);
    const { port } = app.server.address() as AddressInfo;
    const url = `http://${reachableAt(options.host)}:${port}`;
    world.url = (options.publicUrl ?? url).replace(/\/$/, '');
    const scheduler = new Scheduler(world);
    scheduler.start();
    const close = async () => {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await app.close();
      await scheduler.stop();
      store.close();
    };
    return { url, port, settings: apiSettings(world), alipayCertificates: alipayCertificates(world), close };
  } catch (error) {
    await app.close();
    store.close();
    throw error;
  }
}

/** An address to call: one of this machine's own for a listener on all of them. */
function reachableAt(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function channelsOf(world: World): World['channels'] {
  return {
    'wechat-v3': wechatV3(world),
    'wechat-v2': wechatV2(world),
    alipay: alipay(world),
    shouqianba: shouqianba(world),
    'bank-card': bankCard(world),
  };
}

/**
 * Whether a call of the control API is a program's or our own page's. A page of anybody else's gives its Origin; one whose name was
 * made to lead here (DNS rebinding) gives that name as the Host, which is neither an address nor ours.
 */
function ownPage({ host = '', origin }: { host?: string; origin?: string }, own: string): boolean {
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  const ours =
    name === 'localhost' || name === new URL(own).hostname || isIP(name.replace(/^\[|\]$/g, '')) > 0;
  if (!ours) return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

async function serve(app: FastifyInstance, world: World): Promise<void> {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) world.log(`${request.method} ${request.routeOptions.url}: ${error.stack}`);
    return reply
      .code(status)
      .send({ code: status === 500 ? 'SYSTEM_ERROR' : 'PARAM_ERROR', message: error.message });
  });
  await app.register(async (scope) => {
    servePayRoutes(scope, world, [
      ...payRoutes(world),
      ...refundRoutes(world),
      ...billRoutes(world),
      ...certificateRoutes(world),
    ]);
  });
  await app.register(async (scope) => wechatV2Routes(scope, world));
  await app.register(async (scope) => alipayRoutes(scope, world));
  await app.register(async (scope) => {
    shouqianbaRoutes(scope, world);
    transferRoutes(scope, world);
  });
  await app.register(async (scope) => bankCardRoutes(scope, world));
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', (request, reply, done) => {
        if (ownPage(request.headers, world.url)) return done();
        void reply.code(403).send({ error: 'the control API answers programs and its own page only' });
      });
      await controlRoutes(scope, world);
    },
    { prefix: '/control' },
  );
  await app.register(async (scope) => {
    await scope.register(formbody);
    oauthRoutes(scope, world);
    messageRoutes(scope, world);
    wecomRoutes(scope, world);
    planetRoutes(scope, world);
    cashierRoutes(scope, world);
    homeRoute(scope, world);
  });
}
