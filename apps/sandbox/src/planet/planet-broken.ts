import type { FastifyReply } from 'fastify';

/** What can stand between somebody and zsxq; names of the fault `planetBroken`. */
export const BROKEN = [
  'html',
  'empty',
  'accepted',
  'noContent',
  'redirect',
  'truncated',
  'wrongType',
  'garbage',
  'badGateway',
  'misdirected',
  'silence',
] as const;
type Broken = (typeof BROKEN)[number];

const HTML = '<html><head><title>正在维护</title></head><body>稍后再来</body></html>';
const GARBAGE_SIZE = 100_000;

/** Answers something that is no answer of zsxq's. @param right what zsxq would have said */
export function answerBroken(kind: Broken, right: string, reply: FastifyReply): FastifyReply {
  switch (kind) {
    case 'html':
      return reply.type('text/html; charset=utf-8').send(HTML);
    case 'badGateway':
      return reply.status(502).type('text/html; charset=utf-8').send(HTML);
    case 'misdirected':
      return reply.status(421).type('text/plain').send('Misdirected Request');
    case 'empty':
      return reply.send('');
    case 'accepted':
      return reply.status(202).send('');
    case 'noContent':
      return reply.status(204).send();
    case 'redirect':
      return reply.status(302).header('location', 'https://wx.zsxq.com/login').send('');
    case 'truncated':
      return reply.send(right.slice(0, right.length / 2));
    case 'wrongType':
      return reply.type('text/plain; charset=utf-8').send('ok');
    case 'garbage':
      return reply.send('\u0000'.repeat(GARBAGE_SIZE));
    case 'silence':
      // Its caller's patience ends it.
      return reply.hijack();
  }
}
