import type { FastifyInstance } from 'fastify';
import { fen, localTime, yuanText } from '@yajin/core';
import { refundViews } from '../money/refund.js';
import type { Trade } from '../money/rows.js';
import { tradeState } from '../money/trade.js';
import type { World } from '../world.js';
import { html, page, type Html } from './html.js';

const ROWS = 50;

const BADGES: Record<string, [string, string]> = {
  NOTPAY: ['', '待支付'],
  SUCCESS: ['good', '成功'],
  REFUND: ['wait', '已转退款'],
  CLOSED: ['bad', '已关闭'],
  PROCESSING: ['wait', '处理中'],
  ABNORMAL: ['bad', '异常'],
  accepted: ['good', '已接收'],
  pending: ['wait', '待发送'],
  held: ['wait', '等待重排'],
  dropped: ['bad', '已丢弃'],
  abandoned: ['bad', '已放弃'],
};

/** What the gateway believes, at a glance. */
export function homeRoute(app: FastifyInstance, world: World): void {
  app.get('/', (_request, reply) => {
    const body = html`<h1>沙箱：支付渠道、公众号与知识星球</h1>
      <p class="soft">
        沙箱时间 ${clockText(world)} · 通知重发节奏 ${world.preferences.notifySchedule} · 星球登录
        ${world.preferences.planetCookieState}
      </p>
      ${faults(world)}
      <h2>支付订单</h2>
      ${trades(world)}
      <h2>退款</h2>
      ${refunds(world)}
      <h2>通知</h2>
      ${deliveries(world)}`;
    return reply.type('text/html; charset=utf-8').send(page('押金沙箱', body, true));
  });
}

function badge(state: string): Html {
  const [look, text] = BADGES[state] ?? ['', state];
  return html`<span class="badge ${look}">${text}</span>`;
}

function table(headings: string[], rows: Html[]): Html {
  if (rows.length === 0) return html`<p class="card soft">还没有记录。</p>`;
  const head = headings.map((heading) => html`<th scope="col">${heading}</th>`);
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function clockText(world: World): string {
  const moved = world.clock.offsetMs === 0 ? '' : '（已拨动）';
  return localTime(world.clock.now()).replace('T', ' ') + moved;
}

function faults(world: World): Html {
  const { active, known } = world.faults.list();
  const rows = Object.entries(active).map(
    ([name, fault]) =>
      html`<tr>
        <td><code>${name}</code></td>
        <td>${JSON.stringify(fault)}</td>
        <td>${known[name] ?? ''}</td>
      </tr>`,
  );
  return rows.length === 0
    ? html``
    : html`<h2>生效中的故障</h2>
        ${table(['名称', '设置', '效果'], rows)}`;
}

function trades(world: World): Html {
  const list = world.store.all<Trade>('SELECT * FROM trade ORDER BY rowid DESC LIMIT ?', ROWS);
  const rows = list.map((trade) => {
    const path = `/cashier/${encodeURIComponent(trade.out_trade_no)}`;
    const pay = html`<form method="post" action="${path}/pay"><button>支付</button></form>`;
    return html`<tr>
      <td>${badge(tradeState(world, trade))}</td>
      <td class="number">¥${yuanText(fen(trade.amount_fen))}</td>
      <td>${trade.description}</td>
      <td>${world.channel(trade.channel).title} ${trade.trade_type}</td>
      <td>
        <a href="${path}"><code>${trade.out_trade_no}</code></a>
      </td>
      <td>${trade.state === 'NOTPAY' ? pay : ''}</td>
    </tr>`;
  });
  return table(['状态', '金额', '商品', '方式', '订单号', ''], rows);
}

function refunds(world: World): Html {
  const rows = refundViews(world, ROWS).map(
    (refund) =>
      html`<tr>
        <td><code>${refund.outRefundNo}</code></td>
        <td><code>${refund.outTradeNo}</code></td>
        <td class="number">¥${yuanText(fen(refund.amountFen))}</td>
        <td>${badge(refund.state)}</td>
        <td class="number">${refund.requests}</td>
      </tr>`,
  );
  return table(['退款单号', '订单号', '金额', '状态', '请求次数'], rows);
}

function deliveries(world: World): Html {
  const sql = `SELECT event_type, coalesce(out_refund_no, out_trade_no) AS ref, state, attempts, last_result
    FROM delivery ORDER BY id DESC LIMIT ?`;
  type Row = { event_type: string; ref: string; state: string; attempts: number; last_result: string | null };
  const rows = world.store.all<Row>(sql, ROWS).map(
    (row) =>
      html`<tr>
        <td>${row.event_type}</td>
        <td><code>${row.ref}</code></td>
        <td>${badge(row.state)}</td>
        <td class="number">${row.attempts}</td>
        <td>${row.last_result}</td>
      </tr>`,
  );
  return table(['事件', '单号', '状态', '次数', '最近应答'], rows);
}
