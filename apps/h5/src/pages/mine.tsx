import { parseLocalTime } from '@yajin/core';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { monthDayTime, yearMonthDayTime } from '@yajin/ui';
import { newestFirst, useOrders, type KnownOrder } from '../kit/orders.js';
import { LinkButton, Page } from '../kit/page.js';
import { Recover } from '../kit/recover.js';
import { useRefundNews } from '../kit/payment-status.js';
import { useServerNow } from '../kit/settings.js';
import { Claim } from './claim.js';
import { orderPath } from './mine-of-camp.js';
import { RefundFacts } from './refund.js';
import { Told } from './told.js';

export default function Mine(): ReactNode {
  const now = useServerNow();
  const [search] = useSearchParams();
  const campId = Number(search.get('camp'));
  const orders = Object.values(useOrders())
    .filter((order) => worthShowing(order, now))
    .sort(newestFirst);
  useRefundNews(orders);
  return (
    <Page title="我的报名" back="/">
      {orders.length === 0 ? (
        <p className="empty">这台设备上还没有报名记录。</p>
      ) : (
        <ul className="camps">
          {orders.map((order) => (
            <OrderCard key={order.orderNo} order={order} />
          ))}
        </ul>
      )}
      <Recover why={orders.length === 0 ? '付过款却看不到？' : '换了手机，或者少了哪一个？'} />
      {Number.isSafeInteger(campId) && campId > 0 ? (
        <Claim campId={campId} />
      ) : (
        <p className="soft center">
          扫收款码付过款，登录后还是没有？请打开那个训练营的页面，点「扫收款码付过款」。
        </p>
      )}
      {orders.length > 0 && <Told className="soft center" text="对押金或打卡有疑问，请联系助教。" />}
      <div className="stack">
        <LinkButton to="/" plain>
          看看训练营
        </LinkButton>
      </div>
    </Page>
  );
}

/** An order that was never paid is of no use to anybody once its time is over. */
function worthShowing({ payStatus, placed }: KnownOrder, now: number | null): boolean {
  if (payStatus === 'closed') return false;
  if (payStatus !== 'pending' || !placed || now === null) return true;
  return parseLocalTime(placed.expireTime).getTime() > now;
}

function OrderCard({ order }: { order: KnownOrder }): ReactNode {
  return (
    <li className="card">
      <h2>{order.campName}</h2>
      <p className="soft">
        {order.payTime === null
          ? order.placed && `请在 ${monthDayTime(order.placed.expireTime)} 前付款`
          : `${yearMonthDayTime(order.payTime)} 付款`}
      </p>
      {order.refund && <RefundFacts refund={order.refund} />}
      <p className="camp-foot">
        <Link className="state" to={orderPath(order)}>
          {stateWords(order)}
        </Link>
        {order.payStatus === 'success' && order.memberId !== null && (
          <Link className="text-button" to={`/orders/${order.orderNo}`}>
            群二维码
          </Link>
        )}
        <Link className="text-button" to={`/my-data/${order.orderNo}`}>
          个人信息
        </Link>
      </p>
    </li>
  );
}

function stateWords({ payStatus, bindStatus, review }: KnownOrder): string {
  switch (payStatus) {
    case 'pending':
      return '待付款，去支付 ›';
    case 'closed':
      return '已关闭';
    case 'refunding':
      return '押金退回中 ›';
    case 'refunded':
      return '押金已退回 ›';
    case 'success':
      if (review) return '身份待核实 ›';
      if (bindStatus === 'completed') return '看打卡进度 ›';
      return bindStatus === 'pending' ? '已付款，去填写星球信息 ›' : '已付款，等待核对身份 ›';
  }
}
