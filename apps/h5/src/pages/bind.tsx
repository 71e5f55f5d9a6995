import { ApiError } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { monthDayTime, useSubmit } from '@yajin/ui';
import { clientWith } from '../kit/api.js';
import { heardOf, type KnownOrder } from '../kit/orders.js';
import { Card, Result } from '../kit/page.js';
import { askAgain } from '../kit/payment-status.js';
import { kindly } from '../kit/states.js';
import { ConsentField, useConsent } from './consent.js';
import { IdentityFields, problemsIn, useIdentity } from './identity.js';
import { Told } from './told.js';
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
  const [done, setDone] = useState(false);
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
      // Somebody, most likely this very person on another page, has done it already.
      setDone(code === 1002);
      if (code === 1001)
        identity.blame({
          planetUserId: '你已经用这个星球账号报过名了，请核对是不是填错了。要用另一个账号的话，请填它的 ID。',
        });
      else identity.blame(problemsIn(error));
      throw error;
    }
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={order.campName}>
        <IdentityFields identity={identity} />
      </Card>
      <ConsentField consent={consent} />
      {failure && (
        <p className="note bad" role="alert">
          {done ? '这个订单已经绑定过了。' : kindly(failure)}
          {done && (
            <button type="button" className="text-button" onClick={() => location.reload()}>
              查看结果
            </button>
          )}
        </p>
      )}
      <div className="foot">
        <Button block color="primary" size="large" type="submit" loading={isPending} loadingText="正在提交">
          完成绑定
        </Button>
      </div>
    </form>
  );
}
