import { ApiError, type Camp } from '@yajin/web';
import { Button } from 'antd-mobile';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { money, useSubmit } from '@yajin/ui';
import { Field } from '../kit/field.js';
import { Card } from '../kit/page.js';
import { kindly } from '../kit/states.js';
import type { Enrolment } from '../rules/enrol.rules.js';
import { ConsentField, useConsent } from './consent.js';
import { IdentityFields, problemsIn, useIdentity } from './identity.js';
import { placeOrder } from './place.js';
import { Refusal, Told } from './told.js';

interface EnrolFormProps {
  camp: Camp.PublicCampDetail;
  sig: string;
  /** What was filled in here the last time. */
  before?: Pick<Enrolment, 'planetUserId' | 'planetNickname'> | undefined;
}

export function EnrolForm({ camp, sig, before }: EnrolFormProps): ReactNode {
  const prefill = camp.prefillInfo;
  // A link without our signature may be a mistake or a prank, so its id can be corrected.
  const personal = prefill?.signed ?? false;
  const navigate = useNavigate();
  const [planetUserId, same] = prefill
    ? [prefill.planetUserId, prefill.planetUserId === before?.planetUserId]
    : [before?.planetUserId ?? '', true];
  const consent = useConsent();
  const identity = useIdentity(`enrol.${camp.id}.${sig}`, {
    planetUserId,
    planetNickname: prefill?.planetNickname ?? (same ? before?.planetNickname : undefined) ?? '',
  });
  const {
    isPending,
    error: failure,
    onSubmit,
  } = useSubmit(async () => {
    // Everything that is missing is said at once, and the fields come first.
    const agreed = consent.take();
    const filledIn = identity.take();
    if (!filledIn || !agreed) return;
    try {
      const order = await placeOrder(camp, filledIn, sig, agreed);
      identity.sent();
      await navigate(`/pay/${order.orderNo}`);
    } catch (error) {
      identity.blame(problemsIn(error));
      consent.blame(error);
      throw error;
    }
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      {sig !== '' && !personal && (
        <div className="stack" role="alert">
          <Told
            className="note bad"
            text="这个专属链接不完整，或者被改动过，不能证明你是谁。请核对星球 ID 再报名，或者联系助教重新发一个链接。"
          />
        </div>
      )}
      <Card title={personal ? '确认是你本人' : '填写星球信息'}>
        <IdentityFields
          identity={identity}
          personal={personal}
          knownNickname={personal && prefill?.editable === false}
        />
        <Field
          label="微信昵称（选填）"
          name="wechatNickname"
          value={identity.form.wechatNickname}
          onChange={identity.fill('wechatNickname')}
          error={identity.problems.wechatNickname}
          maxLength={100}
          hint="方便助教在群里认出你。"
        />
        {personal && (
          <p className="hint">
            不是你？
            <Link className="text-button" to={`/enroll/${camp.id}`} replace>
              填写我自己的星球 ID
            </Link>
          </p>
        )}
      </Card>
      <p className="soft center">
        已经扫收款码付过？
        <Link className="text-button" to={`/mine?camp=${camp.id}`}>
          去绑定
        </Link>
      </p>
      <ConsentField consent={consent} />
      {failure && <Refused error={failure} campId={camp.id} />}
      <div className="foot">
        <Button block color="primary" size="large" type="submit" loading={isPending} loadingText="正在提交">
          去支付押金 {money(camp.deposit)}
        </Button>
      </div>
    </form>
  );
}

function Refused({ error, campId }: { error: Error; campId: number }): ReactNode {
  const code = error instanceof ApiError ? error.code : null;
  if (code === 1001)
    return (
      <p className="note bad" role="alert">
        你已经用这个星球账号报过名了，不用再付一次，可以直接找回。想报的是另一个账号的话，请核对星球 ID。
        <Link className="text-button" to="/mine">
          找回我的报名
        </Link>
      </p>
    );
  if (code === 1006)
    return (
      <p className="note bad" role="alert">
        {kindly(error)}
        <Link className="text-button" to={`/camps/${campId}`}>
          看看训练营
        </Link>
      </p>
    );
  return <Refusal error={error} />;
}
