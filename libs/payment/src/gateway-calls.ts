import { randomBytes } from 'node:crypto';
import type { CallFault, CallJudge } from '@yajin/server';
import { GatewayError, type Trade } from './gateway.js';

/**
 * Refusals of us, not of what we asked for: a wrong key, number or certificate. (A product that is not ours to use is what we asked for.)
 * - WeChat Pay v3: https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html (401 SIGN_ERROR)
 * - v2: https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1 (the list of errors)
 * - Alipay: https://opendocs.alipay.com/common/02km9f
 * - Shouqianba: https://github.com/WoSai/shouqianba-doc/blob/master/zh-cn/api/annex/resultCode.md
 */
const DENIALS: ReadonlySet<string> = new Set([
  ...['SIGN_ERROR', 'MCH_NOT_EXISTS', 'APPID_MCHID_NOT_MATCH'],
  ...['SIGNERROR', 'MCHID_NOT_EXIST', 'APPID_NOT_EXIST'],
  ...['isv.invalid-signature', 'isv.missing-signature', 'isv.invalid-app-id'],
  ...['ILLEGAL_SIGN', 'HTTP_401'],
]);
/** Who answered cannot be made sure of. */
const UNPROVEN: ReadonlySet<string> = new Set(['BAD_SIGNATURE', 'UNKNOWN_KEY', 'UNKNOWN_CERTIFICATE']);

/** How calls of a gateway end, by what its adapter throws. */
export const gatewayCalls: CallJudge<unknown> = {
  thrown(error) {
    if (error instanceof GatewayError) return faultOf(error);
    return { outcome: 'other', code: error instanceof Error ? error.name : 'Error', message: String(error) };
  },
};

function faultOf({ kind, code, message }: GatewayError): CallFault {
  if (DENIALS.has(code)) return { outcome: 'denied', code, message };
  switch (kind) {
    case 'refused':
    case 'insufficient':
    case 'paid':
      return { outcome: 'refused', code, message };
    case 'throttled':
      return { outcome: 'throttled', code, message };
    case 'unknown':
      return { outcome: unclear(code), code, message };
  }
}

function unclear(code: string): CallFault['outcome'] {
  if (code === 'TIMEOUT') return 'timeout';
  if (code === 'NETWORK') return 'network';
  if (UNPROVEN.has(code)) return 'signature';
  return code.startsWith('HTTP_') ? 'http' : 'unclear';
}

/** No number of ours begins so. */
export function impossibleNumber(): string {
  return `probe_${randomBytes(12).toString('hex')}`;
}

/**
 * How a signed query for a number that cannot exist has to end: the gateway does not know it, and says so provably. Anything else is
 * wrong, a refusal too: with our number, our key, theirs, the address, the network or the clock.
 */
export const probeCalls: CallJudge<Trade> = {
  thrown(error) {
    const fault = gatewayCalls.thrown(error);
    return fault.outcome === 'refused' ? { ...fault, outcome: 'denied' } : fault;
  },
  answered({ state }) {
    if (state === 'absent' || state === 'open') return null;
    return { outcome: 'unclear', code: 'PROBE_KNOWN', message: `a number that cannot exist is ${state}` };
  },
};
