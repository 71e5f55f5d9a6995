import { consoleDocument } from '@yajin/contract/console';
import { finishedCamp, openOrder, pay, person, publishedCamp } from '@yajin/testing/factories';
import { eventually, type TestApi } from '@yajin/testing/api';
import { createOnce } from '../../../test/once.kit.js';

/** Somebody pays 99 at the gateway for an order that asked for 120. */
async function suspended(api: TestApi): Promise<number> {
  const who = person();
  const order = await openOrder(api, await publishedCamp(api), who);
  await api.rows(
    `WITH asked AS (UPDATE pay_order SET amount_fen = 12000 WHERE id = $1)
     UPDATE pay_attempt SET amount_fen = 12000 WHERE order_id = $1`,
    [order.orderId],
  );
  await pay(api, order, who);
  const kept = await eventually(
    async () =>
      (await api.rows<{ id: number }>('SELECT id FROM pay_suspense WHERE order_id = $1', [order.orderId]))[0],
    'the suspense',
  );
  await api.quiet();
  return kept.id;
}

/** A refund that the gateway calls abnormal. */
async function abnormal(api: TestApi): Promise<number> {
  const { orders, refundIds } = await finishedCamp(api, 1);
  await api.control('POST', '/control/faults', { refundResult: { value: 'ABNORMAL', times: 1 } });
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  const failed = await eventually(
    async () =>
      (
        await api.rows<{ id: number }>(
          `SELECT id FROM pay_refund WHERE order_id = $1 AND status = 'failed'`,
          [orders[0]?.orderId],
        )
      )[0],
    'the refund to be abnormal',
  );
  await api.quiet();
  return failed.id;
}

createOnce(
  [{ document: consoleDocument, below: '/api/admin/pay/' }],
  {
    assignPaySuspense: {
      table: 'pay_ledger',
      request: async (api) => ({
        path: `/api/admin/pay/suspense/${await suspended(api)}/assign`,
        token: await api.adminToken(),
        body: { note: '已电话核实' },
        other: { note: '另一个理由' },
      }),
    },
    refundPaySuspense: {
      table: 'pay_refund',
      request: async (api) => ({
        path: `/api/admin/pay/suspense/${await suspended(api)}/refund`,
        token: await api.adminToken(),
        body: { note: '付错了金额' },
        other: { note: '另一个理由' },
      }),
    },
    proposeOutsideRefund: {
      table: 'pay_refund_outside',
      request: async (api) => ({
        path: `/api/admin/pay/refunds/${await abnormal(api)}/outside`,
        token: await api.adminToken(),
        body: { evidence: '网银转账，流水号 20261128001' },
        other: { evidence: '另一份凭证' },
      }),
    },
  },
  ['retryPayRefund', 'redirectPayRefund', 'confirmOutsideRefund'],
);
