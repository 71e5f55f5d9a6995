import { useMutation, type UseQueryResult } from '@tanstack/react-query';
import { ApiError, type Camp } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useEffect, useState, type ReactNode } from 'react';
import { money } from '@yajin/ui';
import { clientWith, useOrderQuery } from '../kit/api.js';
import type { KnownOrder } from '../kit/orders.js';
import { Card } from '../kit/page.js';
import { useSettings } from '../kit/settings.js';
import { signIn } from '../kit/sign-in.js';
import { kindly, Loading } from '../kit/states.js';
import { load, save } from '../kit/storage.js';
import { openPaySheet, scene, type SheetAnswer } from '../kit/wechat.js';
import { Code } from './code.js';
import { Refusal } from './told.js';

interface WayProps {
  order: KnownOrder;
  placed: NonNullable<KnownOrder['placed']>;
  /** The payer left this page to pay. */
  onLeft: () => void;
  /** The payment may have been made. */
  onPaid: () => void;
}

/** How to pay in this browser. */
export function PayWay(props: WayProps): ReactNode {
  const [byCode, setByCode] = useState(false);
  if (scene === 'jsapi') return <InWechat {...props} />;
  if (scene === 'native' || byCode) return <ByCode {...props} />;
  return <OnPhone {...props} onCode={() => setByCode(true)} />;
}

/** The ticket says whose order it is: strangers may change little about how it is to be paid. What was prepared ages, so it is not remembered. */
function useParams({ order, placed }: WayProps, wanted: Camp.PayScene): UseQueryResult<Camp.PaymentParams> {
  const input = { path: { id: placed.orderId }, query: { scene: wanted } };
  return useOrderQuery(order, 'getPaymentParams', input, { gcTime: 0 });
}

function paramsOf({ order, placed }: WayProps, wanted: Camp.PayScene): Promise<Camp.PaymentParams> {
  return clientWith(order.ticket).call('getPaymentParams', {
    path: { id: placed.orderId },
    query: { scene: wanted },
  });
}

/** The order needs no payment any more. */
const isPaid = (error: Error | null): boolean => error instanceof ApiError && error.status === 409;

const SHEET_WORDS: Record<Exclude<SheetAnswer, 'done'>, string> = {
  cancelled: '还没有付款。准备好了可以再点一次。',
  failed: '微信没能完成这次支付，没有扣款的话可以再试一次。',
  missing: '没能唤起微信支付，请确认是在微信里打开的，再试一次。',
};

/** Inside of WeChat: needs to know the payer first, then opens WeChat's own sheet. */
function InWechat(props: WayProps): ReactNode {
  const { order, placed, onPaid } = props;
  const query = useParams(props, 'jsapi');
  const unknown =
    query.error instanceof ApiError && query.error.fields.some(({ field }) => field === 'scene');
  const paid = isPaid(query.error);
  const { mutate: askWho, isError: unasked } = useMutation({ mutationFn: signIn });
  useEffect(() => {
    if (unknown && mayAskWhoOnce(order.orderNo)) askWho();
  }, [unknown, order.orderNo, askWho]);
  useEffect(() => {
    if (paid) onPaid();
  }, [paid, onPaid]);
  const pay = useMutation({
    mutationFn: async (): Promise<SheetAnswer | 'left'> => {
      if (unknown) return signIn().then(() => 'left' as const);
      const { payParams } = query.data ?? (await paramsOf(props, 'jsapi'));
      return payParams ? openPaySheet(payParams) : 'failed';
    },
    onSuccess: (answer) => {
      if (answer === 'done') onPaid();
      // What was refused once may be too old.
      if (answer === 'failed') void query.refetch();
    },
  });
  const said = pay.error
    ? kindly(pay.error)
    : pay.data === undefined || pay.data === 'done' || pay.data === 'left'
      ? unasked && pay.isIdle
        ? '没能打开微信授权，请再试一次。'
        : null
      : SHEET_WORDS[pay.data];
  return (
    <div className="stack">
      {said !== null && (
        <p className="note" role="alert">
          {said}
        </p>
      )}
      {query.error && !unknown && !paid && <Refusal error={query.error} />}
      <Button
        block
        color="primary"
        size="large"
        loading={pay.isPending || pay.data === 'left'}
        loadingText="正在打开微信支付"
        onClick={() => pay.mutate()}
      >
        微信支付 {money(placed.amount)}
      </Button>
    </div>
  );
}

const ASK_AGAIN_MS = 120_000;

/** A login that leads back without having worked must not lead away again by itself. */
function mayAskWhoOnce(orderNo: string): boolean {
  const name = `asked.${orderNo}`;
  const last = load<number>(name);
  save(name, Date.now());
  return last === null || Date.now() - last > ASK_AGAIN_MS;
}

/** In another browser of a phone: WeChat is opened by an address that lives five minutes, so it is asked for at the tap. */
function OnPhone(props: WayProps & { onCode: () => void }): ReactNode {
  const { order, placed, onLeft, onPaid, onCode } = props;
  const pay = useMutation({
    mutationFn: async () => {
      const { h5Url } = await paramsOf(props, 'h5');
      if (h5Url === null) throw new Error('WeChat gave no address');
      return h5Url;
    },
    onSuccess: (h5Url) => {
      const back = `${location.origin}/h5/pay/${order.orderNo}?asked=1`;
      onLeft();
      location.assign(`${h5Url}&redirect_url=${encodeURIComponent(back)}`);
    },
    onError: (error) => {
      if (isPaid(error)) onPaid();
    },
  });
  const failure = isPaid(pay.error) ? null : pay.error;
  return (
    <div className="stack">
      {failure && <Refusal error={failure} />}
      <Button
        block
        color="primary"
        size="large"
        loading={pay.isPending}
        loadingText="正在打开微信"
        onClick={() => pay.mutate()}
      >
        微信支付 {money(placed.amount)}
      </Button>
      <Button block fill="none" onClick={onCode}>
        用别的手机扫码付
      </Button>
    </div>
  );
}

/** The sandbox's codes are for no phone: there one pays on a page. */
function Cashier({ code }: { code: string }): ReactNode {
  const cashierUrl = useSettings()?.cashierUrl ?? null;
  if (cashierUrl === null) return null;
  const address = `${cashierUrl}?${new URLSearchParams({ code_url: code })}`;
  return (
    <a className="button plain" href={address} target="_blank" rel="noopener">
      打开沙箱收银台
    </a>
  );
}

/** On a desktop: a code for the phone. */
function ByCode(props: WayProps): ReactNode {
  const { onPaid } = props;
  const query = useParams(props, 'native');
  const paid = isPaid(query.error);
  useEffect(() => {
    if (paid) onPaid();
  }, [paid, onPaid]);
  if (query.error && !paid)
    return (
      <div className="stack">
        <Refusal error={query.error} />
        <Button block color="primary" size="large" onClick={() => void query.refetch()}>
          再试一次
        </Button>
      </div>
    );
  const address = query.data?.qrcodeUrl ?? null;
  if (address === null) return <Loading label="正在准备二维码" />;
  return (
    <Card>
      <div className="code-area">
        <Code text={address} label="微信支付二维码" />
        <p>打开微信，扫一扫付款</p>
        <p className="soft">付完后这个页面会自己更新，不用刷新。</p>
        <Cashier code={address} />
        <Button block fill="none" onClick={onPaid}>
          我已支付
        </Button>
      </div>
    </Card>
  );
}
