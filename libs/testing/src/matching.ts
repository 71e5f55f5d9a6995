import type { Camp } from '@yajin/contract';
import { PayerIds } from '@yajin/payment';
import { checkIns, payByCode, person, type MadeCamp, type Person } from './factories.js';
import { eventually, type Answer, type TestApi } from './api.js';

const SYNC_UNDER_WAY = 1201;

/** A payer by the fixed code who has told no more than this. @returns the member's id */
export async function scanner(
  api: TestApi,
  camp: MadeCamp,
  told: { planetUserId?: string; planetNickname?: string; wechatNickname?: string } = {},
): Promise<number> {
  const who = person();
  await payByCode(api, camp, who, Math.round(camp.deposit * 100));
  const id = await eventually(
    async () =>
      (
        await api.rows<{ id: number }>(
          'SELECT m.id FROM camp_member m JOIN pay_order o ON o.id = m.order_id WHERE m.camp_id = $1 AND o.payer_index = $2',
          [camp.id, api.app.get(PayerIds).index(who.openid)],
        )
      )[0]?.id,
    'the member',
  );
  await api.rows(
    `UPDATE camp_member SET filled_planet_user_id = $2, filled_planet_nickname = $3, filled_wechat_nickname = $4 WHERE id = $1`,
    [id, told.planetUserId ?? null, told.planetNickname ?? null, told.wechatNickname ?? null],
  );
  return id;
}

/** Somebody of the planet who checked in; synced by the next sync. */
export async function poster(api: TestApi, camp: MadeCamp, nickname: string, days = 2): Promise<Person> {
  const who = { ...person(), nickname };
  await checkIns(api, camp, who, days);
  return who;
}

/** Reads the camp's check-ins of now: a sync that began by itself has ended before. */
export async function sync(api: TestApi, camp: Pick<MadeCamp, 'id'>): Promise<void> {
  const answer = await eventually(async () => {
    const said = await api.admin('POST', `/api/admin/checkins/sync/${camp.id}`);
    return said.code === SYNC_UNDER_WAY ? null : said;
  }, 'the sync that is under way to end');
  if (answer.code !== 200) throw new Error(`sync: ${answer.code} ${answer.message}`);
}

/** The id that operators match by. */
export async function refOf(api: TestApi, { planetUserId }: Person): Promise<number> {
  const [user] = await api.rows<{ id: number }>('SELECT id FROM planet_user WHERE planet_user_id = $1', [
    planetUserId,
  ]);
  if (!user) throw new Error(`no planet user ${planetUserId}: sync first`);
  return user.id;
}

export async function detail(api: TestApi, id: number): Promise<Camp.MemberDetail> {
  return (await api.admin<Camp.MemberDetail>('GET', `/api/admin/members/${id}`)).data;
}

/** The only member of a camp. */
export async function onlyMember(api: TestApi, camp: MadeCamp): Promise<number> {
  const all = await api.rows<{ id: number }>('SELECT id FROM camp_member WHERE camp_id = $1', [camp.id]);
  if (!all[0] || all.length > 1) throw new Error(`camp ${camp.id} has ${all.length} members`);
  return all[0].id;
}

/** @param token an operator's; the first admin's when left out */
export async function match(
  api: TestApi,
  id: number,
  planetUserId: number,
  token?: string,
): Promise<Answer<Camp.MatchedMember>> {
  return api.call<Camp.MatchedMember>('POST', `/api/admin/members/${id}/match`, {
    token: token ?? (await api.adminToken()),
    body: { planetUserId },
  });
}

export function unmatch(api: TestApi, id: number): Promise<Answer<Camp.UnmatchedMember>> {
  return api.admin<Camp.UnmatchedMember>('POST', `/api/admin/members/${id}/unmatch`, {
    reason: '冒用他人ID',
  });
}

/** What waits for a decision in a camp, once no job is due. */
export async function pendingOf(api: TestApi, camp: MadeCamp): Promise<Camp.PendingRefund[]> {
  await api.quiet();
  const page = await api.admin<Camp.PendingRefundPage>(
    'GET',
    `/api/admin/refunds/pending?campId=${camp.id}&pageSize=100`,
  );
  return page.data.list;
}

export async function finish(api: TestApi, camp: MadeCamp): Promise<void> {
  await api.moveClock(`${camp.end}T03:00:10`);
  await api.quiet();
}
