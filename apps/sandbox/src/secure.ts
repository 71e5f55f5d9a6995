import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { World } from './world.js';

/**
 * A second door to the same routes, where callers may show a certificate. It keeps its port over restarts, as far
 * as that is free.
 */
export async function openSecureDoor(app: FastifyInstance, world: World, host: string): Promise<Server> {
  const { client, server } = world.others.wechatV2;
  const options = { cert: server.certificate, key: server.privateKey, ca: client.certificate };
  const door = createServer(
    { ...options, requestCert: true, rejectUnauthorized: false },
    (request, response) => app.routing(request, response),
  );
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      door.once('error', reject).listen(port, host, () => resolve());
    });
  await listen(world.store.setting<number>('securePort') ?? 0).catch(() => listen(0));
  const { port } = door.address() as AddressInfo;
  world.store.saveSetting('securePort', port);
  world.secureUrl = `https://localhost:${port}`;
  return door;
}

/** Whether a caller has shown the merchant's certificate. */
export function isCertified(socket: Socket): boolean {
  return socket instanceof TLSSocket && socket.authorized;
}
