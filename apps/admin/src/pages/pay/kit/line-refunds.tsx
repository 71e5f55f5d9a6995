import { Tag, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { amountColumn, Noted, timeColumn } from '../../../kit/columns.js';
import { Choice } from '../../../kit/filters.js';
import type { ListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { useMay } from '../../../kit/session.js';
import { useWords } from '../../../kit/text.js';
import { useCauses } from '../cause-words.js';
import { OrderDrawer } from '../order-drawer.js';
import { payWords } from '../pay-words.js';
import { HoldNote } from './hold.js';

interface Refund<Status extends string> {
  amount: number;
  status: Status;
  failCode: Console.RefundFailCode;
  failMessage: string | null;
  hold: Console.PayHold | null;
  createdAt: string;
}

type Columns<Row> = Exclude<TableColumnsType<Row>, undefined>;

interface LineRefundsProps<Row extends Refund<Status>, Status extends string> {
  label: string;
  refunds: Pick<ListQuery<never, { status: string }>, 'filters' | 'filter' | 'opened' | 'open' | 'close'> & {
    list: { answer: React.ComponentProps<typeof List<Row>>['answer'] } & Pick<
      React.ComponentProps<typeof List<Row>>,
      'page' | 'pageSize' | 'change'
    >;
  };
  states: Record<Status, string>;
  colors: Record<Status, string>;
  /** What the line knows a refund by. */
  own: Columns<Row>;
  why: Columns<Row>[number][];
  arrived?: Columns<Row>[number];
  /** The number of the order that a refund is of. */
  orderOf: (refund: Row) => string;
  /** What may be done to a refund, by whoever may. */
  act: (refund: Row) => ReactNode;
}

/** The refunds of a line: each opens the story of its order, and while money is on its way the list follows it. */
export function LineRefunds<Row extends Refund<Status>, Status extends string>(
  props: LineRefundsProps<Row, Status>,
): ReactNode {
  const common = useWords(payWords);
  const { failure } = useCauses();
  const may = useMay()('pay:write');
  const { refunds, label, states, colors, act } = props;
  const columns: Columns<Row> = [
    ...props.own,
    amountColumn(common.amount, 'amount', ({ amount }) => amount),
    {
      title: common.status,
      key: 'status',
      render: (_, { status, failCode, failMessage, hold }) => (
        <Noted note={status === 'failed' && failure(failCode, failMessage)}>
          <Tag color={colors[status]}>{states[status]}</Tag> <HoldNote hold={hold} />
        </Noted>
      ),
    },
    ...props.why,
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
    ...(props.arrived ? [props.arrived] : []),
    ...(may ? [{ title: common.act, key: 'act', render: (_: unknown, refund: Row) => act(refund) }] : []),
  ];
  return (
    <>
      <List<Row>
        {...refunds.list}
        label={label}
        columns={columns}
        filters={
          <Choice
            label={common.status}
            value={refunds.filters.status}
            names={states}
            change={(status) => refunds.filter({ status })}
          />
        }
        open={(refund) => refunds.open(props.orderOf(refund))}
      />
      <OrderDrawer orderNo={refunds.opened} close={refunds.close} />
    </>
  );
}
