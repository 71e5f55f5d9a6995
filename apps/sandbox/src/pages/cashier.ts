import { verify } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { fen, localTime, yuanText } from '@yajin/core';
import { toString as qrCode } from 'qrcode';
import { readToken } from '../tokens.js';
import type { Trade } from '../money/rows.js';
import { findTrade, payTrade, PaymentRefused, seeTrade, tradeState } from '../money/trade.js';
import type { World } from '../world.js';
import { Html, html, page } from './html.js';

type Query = Record<string, string | undefined>;
type Path = { outTradeNo: string };

/** Where a person clicks "pay": by trade number, by the code of a Native payment, by a prepay id of JSAPI or H5. */
export function cashierRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: Query }>('/cashier', (request, reply) => {
    const token = readToken(world, 'code_url', request.query['code_url'] ?? '');
    return token ? show(world, reply, token.payload, request.query) : missing(reply, '二维码无效或已过期');
  });

  app.get<{ Querystring: Query }>('/cashier/h5', (request, reply) => {
    const token = readToken(world, 'prepay', request.query['prepay_id'] ?? '');
    return token
      ? show(world, reply, token.payload, request.query)
      : missing(reply, '支付链接已过期，请返回重新发起');
  });

  app.get<{ Querystring: Query }>('/cashier/jsapi', (request, reply) => {
    const prepayId = request.query['prepay_id'] ?? request.query['package']?.replace(/^prepay_id=/, '') ?? '';
    const token = readToken(world, 'prepay', prepayId);
    if (!token) return missing(reply, 'prepay_id 无效或已过期');
    if (!paySignHolds(world, request.query)) return missing(reply, '支付验证签名失败');
    return show(world, reply, token.payload, request.query);
  });

  // A code that a wallet scans here is an address of ours.
  for (const path of ['/cashier/alipay', '/cashier/shouqianba']) {
    app.get<{ Querystring: Query }>(path, (request, reply) => {
      const code = `${world.url}${path}?code=${request.query['code'] ?? ''}`;
      const token = readToken(world, 'code_url', code);
      return token ? show(world, reply, token.payload, request.query) : missing(reply, '二维码无效或已过期');
    });
  }

  app.get<{ Params: Path; Querystring: Query }>('/cashier/:outTradeNo', (request, reply) =>
    show(world, reply, request.params.outTradeNo, request.query),
  );

  app.post<{ Params: Path; Body: Query | undefined }>('/cashier/:outTradeNo/pay', async (request, reply) => {
    const { outTradeNo } = request.params;
    const { openid, redirect_url: target } = request.body ?? {};
    try {
      payTrade(world, outTradeNo, openid || undefined);
    } catch (error) {
      if (!(error instanceof PaymentRefused)) throw error;
      return missing(reply.code(error.status), error.message);
    }
    const back = webAddress(target) ?? webAddress(findTrade(world, outTradeNo)?.return_url ?? undefined);
    return reply.redirect(back ?? `/cashier/${encodeURIComponent(outTradeNo)}`, 303);
  });
}

/** Checks what a page would hand to WeixinJSBridge, when the link carries it. */
function paySignHolds(world: World, query: Query): boolean {
  const { appId, timeStamp, nonceStr, package: prepay, signType, paySign } = query;
  if (paySign === undefined) return true;
  if (appId !== world.identity.appId || signType !== 'RSA') return false;
  const message = Buffer.from(`${appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`);
  return verify('sha256', message, world.keys.merchant, Buffer.from(paySign, 'base64'));
}

function webAddress(text: string | undefined): string | null {
  return text && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;
}

function missing(reply: FastifyReply, message: string): FastifyReply {
  if (reply.statusCode === 200) reply.code(404);
  const body = html`<div class="card center">
    <p class="mark" aria-hidden="true">🧾</p>
    <h1>${message}</h1>
    <p class="soft"><a href="/">返回沙箱首页</a></p>
  </div>`;
  return reply.type('text/html; charset=utf-8').send(page('微信支付（沙箱）', body));
}

