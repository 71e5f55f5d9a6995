import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const YEAR_SECONDS = 31_536_000;

/**
 * What a page of ours may load and talk to: itself. Styles are made in the browser by the component library; posters may
 * come from anywhere, as operators say.
 */
const policy = (framedBy: 'none' | 'self'): string =>
  [
    `default-src 'self'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob: https: http:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors '${framedBy}'`,
    `form-action 'self'`,
  ].join('; ');

/** Shown by the console in a frame: it holds nothing that could be pressed (`apps/h5/src/pages/preview.tsx`). */
const PREVIEW = '/h5/preview';

/** Nothing of a phone or a computer that our pages ever ask for. Scanning a code is the camera app's. */
const PERMISSIONS = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'bluetooth',
  'midi',
  'display-capture',
]
  .map((name) => `${name}=()`)
  .join(', ');

/** The headers of every answer, and those of every page, whichever route it comes by. @param https what visitors use */
export async function guardAnswers(app: NestFastifyApplication, https: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Over plain http browsers ignore it; said there, it would only mislead.
    strictTransportSecurity: https ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply, payload) => {
      if (!String(reply.getHeader('content-type') ?? '').startsWith('text/html')) return payload;
      void reply.header('permissions-policy', PERMISSIONS);
      const framed = request.url.split('?')[0] === PREVIEW;
      if (framed) void reply.header('x-frame-options', 'SAMEORIGIN');
      if (!reply.hasHeader('content-security-policy'))
        void reply.header('content-security-policy', policy(framed ? 'self' : 'none'));
      return payload;
    });
}
