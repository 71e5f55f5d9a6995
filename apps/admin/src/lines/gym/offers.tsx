import { Form, Radio, Tag, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Console } from '@yajin/web';
import { AddButton } from '../../kit/add-button.js';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { amountColumn, timeColumn } from '../../kit/columns.js';
import { useCreate } from '../../kit/create.js';
import { AmountField, FormModal, TextField, WholeField } from '../../kit/form-modal.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useTurn } from '../../pages/pay/kit/turn.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

const MOST_DAYS = 3660;

export function GymOffers(): ReactNode {
  const t = useWords(gymWords);
  const may = useMay()('pay:write');
  const answer = useApiQuery('listGymOffers', {});
  const navigate = useNavigate();
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.GymOffer>
        label={t.offers}
        filters={may && <AddButton label={t.addOffer}>{(close) => <AddOffer close={close} />}</AddButton>}
        answer={answer}
        columns={columns}
        open={({ id }) => void navigate(`/pay/gym?tab=payments&offerId=${id}`)}
        empty={t.noOffers}
      />
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.GymOffer>; refusal: ReactNode } {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const update = useApiMutation('updateGymOffer', { invalidates: ['listGymOffers'] });
  const { turnButton, refusal } = useTurn(t, (id: number, active) =>
    update.mutateAsync({ path: { id }, body: { active } }),
  );
  const columns: TableColumnsType<Console.GymOffer> = [
    { title: t.offer, key: 'name', dataIndex: 'name' },
    { title: t.type, key: 'type', render: (_, { type }) => t.types[type] },
    amountColumn(t.price, 'price', ({ amount }) => amount),
    {
      title: t.quantity,
      key: 'quantity',
      align: 'right',
      render: (_, { type, quantity }) => (type === 'membership' ? t.days(quantity) : t.lessons(quantity)),
    },
    {
      title: common.status,
      key: 'status',
      render: (_, { active }) => (
        <Tag color={active ? 'green' : 'default'}>{active ? t.selling : t.stopped}</Tag>
      ),
    },
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
  ];
  if (may) columns.push({ title: common.act, key: 'act', render: (_, offer) => turnButton(offer) });
  return { columns, refusal };
}

function AddOffer({ close }: { close: () => void }): ReactNode {
  const t = useWords(gymWords);
  const create = useCreate('createGymOffer', {
    invalidates: ['listGymOffers'],
    done: ({ name }) => t.offerAdded(name),
    close,
  });
  return (
    <FormModal<Console.CreateGymOffer>
      title={t.addOffer}
      ok={t.addOffer}
      initial={{ type: 'membership' }}
      {...create}
    >
      <Form.Item name="type" label={t.type}>
        <Radio.Group options={Object.entries(t.types).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <TextField name="name" label={t.offer} max={50} />
      <AmountField name="amount" label={t.price} />
      <WholeField name="quantity" label={t.quantity} extra={t.quantityHint} max={MOST_DAYS} />
    </FormModal>
  );
}
