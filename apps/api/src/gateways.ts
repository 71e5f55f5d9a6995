import type { Gateway } from '@yajin/payment';
import type { Env } from './env.js';

/** The gateways that the environment configures. */
export function gatewaysOf({ gateways, demo }: Env): Gateway[] {
  return gateways.map((gateway) => gateway.open({ production: !demo }));
}
