import { ApiError } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { monthDayTime, useSubmit } from '@yajin/ui';
import { clientWith } from '../kit/api.js';
import { heardOf, type KnownOrder } from '../kit/orders.js';
import { Card, Result } from '../kit/page.js';
import { askAgain } from '../kit/payment-status.js';
import { ConsentField, useConsent } from './consent.js';
import type { Problems } from '../rules/enrol.rules.js';
import { IdentityFields, problemsIn, useIdentity } from './identity.js';
import { Refusal, Told } from './told.js';
import { REVIEW_WORDS } from './words.js';

/** Who paid by the camp's fixed code says here who they are. */
export function Bind({ order, deadline }: { order: KnownOrder; deadline: string | null }): ReactNode {
  return (
    <>
      <Result mood={order.review ? 'wait' : 'good'} title="押金已收到">
        <Told
          text={
            order.review
              ? REVIEW_WORDS[order.review]
              : '还差一步：告诉我们你在知识星球的身份，打卡才能记到你名下。'
          }
        />
        {deadline !== null && <p className="soft">请在 {monthDayTime(deadline)} 前完成</p>}
      </Result>
      <BindForm order={order} />
    </>
  );
}

function BindForm({ order }: { order: KnownOrder }): ReactNode {
  const consent = useConsent();
  const identity = useIdentity(`bind.${order.orderNo}`);
  /** What a refusal says: of the order, or beside a field, and then nowhere else. */
  const [said, setSaid] = useState<'done' | 'beside' | null>(null);
  const {
    isPending,
    error: failure,
    onSubmit,
  } = useSubmit(async () => {
    // Everything that is missing is said at once, and the fields come first.
    const agreed = consent.take();
    const filledIn = identity.take();
    if (!filledIn || !agreed) return;
    const { planetUserId, planetNickname } = filledIn;
    const body = { orderNo: order.orderNo, planetUserId, planetNickname, ...agreed };
    try {
      const { bindStatus, memberId } = await clientWith(order.ticket).call('bindPayment', { body });
      identity.sent();
      // It is bound, whatever becomes of the question whether people have to look.
      await askAgain(order.orderNo, order.ticket).catch(() =>
        heardOf(order.orderNo, { bindStatus, memberId }),
      );
    } catch (error) {
      consent.blame(error);
      const code = error instanceof ApiError ? error.code : null;
      const problems: Problems =
        code === 1001
          ? {
              planetUserId:
                '你已经用这个星球 ID 报过名了，一个 ID 只能报一次。替别人付的，请填他的星球 ID；付重了的，请联系助教退回这一笔。',
            }
          : problemsIn(error);
      identity.blame(problems);
      // Somebody, most likely this very person on another page, has done it already.
      setSaid(code === 1002 ? 'done' : problems.planetUserId || problems.planetNickname ? 'beside' : null);
      throw error;
    }
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={order.campName}>
        <IdentityFields identity={identity} />
      </Card>
      <ConsentField consent={consent} />
      {failure && said === 'done' && (
        <p className="note bad" role="alert">
          这个订单已经绑定过了。
          <button type="button" className="text-button" onClick={() => location.reload()}>
            查看结果
          </button>
        </p>
      )}
      {failure && said === null && <Refusal error={failure} />}
      <div className="foot">
        <Button block color="primary" size="large" type="submit" loading={isPending} loadingText="正在提交">
          完成绑定
        </Button>
      </div>
    </form>
  );
}
