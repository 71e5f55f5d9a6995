import type { Gateway } from '@yajin/payment';
import type { Env } from './env.js';

/** The gateways that the environment configures; those whose money is none in the demo only. */
export function gatewaysOf({ gateways, demo }: Env): Gateway[] {
  return gateways
    .filter(({ pretends }) => demo || !pretends)
    .map((gateway) => gateway.open({ production: !demo }));
}
