import { DatePicker, Empty, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { count, signedMoney } from '@yajin/ui';
import { useApiQuery } from '../../../kit/api.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useWords } from '../../../kit/text.js';
import { useUrlState } from '../../../kit/url.js';
import { menuWords } from '../../../shell/menu.js';
import { CloseDrawer } from './close-drawer.js';
import { CloseTag } from './close-tag.js';
import { DownloadAccounts } from './download-accounts.js';
import { useCloseWords, type CloseWords } from './close-words.js';

const FORMAT = 'YYYY-MM';

/** A month of the books, day by day. */
export function PayCloses(): ReactNode {
  const t = useCloseWords();
  const { payCloses: title } = useWords(menuWords);
  const [{ month, open }, change] = useUrlState({ month: '', open: '' });
  const answer = useApiQuery('listPayCloses', { query: month === '' ? {} : { month } });
  const shown = dayjs(answer.data?.month ?? (month || null));
  return (
    <Page title={title} about={t.about} extra={answer.data && <DownloadAccounts month={answer.data.month} />}>
      <List<Console.PayCloseDay>
        answer={answer}
        rowKey="day"
        label={title}
        filters={
          <DatePicker
            picker="month"
            aria-label={t.month}
            allowClear={false}
            value={shown.isValid() ? shown : null}
            format={FORMAT}
            onChange={(chosen) => change({ month: chosen?.format(FORMAT) ?? '' })}
          />
        }
        columns={columnsOf(t)}
        open={({ day }) => change({ open: day })}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />}
      />
      <CloseDrawer day={open} close={() => change({ open: '' })} />
    </Page>
  );
}

function columnsOf(t: CloseWords): TableColumnsType<Console.PayCloseDay> {
  const sum = (
    title: string,
    key: 'opening' | 'in' | 'out' | 'closing' | 'owed' | 'unclear' | 'earned' | 'fee',
  ): TableColumnsType<Console.PayCloseDay>[number] => ({
    title,
    key,
    align: 'right',
    render: (_, row) => signedMoney(row[key]),
  });
  return [
    { title: t.day, key: 'day', dataIndex: 'day', className: 'number' },
    { title: t.state, key: 'state', render: (_, row) => <CloseTag day={row} t={t} /> },
    sum(t.opening, 'opening'),
    sum(t.in, 'in'),
    sum(t.out, 'out'),
    sum(t.closing, 'closing'),
    sum(t.owed, 'owed'),
    sum(t.unclear, 'unclear'),
    sum(t.earned, 'earned'),
    sum(t.fee, 'fee'),
    {
      title: t.differences,
      key: 'differences',
      render: (_, { differences, openDifferences }) =>
        openDifferences > 0 ? t.openOf(count(openDifferences), count(differences)) : count(differences),
    },
    { title: t.by, key: 'by', render: (_, { closedBy }) => closedBy ?? '—' },
  ];
}
