import type { Camp } from '@yajin/web';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { askWith } from '../kit/api.js';
import { money, yearTime } from '../kit/format.js';
import { useLook } from '../kit/look.js';
import { dropOrder, useOrders, type KnownOrder } from '../kit/orders.js';
import { Card, Facts, LinkButton, Page, Result } from '../kit/page.js';
import { Recover } from '../kit/recover.js';
import { kindly, Shown } from '../kit/states.js';
import { useSubmit } from '../kit/submit.js';
import { NoticeLink } from './consent.js';

export default function MyData(): ReactNode {
  const { orderNo = '' } = useParams();
  const order = useOrders()[orderNo];
  const [erased, setErased] = useState(false);
  return (
    <Page title="我的个人信息" back="/mine">
      {erased ? (
        <Result mood="calm" title="个人信息已删除">
          <p>账簿里只留下金额与编号，谁也看不出是你。</p>
          <LinkButton to="/mine" plain>
            我的报名
          </LinkButton>
        </Result>
      ) : order ? (
        <Known order={order} onErased={() => setErased(true)} />
      ) : (
        <Recover why="看自己的个人信息，需要先确认是你。" />
      )}
      <NoticeLink />
    </Page>
  );
}

function Known({ order, onErased }: { order: KnownOrder; onErased: () => void }): ReactNode {
  const look = useLook(`my-data.${order.orderNo}`, (signal) =>
    askWith(order.ticket, 'getMyData', {}, { signal }),
  );
  return (
    <Shown look={look}>
      {(data) => (
        <>
          <Held data={data} />
          <Erase order={order} onErased={onErased} />
        </>
      )}
    </Shown>
  );
}

function Held({ data }: { data: Camp.MyData }): ReactNode {
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(data, null, 2))}`;
  return (
    <Card title="我们保存的信息">
      <Facts
        facts={[
          ['训练营', data.campName],
          ['订单号', data.orderNo],
          ['押金', money(data.amount)],
          ['付款时间', data.payTime === null ? '未付款' : yearTime(data.payTime)],
          ['星球 ID', data.planetUserId ?? '无'],
          ['星球昵称', data.matchedNickname ?? data.planetNickname ?? '无'],
          ['微信昵称', data.wechatNickname ?? '无'],
          ['付款的微信', data.openid ?? '无'],
          ['退款', `${data.refunds.length} 笔`],
          ['打卡内容', `${data.checkins.length} 条`],
          [
            '同意的处理说明',
            data.consents.map(({ version, time }) => `${version} 版（${yearTime(time)}）`).join('、') || '无',
          ],
        ]}
      />
      <a className="button plain" href={file} download={`${data.orderNo}.json`}>
        下载全部内容
      </a>
    </Card>
  );
}

/** Twice asked, as it cannot be undone. */
function Erase({ order, onErased }: { order: KnownOrder; onErased: () => void }): ReactNode {
  const [sure, setSure] = useState(false);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    if (!sure) {
      setSure(true);
      return;
    }
    await askWith(order.ticket, 'eraseMyData', {});
    onErased();
    dropOrder(order.orderNo);
  });
  return (
    <Card title="删除个人信息">
      <p>
        昵称、星球
        ID、微信标识与打卡内容会被删除，账簿只保留金额与编号；这也就是撤回你的同意。须等款项全部完成（退款到账、或训练营已结算押金）。删除后不能恢复，也不能再查看打卡进度。
      </p>
      {failure && (
        <p className="note bad" role="alert">
          {kindly(failure)}
        </p>
      )}
      <form onSubmit={onSubmit}>
        <button className="button plain" type="submit" disabled={busy}>
          {sure ? '确认删除，不能恢复' : '删除我的个人信息'}
        </button>
      </form>
    </Card>
  );
}
