import type { Camp } from '@yajin/contract';
import { PayerIds, type KeptPayer } from '@yajin/payment';
import type { Page } from 'playwright-core';
import { pay, person, type MadeCamp, type Person } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import { fillIn, Phones, shows } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

interface OnPayPage {
  page: Page;
  orderNo: string;
}

async function onPayPage(camp: MadeCamp, who: Person, agent?: 'wechat' | 'desktop'): Promise<OnPayPage> {
  const page = await phones.open(`/enroll/${camp.id}`, agent ? { agent } : {});
  await fillIn(page, who.planetUserId, who.nickname);
  await page.waitForURL(/\/h5\/pay\/ord_/);
  return { page, orderNo: new URL(page.url()).pathname.split('/').at(-1)! };
}

/** The server's clock, so many minutes on. */
function later(minutes: number): string {
  const at = new Date(phones.api.clock.now().getTime() + minutes * 60_000 + 8 * 3_600_000);
  return at.toISOString().slice(0, 19);
}

it('on a desktop the code is paid elsewhere, and the page goes on by itself', async () => {
  const { page } = await onPayPage(await phones.camp(), person(), 'desktop');
  expect(await shows(page, '微信支付二维码')).toBe(true);
  const [cashier] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '打开沙箱收银台' }).click(),
  ]);
  await cashier.getByRole('button', { name: /^支付/ }).click();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  await page.context().close();
});

it('in WeChat the payer is asked for once, and the sheet gets parameters that WeChat accepts', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const context = await phones.one({ agent: 'wechat' });
  const asked: Camp.JsapiPayParams[] = [];
  await context.exposeFunction('payInWechat', async (params: Camp.JsapiPayParams) => {
    asked.push(params);
    // The cashier checks the signature over what the page handed over.
    const cashier = await fetch(
      `${phones.api.sandbox.url}/cashier/jsapi?${new URLSearchParams({ ...params })}`,
    );
    const action = /action="([^"]+\/pay)"/.exec(await cashier.text())?.[1];
    if (!cashier.ok || !action) return 'get_brand_wcpay_request:fail';
    await fetch(phones.api.sandbox.url + action, { method: 'POST', redirect: 'manual' });
    return 'get_brand_wcpay_request:ok';
  });
  await context.addInitScript(() => {
    // WeChat's bridge arrives some time after the page.
    setTimeout(() => {
      const bridge = {
        invoke: (name: string, params: unknown, done: (answer: { err_msg: string }) => void) => {
          const { payInWechat } = window as unknown as { payInWechat: (given: unknown) => Promise<string> };
          if (name === 'getBrandWCPayRequest')
            void payInWechat(params).then((said) => done({ err_msg: said }));
        },
      };
      Object.assign(window, { WeixinJSBridge: bridge });
      document.dispatchEvent(new Event('WeixinJSBridgeReady'));
    }, 300);
  });
  const page = await context.newPage();
  await page.goto(`${phones.api.url}/enroll/${camp.id}`);
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByLabel('openid').fill(who.openid);
  await page.getByRole('button', { name: '同意并继续' }).click();
  await page.waitForURL(/\/h5\/pay\/ord_[^?]*$/);
  await page.getByRole('button', { name: '微信支付 ¥99.00' }).click();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  expect(asked).toHaveLength(1);
  const [order] = await phones.api.rows<KeptPayer>(
    'SELECT o.payer_id, o.payer_index FROM pay_order o JOIN camp_order c ON c.order_id = o.id WHERE c.camp_id = $1',
    [camp.id],
  );
  expect(phones.api.app.get(PayerIds).open(order!)).toBe(who.openid);
  await context.close();
});

it('a WeChat code that this browser did not ask for logs nobody in', async () => {
  const who = person();
  const { code } = await phones.api.control<{ code: string }>('POST', '/control/oauth-code', {
    openid: who.openid,
  });
  const page = await phones.open(`/h5/mine?code=${code}&state=somebody-elses`);
  await page.getByText('这次微信授权没有完成').waitFor();
  expect(page.url()).toBe(`${phones.api.url}/h5/mine`);
  expect(await page.context().cookies()).toEqual([]);
  await page.context().close();
});

it('coming back unpaid one is asked, and the word of the payer decides nothing', async () => {
  const { page } = await onPayPage(await phones.camp(), person());
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await page.waitForURL(`${phones.api.sandbox.url}/**`);
  await page.goBack();
  await page.getByRole('button', { name: '我已支付' }).click();
  await page.getByText('结果确认中').waitFor();
  await page.getByRole('button', { name: /重新支付/ }).click();
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await page.waitForURL(`${phones.api.sandbox.url}/**`);
  await page.getByRole('button', { name: /^支付/ }).click();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  await page.context().close();
});

