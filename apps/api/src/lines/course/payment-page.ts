import { toDataURL } from 'qrcode';
import { METHODS, type Device } from './course.options.js';
import type { PaymentPage } from './payment.service.js';

/** WeChat's own browser cannot open WeChat's page for phones; what it can do is show the code. */
export function deviceOf(userAgent: string): Device {
  return /Mobile|Android|iPhone/i.test(userAgent) && !/MicroMessenger/i.test(userAgent)
    ? 'phone'
    : 'computer';
}

/** Sends the browser on to the gateway's page, or shows the code that its app scans. */
export async function paymentPage({
  method,
  description,
  amount,
  h5Url,
  qrcodeUrl,
}: PaymentPage): Promise<string> {
  const { name } = METHODS[method];
  const forward = h5Url === null ? '' : `<meta http-equiv="refresh" content="0;url=${escapeHtml(h5Url)}">`;
  const way =
    h5Url === null
      ? `<p>请用${name}扫码支付</p><img alt="支付二维码" width="240" height="240" src="${await codeOf(method, qrcodeUrl)}">`
      : `<p><a href="${escapeHtml(h5Url)}">前往${name}</a></p>`;
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>支付 ${escapeHtml(description)}</title>${forward}
<style>body{font:16px/1.6 system-ui,sans-serif;text-align:center;padding:10vh 16px;margin:0}h1{font-size:20px}b{font-size:32px}</style></head>
<body><h1>${escapeHtml(description)}</h1><p><b>¥${amount}</b></p>${way}</body>
</html>
`;
}

async function codeOf(method: string, qrcodeUrl: string | null): Promise<string> {
  if (qrcodeUrl === null) throw new Error(`${method} gave neither a page nor a code`);
  return toDataURL(qrcodeUrl, { margin: 2, width: 240 });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
