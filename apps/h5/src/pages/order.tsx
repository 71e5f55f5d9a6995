import type { ReactNode } from 'react';
import { Navigate, useParams } from 'react-router';
import { monthDayTime } from '@yajin/ui';
import { useOrders, type KnownOrder } from '../kit/orders.js';
import { Card, LinkButton, Page, Result } from '../kit/page.js';
import { usePaymentStatus, type PaymentStatus } from '../kit/payment-status.js';
import { Recover } from '../kit/recover.js';
import { Loading } from '../kit/states.js';
import { Bind } from './bind.js';
import { Expired } from './expired.js';
import { Group } from './group.js';
import { RefundFacts } from './refund.js';
import { Told } from './told.js';
import { TroubleNote } from './trouble-note.js';

export default function OrderPage(): ReactNode {
  const { orderNo = '' } = useParams();
  const order = useOrders()[orderNo];
  const heard = usePaymentStatus(orderNo, order?.ticket ?? null);
  return (
    <Page title="报名结果" back="/mine">
      {!order ? (
        <Recover why="这台设备上没有这个订单的记录。" />
      ) : heard.trouble?.kind === 'locked' ? (
        <Recover why="为了保护你的信息，隔一段时间需要重新确认身份。" />
      ) : (
        <>
          {heard.trouble && <TroubleNote trouble={heard.trouble} heardAt={order.heardAt} />}
          <State order={order} heard={heard} />
        </>
      )}
    </Page>
  );
}

function State({ order, heard }: { order: KnownOrder; heard: PaymentStatus }): ReactNode {
  if (heard.status === null && heard.trouble === null) return <Loading />;
  switch (order.payStatus) {
    case 'pending':
      if (order.placed) return <Navigate to={`/pay/${order.orderNo}`} replace />;
      return (
        <Result mood="wait" title="结果确认中">
          <p>正在等微信告诉我们结果，页面会自己更新。</p>
        </Result>
      );
    case 'closed':
      return <Expired enrol={`/enroll/${order.campId}`} campName={order.campName} />;
    case 'refunding':
    case 'refunded':
      return <GivenBack order={order} />;
    case 'success':
      return <Paid order={order} deadline={heard.status?.bindDeadline ?? null} />;
  }
}

function Paid({ order, deadline }: { order: KnownOrder; deadline: string | null }): ReactNode {
  switch (order.bindStatus) {
    case 'completed':
      return <Group order={order} />;
    case 'pending':
      return <Bind order={order} deadline={deadline} />;
    case 'expired':
      return (
        <>
          <Result mood="wait" title="押金已收到，等待核对身份">
            <Told
              text={`${
                order.review === 'displaced' ? '你原先填写的星球 ID 已确认属于另一位会员，' : ''
              }自己填写星球信息的时间（7 天）已经过了。请联系助教，告诉他们付款时间${
                order.payTime === null ? '' : ` ${monthDayTime(order.payTime)}`
              }，由他们为你补上。押金不会丢。`}
            />
          </Result>
          <div className="stack">
            <LinkButton to="/mine" plain>
              我的报名
            </LinkButton>
          </div>
        </>
      );
  }
}

/** Money that came too late, or a second time for the same person, goes back by itself. */
function GivenBack({ order }: { order: KnownOrder }): ReactNode {
  const done = order.payStatus === 'refunded';
  return (
    <>
      <Result mood={done ? 'good' : 'wait'} title={done ? '押金已全额退回' : '押金正在全额退回'}>
        <p>
          {order.review === 'returned'
            ? '助教核实身份后，把这笔押金退还给你，它不再算作报名。'
            : '这笔付款到得晚了一点（订单已经关闭），或者这个星球账号之前已经报过名，所以没有算作报名。'}
          {done
            ? '钱已经原路退回你的微信。'
            : '钱会自动原路退回你的微信，一般几分钟，最晚 1–3 个工作日，不用做任何事。'}
        </p>
        {order.payTime !== null && <p className="soft">付款时间 {monthDayTime(order.payTime)}</p>}
      </Result>
      {order.refund && (
        <Card title="押金退款">
          <RefundFacts refund={order.refund} />
        </Card>
      )}
      <div className="stack">
        <LinkButton to={`/enroll/${order.campId}`}>重新报名</LinkButton>
        <LinkButton to="/mine" plain>
          我的报名
        </LinkButton>
      </div>
    </>
  );
}