it('an order not paid in time closes under the eyes of its payer, who can order anew', async () => {
  const camp = await phones.camp({ startsIn: 30 });
  const { page } = await onPayPage(camp, person());
  await page.getByRole('timer').waitFor();
  await phones.api.moveClock(later(31));
  await page.getByRole('heading', { name: '这个订单已经关闭' }).waitFor();
  await page.getByRole('link', { name: '重新报名' }).click();
  await page.getByRole('button', { name: '去支付押金 ¥99.00' }).waitFor();
  await page.context().close();
});

it('money that comes too late is shown as going back in full', async () => {
  const [camp, who] = [await phones.camp({ startsIn: 30 }), person()];
  const { page, orderNo } = await onPayPage(camp, who);
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await page.waitForURL(`${phones.api.sandbox.url}/**`);
  await phones.api.control('POST', '/control/faults', { payAfterClose: true, payAfterExpiry: true });
  await phones.api.moveClock(later(31));
  await pay(phones.api, { orderNo } as Camp.CreatedPayment, who);
  await page.goto(`${phones.api.url}/h5/pay/${orderNo}?asked=1`);
  await page.getByRole('heading', { name: /押金(正在|已)全额退回/ }).waitFor();
  await eventually(async () => {
    await page.reload();
    return page
      .getByRole('heading', { name: '押金已全额退回' })
      .waitFor({ timeout: 1500 })
      .then(
        () => true,
        () => false,
      );
  }, 'the refund to be shown');
  await page.getByRole('link', { name: '重新报名' }).waitFor();
  await page.context().close();
});

/** Does to a page what the translator of a browser does: every text, now and later, becomes a `<font>` in a `<font>`. */
function translate(): void {
  const tag: string = 'font';
  const one = (text: Text): void => {
    const parent = text.parentElement;
    if (!parent || !text.data.trim() || parent.closest('font, script, style, textarea, [translate=no]'))
      return;
    const font = document.createElement(tag);
    font.appendChild(document.createElement(tag)).textContent = text.data;
    parent.replaceChild(font, text);
  };
  const all = (root: Node): void => {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    texts.forEach(one);
  };
  all(document.body);
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') one(target as Text);
      else
        for (const node of addedNodes)
          if (node instanceof Text) one(node);
          else all(node);
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}

it('a page that the browser translates counts on, changes and leads on like any other', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const { page, orderNo } = await onPayPage(camp, who);
  await page.clock.install();
  await page.reload();
  await page.getByRole('timer').waitFor();
  await page.evaluate(translate);
  const seconds = async (): Promise<number> => {
    const [minutes, rest] = (await page.locator('.count').innerText()).split(':').map(Number);
    return minutes! * 60 + rest!;
  };
  const before = await seconds();
  await eventually(async () => (await seconds()) <= before - 3, 'the countdown to go on');
  const kept = await page.evaluate(() => localStorage.getItem('yajin.h5.orders')!);
  const { placed } = (JSON.parse(kept) as Record<string, { placed: { expireTime: string } }>)[orderNo]!;
  const left = Date.parse(`${placed.expireTime}+08:00`) - phones.api.clock.now().getTime();
  expect(Math.abs((await seconds()) - left / 1000)).toBeLessThan(3);
  // Texts that come, change and go beside others.
  await page.getByRole('button', { name: '用别的手机扫码付' }).click();
  await page.getByText('打开微信，扫一扫付款').waitFor();
  await page.getByRole('link', { name: '返回修改' }).click();
  await page.getByText('你有一个还没付款的报名').waitFor();
  await page.getByLabel('星球 ID').fill('');
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByText('请填写星球 ID').waitFor();
  await page.getByRole('link', { name: '继续支付' }).click();
  await page.getByRole('timer').waitFor();
  // On the phone the time is over before the server has closed the order.
  await page.clock.fastForward('31:00');
  await page.getByText('支付时间到了，正在核对结果').waitFor();
  expect(await page.getByText('内完成支付').count()).toBe(0);
  await phones.api.moveClock(later(31));
  await page.getByRole('heading', { name: '这个订单已经关闭' }).waitFor();
  await page.getByRole('link', { name: '我的报名' }).click();
  await page.getByText('这台设备上还没有报名记录').waitFor();
  expect(await page.getByText('页面没能打开').count()).toBe(0);
  await page.context().close();
});
