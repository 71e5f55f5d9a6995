import { addDays, businessDate } from '@yajin/core';
import { campDocument, type Camp } from '@yajin/contract';
import { payByCode, person, publishedCamp, unique } from '@yajin/testing/factories';
import { contested } from '@yajin/testing/identity';
import { eventually, type TestApi } from '@yajin/testing/api';
import { createOnce } from './once.kit.js';

/** A payment that fits no camp, once it is listed. */
async function strayed(api: TestApi): Promise<number> {
  const list = async (): Promise<Camp.UnallocatedPayment[]> =>
    (await api.admin<Camp.UnallocatedPage>('GET', '/api/admin/unallocated?pageSize=100')).data.list;
  const known = new Set((await list()).map(({ id }) => id));
  await payByCode(api, { id: 987_654_321 }, person());
  const found = await eventually(
    async () => (await list()).find(({ id }) => !known.has(id)),
    'the payment to be listed',
  );
  return found.id;
}

createOnce(
  [{ document: campDocument }],
  {
    createUser: {
      table: 'sys_user',
      request: async (api) => {
        const body = {
          username: `user${unique()}`,
          password: 'a long password',
          realName: '测试',
          role: 'coach',
        };
        const token = await api.adminToken();
        return { path: '/api/admin/users', token, body, other: { ...body, role: 'volunteer' } };
      },
    },
    createCamp: {
      table: 'camp',
      request: async (api) => {
        const start = addDays(businessDate(api.clock.now()), 5);
        const body = {
          name: '早起',
          posterUrl: 'https://cdn.example.com/p.jpg',
          deposit: 99,
          startDate: start,
          endDate: addDays(start, 7),
          requiredDays: 3,
          groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
          planetProjectId: '15555411412112',
        };
        const token = await api.adminToken();
        return { path: '/api/admin/camps', token, body, other: { ...body, name: '早睡' } };
      },
    },
    createCampDraft: {
      table: 'camp',
      request: async (api) => {
        const token = await api.adminToken();
        return { path: '/api/admin/camps/drafts', token, body: { name: '早起' }, other: { name: '早睡' } };
      },
    },
    createPayment: {
      table: 'camp_order',
      request: async (api) => {
        const camp = await publishedCamp(api);
        const who = person();
        const seen = await api.call('GET', `/api/h5/camps/${camp.id}`);
        const cookie = seen.headers.get('set-cookie')?.split(';')[0] ?? '';
        const body = { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname };
        return {
          path: '/api/h5/payments',
          headers: { cookie },
          body,
          other: { ...body, planetNickname: '另一位' },
        };
      },
    },
    assignUnallocated: {
      table: 'camp_member',
      request: async (api) => {
        const [camp, other] = [await publishedCamp(api), await publishedCamp(api)];
        return {
          path: `/api/admin/unallocated/${await strayed(api)}/assign`,
          token: await api.adminToken(),
          body: { campId: camp.id },
          other: { campId: other.id },
        };
      },
    },
    returnDeposit: {
      table: 'camp_refund',
      request: async (api) => ({
        path: `/api/admin/members/${(await contested(api)).newcomer.id}/return-deposit`,
        token: await api.adminToken(),
        body: { reason: '填错了星球 ID' },
        other: { reason: '另一个原因' },
      }),
    },
    refundUnallocated: {
      table: 'camp_refund',
      request: async (api) => ({
        path: `/api/admin/unallocated/${await strayed(api)}/refund`,
        token: await api.adminToken(),
        body: { reason: '付错了金额' },
        other: { reason: '另一个原因' },
      }),
    },
  },
  [
    'login',
    'logout',
    'proveFresh',
    'beginTotp',
    'renewRecoveryCodes',
    'publishCamp',
    'createPersonalLinks',
    'syncAllCamps',
    'syncCamp',
    'bindPayment',
    'claimPayment',
    'issueIdentityCode',
    'signInWithWechat',
    'matchMember',
    'unmatchMember',
    'settleReview',
    'approveRefund',
    'rejectRefund',
    'batchApproveRefunds',
    'retryRefund',
    'notifyRefund',
    // The second finds nothing to undo.
    'undoRefundDecision',
    'undoRefundDecisions',
    'moveDemoClock',
    'testConfig',
    'uploadImage',
    'receiveWechatPayment',
    'receiveWechatRefund',
  ],
);
