import { rfc3339 } from '../clock.js';
import { certificateValidity } from '../identity.js';
import type { World } from '../world.js';
import { PayError } from './pay-error.js';
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
        // Merchants of today are given the public key only.
        if (world.preferences.certificates === 'none')
          throw new PayError(
            404,
            'RESOURCE_NOT_EXISTS',
            '无可用的平台证书,请在商户平台-API安全申请使用微信支付公钥',
          );
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
