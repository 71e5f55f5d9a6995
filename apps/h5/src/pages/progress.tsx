import { useQuery } from '@tanstack/react-query';
import type { Camp } from '@yajin/web';
import { ProgressCircle } from 'antd-mobile';
import { useEffect, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { addDays, businessDate, instantOf, isolated } from '@yajin/core';
import { money, monthDayTime, period } from '@yajin/ui';
import { orderQuery, persister } from '../kit/api.js';
import { heardOf, useOrders, type KnownOrder } from '../kit/orders.js';
import { Card, Facts, LinkButton, Page } from '../kit/page.js';
import { Recover } from '../kit/recover.js';
import { useSettings } from '../kit/settings.js';
import { Shown } from '../kit/states.js';
import { daysToUse } from '../rules/forecast.rules.js';
import { Calendar } from './calendar.js';
import { ForecastCard } from './forecast.js';
import { PlanetIdCard } from './planet-id.js';
import { ProveCard } from './prove.js';
import { RefundFacts } from './refund.js';
import { Told } from './told.js';

export default function Progress(): ReactNode {
  const { memberId = '' } = useParams();
  const order = Object.values(useOrders()).find((one) => one.memberId === Number(memberId));
  return (
    <Page title="打卡进度" back="/mine">
      {order ? (
        <Known order={order} memberId={Number(memberId)} />
      ) : (
        <Recover why="看自己的进度，需要先确认是你。" />
      )}
    </Page>
  );
}

function Known({ order, memberId }: { order: KnownOrder; memberId: number }): ReactNode {
  const { queryKey, queryFn } = orderQuery(order, 'getProgress', { path: { memberId } });
  const query = useQuery({
    queryKey,
    queryFn: async (context) => {
      const progress = await queryFn(context);
      heardOf(order.orderNo, { review: progress.identityReview, refund: progress.refund });
      return progress;
    },
    persister,
  });
  useMidnight(query.refetch);
  return (
    <>
      <Shown query={query}>
        {(progress) => (
          // Whoever has to do something reads that first.
          <>
            {progress.identityReview && <ProveCard progress={progress} order={order} />}
            <PlanetIdCard progress={progress} order={order} />
            <Figures progress={progress} />
            {!progress.identityReview && progress.refund?.refundStatus !== 'success' && (
              <ProveCard progress={progress} order={order} />
            )}
          </>
        )}
      </Shown>
      <div className="stack">
        <LinkButton to={`/orders/${order.orderNo}`} plain>
          群二维码
        </LinkButton>
      </div>
    </>
  );
}

const AFTER_MIDNIGHT_MS = 1500;

/** A new day begins at midnight in Shanghai, by the server's clock. */
function useMidnight(again: () => unknown): void {
  const offsetMs = useSettings()?.offsetMs;
  useEffect(() => {
    if (offsetMs === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      const now = Date.now() + offsetMs;
      const midnight = instantOf(addDays(businessDate(new Date(now)), 1)).getTime();
      timer = setTimeout(
        () => {
          again();
          wait();
        },
        midnight - now + AFTER_MIDNIGHT_MS,
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, [again, offsetMs]);
}

function Figures({ progress }: { progress: Camp.MemberProgress }): ReactNode {
  const { checkinCount, requiredDays, currentDay, totalDays, lastSyncTime, lastCheckinTime } = progress;
  const share = Math.min(100, (checkinCount / requiredDays) * 100);
  return (
    <>
      <Card>
        <div className="top">
          <div>
            <h2 className="big">{progress.campName}</h2>
            <p className="soft">
              {isolated(progress.planetNickname)} · {period(progress.startDate, progress.endDate)}
            </p>
            <p className="soft">
              {progress.status === 'ongoing'
                ? `第 ${currentDay} 天，共 ${totalDays} 天`
                : progress.status === 'enrolling'
                  ? `还没开始，共 ${totalDays} 天`
                  : `已结束，共 ${totalDays} 天`}
            </p>
          </div>
          <div role="img" aria-label={`已打卡 ${checkinCount} 天，需要 ${requiredDays} 天`}>
            <ProgressCircle percent={share}>
              <span className="ring" aria-hidden="true">
                <b>{checkinCount}</b>/{requiredDays}
              </span>
            </ProgressCircle>
          </div>
        </div>
      </Card>
      <ForecastCard progress={progress} />
      {progress.refund && (
        <Card title="押金退款">
          <RefundFacts refund={progress.refund} />
        </Card>
      )}
      <Card title="打卡日历">
        <ul className="figures">
          <Figure name="已打卡" value={checkinCount} />
          <Figure name="还差" value={progress.gap} />
          <Figure name="还可以打" value={daysToUse(progress)} />
        </ul>
        <Calendar progress={progress} />
      </Card>
      <Card>
        <Facts
          facts={[
            ['已付押金', money(progress.amount)],
            ['最近打卡', lastCheckinTime === null ? '还没有' : monthDayTime(lastCheckinTime)],
            ['数据更新于', lastSyncTime === null ? '还没有同步过' : monthDayTime(lastSyncTime)],
          ]}
        />
        {progress.status !== 'finished' && (
          <Told
            className="hint"
            text={`打卡记录每天从知识星球同步，刚打的卡过一会儿才会出现。${
              checkinCount === 0 && progress.status !== 'enrolling'
                ? '一直没有出现的话，可能是星球 ID 填错了，请联系助教核对。'
                : ''
            }`}
          />
        )}
      </Card>
    </>
  );
}

function Figure({ name, value }: { name: string; value: number }): ReactNode {
  return (
    <li>
      <b>{value}</b> 天<span>{name}</span>
    </li>
  );
}
