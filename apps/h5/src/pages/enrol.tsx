import { isolated, parseLocalTime } from '@yajin/core';
import type { Camp } from '@yajin/web';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { money, period } from '@yajin/ui';
import { useApiQuery } from '../kit/api.js';
import { useOrders, type KnownOrder } from '../kit/orders.js';
import { Card, LinkButton, Page, Result } from '../kit/page.js';
import { usePaymentStatus } from '../kit/payment-status.js';
import { useServerNow } from '../kit/settings.js';
import { Shown } from '../kit/states.js';
import { EnrolForm } from './enrol-form.js';
import { myOrder, orderPath } from './mine-of-camp.js';

export default function Enrol(): ReactNode {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const planetUserId = search.get('planetUserId') ?? '';
  const sig = search.get('sig') ?? '';
  const query = useApiQuery('getPublicCamp', { path: { id: Number(id) }, query: { planetUserId, sig } });
  return (
    <Page title="报名" back={`/camps/${id}`}>
      <Shown query={query}>{(camp) => <Ready camp={camp} sig={sig} />}</Shown>
    </Page>
  );
}

/** Whoever is a member already is led to their own progress; whoever has an order waiting, to pay that one. */
function Ready({ camp, sig }: { camp: Camp.PublicCampDetail; sig: string }): ReactNode {
  const orders = Object.values(useOrders()).filter(({ campId }) => campId === camp.id);
  const mine = myOrder(orders, camp.id);
  const [search] = useSearchParams();
  if (mine && search.get('for') !== 'another') return <Enrolled order={mine} />;
  if (camp.status !== 'enrolling') return <Closed camp={camp} />;
  const latest = orders.sort((a, b) => b.at - a.at).find(({ placed }) => placed);
  return (
    <>
      <Summary camp={camp} />
      {latest?.payStatus === 'pending' && <Waiting order={latest} />}
      <EnrolForm
        key={camp.prefillInfo?.planetUserId ?? ''}
        camp={camp}
        sig={sig}
        before={mine ? undefined : latest?.placed}
      />
    </>
  );
}

function Enrolled({ order }: { order: KnownOrder }): ReactNode {
  const [search] = useSearchParams();
  const another = new URLSearchParams([...search, ['for', 'another']]);
  return (
    <>
      <Result mood="good" title="你已经报名了">
        <p>{order.campName}</p>
      </Result>
      <div className="stack">
        <LinkButton to={orderPath(order)}>
          {order.memberId === null ? '继续完成报名' : '查看我的打卡进度'}
        </LinkButton>
        <LinkButton to="/" plain>
          看看其他训练营
        </LinkButton>
        <p className="soft center">
          帮别人报名？
          <Link className="text-button" to={`/enroll/${order.campId}?${another}`} replace>
            用另一个星球账号
          </Link>
        </p>
      </div>
    </>
  );
}

function Summary({ camp }: { camp: Camp.PublicCampDetail }): ReactNode {
  return (
    <Card>
      <h2 className="big">{camp.name}</h2>
      <p className="soft">
        {period(camp.startDate, camp.endDate)} · 打卡满 {camp.requiredDays} 天，{money(camp.deposit)} 原路退回
      </p>
    </Card>
  );
}

/** An order placed here before, that can still be paid, or has been paid without this browser hearing of it. */
function Waiting({ order }: { order: KnownOrder }): ReactNode {
  usePaymentStatus(order.orderNo, order.ticket);
  const now = useServerNow();
  const { placed } = order;
  if (!placed || now === null || parseLocalTime(placed.expireTime).getTime() <= now) return null;
  return (
    <p className="note">
      你有一个还没付款的报名（{isolated(placed.planetNickname)}）。
      <Link className="text-button" to={`/pay/${order.orderNo}`}>
        继续支付
      </Link>
    </p>
  );
}

function Closed({ camp }: { camp: Camp.PublicCampDetail }): ReactNode {
  return (
    <>
      <Result mood="calm" title={camp.status === 'ongoing' ? '训练营已经开始了' : '训练营已经结束了'}>
        <p>{isolated(camp.name)}的报名已经截止。下一期开放时欢迎再来。</p>
      </Result>
      <div className="stack">
        <LinkButton to="/">看看正在报名的训练营</LinkButton>
        <LinkButton to="/mine" plain>
          我已经报过名
        </LinkButton>
      </div>
    </>
  );
}
