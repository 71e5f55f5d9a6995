import type { Camp } from '@yajin/contract';
import { PayerIds } from '@yajin/payment';
import { finishedCamp, records, type MadeCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { audited } from '@yajin/testing/operators';
import { CampLine } from '../src/lines/camp/camp.line.js';
import { RefundMessages } from '../src/lines/camp/refund/refund-messages.js';
import { WechatAccount } from '../src/lines/camp/wechat/wechat-account.js';

interface Message {
  openid: string;
  templateId: string;
  data: Record<string, { value: string }>;
}

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await set('wechat.refundTemplateId', 'DEMO_REFUND_TEMPLATE');
  await set('wechat.refundTemplateKind', '');
  await set('wechat.refundTemplateFields', '');
});
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const set = (key: string, value: string) => api.admin('PUT', '/api/admin/config', { key, value });
const kept = (openid: string) => {
  const { payer_id, payer_index } = api.app.get(PayerIds).keep(openid);
  return [payer_id, payer_index];
};
const messages = () => api.control<Message[]>('GET', '/control/messages');
const notify = (id: number) => api.admin<Camp.NotifiedRefund>('POST', `/api/admin/refunds/${id}/notify`);

/** A refund that has arrived. @param payer becomes the payer's openid */
async function arrived(payer?: string): Promise<{ camp: MadeCamp; id: number }> {
  const { camp, refundIds, orders } = await finishedCamp(api, 1);
  if (payer)
    await api.rows('UPDATE pay_order SET payer_id = $2, payer_index = $3 WHERE order_no = $1', [
      orders[0]!.orderNo,
      ...kept(payer),
    ]);
  await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
  return { camp, id: refundIds[0]! };
}

function record(
  { camp, id }: { camp: MadeCamp; id: number },
  like: (found: Camp.RefundRecord) => boolean,
): Promise<Camp.RefundRecord> {
  return eventually(
    async () => (await records(api, camp)).find((each) => each.id === id && like(each)),
    'the record',
  );
}

