/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError, Unreachable } from '@yajin/web';
import { App, ConfigProvider, Form } from 'antd';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { useAsk } from '../src/kit/ask.js';
import { ChartDrawing } from '../src/kit/chart-drawing.js';
import { CheckinCalendar } from '../src/kit/checkin-calendar.js';
import { CodeField } from '../src/kit/code-field.js';
import { RowButton, amountColumn, timeColumn } from '../src/kit/columns.js';
import { Failure, Refusal } from '../src/kit/failure.js';
import { Choice, Search } from '../src/kit/filters.js';
import { FormModal, TextField, WholeField } from '../src/kit/form-modal.js';
import { List } from '../src/kit/list.js';
import { CampStatusTag, IdentityTag, RefundStatusTag } from '../src/kit/states.js';
import { InLanguage, type Language } from '../src/kit/text.js';
import { inOrder, Timeline, type TimelineEntry } from '../src/kit/timeline.js';
import { useUrlState } from '../src/kit/url.js';

/** @returns what shows another page in its place */
function show(page: ReactNode, language: Language = 'en'): (page: ReactNode) => void {
  const framed = (content: ReactNode): ReactNode => (
    <InLanguage language={language}>
      <ConfigProvider theme={{ token: { motion: false } }}>
        <App>{content}</App>
      </ConfigProvider>
    </InLanguage>
  );
  const { rerender } = render(framed(page));
  return (next) => rerender(framed(next));
}

function refused(status: number, more: Partial<ApiError> = {}, message = 'refused'): ApiError {
  return new ApiError(more.code ?? status, message, {
    status,
    fields: [],
    traceId: null,
    retryAfterSeconds: 0,
    reason: null,
    proof: null,
    ...more,
  });
}

interface Row {
  id: number;
  name: string;
  yuan: number;
  at: string | null;
}

const ROWS: Row[] = [
  { id: 1, name: 'Ada', yuan: 99, at: '2026-03-01T06:30:05' },
  { id: 2, name: 'Grace', yuan: 1234.5, at: null },
];
const COLUMNS = [
  { title: 'Name', dataIndex: 'name' },
  amountColumn<Row>('Deposit', 'yuan', ({ yuan }) => yuan),
  timeColumn<Row>('Paid', 'at', ({ at }) => at),
];

interface Answer {
  data?: { list: Row[]; total?: number };
  error?: unknown;
  isFetching?: boolean;
}

function list({ data, error = null, isFetching = false }: Answer, more: object = {}): () => void {
  const refetch = jest.fn();
  show(
    <List<Row> label="Members" columns={COLUMNS} answer={{ data, error, isFetching, refetch }} {...more} />,
  );
  return refetch;
}

