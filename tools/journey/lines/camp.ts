import type { Camp } from '@yajin/contract';
import { yuan, type Report } from '../report.ts';
import { DAYS, Ids, Organiser, addDays, type Member, type Stage } from '../stage.ts';
import { eventually, expectEqual, JourneyFailed, type Api, type Sandbox } from '../wire.ts';

const PASSWORD = process.env['ADMIN_PASSWORD'] || 'admin123';

/** `ord_<uuid>` is the gateway's number once its prefix and dashes are gone. */
function tradeNo(orderNo: string): string {
  return orderNo.replace('ord_', '').replaceAll('-', '');
}

/** The camp line from the first login to the last fen: by a personal link, then by a fixed code. */
export async function journey(api: Api, sandbox: Sandbox, report: Report): Promise<void> {
  const ids = new Ids();
  const organiser = new Organiser(api, sandbox, report);
  report.chapter('The personal link (动态二维码)');
  await report.step(
    'Log in',
    async () => {
      const login = await api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
        body: { username: 'admin', password: PASSWORD },
      });
      api.login(login.token);
      return login;
    },
    ({ username, realName, role }) => `${username} (${realName}), ${role}`,
  );
  await personalLink(api, sandbox, report, organiser, ids);
  report.chapter('The fixed code (固定收款码)');
  await fixedCode(api, sandbox, report, organiser, ids);
}

async function personalLink(
  api: Api,
  sandbox: Sandbox,
  report: Report,
  organiser: Organiser,
  ids: Ids,
): Promise<void> {
  const diligent = ids.member('小明同学');
  const lazy = ids.member('阿杰');
  const stage = await organiser.openCamp(`${DAYS}天早起打卡训练营`, ids.planet());
  await report.step(
    'Open the member page',
    () =>
      api.call<Camp.PublicCampDetail>(
        'GET',
        `/api/h5/camps/${stage.id}?planetUserId=${diligent.planetUserId}`,
      ),
    (detail) =>
      `${detail.name}, ${detail.memberCount} members, prefilled ${detail.prefillInfo?.planetUserId ?? 'nothing'}`,
  );
  const order = await enrol(api, sandbox, report, stage, diligent);
  await report.step(
    'Get the group QR code',
    () =>
      api.call<Camp.GroupQrcode>('GET', `/api/h5/payments/${order.orderNo}/qrcode`, {
        ticket: order.accessToken,
      }),
    (code) => `${code.groupQrcodeUrl} (${code.memberInfo.planetNickname})`,
  );
  const second = await enrol(api, sandbox, report, stage, lazy);

  await organiser.moveClock(stage, `${addDays(stage.startDate, 3)}T12:00:00`, 'ongoing');
  await organiser.checkIn(stage, [
    { member: diligent, days: [0, 0, 1, 2] },
    { member: lazy, days: [0, 1] },
  ]);
  await report.step(
    'Sync',
    async () => {
      const result = await api.call<Camp.SyncResult>('POST', `/api/admin/checkins/sync/${stage.id}`);
      expectEqual('new check-ins, members updated', [result.newCheckins, result.updatedMembers], [6, 2]);
      return result;
    },
    ({ newCheckins, updatedMembers, duration }) =>
      `${newCheckins} new check-ins, ${updatedMembers} members updated, ${duration} ms`,
  );
  await report.step(
    'Member sees the progress',
    async () => {
      const progress = await api.call<Camp.MemberProgress>('GET', `/api/h5/progress/${order.memberId}`, {
        ticket: order.accessToken,
      });
      expectEqual('days counted', progress.checkinCount, 3);
      return progress;
    },
    (progress) =>
      `day ${progress.currentDay} of ${progress.totalDays}, checked in on ${progress.checkinCount}, ${progress.gap} to go`,
  );
  await organiser.checkIn(stage, [{ member: diligent, days: [3, 5] }]);
  await organiser.moveClock(stage, `${stage.endDate}T03:00:05`, 'finished');
  const refundIds = await organiser.approveAll(stage, [diligent]);
  await organiser.watchRefunds(stage, refundIds, [diligent]);
  await organiser.compareWithGateway(
    stage,
    [order, second].map(({ orderNo }) => tradeNo(orderNo)),
  );
}