it('a template’s fields are those that the operator names, each within its kind’s limits', async () => {
  await api.control('POST', '/control/templates', {
    id: 'OWN_TEMPLATE',
    fields: 'phrase1,amount5,thing7,character_string9',
  });
  await set('wechat.refundTemplateId', 'OWN_TEMPLATE');
  await set(
    'wechat.refundTemplateFields',
    'phrase1=result,amount5=amount,thing7=camp,character_string9=order',
  );
  const refund = await arrived();
  await record(refund, ({ notified }) => notified);
  const { data, templateId } = (await messages()).at(-1)!;
  expect(templateId).toBe('OWN_TEMPLATE');
  expect(data).toEqual({
    phrase1: { value: '退款成功' },
    amount5: { value: '99.00元' },
    thing7: { value: expect.stringMatching(/^早起打卡训练营/) },
    character_string9: { value: expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
});

it('a message that WeChat refuses is kept with its code, shown, and can be sent again', async () => {
  const refund = await arrived('nofollow-member');
  const refused = await record(refund, ({ notifyError }) => notifyError !== null);
  expect(refused).toMatchObject({
    notified: false,
    notifyTime: null,
    notifyError: { code: '43004', message: 'require subscribe', time: expect.any(String) },
  });
  expect((await notify(refund.id)).data).toMatchObject({
    notified: false,
    notifyError: { code: '43004' },
  });
  // The member has followed the account meanwhile.
  await api.rows('UPDATE pay_order SET payer_id = $1, payer_index = $2 WHERE payer_index = $3', [
    ...kept('oFollower'),
    kept('nofollow-member')[1],
  ]);
  expect((await notify(refund.id)).data).toMatchObject({ notified: true, notifyError: null });
  expect((await messages()).at(-1)).toMatchObject({ openid: 'oFollower' });
  expect(await record(refund, ({ notified }) => notified)).toMatchObject({ notifyError: null });
  expect((await notify(refund.id)).code).toBe(1302);
  expect((await notify(987_654_321)).code).toBe(1301);
});

it('who is to be told of a refund is told once, also when news of it comes again while the message is on its way', async () => {
  const [account, line] = [api.app.get(WechatAccount), api.app.get(CampLine)];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const send = account.send.bind(account);
  const sent = jest.spyOn(account, 'send').mockImplementation((message) => held.then(() => send(message)));
  const news = jest.spyOn(line, 'refunded');
  try {
    const refund = await arrived();
    await eventually(async () => sent.mock.calls.length > 0, 'the message to be on its way');
    const [changes] = news.mock.lastCall!;
    await api.db.transaction((manager) => line.refunded(changes, manager));
    await eventually(
      async () =>
        (
          await api.rows(
            `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'camp.notify' AND locked_at IS NULL`,
          )
        ).length === 0,
      'what is to be sent to be begun',
    );
    release();
    await record(refund, ({ notified }) => notified);
    await api.quiet();
    expect(sent).toHaveBeenCalledTimes(1);
  } finally {
    release();
    sent.mockRestore();
    news.mockRestore();
  }
});

it('a message that two operators send again in the same moment is sent once, and the other is told that it is not theirs to send', async () => {
  const account = api.app.get(WechatAccount);
  const refund = await arrived('nofollow-twice');
  await record(refund, ({ notifyError }) => notifyError !== null);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const send = account.send.bind(account);
  const sent = jest.spyOn(account, 'send').mockImplementation((message) => held.then(() => send(message)));
  try {
    const first = notify(refund.id);
    await eventually(async () => sent.mock.calls.length > 0, 'the message to be on its way');
    expect((await notify(refund.id)).code).toBe(1302);
    const job = api.app.get(RefundMessages).notify(refund.id);
    await expect(job).rejects.toThrow('somebody else is sending this message');
    release();
    expect((await first).data).toMatchObject({ notified: false, notifyError: { code: '43004' } });
    expect(sent).toHaveBeenCalledTimes(1);
    // What was refused can be sent again at once.
    expect((await notify(refund.id)).data).toMatchObject({ notified: false });
    expect(sent).toHaveBeenCalledTimes(2);
  } finally {
    release();
    sent.mockRestore();
  }
});

it('a message whose sender died is sent by the next who tries, a minute later', async () => {
  const account = api.app.get(WechatAccount);
  const refund = await arrived('nofollow-died');
  await record(refund, ({ notifyError }) => notifyError !== null);
  let die = (): void => undefined;
  const dying = new Promise<never>((_, reject) => (die = () => reject(new Error('it died'))));
  const sent = jest.spyOn(account, 'send').mockReturnValueOnce(dying);
  const first = notify(refund.id);
  try {
    await eventually(async () => sent.mock.calls.length > 0, 'the message to be on its way');
    api.pass(50_000);
    expect((await notify(refund.id)).code).toBe(1302);
    api.pass(11_000);
    expect((await notify(refund.id)).data).toMatchObject({ notified: false, notifyError: { code: '43004' } });
  } finally {
    die();
    sent.mockRestore();
    await first;
  }
});

it('a message whose access token was replaced by somebody else is sent again with a new one', async () => {
  await api.control('POST', '/control/faults', { tokenReplaced: { times: 1 } });
  const refund = await arrived();
  expect(await record(refund, ({ notified, notifyError }) => notified || notifyError !== null)).toMatchObject(
    {
      notified: true,
      notifyError: null,
    },
  );
});

it('a subscription message reaches whoever subscribed; WeChat’s word on the others is kept', async () => {
  await set('wechat.refundTemplateKind', 'subscription');
  await record(await arrived(), ({ notified }) => notified);
  const refused = await record(await arrived('nofollow-other'), ({ notifyError }) => notifyError !== null);
  expect(refused.notifyError).toMatchObject({ code: '43101' });
});

it('a message that gets no clear answer says so until it is sent again, by itself or by a person', async () => {
  await api.control('POST', '/control/faults', { messageUnanswered: true });
  const refund = await arrived();
  const unclear = await record(refund, ({ notifyError }) => notifyError !== null);
  expect(unclear).toMatchObject({ notified: false, notifyError: { code: 'NO_ANSWER' } });
  // The job's own try may be under way, which a person does not meet.
  await eventually(async () => (await notify(refund.id)).status === 503, 'a try of a person’s own');
  expect((await audited(api, 'refund', refund.id)).at(-1)).toMatchObject({
    action: 'refund.notify',
    after: { notified: false, refused: { code: 'NO_ANSWER' } },
  });
  await api.control('POST', '/control/faults', { reset: true });
  await record(refund, ({ notified, notifyError }) => notified && notifyError === null);
});
