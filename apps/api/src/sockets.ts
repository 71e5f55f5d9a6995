import { BlockList, isIPv6, type Socket } from 'node:net';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { networkOf } from '@yajin/server';

/** For the first request to come on a connection that is open when the shutdown begins. */
const UNUSED_MS = 1000;

/** How long a connection may be open before its first request; real milliseconds. */
const FIRST_REQUEST_MS = 15_000;

/** How long a request may take to arrive, and its headers; real milliseconds. The largest is a picture of 5 MB. */
export const SERVER_TIMES = {
  requestTimeout: 60_000,
  // Without a host a request is refused by us, in the envelope.
  http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
};

/** No network holds more than `most` connections, trusted proxies aside, who speak for everybody. */
export function limitConnections(adapter: FastifyAdapter, most: number, proxies: string[]): void {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const open = new Map<string, number>();
  adapter.getInstance().server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return;
    const network = networkOf(address);
    const held = (open.get(network) ?? 0) + 1;
    if (held > most) return void socket.destroy();
    open.set(network, held);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
  });
}

/**
 * Browsers and probes open connections ahead of need, and strangers keep them: Node has no limit for one that never says anything. And it takes one on which no request has come yet for busy, and would wait for
 * it when the server closes until it times out: a minute, longer than a shutdown may take.
 */
export function letGoOfUnused(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  const unused = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    const timer = setTimeout(() => unused.has(socket) && socket.destroy(), FIRST_REQUEST_MS).unref();
    socket.once('close', () => {
      clearTimeout(timer);
      unused.delete(socket);
    });
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    unused.delete(request.raw.socket);
    done();
  });
  fastify.addHook('preClose', (done) => {
    setTimeout(() => unused.forEach((socket) => socket.destroy()), UNUSED_MS).unref();
    done();
  });
}
