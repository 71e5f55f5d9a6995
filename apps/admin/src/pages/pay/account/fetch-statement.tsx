import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useSingleFlight } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { useExplain } from '../../../kit/failure.js';
import { useMay } from '../../../kit/session.js';
import { useWords, words } from '../../../kit/text.js';

const text = words(
  { fetch: '重新获取', asked: '已排入，几秒内开始获取' },
  { fetch: 'Fetch again', asked: 'It is fetched in a few seconds' },
);

/** Has a statement fetched and read at once; nothing of the books is changed by asking. */
export function FetchStatement({
  statement: { gateway, day },
}: {
  statement: Pick<Console.PayStatement, 'gateway' | 'day'>;
}): ReactNode {
  const t = useWords(text);
  const may = useMay()('pay:books');
  const explain = useExplain();
  const { message } = App.useApp();
  const once = useSingleFlight();
  const fetch = useApiMutation('fetchPayStatement', {
    invalidates: ['listPayStatements', 'getPayStatement', 'listPayMovements'],
  });
  if (!may) return null;
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
    <Button loading={fetch.isPending} onClick={ask}>
      {t.fetch}
    </Button>
  );
}