async function show(
  world: World,
  reply: FastifyReply,
  outTradeNo: string,
  query: Query,
): Promise<FastifyReply> {
  const trade = findTrade(world, outTradeNo);
  if (!trade) return missing(reply, '没有这笔订单');
  if (!trade.seen) seeTrade(world, outTradeNo);
  const { title } = world.channel(trade.channel);
  const address = `${world.url}/cashier/${encodeURIComponent(trade.out_trade_no)}`;
  const svg = trade.state === 'NOTPAY' ? await qrCode(address, { type: 'svg', margin: 0 }) : '';
  const body = html`<p class="soft center">${title} · 沙箱收银台</p>
    <section class="card center">
      <p>${merchantOf(world, trade)}</p>
      <p class="sum"><small>¥</small>${yuanText(fen(trade.amount_fen))}</p>
      ${status(world, trade)}
    </section>
    ${action(trade, webAddress(query['redirect_url'] ?? trade.return_url ?? undefined))}
    <section class="card">${facts(trade)}</section>
    ${
      svg
        ? html`<details class="card center">
            <summary>用手机打开</summary>
            <p class="qr">${new Html(svg)}</p>
          </details>`
        : null
    }`;
  return reply.type('text/html; charset=utf-8').send(page(`支付 ${trade.description}`, body));
}

function merchantOf({ identity, others }: World, trade: Trade): string {
  switch (trade.channel) {
    case 'wechat-v3':
    case 'wechat-v2':
      return `押金收款（商户 ${identity.mchId}）`;
    case 'alipay':
      return `商户 ${others.alipay.sellerId}`;
    case 'shouqianba':
      return `商户 ${others.shouqianba.merchantNo}`;
    case 'bank-card':
      return `商户 ${others.bankCard.merchant}`;
  }
}

function status(world: World, trade: Trade): Html {
  switch (tradeState(world, trade)) {
    case 'SUCCESS':
      return html`<span class="badge good">支付成功</span>`;
    case 'REFUND':
      return html`<span class="badge wait">已支付，发生过退款</span>`;
    case 'CLOSED':
      return html`<span class="badge bad">订单已关闭</span>`;
    case 'NOTPAY':
      return html`<span class="badge">等待支付</span>`;
  }
}

function action(trade: Trade, redirect: string | null): Html {
  if (trade.state !== 'NOTPAY') {
    return redirect ? html`<a class="button big" href="${redirect}">返回商家</a>` : html``;
  }
  return html`<form method="post" action="/cashier/${encodeURIComponent(trade.out_trade_no)}/pay">
    <input type="hidden" name="redirect_url" value="${redirect}" />
    ${
      trade.payer
        ? null
        : html`<details class="card">
            <summary>换个人付款</summary>
            <label>openid <input name="openid" maxlength="128" placeholder="留空则由沙箱自动生成" /></label>
          </details>`
    }
    <button class="big">支付 ¥${yuanText(fen(trade.amount_fen))}</button>
  </form>`;
}

function facts(trade: Trade): Html {
  const time = (at: number) => localTime(new Date(at)).replace('T', ' ');
  return html`<dl>
    <dt>商品</dt>
    <dd>${trade.description}</dd>
    <dt>订单号</dt>
    <dd><code>${trade.out_trade_no}</code></dd>
    ${
      trade.transaction_id
        ? html`<dt>交易单号</dt>
            <dd><code>${trade.transaction_id}</code></dd>`
        : null
    }
    <dt>下单时间</dt>
    <dd>${time(trade.created_at)}</dd>
    ${
      trade.time_expire
        ? html`<dt>支付截止</dt>
            <dd>${time(trade.time_expire)}</dd>`
        : null
    }
    ${
      trade.paid_at
        ? html`<dt>支付时间</dt>
            <dd>${time(trade.paid_at)}</dd>`
        : null
    }
  </dl>`;
}
