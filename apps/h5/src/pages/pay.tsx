import { isolated, parseLocalTime } from '@yajin/core';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { countdown, money } from '@yajin/ui';
import { useOrders, type KnownOrder } from '../kit/orders.js';
import { Card, Facts, LinkButton, Page, Result } from '../kit/page.js';
import { usePaymentStatus } from '../kit/payment-status.js';
import { Recover } from '../kit/recover.js';
import { useServerNow } from '../kit/settings.js';
import { NoticeLink } from './consent.js';
import { Expired } from './expired.js';
import { myOrder } from './mine-of-camp.js';
import { PayWay } from './pay-ways.js';
import { TroubleNote } from './trouble-note.js';

type Placed = NonNullable<KnownOrder['placed']>;

export default function Pay(): ReactNode {
  const { orderNo = '' } = useParams();
  const order = useOrders()[orderNo];
  const back = order ? `/enroll/${order.campId}${linkOf(order.placed)}` : '/';
  return (
    <Page title="支付押金" back={back}>
      {order?.placed ? (
        <Waiting order={order} placed={order.placed} />
      ) : order ? (
        <Navigate to={`/orders/${orderNo}`} replace />
      ) : (
        <>
          <Recover why="这台设备上没有这个订单的记录。" />
          <p className="soft center">还没付款的订单不用找回，重新报名就可以。</p>
          <LinkButton to="/" plain>
            看看训练营
          </LinkButton>
        </>
      )}
    </Page>
  );
}

/** The query of the link by which the order's payer came. */
function linkOf(placed: Placed | undefined): string {
  if (!placed?.sig) return '';
  return `?${new URLSearchParams({ planetUserId: placed.planetUserId, sig: placed.sig })}`;
}

function Waiting({ order, placed }: { order: KnownOrder; placed: Placed }): ReactNode {
  const { status, trouble } = usePaymentStatus(order.orderNo, order.ticket);
  const now = useServerNow();
  const mine = myOrder(Object.values(useOrders()), order.campId);
  if (trouble?.kind === 'locked') return <Recover why="为了保护你的信息，隔一段时间需要重新确认身份。" />;
  if (order.payStatus === 'closed')
    return <Expired enrol={`/enroll/${order.campId}${linkOf(placed)}`} campName={order.campName} />;
  if (order.payStatus !== 'pending') return <Navigate to={`/orders/${order.orderNo}`} replace />;
  // Paid already, perhaps in another tab: this one must not be.
  if (mine?.placed?.planetUserId === placed.planetUserId)
    return <Navigate to={`/orders/${mine.orderNo}`} replace />;
  const left = now === null ? null : (parseLocalTime(placed.expireTime).getTime() - now) / 1000;
  return (
    <>
      <section className="amount">
        <p>押金</p>
        <p className="sum">{money(placed.amount)}</p>
        <Countdown left={left} />
      </section>
      {mine && <Twice mine={mine} />}
      {trouble && <TroubleNote trouble={trouble} heardAt={status ? null : order.heardAt} />}
      <PayArea order={order} placed={placed} over={left !== null && left <= 0} />
      <Card>
        <Facts
          facts={[
            ['训练营', order.campName],
            ['星球昵称', placed.planetNickname],
            ['星球 ID', placed.planetUserId],
          ]}
        />
        <p className="hint">
          信息填错了？
          <Link className="text-button" to={`/enroll/${order.campId}${linkOf(placed)}`}>
            返回修改
          </Link>
        </p>
      </Card>
      <NoticeLink />
    </>
  );
}

function Countdown({ left }: { left: number | null }): ReactNode {
  if (left === null) return <p className="soft">请在 30 分钟内完成支付</p>;
  if (left <= 0) return <p className="soft">支付时间到了，正在核对结果…</p>;
  return (
    <p className="soft" role="timer">
      请在{' '}
      <span className="count" translate="no">
        {countdown(left)}
      </span>{' '}
      内完成支付
    </p>
  );
}

/** A WeChat login may bring to light that one is a member already, as somebody else in the planet. */
function Twice({ mine }: { mine: KnownOrder }): ReactNode {
  return (
    <p className="note">
      你已经报过「{isolated(mine.campName)}」了，一个人不用付两次。
      <Link className="text-button" to={`/orders/${mine.orderNo}`}>
        查看我的报名
      </Link>
    </p>
  );
}

/** What the payer says decides nothing; it only changes what is shown while the server finds out. */
type Said = 'nothing' | 'left' | 'paid';

function PayArea({ order, placed, over }: { order: KnownOrder; placed: Placed; over: boolean }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const [said, setSaid] = useState<Said>(search.has('asked') ? 'left' : 'nothing');
  switch (said) {
    case 'paid':
      return (
        <Result mood="wait" title="结果确认中">
          <p>正在等微信告诉我们结果，一般只要几秒。如果微信里已经扣款，请不要重复付款，页面会自己更新。</p>
          {!over && (
            <Button block fill="none" onClick={() => setSaid('nothing')}>
              还没有付，重新支付
            </Button>
          )}
        </Result>
      );
    case 'left':
      return (
        <Card title="支付完成了吗？">
          <div className="stack">
            <Button block color="primary" size="large" onClick={() => setSaid('paid')}>
              我已支付
            </Button>
            <Button block fill="outline" size="large" disabled={over} onClick={() => setSaid('nothing')}>
              重新支付
            </Button>
          </div>
        </Card>
      );
    case 'nothing':
      return over ? null : (
        <PayWay
          order={order}
          placed={placed}
          onLeft={() => {
            setSaid('left');
            // Whatever way leads back, one is asked.
            setSearch({ asked: '1' }, { replace: true });
          }}
          onPaid={() => setSaid('paid')}
        />
      );
  }
}
