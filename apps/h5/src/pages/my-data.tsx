import { isolated } from '@yajin/core';
import type { Camp } from '@yajin/web';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { money, useSubmit, yearMonthDayTime } from '@yajin/ui';
import { clientWith, useOrderQuery } from '../kit/api.js';
import { dropOrders, useOrders, type KnownOrder } from '../kit/orders.js';
import { Card, Facts, LinkButton, Page, Result } from '../kit/page.js';
import { Recover } from '../kit/recover.js';
import { Shown } from '../kit/states.js';
import { NoticeLink } from './consent.js';
import { Refusal } from './told.js';

export default function MyData(): ReactNode {
  const { orderNo = '' } = useParams();
  const order = useOrders()[orderNo];
  const [done, setDone] = useState<Camp.ErasedOrder[] | null>(null);
  return (
    <Page title="我的个人信息" back="/mine">
      {done ? (
        <Erased orders={done} />
      ) : order ? (
        <Known order={order} onErased={setDone} />
      ) : (
        <Recover why="看自己的个人信息，需要先确认是你。" />
      )}
      <NoticeLink />
    </Page>
  );
}

function Known({
  order,
  onErased,
}: {
  order: KnownOrder;
  onErased: (orders: Camp.ErasedOrder[]) => void;
}): ReactNode {
  const query = useOrderQuery(order, 'getMyData', {});
  return (
    <Shown query={query}>
      {(data) => (
        <>
          <Held title="我们保存的信息" held={data} />
          {data.others.map((held) => (
            <Held key={held.orderNo} title={`同一微信付款：${isolated(held.campName)}`} held={held} />
          ))}
          <Download data={data} />
          <Erase order={order} others={data.others.length} onErased={onErased} />
          {!data.signedIn && <Recover why="一个微信付过几个报名？登录后可以一起查看、下载和删除。" />}
        </>
      )}
    </Shown>
  );
}

function Held({ title, held }: { title: string; held: Camp.HeldOrder }): ReactNode {
  return (
    <Card title={title}>
      <Facts
        facts={[
          ['训练营', held.campName],
          ['订单号', held.orderNo],
          ['押金', money(held.amount)],
          ['付款时间', held.payTime === null ? '未付款' : yearMonthDayTime(held.payTime)],
          ['星球 ID', held.planetUserId ?? '无'],
          ['星球昵称', held.matchedNickname ?? held.planetNickname ?? '无'],
          ['微信昵称', held.wechatNickname ?? '无'],
          ['付款的微信', held.openid ?? (held.payTime === null ? '无' : '微信登录后可见')],
          ['退款', `${held.refunds.length} 笔`],
          ['打卡内容', checkinsOf(held)],
          [
            '同意过的说明',
            held.consents.map(({ version, time }) => `${version} 版，${yearMonthDayTime(time)}`).join('；') ||
              '无',
          ],
        ]}
      />
    </Card>
  );
}

/** Whoever only typed a planet id may have typed another's. */
const checkinsOf = ({ checkins, checkinsWithheld }: Camp.HeldOrder): string =>
  checkinsWithheld === 0
    ? `${checkins.length} 条`
    : `${checkinsWithheld} 条，不显示：星球 ID 只是填写的，还没有验证是本人`;

function Download({ data }: { data: Camp.MyData }): ReactNode {
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(data, null, 2))}`;
  return (
    <a className="button plain" href={file} download={`${data.orderNo}.json`}>
      下载全部内容
    </a>
  );
}

type Scope = 'order' | 'person';

/** Twice asked, as it cannot be undone. */
function Erase({
  order,
  others,
  onErased,
}: {
  order: KnownOrder;
  others: number;
  onErased: (orders: Camp.ErasedOrder[]) => void;
}): ReactNode {
  return (
    <Card title="删除个人信息，撤回同意">
      <p>
        昵称、星球
        ID、微信标识与打卡内容会被删除，账簿只保留金额与编号；这也就是撤回你的同意。须等款项全部完成（退款到账、或训练营已结算押金）。删除后不能恢复，也不能再查看打卡进度。星球
        ID 只是填写、没有验证过的，只解除关联，打卡内容到保存期满再清除。
      </p>
      <EraseButton order={order} scope="order" words="删除我的个人信息" onErased={onErased} />
      {others > 0 && (
        <EraseButton
          order={order}
          scope="person"
          words={`连同其他 ${others} 个报名一起删除`}
          onErased={onErased}
        />
      )}
    </Card>
  );
}

function EraseButton({
  order,
  scope,
  words,
  onErased,
}: {
  order: KnownOrder;
  scope: Scope;
  words: string;
  onErased: (orders: Camp.ErasedOrder[]) => void;
}): ReactNode {
  const [sure, setSure] = useState(false);
  const {
    isPending,
    error: failure,
    onSubmit,
  } = useSubmit(async () => {
    if (!sure) {
      setSure(true);
      return;
    }
    const { orders } = await clientWith(order.ticket).call('eraseMyData', { query: { scope } });
    onErased(orders);
    dropOrders(orders.flatMap(({ orderNo, erased }) => (erased ? orderNo : [])));
  });
  return (
    <form onSubmit={onSubmit}>
      {failure && <Refusal error={failure} />}
      <button className="button plain" type="submit" disabled={isPending}>
        {sure ? '确认删除，不能恢复' : words}
      </button>
    </form>
  );
}

/** What went, and what stays for now and why. */
function Erased({ orders }: { orders: Camp.ErasedOrder[] }): ReactNode {
  const kept = orders.filter(({ erased }) => !erased);
  const gone = orders.length - kept.length;
  return (
    <>
      <Result mood="calm" title={gone === 0 ? '还不能删除' : '个人信息已删除'}>
        {gone > 0 && <p>账簿里只留下金额与编号，谁也看不出是你。</p>}
      </Result>
      {kept.length > 0 && (
        <Card title="还保留着的报名">
          <ul className="stack">
            {kept.map(({ orderNo, campName, reason }) => (
              <li key={orderNo}>
                {isolated(campName)}：{reason}。
              </li>
            ))}
          </ul>
        </Card>
      )}
      <LinkButton to="/mine" plain>
        我的报名
      </LinkButton>
    </>
  );
}
