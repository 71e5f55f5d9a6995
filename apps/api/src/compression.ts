import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

const compress = promisify(gzip);
/** Of 1 to 9: a hundred members become 5.2 kB of 66 in half a millisecond; by 9 they become 4.9. */
const LEVEL = 4;
/** Below it nothing fits into fewer packets. */
const LEAST_BYTES = 1_024;
/** Beyond it is compressed no more at once: it would take a thread for longer than the network takes. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * JSON goes over the network compressed, also where no proxy stands in front. On another thread, so that no request waits for it.
 * Files and streams go as they are: workbooks and pictures are compressed already, and web apps stand beside their sources compressed.
 * Why no secret leaks by its length: docs/adr/0076-json-is-compressed-by-the-api.md.
 */
export function compressJson(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onSend', async (request, reply, payload) => {
    const json = /^application\/(?:[\w.-]+\+)?json\b/.test(String(reply.getHeader('content-type') ?? ''));
    if (!json || typeof payload !== 'string' || reply.hasHeader('content-encoding')) return payload;
    const bytes = Buffer.byteLength(payload);
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) return payload;
    // Said of the plain answer, too: a cache on the way must keep them apart.
    void reply.header('vary', joined(reply.getHeader('vary'), 'accept-encoding'));
    if (request.method === 'HEAD' || !takesGzip(request.headers['accept-encoding'])) return payload;
    void reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return compress(payload, { level: LEVEL });
  });
}

/** Whether an `Accept-Encoding` names gzip, or anything, and does not rule it out: RFC 9110, section 12.5.3. */
export function takesGzip(header: string | string[] | undefined): boolean {
  const offers = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((offer) => {
      const [coding = '', ...parameters] = offer.split(';').map((part) => part.trim());
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
      return { coding, taken: weight === undefined || Number(weight) > 0 };
    });
  const named = offers.find(({ coding }) => coding === 'gzip' || coding === 'x-gzip');
  return (named ?? offers.find(({ coding }) => coding === '*'))?.taken ?? false;
}

function joined(header: number | string | string[] | undefined, name: string): string {
  const names = String(header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  return names.some((one) => one.toLowerCase() === name) ? names.join(', ') : [...names, name].join(', ');
}