describe('a list', () => {
  test('that is on its way says neither that it is empty nor that it failed', () => {
    list({ isFetching: true });
    expect(screen.getByRole('table', { name: 'Members' })).toBeTruthy();
    expect(screen.queryByText('Nothing matches')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('without a row says so, in the words of its page where it has some', () => {
    list({ data: { list: [] } });
    expect(screen.getByText('Nothing matches')).toBeTruthy();
    list({ data: { list: [] } }, { empty: 'Nobody has paid yet' });
    expect(screen.getByText('Nobody has paid yet')).toBeTruthy();
  });

  test('that cannot be had says why in its place, and asks again at a click', async () => {
    const refetch = list({ error: new Unreachable() });
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getByText('The server cannot be reached')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  test('that cannot be brought up to date keeps its rows, says why above them, and asks again at a click', async () => {
    const refetch = list({ data: { list: ROWS }, error: refused(503) });
    expect(screen.getByText('Ada')).toBeTruthy();
    await userEvent.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Try again' }));
    expect(refetch).toHaveBeenCalledTimes(1);
  });

  test('shows money and times as people read them, and how many there are in all', () => {
    list({ data: { list: ROWS, total: 1234 } }, { page: '1', pageSize: '20' });
    expect(screen.getByText('¥1,234.50')).toBeTruthy();
    expect(screen.getByText('2026-03-01 06:30')).toBeTruthy();
    expect(screen.getByText('—')).toBeTruthy();
    expect(screen.getByText('1,234 in all')).toBeTruthy();
  });

  test('opens a row by a click and by the keyboard, and not where a button in the row was meant', async () => {
    const open = jest.fn();
    const act = jest.fn();
    const button = {
      title: 'Do',
      key: 'do',
      render: (_: unknown, { name }: Row) => <RowButton label="Refund" of={name} act={act} />,
    };
    list({ data: { list: ROWS } }, { open, columns: [...COLUMNS, button] });
    await userEvent.click(screen.getByRole('button', { name: 'Refund Ada' }));
    expect([act.mock.calls.length, open.mock.calls.length]).toEqual([1, 0]);
    await userEvent.click(screen.getByText('Ada'));
    screen.getByText('Grace').closest('tr')!.focus();
    await userEvent.keyboard('{Enter}');
    expect(open.mock.calls).toEqual([[ROWS[0]], [ROWS[1]]]);
  });
});

describe('a failure', () => {
  test.each([403, 404])('%i offers no second try, which would not help', (status) => {
    show(<Failure error={refused(status)} again={() => undefined} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('of the server says what to do in the language of the console, and by which number it is known', () => {
    show(<Refusal error={refused(500, { traceId: 'tr_123' })} />, 'zh');
    expect(screen.getByText(/请稍后重试/)).toBeTruthy();
    expect(screen.getByText('tr_123')).toBeTruthy();
  });

  test('for want of a proof asks for no more than was asked already', () => {
    show(<Refusal error={refused(403, { proof: 'password' })} />);
    expect(screen.queryByText(/Your role does not allow this/)).toBeNull();
  });
});

describe('a form', () => {
  const fields = (
    <>
      <TextField name="name" label="Name" max={20} />
      <WholeField name="days" label="Days" />
    </>
  );
  const FILLED = { name: 'Ada', days: 7 };
  const form = (error: unknown, { isPending = false, submit = jest.fn(), initial = {} } = {}): ReactNode => (
    <FormModal
      title="New"
      ok="Save"
      act={{ isPending, error }}
      submit={submit}
      close={() => undefined}
      initial={initial}
      children={fields}
    />
  );

  test('shows what the server finds wrong beside its field, and nothing of it above', async () => {
    const next = show(form(null, { initial: FILLED }));
    next(form(refused(400, { fields: [{ field: 'name', message: 'taken' }] }), { initial: FILLED }));
    const item = screen.getByLabelText('Name').closest<HTMLElement>('.ant-form-item')!;
    await within(item).findByText('taken');
    expect(screen.queryByText(/refused/)).toBeNull();
  });

  test('shows above what is wrong with no field of its own', () => {
    show(form(refused(409)));
    expect(screen.getByText('refused')).toBeTruthy();
  });

  test('is not sent while something needed is missing, and says what', async () => {
    const submit = jest.fn();
    show(form(null, { submit }));
    await userEvent.type(screen.getByLabelText('Name'), '   ');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.getAllByText('Needed')).toHaveLength(2));
    expect(submit).not.toHaveBeenCalled();
  });

  test('is sent by its button and by Enter', async () => {
    const submit = jest.fn();
    show(form(null, { submit, initial: FILLED }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await userEvent.type(screen.getByLabelText('Name'), '{Enter}');
    await waitFor(() => expect(submit.mock.calls).toEqual([[FILLED], [FILLED]]));
  });

  test('that is on its way is not sent again', async () => {
    const submit = jest.fn();
    const next = show(form(null, { submit, initial: FILLED, isPending: true }));
    await userEvent.type(screen.getByLabelText('Name'), '{Enter}');
    // Whatever Enter was to do has been done once the next one is sent.
    next(form(null, { submit, initial: FILLED }));
    await userEvent.type(screen.getByLabelText('Name'), '{Enter}');
    await waitFor(() => expect(submit).toHaveBeenCalled());
    expect(submit).toHaveBeenCalledTimes(1);
  });
});

function Address(): ReactNode {
  const [values, change] = useUrlState({ status: '', keyword: '', page: '1' });
  return (
    <>
      <output>{useLocation().search}</output>
      <Choice
        label="Status"
        value={values.status}
        names={{ paid: 'Paid', open: 'Open' }}
        change={(status) => change({ status })}
      />
      <Search label="Keyword" value={values.keyword} change={(keyword) => change({ keyword })} />
      <button onClick={() => change({ page: '3' })}>third</button>
      <button onClick={() => change({ keyword: '' })}>clear</button>
    </>
  );
}

test('filters live in the address: a choice goes back to the first page, and what is not chosen is left out', async () => {
  show(
    <MemoryRouter initialEntries={['/?open=7']}>
      <Address />
    </MemoryRouter>,
  );
  const address = (): string => screen.getAllByRole('status')[0]!.textContent;
  await userEvent.click(screen.getByText('third'));
  expect(address()).toBe('?open=7&page=3');
  await userEvent.type(screen.getByRole('searchbox', { name: 'Keyword' }), '  Ada {Enter}');
  expect(address()).toBe('?open=7&keyword=Ada');
  // Its icon is the button's whole name.
  expect(screen.getByRole('button', { name: 'Clear' })).toBeTruthy();
  await userEvent.click(screen.getByRole('combobox', { name: 'Status' }));
  await userEvent.click(screen.getByText('Open'));
  expect(address()).toBe('?open=7&keyword=Ada&status=open');
  await userEvent.click(screen.getByText('clear'));
  expect(address()).toBe('?open=7&status=open');
});

test('whoever has lost what shows the codes changes to a recovery code, and what was typed does not stay', async () => {
  show(<Form children={<CodeField />} />);
  await userEvent.type(screen.getByLabelText('One-time code'), '1234567');
  expect(screen.getByLabelText<HTMLInputElement>('One-time code').value).toBe('123456');
  await userEvent.click(screen.getByRole('button', { name: /Without your phone/ }));
  const recovery = screen.getByLabelText<HTMLInputElement>('Recovery code');
  expect([recovery.value, recovery.maxLength, recovery.inputMode]).toEqual(['', 64, 'text']);
});

function Asking({ act }: { act: () => Promise<unknown> }): ReactNode {
  const { ask, refusal } = useAsk();
  return (
    <>
      {refusal}
      <button
        onClick={() => ask({ title: 'Delete?', content: 'All of it', ok: 'Delete', act, done: 'Deleted' })}
      >
        open
      </button>
    </>
  );
}

test('a question does nothing until it is answered, and says what the server refuses until the next attempt', async () => {
  const act = jest
    .fn<Promise<unknown>, []>()
    .mockRejectedValueOnce(refused(409, {}, 'in use'))
    .mockResolvedValue(null);
  show(<Asking act={act} />);
  await userEvent.click(screen.getByText('open'));
  expect(act).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('in use');
  await userEvent.click(screen.getByText('open'));
  await userEvent.click((await screen.findAllByRole('button', { name: 'Delete' })).at(-1)!);
  await screen.findByText('Deleted');
  expect(screen.queryByText('in use')).toBeNull();
});

test('a time line shows what has a time in its order, then what is still open, and on a day without a time none', () => {
  const entry = (key: string, at: string | null): TimelineEntry => ({ key, at, says: key, look: 'done' });
  const entries = inOrder([
    entry('open', null),
    entry('late', '2026-03-02T00:00:00'),
    entry('early', '2026-03-01T23:59:59'),
  ]);
  show(<Timeline entries={entries} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'early2026-03-01 23:59:59',
    'late2026-03-02 00:00:00',
    'open',
  ]);
});

test('a calendar says of every day what became of it, for whoever cannot see its colour', () => {
  show(
    <CheckinCalendar
      startDate="2026-02-27"
      endDate="2026-03-03"
      checked={['2026-02-27']}
      today="2026-03-01"
    />,
  );
  const group = screen.getByRole('group', { name: 'Check-in calendar' });
  expect(within(group).getAllByRole('table')).toHaveLength(2);
  for (const state of ['checked in', 'missed', 'today, not yet', 'to come'])
    expect(within(group).getAllByText(new RegExp(`${state}$`)).length).toBeGreaterThan(0);
});

test('what a finger has pointed at in a chart stays to be read, what a mouse has left goes', () => {
  jest.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(300);
  jest.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(200);
  const series = [
    { name: 'Members', kind: 'bar' as const, values: [7], format: (n: number) => `${n} in all` },
  ];
  show(<ChartDrawing label="New" labels={['March']} series={series} />);
  const svg = document.querySelector('svg')!;
  const touched = { pointerType: 'touch', clientX: 150 };
  fireEvent.pointerDown(svg, touched);
  fireEvent.pointerLeave(svg, touched);
  expect(document.querySelector('.chart-tip')?.textContent).toContain('7 in all');
  fireEvent.pointerLeave(svg, { pointerType: 'mouse' });
  expect(document.querySelector('.chart-tip')).toBeNull();
  jest.restoreAllMocks();
});

test('an English console names every state in English', () => {
  show(
    <>
      {(['draft', 'enrolling', 'ongoing', 'finished'] as const).map((status) => (
        <CampStatusTag key={status} status={status} />
      ))}
      {(['pending', 'processing', 'success', 'failed', 'rejected', null] as const).map((status) => (
        <RefundStatusTag key={status} status={status} />
      ))}
      {(['contested', 'displaced', 'rival', 'returned'] as const).map((review) => (
        <IdentityTag key={review} identity="typed" review={review} />
      ))}
      {(['signed', 'proved', 'typed'] as const).map((identity) => (
        <IdentityTag key={identity} identity={identity} />
      ))}
      <output>end</output>
    </>,
  );
  expect(document.body.textContent).toContain('end');
  expect(document.body.textContent).not.toMatch(/\p{Script=Han}/u);
});
