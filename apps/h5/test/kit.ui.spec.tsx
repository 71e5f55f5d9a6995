/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError, Unreachable } from '@yajin/web';
import { useState, type ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { Copy } from '../src/kit/copy.js';
import { Field } from '../src/kit/field.js';
import { Page, Result } from '../src/kit/page.js';
import { Poster } from '../src/kit/picture.js';
import { kindly, Shown } from '../src/kit/states.js';
import { IdentityFields } from '../src/pages/identity.js';
import { Refusal } from '../src/pages/told.js';

function refused(status: number, message = '', more: Partial<ApiError> = {}): ApiError {
  return new ApiError(status, message, {
    status,
    fields: [],
    traceId: null,
    retryAfterSeconds: 0,
    reason: null,
    proof: null,
    ...more,
  });
}

function show(page: ReactNode): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['getPageSettings'], { contact: '助教微信：yajin-help', offsetMs: 0 });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>{page}</MemoryRouter>
    </QueryClientProvider>,
  );
}

/** A page that asked, and what came of it. */
function asked(data: string | undefined, error: Error | null): jest.Mock {
  const refetch = jest.fn(() => Promise.resolve());
  const dataUpdatedAt = Date.UTC(2026, 2, 1, 4);
  const query = { data, error, dataUpdatedAt, refetch } as unknown as Parameters<typeof Shown>[0]['query'];
  show(<Shown query={query} children={(known) => <p>{known as string}</p>} />);
  return refetch;
}

describe('whoever is sent to the coaches reads where they are', () => {
  test('below a refusal of the API', () => {
    show(<Refusal error={refused(409, '现在不能自己修改星球 ID 了，请联系助教')} />);
    expect(screen.getByRole('alert').textContent).toContain('yajin-help');
  });

  test('below a refusal beside a field, and not below one that names nobody', () => {
    const fields = (planetUserId: string): ReactNode => (
      <IdentityFields
        personal
        identity={{
          form: { planetUserId: '1', planetNickname: '', wechatNickname: '' },
          problems: { planetUserId },
          fill: () => () => undefined,
          take: () => null,
          blame: () => undefined,
          sent: () => undefined,
        }}
      />
    );
    show(fields('一个 ID 只能报一次'));
    expect(screen.queryByText('助教微信：yajin-help')).toBeNull();
    show(fields('付重了的，请联系助教退回这一笔。'));
    expect(screen.getByText('助教微信：yajin-help')).toBeTruthy();
  });
});

