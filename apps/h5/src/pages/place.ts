import { ApiError, type Camp } from '@yajin/web';
import { uuid } from '@yajin/ui';
import { client } from '../kit/api.js';
import { keepOrder } from '../kit/orders.js';
import { forget, load, save } from '../kit/storage.js';
import type { Enrolment } from '../rules/enrol.rules.js';
import type { GivenConsent } from './consent.js';

interface Trying {
  content: string;
  key: string;
}

const NAME = 'placing';

/**
 * Places an order. Until an answer comes, the same content keeps its key, over a reload too, so that asking again places
 * no second one. @throws as the client's `call`
 */
export async function placeOrder(
  camp: Camp.PublicCampDetail,
  form: Enrolment,
  sig: string,
  consent: GivenConsent,
): Promise<Camp.CreatedPayment> {
  const wechatNickname = form.wechatNickname.trim();
  const body: Camp.CreatePaymentRequest = {
    campId: camp.id,
    planetUserId: form.planetUserId,
    planetNickname: form.planetNickname.trim(),
    ...(wechatNickname ? { wechatNickname } : {}),
    ...(sig ? { sig } : {}),
    ...consent,
  };
  try {
    const order = await client.call('createPayment', { body }, { idempotencyKey: keyFor(body) });
    keepOrder({
      orderNo: order.orderNo,
      ticket: order.accessToken,
      campId: camp.id,
      campName: camp.name,
      payStatus: 'pending',
      bindStatus: 'pending',
      memberId: null,
      at: Date.now(),
      heardAt: Date.now(),
      payTime: null,
      placed: {
        orderId: order.orderId,
        amount: order.amount,
        expireTime: order.expireTime,
        planetUserId: body.planetUserId,
        planetNickname: body.planetNickname,
        ...(sig ? { sig } : {}),
      },
    });
    forget(NAME);
    return order;
  } catch (error) {
    // Without a clear answer the order may exist all the same.
    if (error instanceof ApiError && error.status < 500 && error.status !== 429) forget(NAME);
    throw error;
  }
}

function keyFor(body: Camp.CreatePaymentRequest): string {
  const content = JSON.stringify(body);
  const trying = load<Trying>(NAME);
  if (trying?.content === content) return trying.key;
  const key = uuid();
  save(NAME, { content, key } satisfies Trying);
  return key;
}
