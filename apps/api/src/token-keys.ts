import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { JwtSecretRequestType, type JwtModuleOptions } from '@nestjs/jwt';

/**
 * What tokens are signed with: `JWT_SECRET`. Those that the key before it has signed hold as long as that one is named beside it. As keys:
 * of a text jsonwebtoken first finds out that it is no public key, on every request.
 */
export function tokenKeys(
  secret: string,
  previousSecret: string | null,
): Pick<JwtModuleOptions, 'secret' | 'secretOrKeyProvider'> {
  const current = createSecretKey(secret, 'utf8');
  if (previousSecret === null) return { secret: current };
  const previous = createSecretKey(previousSecret, 'utf8');
  return {
    secretOrKeyProvider: (request, token) =>
      request === JwtSecretRequestType.VERIFY && typeof token === 'string' && isSignedWith(previous, token)
        ? previous
        : current,
  };
}

/** HS256 (RFC 7518, 3.2) over all but the last part. Whether a token holds is decided by whoever verifies it with the key. */
function isSignedWith(key: KeyObject, token: string): boolean {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  const own = createHmac('sha256', key)
    .update(token.slice(0, Math.max(end, 0)))
    .digest();
  return signature.length === own.length && timingSafeEqual(signature, own);
}
