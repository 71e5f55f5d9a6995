import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Radio, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useOnceKey } from '../../kit/once.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { AmountField, FormModal, TextField, WholeField } from '../../pages/pay/kit/form-modal.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

const MOST_DAYS = 3660;

export function GymOffers(): ReactNode {
  const t = useWords(gymWords);
  const may = useMay()('pay:write');
  const [adding, setAdding] = useState(false);
  const answer = useLook('listGymOffers', {});
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.GymOffer>
        label={t.offers}
        filters={
          may && (
            <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t.addOffer}
            </Button>
          )
        }
        answer={answer}
        columns={columns}
        empty={t.noOffers}
      />
      {adding && <AddOffer close={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.GymOffer>; refusal: ReactNode } {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const update = useAct('updateGymOffer', { refresh: ['listGymOffers'] });
  const turn = ({ id, name, active }: Console.GymOffer): void =>
    ask({
      title: active ? t.stopAsk(name) : t.resumeAsk(name),
      content: active ? t.stopHint : t.resumeHint,
      ok: active ? t.stop : t.resume,
      danger: active,
      act: () => update.mutateAsync({ path: { id }, body: { active: !active } }),
      done: active ? t.stoppedDone : t.resumedDone,
    });
  const columns: TableColumnsType<Console.GymOffer> = [
    { title: t.offer, key: 'name', dataIndex: 'name' },
    { title: t.type, key: 'type', render: (_, { type }) => t.types[type] },
    { title: t.price, key: 'price', align: 'right', render: (_, { amount }) => money(amount) },
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
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, offer) => (
        <Button
          size="small"
          aria-label={`${offer.active ? t.stop : t.resume} ${offer.name}`}
          onClick={() => turn(offer)}
        >
          {offer.active ? t.stop : t.resume}
        </Button>
      ),
    });
  }
  return { columns, refusal };
}

function AddOffer({ close }: { close: () => void }): ReactNode {
  const t = useWords(gymWords);
  const { message } = App.useApp();
  const create = useAct('createGymOffer', { refresh: ['listGymOffers'] });
  const onceKey = useOnceKey();
  return (
    <FormModal<Console.CreateGymOffer>
      title={t.addOffer}
      ok={t.addOffer}
      initial={{ type: 'membership' }}
      act={create}
      close={close}
      submit={(body) =>
        create.mutate(
          { body, idempotencyKey: onceKey(body) },
          { onSuccess: ({ name }) => (close(), void message.success(t.offerAdded(name))) },
        )
      }
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
