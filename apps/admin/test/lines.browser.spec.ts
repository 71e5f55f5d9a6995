import type { Console as Contract } from '@yajin/contract/console';
import { Console } from './console.js';
import { paidCourse } from './course.kit.js';
import { fillLines, gymOrder, refundApplication } from './pay.kit.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
  await fillLines(console_.api);
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

it('a course refund is begun from the booking’s row, says what can go back, is sent once, and arrives', async () => {
  const booking = await paidCourse(console_.api);
  const page = await console_.open(`/pay/course?tab=enrolments&keyword=${booking.userId}`);
  await page.getByRole('row').filter({ hasText: booking.title }).click();
  const drawer = page.getByRole('dialog', { name: '报名或预约' });
  for (const said of [booking.userId, '付款成功', '记账：收款', '同一付款人的订单'])
    await drawer.getByText(said).first().waitFor();
  await drawer.getByRole('button', { name: '退款' }).click();
  const form = page.getByRole('dialog', { name: new RegExp(`退款：.*${booking.title}`) });
  await form.getByText('最多可退 ¥299.00').waitFor();
  await form.getByRole('button', { name: '确认退款' }).click();
  await form.getByText('必填').waitFor();
  await form.getByLabel('退款金额').fill('100');
  await form.getByLabel('退款原因（付款人可见）').fill('课程改期');
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
  await form.getByRole('button', { name: '确认退款' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await form.waitFor({ state: 'hidden' });
  await drawer.getByText('¥199.00').first().waitFor();
  await drawer.getByText('退款到账').waitFor();
  expect(sent).toBe(1);
  await page.context().close();
});

it('every line’s rows open their object with its people and the story of its money, and lead back from the order', async () => {
  await refundApplication(console_.api);
  const { orderNo } = await gymOrder(console_.api);
  const page = await console_.open('/');
  const opened = async (tab: string, row: string, says: string[]): Promise<void> => {
    await page.goto(`${console_.api.url}/admin/pay/${tab}`);
    await page.getByRole('row').filter({ hasText: row }).first().click();
    const drawer = page.getByRole('dialog');
    for (const each of says) await drawer.getByText(each).first().waitFor();
    expect(new URL(page.url()).searchParams.get('object')).not.toBeNull();
  };
  await opened('gym?tab=members', '林小满', ['用户 ID', '付款成功', '打开订单']);
  await opened('task?tab=tasks', '搬运书架', ['发布方', '付款成功', '发布费']);
  await opened('work-order?tab=orders', '换插座', ['电工', '付款成功', '退款申请', '客厅没电了']);
  await opened('course?tab=enrolments', '待支付', ['可退金额', '还没有付款']);
  // Courses, offers and services open what was bought of them.
  await page.goto(`${console_.api.url}/admin/pay/course?tab=courses`);
  await page.getByRole('table', { name: '课程' }).getByRole('row').nth(1).click();
  await page.waitForURL(/tab=enrolments&courseId=/);
  await page.goto(`${console_.api.url}/admin/pay/gym?tab=offers`);
  await page.getByRole('row').filter({ hasText: '月卡' }).click();
  await page.waitForURL(/tab=payments&offerId=/);
  await page.getByRole('row').filter({ hasText: '林小满' }).first().waitFor();
  // The gym's order names its member, who is opened from it.
  await page.goto(`${console_.api.url}/admin/pay/orders?keyword=${orderNo}`);
  await page.getByRole('row').filter({ hasText: orderNo }).getByRole('link', { name: '林小满' }).click();
  await page.waitForURL(/\/pay\/gym\?object=\d+/);
  await page.getByRole('dialog', { name: '会员' }).getByText('付款成功').first().waitFor();
  await page.context().close();
});

it('an object that is not there is said, and the list behind stays', async () => {
  const page = await console_.open('/pay/task?tab=tasks&object=987654321');
  await page.getByRole('dialog').getByText('不存在').first().waitFor();
  const { list } = (await console_.api.admin<Contract.TaskItemPage>('GET', '/api/admin/task/tasks')).data;
  await page.getByText(list[0]!.title).first().waitFor();
  await page.context().close();
});
