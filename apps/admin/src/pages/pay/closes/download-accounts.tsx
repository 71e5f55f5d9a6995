import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useApiMutation } from '../../../kit/api.js';
import { csvFile, save } from '../../../kit/download.js';
import { useExplain } from '../../../kit/failure.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useAccount, useLineNames } from '../pay-words.js';
import { useCloseWords } from './close-words.js';

/** A month by day, business, gateway and account, as a file for an accountant's own books. */
export function DownloadAccounts({ month }: { month: string }): ReactNode {
  const t = useCloseWords();
  const { message } = App.useApp();
  const lines = useLineNames();
  const gateway = useGatewayName();
  const account = useAccount();
  const explain = useExplain();
  const ask = useApiMutation('listPayCloseAccounts');
  const titles = [t.day, t.state, t.line, t.gateway, t.group, t.account];
  const sums = [t.opening, t.in, t.out, t.closing, t.fee];
  const cells = (row: Console.PayCloseAccountOfDay): Parameters<typeof csvFile>[1][number] => [
    { date: row.day },
    t.states[row.state],
    lines[row.line],
    row.gateway === null ? '' : gateway(row.gateway),
    t.groups[row.group],
    account(row.account).name,
    row.opening,
    row.in,
    row.out,
    row.closing,
    row.fee,
  ];
  return (
    <Button
      icon={<DownloadOutlined />}
      loading={ask.isPending}
      onClick={() =>
        ask.mutate(
          { query: { month } },
          {
            onSuccess: ({ list }) =>
              save(csvFile(t.fileName(month), [[...titles, ...sums], ...list.map(cells)])),
            onError: (error) => {
              const { cause, remedy, trace } = explain(error);
              void message.error([cause, remedy, trace].filter(Boolean).join(' '));
            },
          },
        )
      }
    >
      {t.download}
    </Button>
  );
}
