import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useSingleFlight } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useExplain } from '../../../kit/failure.js';
import { useMay } from '../../../kit/session.js';
import { useWords, words } from '../../../kit/text.js';

const text = words(
  {
    fetch: '重新获取',
    fetchOf: (gateway: string, day: string) => `重新获取 ${gateway} ${day} 的账单`,
    asked: '已排入，几秒内开始获取',
  },
  {
    fetch: 'Fetch again',
    fetchOf: (gateway: string, day: string) => `Fetch the bill of ${gateway} of ${day} again`,
    asked: 'It is fetched in a few seconds',
  },
);

/** Has a bill fetched and read at once; nothing of the books is changed by asking. */
export function FetchButton({
  bill,
  small = false,
}: {
  bill: Pick<Console.PayBill, 'gateway' | 'day'>;
  small?: boolean;
}): ReactNode {
  const t = useWords(text);
  const name = useGatewayName();
  const may = useMay()('pay:books');
  const explain = useExplain();
  const { message } = App.useApp();
  const once = useSingleFlight();
  const fetch = useApiMutation('fetchPayBill', { invalidates: ['listPayBills', 'getPayBill'] });
  if (!may) return null;
  const { gateway, day } = bill;
  const ask = (): void =>
    once(() =>
      fetch.mutateAsync({ path: { gateway, day } }).then(
        () => void message.success(t.asked),
        (error: unknown) => {
          const { cause, remedy } = explain(error);
          void message.error(`${cause} ${remedy}`);
        },
      ),
    );
  return (
    <Button
      size={small ? 'small' : 'middle'}
      loading={fetch.isPending}
      aria-label={t.fetchOf(name(gateway), day)}
      onClick={(event) => (event.stopPropagation(), ask())}
    >
      {t.fetch}
    </Button>
  );
}
