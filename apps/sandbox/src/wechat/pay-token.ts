import { compactTime } from '../clock.js';
import type { Trade } from '../money/rows.js';
import { issueToken, randomToken } from '../tokens.js';
import type { World } from '../world.js';

const HOUR_MS = 3_600_000;

/** What the payer's side is given. A prepay id and a code URL live two hours, an H5 URL five minutes. */
export function payToken(world: World, trade: Trade): Record<string, string> {
  const no = trade.out_trade_no;
  const prepayId = `wx${compactTime(world.clock.now())}${randomToken(9).replace(/[-_]/g, '0')}${'0'.repeat(8)}`;
  switch (trade.trade_type) {
    case 'JSAPI':
      return { prepay_id: issueToken(world, 'prepay', prepayId, no, 2 * HOUR_MS) };
    case 'NATIVE': {
      const code = `weixin://wxpay/bizpayurl?pr=${randomToken(6)}zz`;
      return { code_url: issueToken(world, 'code_url', code, no, 2 * HOUR_MS) };
    }
    case 'MWEB':
    case 'PAGE':
      issueToken(world, 'prepay', prepayId, no, HOUR_MS / 12);
      return { h5_url: `${world.url}/cashier/h5?prepay_id=${prepayId}&package=${randomToken(6)}` };
  }
}
