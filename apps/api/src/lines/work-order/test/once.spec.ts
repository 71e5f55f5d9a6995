import { consoleDocument } from '@yajin/contract/console';
import { workOrderDocument } from '@yajin/contract/work-order';
import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import { unique } from '@yajin/testing/factories';
import { eventually, type TestApi } from '@yajin/testing/api';
import { createOnce } from '../../../../test/once.kit.js';
import { OPENID, user, USER } from './work-order.kit.js';

const ORDERS = '/api/admin/work-order/orders';

async function serviceType(api: TestApi): Promise<number> {
  const body = { name: `换插座${unique()}`, prepayAmount: 50 };
  const made = await api.admin<Console.WorkOrderServiceType>(
    'POST',
    '/api/admin/work-order/service-types',
    body,
  );
  return made.data.id;
}

async function booked(api: TestApi): Promise<number> {
  const body = { userId: USER, serviceTypeId: await serviceType(api) };
  return (await api.admin<Console.WorkOrder>('POST', ORDERS, body)).data.id;
}

/** @returns the payment's number */
async function paid(api: TestApi): Promise<string> {
  const token = user();
  const body = { order_id: await booked(api), payment_method: 'test' };
  const { data } = await api.call<WorkOrder.CreatedPayment>('POST', '/api/payments', { token, body });
  const confirmed = { token, body: { payment_no: data.payment_no } };
  await api.call('POST', '/api/payments/test/confirm', confirmed);
  await eventually(
    async () =>
      (
        await api.rows(`SELECT 1 FROM work_order_payment WHERE payment_no = $1 AND status = 'success'`, [
          data.payment_no,
        ])
      ).length > 0,
    'the payment',
  );
  return data.payment_no;
}

createOnce(
  [{ document: workOrderDocument }, { document: consoleDocument, below: '/api/admin/work-order/' }],
  {
    createPayment: {
      table: 'work_order_payment',
      tells: true,
      request: async (api) => {
        const body = { order_id: await booked(api), openid: OPENID };
        return { path: '/api/payments', token: user(), body, other: { ...body, openid: 'oSomebodyElse' } };
      },
    },
    applyRefund: {
      table: 'work_order_refund',
      request: async (api) => {
        const path = `/api/payments/${await paid(api)}/refund`;
        return { path, token: user(), body: { reason: '不修了' }, other: { reason: '换一家' } };
      },
    },
    createWorkOrderServiceType: {
      table: 'work_order_service_type',
      request: async (api) => {
        const body = { name: `修灯${unique()}`, prepayAmount: 50 };
        const path = '/api/admin/work-order/service-types';
        return { path, token: await api.adminToken(), body, other: { ...body, prepayAmount: 51 } };
      },
    },
    createWorkOrder: {
      table: 'work_order',
      request: async (api) => {
        const body = { userId: USER, serviceTypeId: await serviceType(api) };
        const other = { ...body, description: '另一处' };
        return { path: ORDERS, token: await api.adminToken(), body, other };
      },
    },
  },
  ['confirmTest', 'receiveWechat', 'acceptWorkOrder', 'completeWorkOrder', 'closeWorkOrder'],
);
