import { setTimeout } from 'node:timers/promises';
import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { DataSource } from 'typeorm';
import { CampScanner } from '../src/lines/camp/camp.scanner.js';
import { checkIns, member, person, publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { TestApi, type Answer } from '@yajin/testing/api';
import { audited, operator } from '@yajin/testing/operators';
import { sync } from '@yajin/testing/matching';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const PATH = '/api/admin/checkin-uploads';

async function preview(camp: MadeCamp, lines: string[]): Promise<Answer<Console.CheckinUploadPreview>> {
  const content = Buffer.from(['星球ID,昵称,日期', ...lines].join('\n')).toString('base64');
  return api.admin('POST', PATH, { campId: camp.id, fileName: '打卡.csv', content });
}

const apply = (id: number, closes = false) =>
  api.admin<Console.CheckinUpload>('POST', `${PATH}/${id}/apply`, { closes });
const undo = (id: number) => api.admin<Console.CheckinUpload>('POST', `${PATH}/${id}/undo`);

async function applied(camp: MadeCamp, lines: string[], closes = false): Promise<Console.CheckinUpload> {
  const { data } = await preview(camp, lines);
  const answer = await apply(data.upload.id, closes);
  expect(answer.code).toBe(200);
  return answer.data;
}

async function daysOf(camp: MadeCamp): Promise<number[]> {
  const found = await api.rows<{ checkin_count: number }>(
    'SELECT checkin_count FROM camp_member WHERE camp_id = $1 ORDER BY id',
    [camp.id],
  );
  return found.map((row) => row.checkin_count);
}

const pending = async (camp: MadeCamp): Promise<Camp.PendingRefund[]> =>
  (await api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?campId=${camp.id}`)).data.list;

describe('an upload of check-ins', () => {
  it('is shown first: what is new, known, out of the camp, nobody’s or unreadable; and changes nothing yet', async () => {
    const camp = await publishedCamp(api, { days: 5 });
    const [anna, bo] = [person(), person()];
    await member(api, camp, anna);
    await member(api, camp, bo);
    await checkIns(api, camp, anna, 1);
    await api.moveClock(`${addDays(camp.start, 3)}T12:00:00`);
    await sync(api, camp);
    const { data } = await preview(camp, [
      `${anna.planetUserId},,${camp.start}`,
      `${anna.planetUserId},,${addDays(camp.start, 1)}`,
      `,${bo.nickname},${addDays(camp.start, 1)}`,
      `,${bo.nickname},${addDays(camp.start, 1)}`,
      `,${bo.nickname},${addDays(camp.start, 4)}`,
      `,${bo.nickname},${camp.end}`,
      `987654321,,${camp.start}`,
      `,没有这个人,${camp.start}`,
      `,${bo.nickname},昨天`,
    ]);
    expect(data).toMatchObject({
      upload: { status: 'draft', lines: 9, added: 0, canUndo: false },
      canClose: false,
      counts: { new: 2, duplicate: 2, outside: 2, unmatched: 2, bad: 1 },
      members: 2,
    });
    expect(data.rows.map(({ reasonCode }) => reasonCode)).toEqual([
      'line_not_yet',
      'line_outside_camp',
      'line_id_unknown',
      'line_name_unknown',
      'line_date_unreadable',
      'line_known',
      'line_known',
    ]);
    expect(data.rows.map(({ line, status }) => [line, status])).toEqual([
      [6, 'outside'],
      [7, 'outside'],
      [8, 'unmatched'],
      [9, 'unmatched'],
      [10, 'bad'],
      [2, 'duplicate'],
      [5, 'duplicate'],
    ]);
    expect(await daysOf(camp)).toEqual([1, 0]);
    const list = await api.admin<Console.CheckinUploadList>('GET', `${PATH}?campId=${camp.id}`);
    expect(list.data.list).toEqual([]);
  });

  it('counts once it is applied, once however often that is asked, and is on record', async () => {
    const camp = await publishedCamp(api, { days: 5 });
    const who = person();
    await member(api, camp, who);
    await api.moveClock(`${addDays(camp.start, 4)}T12:00:00`);
    const days = [0, 1, 2].map((day) => `${who.planetUserId},,${addDays(camp.start, day)}`);
    const { data } = await preview(camp, days);
    const answers = await Promise.all([apply(data.upload.id), apply(data.upload.id)]);
    expect(answers.map(({ code, data: made }) => [code, made.added])).toEqual([
      [200, 3],
      [200, 3],
    ]);
    expect(await daysOf(camp)).toEqual([3]);
    // The same days in another file, and as zsxq tells them afterwards.
    expect((await applied(camp, days)).added).toBe(0);
    await checkIns(api, camp, who, 4);
    await sync(api, camp);
    expect(await daysOf(camp)).toEqual([4]);
    const records = await api.admin<Camp.CheckinRecordPage>(
      'GET',
      `/api/admin/checkins/records?campId=${camp.id}`,
    );
    expect(records.data.list.filter(({ checkinContent }) => checkinContent === '（人工导入）')).toHaveLength(
      3,
    );
    expect((await audited(api, 'camp', String(camp.id))).map(({ action }) => action)).toContain(
      'checkin.upload',
    );
  });

  it('can be undone, and leaves what came from elsewhere', async () => {
    const camp = await publishedCamp(api, { days: 5 });
    const [anna, bo] = [person(), person()];
    await member(api, camp, anna);
    await member(api, camp, bo);
    await checkIns(api, camp, anna, 1);
    await api.moveClock(`${addDays(camp.start, 4)}T12:00:00`);
    await sync(api, camp);
    const upload = await applied(camp, [
      `${anna.planetUserId},,${addDays(camp.start, 1)}`,
      `${bo.planetUserId},,${camp.start}`,
    ]);
    expect(upload).toMatchObject({ status: 'applied', added: 2, canUndo: true });
    expect(await daysOf(camp)).toEqual([2, 1]);
    expect((await undo(upload.id)).data).toMatchObject({ status: 'undone', canUndo: false });
    expect((await undo(upload.id)).code).toBe(200);
    expect(await daysOf(camp)).toEqual([1, 0]);
    expect(await apply(upload.id)).toMatchObject({ code: 409, messageCode: 'upload_undone' });
    expect((await audited(api, 'camp', String(camp.id))).at(-1)?.action).toBe('checkin.upload_undo');
  });

  it('closes a camp that zsxq keeps from being read: its refund list is made from the upload', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 2, deposit: 50 });
    const [keeper, quitter] = [person(), person()];
    await member(api, camp, keeper);
    await member(api, camp, quitter);
    await api.control('POST', '/control/settings', { planetRefusedPercent: 100 });
    const early = await preview(camp, [`${keeper.planetUserId},,${camp.start}`]);
    expect((await apply(early.data.upload.id, true)).code).toBe(409);
    await api.moveClock(`${camp.end}T03:00:10`);
    expect(await pending(camp)).toEqual([]);
    const lines = [`${keeper.planetUserId},,${camp.start}`, `${quitter.planetUserId},,${camp.start}`];
    // Not all of it: the camp goes on waiting.
    await applied(camp, lines);
    await api.moveClock(`${camp.end}T03:20:00`);
    expect(await pending(camp)).toEqual([]);
    const last = await preview(camp, [`${keeper.planetUserId},,${addDays(camp.start, 1)}`]);
    expect(last.data.canClose).toBe(true);
    const { data: upload } = await apply(last.data.upload.id, true);
    await api.moveClock(`${camp.end}T03:21:00`);
    const [refund, ...others] = await pending(camp);
    expect(refund).toMatchObject({ checkinCount: 2, refundAmount: 50 });
    expect(others).toEqual([]);
    const list = await api.admin<Console.CheckinUploadList>('GET', `${PATH}?campId=${camp.id}`);
    expect(list.data.list.map(({ canUndo, closes }) => [canUndo, closes])).toEqual([
      [false, true],
      [false, false],
    ]);
    expect((await undo(upload.id)).code).toBe(409);
    await api.control('POST', '/control/settings', { planetRefusedPercent: 22 });
  });

  it('closes no camp by a file that has nobody’s check-in of it', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 2 });
    await member(api, camp, person());
    await api.moveClock(`${camp.end}T02:00:00`);
    const { data } = await preview(camp, [`${person().planetUserId},,${camp.start}`]);
    expect((await apply(data.upload.id, true)).code).toBe(409);
    expect(await applied(camp, [`${person().planetUserId},,${camp.start}`])).toMatchObject({ added: 0 });
  });

  it('makes no refund list that is undone at the very moment the list is to be made from it', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 2 });
    const who = person();
    await member(api, camp, who);
    await api.moveClock(`${camp.end}T02:00:00`);
    const upload = await applied(camp, [`${who.planetUserId},,${camp.start}`], true);
    const undoing = api.app.get(DataSource).createQueryRunner();
    await undoing.startTransaction();
    await undoing.query('SELECT 1 FROM camp WHERE id = $1 FOR NO KEY UPDATE', [camp.id]);
    await undoing.query(`UPDATE camp_checkin_upload SET status = 'undone' WHERE id = $1`, [upload.id]);
    const listing = api.app.get(CampScanner).settleCamp(camp.id);
    await setTimeout(300);
    await undoing.commitTransaction();
    await undoing.release();
    await listing;
    expect(await api.rows('SELECT refunds_listed_at FROM camp WHERE id = $1', [camp.id])).toEqual([
      { refunds_listed_at: null },
    ]);
  });

  it('is refused in words where the file cannot be read or is too large', async () => {
    const camp = await publishedCamp(api);
    const send = (content: string) =>
      api.admin<{ errors: { message: string }[] }>('POST', PATH, {
        campId: camp.id,
        fileName: 'a.csv',
        content,
      });
    const wrong = await send(Buffer.from('昵称\n小林').toString('base64'));
    expect([wrong.code, wrong.data.errors[0]?.message]).toEqual([400, '第一行没有“日期”列']);
    expect((await send('不是Base64')).code).toBe(400);
    expect((await send('A'.repeat(933_340))).code).toBe(400);
    expect((await send('A'.repeat(1_100_000))).code).toBe(413);
  });

  it.each(['coach', 'volunteer'] as const)('is nothing for a %s', async (role) => {
    const { token } = await operator(api, role);
    expect((await api.call('GET', `${PATH}?campId=1`, { token })).code).toBe(403);
  });
});
