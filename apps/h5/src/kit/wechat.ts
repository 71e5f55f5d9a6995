import type { Camp } from '@yajin/web';

type BridgeAnswer = { err_msg?: string };

/** What WeChat's browser offers its pages: https://pay.weixin.qq.com/doc/v3/merchant/4012791857 */
interface Bridge {
  invoke: (
    name: 'getBrandWCPayRequest',
    params: Camp.JsapiPayParams,
    done: (answer: BridgeAnswer) => void,
  ) => void;
}

declare global {
  interface Window {
    WeixinJSBridge?: Bridge;
  }
}

export const inWechat = /MicroMessenger/i.test(navigator.userAgent);
const onPhone = /Android|iPhone|iPod|Mobile/i.test(navigator.userAgent);

/** How this browser can pay. */
export const scene: Camp.PayScene = inWechat ? 'jsapi' : onPhone ? 'h5' : 'native';

const BRIDGE_MS = 8000;

function bridge(): Promise<Bridge | null> {
  if (window.WeixinJSBridge) return Promise.resolve(window.WeixinJSBridge);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), BRIDGE_MS);
    document.addEventListener(
      'WeixinJSBridgeReady',
      () => {
        clearTimeout(timer);
        resolve(window.WeixinJSBridge ?? null);
      },
      { once: true },
    );
  });
}

/** What WeChat's sheet was closed with. Not even `done` proves a payment: the server must say so. */
export type SheetAnswer = 'done' | 'cancelled' | 'failed' | 'missing';

export async function openPaySheet(params: Camp.JsapiPayParams): Promise<SheetAnswer> {
  const found = await bridge();
  if (!found) return 'missing';
  return new Promise((resolve) => {
    found.invoke('getBrandWCPayRequest', params, ({ err_msg: said = '' }) => {
      if (said.endsWith(':ok')) resolve('done');
      else resolve(said.endsWith(':cancel') ? 'cancelled' : 'failed');
    });
  });
}
