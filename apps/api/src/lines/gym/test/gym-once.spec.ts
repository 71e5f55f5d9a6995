import { consoleDocument } from '@yajin/contract/console';
import { gymDocument } from '@yajin/contract/gym';
import { unique } from '@yajin/testing/factories';
import { createOnce } from '../../../../test/once.kit.js';
import { makePerson } from './gym.kit.js';

createOnce(
  [{ document: gymDocument }, { document: consoleDocument, below: '/api/admin/gym/' }],
  {
    createPayment: {
      table: 'gym_payment',
      request: async (api) => {
        const { token, member } = await makePerson(api);
        const offer = { type: 'course', name: '单次课', amount: unique() + 0.9, quantity: 1 };
        await api.admin('POST', '/api/admin/gym/offers', offer);
        const body = { member_id: member.id, amount: offer.amount, type: offer.type };
        return { path: '/api/v1/payments', token, body, other: { ...body, description: '另一笔' } };
      },
    },
    createGymMember: {
      table: 'gym_member',
      request: async (api) => {
        const body = { userId: `user-${unique()}`, name: '测试会员' };
        const token = await api.adminToken();
        return { path: '/api/admin/gym/members', token, body, other: { ...body, name: '另一位' } };
      },
    },
    createGymOffer: {
      table: 'gym_offer',
      request: async (api) => {
        const body = { type: 'membership', name: '月卡', amount: 100 + unique(), quantity: 30 };
        const token = await api.adminToken();
        return { path: '/api/admin/gym/offers', token, body, other: { ...body, quantity: 31 } };
      },
    },
  },
  ['paymentCallback', 'refundGymPayment', 'retryGymRefund'],
);
