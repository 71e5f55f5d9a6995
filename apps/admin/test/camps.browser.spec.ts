import { toBuffer } from 'qrcode';
import { eventually } from '@yajin/testing/api';
import { publishedCamp, unique } from '@yajin/testing/factories';
import type { Locator, Page } from 'playwright-core';
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

describe('a draft', () => {
  it('is saved with anything missing, and its check-list says what, until it can be published', async () => {
    const page = await console_.open('/camps/new');
    await page.getByLabel('名称', { exact: true }).fill('只有名字的营');
    await page.getByRole('button', { name: '保存为草稿' }).click();
    await page.getByRole('heading', { name: '只有名字的营' }).waitFor();
    const missing = (at: Page | Locator) =>
      at.getByRole('list', { name: '发布前检查' }).getByText('未填写', { exact: true });
    await missing(page).first().waitFor();
    expect(await missing(page).count()).toBe(7);
    // Placeholders are nobody's business.
    expect(await page.getByText(/unset\.invalid|未命名|¥0\.0/).count()).toBe(0);
    await page.getByRole('button', { name: /发布/ }).click();
    const dialog = page.getByRole('dialog');
    await missing(dialog).first().waitFor();
    expect(await missing(dialog).count()).toBe(7);
    expect(await dialog.getByRole('button', { name: '发布并开始报名' }).count()).toBe(0);
    await dialog.getByRole('link', { name: '去补充' }).click();
    await page.getByLabel('要求打卡天数').fill('3');
    await page.getByLabel('押金', { exact: true }).fill('66');
    await page.getByRole('button', { name: '保存为草稿' }).click();
    await page.getByText('¥66.00').first().waitFor();
    expect(await missing(page).count()).toBe(5);
    await page.goto(`${console_.api.url}/admin/camps`);
    await page
      .getByRole('row', { name: /只有名字的营/ })
      .getByText('—')
      .first()
      .waitFor();
    await page.context().close();
  });

  it('that contradicts itself is marked where it does, and nothing of it is lost', async () => {
    const page = await console_.open('/camps/new');
    await page.getByLabel('名称', { exact: true }).fill('自相矛盾的营');
    for (const [label, date] of [
      ['开始日期', '2030-05-10'],
      ['结束日期', '2030-05-20'],
    ] as const) {
      await page.getByLabel(label, { exact: true }).fill(date);
      await page.keyboard.press('Enter');
    }
    await page.getByLabel('要求打卡天数').fill('11');
    await page.getByRole('button', { name: '保存为草稿' }).click();
    await page.getByText('不能超过总天数 10').waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/camps/new');
    await page.context().close();
  });
});

it('a group’s picture must decode as a code, and a poster has a least size: what is wrong is said, and nothing is taken', async () => {
  const page = await console_.open('/camps/new');
  const [poster, group] = [page.locator('input[type=file]').first(), page.locator('input[type=file]').nth(1)];
  const file = (buffer: Buffer) => ({ name: 'p.png', mimeType: 'image/png', buffer });
  const photo = await page.screenshot();
  await group.setInputFiles(file(photo));
  await page.getByText('图片里没有能识别的二维码').waitFor();
  await poster.setInputFiles(file(await toBuffer('x', { width: 200 })));
  await page.getByText('海报至少 600×300 像素，这张只有 200×200').waitFor();
  await group.setInputFiles(file(await toBuffer('https://weixin.qq.com/g/AwYAAJ0GkDq0', { width: 300 })));
  await page.getByText('已识别二维码：https://weixin.qq.com/g/AwYAAJ0GkDq0').waitFor();
  await poster.setInputFiles(file(photo));
  await page.getByRole('button', { name: '移除' }).nth(1).waitFor();
  await page.context().close();
});

describe('the preview of a camp', () => {
  it('is the member pages themselves, follows what is typed, and nothing in it can be pressed', async () => {
    const page = await console_.open('/camps/new');
    const phone = page.frameLocator('iframe');
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (request.frame() !== page.mainFrame() && pathname.startsWith('/api/')) asked.push(pathname);
    });
    await phone.getByRole('heading', { name: '（训练营名称）', includeHidden: true }).waitFor();
    await page.getByText('还没填写的内容用示例代替').waitFor();
    await page.getByLabel('名称', { exact: true }).fill('正在写的营');
    await page.getByLabel('押金', { exact: true }).fill('12.5');
    await phone.getByRole('heading', { name: '正在写的营', includeHidden: true }).waitFor();
    await phone.getByText('12.50 原路退回你付款的微信').waitFor();
    await phone.getByText('我要报名').click({ force: true });
    expect(await phone.getByText('我要报名').count()).toBe(1);
    await page.getByText('付款后', { exact: true }).click();
    await phone.getByText('最后一步：加入训练营微信群。').waitFor();
    await phone.getByText('群二维码示例').waitFor();
    expect(await phone.getByText('有误').count()).toBe(0);
    expect(asked).toEqual([]);
    await page.context().close();
  });

  it('of a camp that is over is what newcomers see then, and the page offers no code to enrol by', async () => {
    const { api } = console_;
    const camp = await publishedCamp(api, { days: 3 });
    const page = await console_.open(`/camps/${camp.id}`);
    const phone = page.frameLocator('iframe');
    await phone.getByText('我要报名').waitFor();
    await page.getByRole('img', { name: '报名二维码' }).waitFor();
    await api.moveClock(`${camp.end}T09:00:00`);
    await page.reload();
    await phone.getByText('训练营已结束，查看我的报名').waitFor();
    await page.getByText('新来的人看到的就是这样，不能再报名').waitFor();
    // Whoever has paid is no newcomer.
    await page.getByText('付款后', { exact: true }).click();
    await phone.getByText('最后一步：加入训练营微信群。').waitFor();
    expect(await page.getByText('新来的人看到的就是这样').count()).toBe(0);
    expect(await page.getByRole('img', { name: '报名二维码' }).count()).toBe(0);
    expect(await page.getByText('专属链接').count()).toBe(0);
    await page.context().close();
  });

  it('takes nothing to show but from the page that frames it, and no page of another origin can', async () => {
    const preview = `${console_.api.url}/h5/preview`;
    const page = await console_.open('/', { as: null });
    const answered = await page.goto(preview);
    expect((await answered?.headerValue('content-security-policy')) ?? '').toContain(
      "frame-ancestors 'self'",
    );
    await page.getByRole('heading', { name: '预览' }).waitFor();
    await page.evaluate(async () => {
      const heard = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
      window.postMessage({ preview: 'before', camp: { name: 'x' } }, '*');
      await heard;
      // Whatever would have come of it is drawn by then.
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    });
    expect(await page.getByRole('heading').allTextContents()).toEqual(['预览']);

    await page.route('http://elsewhere.localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${preview}"></iframe>` }),
    );
    await page.goto('http://elsewhere.localhost/');
    // What the browser shows in its place.
    await eventually(
      async () => page.frames().some((frame) => frame.url().startsWith('chrome-error:')),
      'the page to be refused',
    );
    expect(await page.frameLocator('iframe').getByText('预览').count()).toBe(0);
    await page.context().close();
  });
});