describe('what was asked for', () => {
  test('is announced as loading until it is known', () => {
    asked(undefined, null);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('is shown by itself once it is known', () => {
    asked('第四期', null);
    expect(screen.getByText('第四期')).toBeTruthy();
    expect(screen.queryByRole('status')).toBeNull();
  });

  test.each([
    ['a network that is away', new Unreachable()],
    ['a throttle', refused(429)],
    ['a server that is away', refused(503)],
  ])('stays through %s, with when it was seen, and is asked for at a tap', async (_, error) => {
    const refetch = asked('第四期', error);
    expect(screen.getByText('第四期')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toContain('3月1日 12:00');
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  test('is taken back by a refusal: what was seen before is nobody else’s to see', () => {
    asked('第四期', refused(404));
    expect(screen.queryByText('第四期')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('没有找到');
  });

  test('that fails offers another try, and ways on', async () => {
    const refetch = asked(undefined, refused(500, '服务开小差了'));
    expect(screen.getByRole('alert').textContent).toContain('服务开小差了');
    expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      '看看训练营',
      '我的报名',
    ]);
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  test('that does not exist offers no other try, which would not help', () => {
    asked(undefined, refused(404));
    expect(screen.queryByRole('button')).toBeNull();
  });

  test.each([401, 403])(
    'that asks who one is (%i) leads back through WeChat instead of blaming anybody',
    async (status) => {
      window.fetch = () => Promise.resolve(new Response('{}', { status: 500 }));
      asked(undefined, refused(status));
      expect(await screen.findByRole('button', { name: '微信登录' })).toBeTruthy();
      expect(screen.queryByText('没能打开')).toBeNull();
    },
  );
});

test.each([
  ['a network that is away', new Unreachable(), '网络好像断开了，请检查后再试。'],
  ['a page that broke', new TypeError('x is undefined'), '页面出了点问题，请刷新后再试。'],
  ['a throttle', refused(429, '', { retryAfterSeconds: 29.6 }), '现在访问的人有点多，请等 30 秒再试。'],
  ['a throttle that names no time', refused(429), '现在访问的人有点多，请等 1 秒再试。'],
  ['a server that says nothing', refused(500), '服务暂时有点忙，请稍后再试。'],
  [
    'a wrong field',
    refused(400, '参数错误', { fields: [{ field: 'nickname', message: '昵称太长' }] }),
    '昵称太长',
  ],
  ['a refusal', refused(409, '名额已满'), '名额已满'],
])('%s is said so that a member knows what to do', (_, error, words) => {
  expect(kindly(error)).toBe(words);
});

function PlanetId({ error, locked = false }: { error?: string; locked?: boolean }): ReactNode {
  const [value, setValue] = useState('');
  return (
    <Field
      label="星球 ID"
      name="planetUserId"
      value={value}
      onChange={setValue}
      error={error}
      hint="在星球的个人页面里"
      locked={locked}
      digits
      maxLength={5}
    />
  );
}

test('a field is told by what is wrong with it and by its hint, and takes no more than fits', async () => {
  show(<PlanetId error="是一串数字" />);
  const input = screen.getByLabelText<HTMLInputElement>('星球 ID');
  expect(screen.getByRole('alert').textContent).toBe('是一串数字');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  const described = input.getAttribute('aria-describedby')!.split(' ');
  expect(described.map((id) => document.getElementById(id)!.textContent)).toEqual([
    '是一串数字',
    '在星球的个人页面里',
  ]);
  await userEvent.type(input, '1234567');
  expect(input.value).toBe('12345');
});

test('a field that is given and nobody may change stays as it is', async () => {
  show(<PlanetId locked />);
  const input = screen.getByLabelText<HTMLInputElement>('星球 ID');
  await userEvent.type(input, '1');
  expect([input.value, input.getAttribute('aria-invalid'), screen.queryByRole('alert')]).toEqual([
    '',
    'false',
    null,
  ]);
});

describe('copying', () => {
  const clipboard = (writeText?: () => Promise<void>): void => {
    const value = writeText && { writeText };
    Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
  };

  test('says that it is done', async () => {
    clipboard(() => Promise.resolve());
    show(<Copy text="https://pay.example.com" label="复制链接" />);
    fireEvent.click(screen.getByRole('button', { name: '复制链接' }));
    await screen.findByRole('button', { name: '已复制' });
    expect(screen.getByRole('status').textContent).toBe('已复制');
  });

  test.each([
    ['forbids it', () => Promise.reject(new Error('denied'))],
    ['has none', undefined],
  ])('shows the text to be copied by hand where the browser %s', async (_, writeText) => {
    clipboard(writeText);
    show(<Copy text="https://pay.example.com" label="复制链接" />);
    fireEvent.click(screen.getByRole('button', { name: '复制链接' }));
    await screen.findByText('https://pay.example.com');
    expect(screen.queryByRole('button', { name: '已复制' })).toBeNull();
  });
});

test('where a poster does not come, the camp’s name stands in its place', () => {
  show(<Poster url="https://pay.example.com/poster.png" name="早起营" />);
  fireEvent.error(document.querySelector('img.poster')!);
  expect(screen.getByText('早起营')).toBeTruthy();
  expect(document.querySelector('img.poster')).toBeNull();
});

test('a page has its name as its one heading, and an arrow back only where there is a way back', () => {
  show(
    <Page title="我的报名">
      <Result mood="good" title="支付成功" />
    </Page>,
  );
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('我的报名');
  expect(screen.queryByRole('link', { name: '返回' })).toBeNull();
  show(<Page title="支付" back="/mine" children={null} />);
  expect(screen.getByRole('link', { name: '返回' }).getAttribute('href')).toBe('/mine');
});