/** Places an order, pays it and waits for the page to know. */
async function enrol(
  api: Api,
  sandbox: Sandbox,
  report: Report,
  stage: Stage,
  member: Member,
): Promise<{ orderNo: string; accessToken: string; memberId: number }> {
  const { orderId, orderNo, accessToken } = await report.step(
    'Enrol',
    () =>
      api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
        body: {
          campId: stage.id,
          planetUserId: member.planetUserId,
          planetNickname: member.name,
          wechatNickname: member.name,
        },
      }),
    (order) => `${member.name}: ${order.orderNo}, ${yuan(order.amount)}`,
  );
  await report.step(
    'Get the payment parameters',
    () => api.call<Camp.PaymentParams>('GET', `/api/h5/payments/${orderId}/params?scene=native`),
    ({ qrcodeUrl }) => qrcodeUrl ?? 'none',
  );
  await report.step(
    'Pay in the sandbox',
    () => sandbox.post<{ transactionId: string; state: string }>('/pay', { orderNo, openid: member.openid }),
    ({ transactionId, state }) => `${state}, WeChat transaction ${transactionId}`,
  );
  const began = Date.now();
  const status = await report.step(
    'Wait for the payment',
    async () => {
      const answer = await api.call<Camp.PaymentStatus>('GET', `/api/h5/payments/${orderNo}/status?wait=20`, {
        ticket: accessToken,
      });
      expectEqual('payment and binding', [answer.payStatus, answer.bindStatus], ['success', 'completed']);
      return answer;
    },
    ({ payStatus, bindMethod, memberId }) =>
      `${payStatus} after ${Date.now() - began} ms, member ${memberId} bound by ${bindMethod}`,
  );
  if (status.memberId === null) throw new JourneyFailed('The payment made no member.');
  return { orderNo, accessToken, memberId: status.memberId };
}

async function fixedCode(
  api: Api,
  sandbox: Sandbox,
  report: Report,
  organiser: Organiser,
  ids: Ids,
): Promise<void> {
  const member = ids.member('小红不迟到');
  const stage = await organiser.openCamp(`${DAYS}天晨读训练营`, ids.planet());
  const { outTradeNo } = await report.step(
    'Pay by the fixed code',
    () =>
      sandbox.post<{ outTradeNo: string; amountFen: number }>('/fixed-qr-payment', {
        campId: stage.id,
        amountFen: 9990,
        openid: member.openid,
      }),
    (trade) => `${trade.outTradeNo}, ${yuan(trade.amountFen / 100)}`,
  );
  const ticket = await signIn(api, sandbox, report, stage, member);
  const { orderNo, accessToken } = ticket;
  await report.step(
    'Ask for the status',
    async () => {
      const status = await api.call<Camp.PaymentStatus>('GET', `/api/h5/payments/${orderNo}/status`, {
        ticket: accessToken,
      });
      expectEqual('payment and binding', [status.payStatus, status.bindStatus], ['success', 'pending']);
      return status;
    },
    (status) =>
      `${status.payStatus}, binding ${status.bindStatus} until ${status.bindDeadline?.replace('T', ' ') ?? ''}`,
  );
  await report.step(
    'No group QR code before that',
    () =>
      api.call<{ bindUrl: string }>('GET', `/api/h5/payments/${orderNo}/qrcode`, {
        ticket: accessToken,
        code: 1004,
      }),
    ({ bindUrl }) => `1004, bind first: ${bindUrl}`,
  );
  await report.step(
    'Bind',
    () =>
      api.call<Camp.BoundPayment>('POST', '/api/h5/payments/bind', {
        ticket: accessToken,
        body: { orderNo, planetUserId: member.planetUserId, planetNickname: member.name },
      }),
    ({ bindStatus, bindMethod, memberId }) => `${bindStatus}, member ${memberId} bound by ${bindMethod}`,
  );
  await report.step(
    'Get the group QR code',
    () => api.call<Camp.GroupQrcode>('GET', `/api/h5/payments/${orderNo}/qrcode`, { ticket: accessToken }),
    (code) => `${code.groupQrcodeUrl} (${code.memberInfo.planetNickname})`,
  );
  await organiser.checkIn(stage, [{ member, days: [0, 1, 2, 4, 5, 6] }]);
  await organiser.moveClock(stage, `${stage.endDate}T03:00:05`, 'finished');
  const refundIds = await organiser.approveAll(stage, [member]);
  await organiser.watchRefunds(stage, refundIds, [member]);
  await organiser.compareWithGateway(stage, [outTradeNo]);
}

/** The payer comes back through WeChat. The notification of the payment may need a moment to be there first. */
async function signIn(
  api: Api,
  sandbox: Sandbox,
  report: Report,
  stage: Stage,
  member: Member,
): Promise<Camp.OrderTicket> {
  return report.step(
    'Sign in with WeChat',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return eventually('a ticket for the payment', 2, async () => {
        const { code } = await sandbox.post<{ code: string }>('/oauth-code', { openid: member.openid });
        const { tickets } = await api.call<Camp.WechatSession>('POST', '/api/h5/auth/wechat', {
          body: { code },
        });
        return tickets.find((ticket) => ticket.campId === stage.id) ?? null;
      });
    },
    ({ orderNo, campName }) => `ticket for ${orderNo} (${campName})`,
  );
}
