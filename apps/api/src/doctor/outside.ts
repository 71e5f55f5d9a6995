import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import tls from 'node:tls';
import { isLoopback } from '@yajin/server';
import type { Env } from '../env.js';
import { gatewaysOf } from '../gateways.js';
import { fail, look, ok, warn, type Finding } from './finding.js';

const TIMEOUT_MS = 5_000;
/** WeChat Pay refuses what was signed five minutes off; `Date` is in whole seconds. */
const APART_MS = { warn: 10_000, fail: 60_000 };
const DAY_MS = 86_400_000;
/** As long before its end as the API warns of a certificate. */
const ENDS_SOON_DAYS = 30;

/** Networks that nobody outside reaches (RFC 1918, 3927, 4193, 4291, 6598, 6890). */
const CLOSED = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv6');

/** Whether every answer to a gateway's question "what is this name?" is one that it reaches. */
export function isPublic(address: string): boolean {
  return !CLOSED.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Where gateways send their news to. */
export function lookAtCallback({ publicUrl, demo }: Env): Promise<Finding[]> {
  const what = 'PUBLIC_URL';
  const { protocol, hostname, host } = new URL(publicUrl);
  const todo = 'Gateways must reach it from outside: https, with a name that is in the public DNS.';
  if (demo) return Promise.resolve([ok(what, `${host}, of the demo`)]);
  return look(what, todo, async () => {
    if (protocol !== 'https:') return [fail(what, `${host} is not https`, todo)];
    const found = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true });
    const closed = found.filter(({ address }) => !isPublic(address));
    if (closed.length > 0)
      return [warn(what, `${host} is ${closed[0]?.address ?? ''} here, which nobody outside reaches`, todo)];
    return [ok(what, `${host} is public`), ...(await ownCertificate(publicUrl))];
  });
}

/** Seen from here: what answers may be another proxy than the one that members meet. */
async function ownCertificate(publicUrl: string): Promise<Finding[]> {
  const what = 'certificate of PUBLIC_URL';
  const { hostname, port } = new URL(publicUrl);
  return look(what, 'Renew it at the proxy, with every certificate between it and its root.', async () => {
    const until = await validUntil(hostname, Number(port || 443));
    return [lasting(what, until, new Date())];
  });
}

function validUntil(host: string, port: number): Promise<Date> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host, port, servername: host, timeout: TIMEOUT_MS }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.on('timeout', () => socket.destroy(new Error('no answer')));
    socket.on('error', reject);
  });
}

/** @param until when it ends */
export function lasting(what: string, until: Date, now: Date): Finding {
  const days = Math.floor((until.getTime() - now.getTime()) / DAY_MS);
  const said = days < 0 ? `it ended on ${until.toISOString()}` : `it is good for ${days} days`;
  if (days < 0) return fail(what, said, 'Put the new one in: nothing that needs it works.');
  return days < ENDS_SOON_DAYS
    ? warn(what, said, 'Get the next one, and put it in before the end.')
    : ok(what, said);
}

/** Whether each gateway, WeChat and zsxq are reached, how far their clocks are from ours, and how long certificates last. */
export async function lookAtGateways(env: Env): Promise<Finding[]> {
  const addresses = [...env.gateways, ...env.lines].flatMap((each) => each.addresses);
  const origins = [...new Set(addresses.map((address) => new URL(address).origin))];
  const reached = await Promise.all(origins.map((origin) => lookAtAddress(origin)));
  const none =
    env.gateways.length > 0 || env.demo
      ? []
      : [
          fail(
            'gateways',
            'none is configured: nobody can pay',
            'Configure one (docs/operations.md, Configuration).',
          ),
        ];
  return [...none, ...reached.flat(), ...certificates(env)];
}

function lookAtAddress(origin: string): Promise<Finding[]> {
  const what = `address ${new URL(origin).host}`;
  const todo = 'Does a firewall let this machine out to it, and does its DNS know the name?';
  return look(what, todo, async () => {
    const began = Date.now();
    const answer = await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      if (isLoopback(origin) && isOwnCertificate(error)) return null;
      throw error;
    });
    if (answer === null) return [ok(what, 'it answers, with a certificate of its own')];
    const middle = (began + Date.now()) / 2;
    const date = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(date)) return [ok(what, 'it answers')];
    // In whole seconds: on average half a second ago.
    const apart = Math.max(0, Math.abs(date + 500 - middle) - 500);
    const said = `it answers; its clock and ours are ${Math.round(apart / 1000)} s apart`;
    const late = 'Have this machine keep time by NTP: what it signs is refused otherwise.';
    if (apart > APART_MS.fail) return [fail(what, said, late)];
    return [apart > APART_MS.warn ? warn(what, said, late) : ok(what, said)];
  });
}

/** As the sandbox has: its client is told by its settings whom to believe. */
function isOwnCertificate(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || code === 'SELF_SIGNED_CERT_IN_CHAIN';
}

/** What is configured, or in files: those that a gateway hands out come later. */
function certificates(env: Env): Finding[] {
  return gatewaysOf(env).flatMap((gateway) => {
    const { known, problem } = gateway.keys?.() ?? { known: [], problem: null };
    const broken =
      problem === null
        ? []
        : [fail(`keys of ${gateway.name}`, problem, 'Put the files right (docs/operations.md).')];
    const dated = known.flatMap(({ serial, expiresAt }) =>
      expiresAt === null ? [] : [lasting(`certificate ${serial} of ${gateway.name}`, expiresAt, new Date())],
    );
    return [...broken, ...dated];
  });
}
