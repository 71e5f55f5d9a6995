import { publishedCamp, unique } from '@yajin/testing/factories';
import { Console } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

const another = (): string => `2424424${String(unique()).padStart(3, '0')}`;

async function project(title: string): Promise<string> {
  const checkinId = another();
  await console_.api.control('POST', '/control/planet/checkins', { checkinId, title });
  return checkinId;
}

describe('the check-in project of a camp', () => {
  it('is understood from a pasted address, and zsxq’s title of it is shown before anything is published', async () => {
    const checkinId = await project('21 天早起');
    const group = console_.api.sandbox.settings.PLANET_GROUP_ID;
    const page = await console_.open('/camps/new');
    const field = page.getByLabel('打卡项目', { exact: true });
    await field.fill(`https://wx.zsxq.com/group/${group}/checkin/${checkinId}?from=share`);
    await field.blur();
    await page.getByText('知识星球上的名称：21 天早起（进行中）').waitFor();
    expect(await field.inputValue()).toBe(checkinId);
    expect(await page.getByLabel('星球 ID').inputValue()).toBe(group);

    await field.fill('https://t.zsxq.com/Ab3dE');
    await field.blur();
    await page.getByText('短链接看不出是哪个项目').waitFor();
    await field.fill('404404404');
    await field.blur();
    await page.getByText('知识星球没有这个项目').waitFor();
    await page.context().close();
  });

  it('is called by its title where a camp is published, and one that zsxq does not know takes a word more', async () => {
    const { api } = console_;
    const camp = await publishedCamp(api, { planetProjectId: await project('晨读三十天') });
    const draft = async (planetProjectId: string): Promise<number> => {
      const { data } = await api.admin<{ id: number }>('POST', '/api/admin/camps', {
        name: '未发布的营',
        posterUrl: 'https://cdn.example.com/poster.jpg',
        groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
        deposit: 99,
        startDate: camp.start,
        endDate: camp.end,
        requiredDays: 3,
        planetProjectId,
      });
      return data.id;
    };
    const page = await console_.open(`/camps/${await draft(await project('晚安打卡'))}`);
    await page.getByRole('button', { name: /发布/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('知识星球上的名称：晚安打卡').waitFor();
    expect(await dialog.getByRole('button', { name: '发布并开始报名' }).isEnabled()).toBe(true);

    await page.goto(`${api.url}/admin/camps/${await draft('404404404')}`);
    await page.getByRole('button', { name: /发布/ }).click();
    await dialog.getByText('知识星球没有这个项目').waitFor();
    const publish = dialog.getByRole('button', { name: '发布并开始报名' });
    expect(await publish.isEnabled()).toBe(false);
    await dialog.getByRole('checkbox', { name: /我已核对/ }).check();
    await publish.click();
    await page.getByText('已发布，报名已开始').waitFor();
    await page.context().close();
  });

  it('is corrected by an admin after publishing, once its title was seen', async () => {
    const { api } = console_;
    const camp = await publishedCamp(api, { planetProjectId: await project('填错的项目') });
    const right = await project('正确的项目');
    const page = await console_.open(`/camps/${camp.id}`);
    await page.getByRole('button', { name: '更正' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('知识星球上的名称：填错的项目').waitFor();
    const field = dialog.getByLabel('正确的项目');
    const ok = dialog.getByRole('button', { name: '更正', exact: true });
    expect(await ok.isEnabled()).toBe(false);
    await field.fill(`https://wx.zsxq.com/checkin/${right}`);
    await field.blur();
    await dialog.getByText('知识星球上的名称：正确的项目').waitFor();
    await ok.click();
    await page.getByText(/已更正，0 条打卡记录作废/).waitFor();
    await page.getByText(right).waitFor();
    expect(await api.rows('SELECT planet_project_id FROM camp WHERE id = $1', [camp.id])).toEqual([
      { planet_project_id: right },
    ]);
    await page.context().close();
  });
});
