import type { Wire } from './wire.js';

/** What a gateway's address can say that is no answer of the gateway's: of a proxy, a captive portal, a machine in trouble. */
export interface BadAnswer {
  name: string;
  status: number;
  contentType: string;
  /** Out of what would have been the right answer. */
  body: (right: Buffer) => Buffer;
}

const PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

export const BAD_ANSWERS: BadAnswer[] = [
  { name: 'HTML', status: 200, contentType: 'text/html', body: () => Buffer.from(PAGE) },
  { name: 'a page of an error', status: 502, contentType: 'text/html', body: () => Buffer.from(PAGE) },
  { name: 'nothing', status: 200, contentType: 'application/json', body: () => Buffer.alloc(0) },
  { name: '202 and the right answer', status: 202, contentType: 'application/json', body: (right) => right },
  { name: '204', status: 204, contentType: '', body: () => Buffer.alloc(0) },
  { name: '302', status: 302, contentType: 'text/html', body: () => Buffer.from(PAGE) },
  {
    name: 'the right answer cut short',
    status: 200,
    contentType: 'application/json',
    body: (right) => right.subarray(0, Math.floor(right.length * 0.7)),
  },
  {
    name: 'an image',
    status: 200,
    contentType: 'image/png',
    body: () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  },
  {
    name: 'JSON of somebody else',
    status: 200,
    contentType: 'application/json',
    body: () => Buffer.from('{}'),
  },
  { name: 'a list', status: 200, contentType: 'application/json', body: () => Buffer.from('[null]') },
  {
    name: '100 kB of garbage',
    status: 200,
    contentType: 'application/octet-stream',
    body: () => Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256)),
  },
];

/** From now on the wire passes every request on, and says this instead of what came back. */
export function spoil(wire: Wire, { status, contentType, body }: BadAnswer): void {
  const pass = wire.pass.bind(wire);
  wire.answer = async (asked) => {
    const right = await pass(asked);
    return { status, contentType, body: body(right.body) };
  };
}

/** From now on the wire passes every request on, and says nothing. */
export function silence(wire: Wire): void {
  const pass = wire.pass.bind(wire);
  wire.answer = async (asked) => {
    await pass(asked);
    return new Promise(() => undefined);
  };
}
