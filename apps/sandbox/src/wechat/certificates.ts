import { rfc3339 } from '../clock.js';
import { certificateValidity } from '../identity.js';
import type { World } from '../world.js';
import type { Route } from './server.js';
import { encrypt } from './signing.js';

/** The platform's certificates, encrypted: https://pay.weixin.qq.com/doc/v3/merchant/4012551764. */
export function certificateRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      url: '/v3/certificates',
      endpoint: null,
      handle: () => {
        const { serial, certificate } = world.identity.platform.certificate;
        const { from, until } = certificateValidity(certificate);
        const encrypted = encrypt(world.keys.apiV3, certificate, 'certificate');
        const entry = {
          serial_no: serial,
          effective_time: rfc3339(from),
          expire_time: rfc3339(until),
          encrypt_certificate: encrypted,
        };
        return { status: 200, body: { data: [entry] } };
      },
    },
  ];
}
