import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6, type Socket } from 'node:net';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { networkOf } from '@yajin/server';
import type { Readiness } from './system/index.js';

/** From the begin of the shutdown, in real milliseconds: for a request to come on an open connection, … */
const UNUSED_MS = 1_000;
/** … for one that has begun to arrive wholly, … */
const HALF_MS = 8_000;
/** … and for its answer: shorter than the whole end may take, so that what else there is to finish can. */
const ANSWER_MS = 20_000;

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
 * Browsers and probes open connections ahead of need, and strangers keep them: Node has no limit for one that never says anything.
 * When the server closes, Node waits for every connection on which a request has begun, however little of it has come, and whatever
 * it has not said for how long: longer than a shutdown may take. So from then on those are let go of, the sooner the less was said.
 */
export function letGoOfUnused(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  /** Open connections, and what is under way on each. */
  const open = new Map<Socket, Set<IncomingMessage>>();
  const unused = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    open.set(socket, new Set());
    unused.add(socket);
    const timer = setTimeout(() => unused.has(socket) && socket.destroy(), FIRST_REQUEST_MS).unref();
    socket.once('close', () => {
      clearTimeout(timer);
      open.delete(socket);
      unused.delete(socket);
    });
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    unused.delete(request.raw.socket);
    const underWay = open.get(request.raw.socket);
    underWay?.add(request.raw);
    reply.raw.once('close', () => underWay?.delete(request.raw));
    done();
  });
  const letGo = (isIdle: (underWay: IncomingMessage[]) => boolean): void =>
    open.forEach((underWay, socket) => isIdle([...underWay]) && socket.destroy());
  fastify.addHook('preClose', (done) => {
    setTimeout(() => letGo((requests) => requests.length === 0), UNUSED_MS).unref();
    setTimeout(() => letGo((requests) => !requests.some(({ complete }) => complete)), HALF_MS).unref();
    setTimeout(() => letGo(() => true), ANSWER_MS).unref();
    done();
  });
}

/** Says with each answer of a process that is about to end that its connection ends, too: so no request meets a closed one. */
export function announceTheEnd(adapter: FastifyAdapter, readiness: Readiness): void {
  adapter.getInstance().addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.stopping) void reply.header('connection', 'close');
    done();
  });
}
