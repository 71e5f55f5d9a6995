/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Camp } from '@yajin/web';
import { begin, end } from '../src/kit/session.js';
import { UploadDialog } from '../src/pages/checkins/upload-dialog.js';
import { SyncFailure } from '../src/pages/checkins/sync-failure.js';
import { Overview } from '../src/pages/overview/overview.js';
import { ApproveDialog, RejectDialog } from '../src/pages/refunds/decide.js';
import { Health } from '../src/pages/system/health.js';
import { Setting } from '../src/pages/system/setting.js';
import { showPage, Wire, wrong } from './page.kit.js';

const HAN = /\p{Script=Han}/u;

function fieldOf(label: string): HTMLElement {
  return screen.getByLabelText(label).closest<HTMLElement>('.ant-form-item')!;
}

describe('a decision about a refund', () => {
  const row = {
    id: 7,
    refundAmount: 99,
    planetNickname: 'Ada',
    matchConfidence: 75,
    nicknameMismatch: false,
  } as Camp.PendingRefund;
  const APPROVE = 'POST /api/admin/refunds/7/approve';
  const REJECT = 'POST /api/admin/refunds/7/reject';

  test('of a doubtful match is not approved without a word of what was checked, which is sent without blanks around it', async () => {
    const wire = new Wire({ [APPROVE]: {} });
    const done = jest.fn();
    showPage(<ApproveDialog row={row} close={jest.fn()} done={done} />);
    await userEvent.click(screen.getByRole('button', { name: 'Approve the refund' }));
    await within(fieldOf('Comment')).findByText('Say what you checked');
    expect(wire.asked).toEqual([]);
    await userEvent.type(screen.getByLabelText('Comment'), ' the same avatar {Enter}');
    await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    expect(wire.sent(APPROVE)).toEqual([{ comment: 'the same avatar' }]);
  });

  test('of a sure match is approved by Enter alone', async () => {
    const wire = new Wire({ [APPROVE]: {} });
    const done = jest.fn();
    showPage(<ApproveDialog row={{ ...row, matchConfidence: 100 }} close={jest.fn()} done={done} />);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Approve the refund'));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    expect(wire.sent(APPROVE)).toEqual([{}]);
  });

  test('is refused by the server at the field that it is about, in the language of the console', async () => {
    new Wire({ [APPROVE]: wrong('comment', '最多 500 个字符', 'too_long', [500]) });
    showPage(<ApproveDialog row={row} close={jest.fn()} done={jest.fn()} />);
    await userEvent.type(screen.getByLabelText('Comment'), 'long{Enter}');
    await within(fieldOf('Comment')).findByText('At most 500 characters');
    expect(screen.queryByRole('alert', { name: /request/ })).toBeNull();
    expect(screen.getByRole('dialog').textContent).not.toMatch(HAN);
  });

  test('that is a rejection has one of the usual reasons in Chinese, which members read, or one of one’s own, and none by Enter alone', async () => {
    const wire = new Wire({ [REJECT]: wrong('reason', '不能为空', 'blank') });
    showPage(<RejectDialog row={row} close={jest.fn()} done={jest.fn()} />);
    const button = screen.getByRole('button', { name: 'Reject the refund' });
    const group = screen.getByRole('radiogroup', { name: 'Reason' });
    const item = group.closest<HTMLElement>('.ant-form-item')!;
    await waitFor(() => expect(group.contains(document.activeElement)).toBe(true));
    await userEvent.keyboard('{Enter}');
    await within(item).findByText('Give a reason');
    expect(wire.asked).toEqual([]);
    await userEvent.click(screen.getByRole('radio', { name: /planet account is somebody else/ }));
    await userEvent.click(button);
    await within(item).findByText('Must not be empty');
    await userEvent.click(screen.getByRole('radio', { name: 'Another reason' }));
    await userEvent.click(button);
    await within(item).findByText('Give a reason');
    await userEvent.type(screen.getByRole('textbox', { name: 'Another reason' }), ' left early ');
    await userEvent.click(button);
    await waitFor(() =>
      expect(wire.sent(REJECT)).toEqual([
        { reason: '匹配的星球账号不是本人', tellMember: true },
        { reason: 'left early', tellMember: true },
      ]),
    );
  });
});

const HEALTH: Camp.SystemHealth = {
  status: 'degraded',
  version: '1.0.0',
  uptime: 60,
  checks: [
    {
      name: 'jobs',
      status: 'degraded',
      message: '1 个任务多次失败，需人工处理',
      findings: [{ message: '1 个任务多次失败，需人工处理', code: 'jobs_failed', params: [1] }],
    },
    {
      name: 'planet',
      status: 'degraded',
      message: '最近一次同步失败：知识星球限流（1059）：请稍后再试',
      findings: [
        { message: '最近一次同步失败', code: 'sync_has_failed', params: [] },
        { message: '知识星球限流（1059）：请稍后再试', code: 'planet_throttled', params: ['1059', ''] },
      ],
    },
    { name: 'database', status: 'up', message: '4 ms', findings: [] },
  ],
  waitingJobs: 0,
  failedJobs: 1,
  refundsPaused: false,
  planetCookie: 'unknown',
  lastSyncTime: null,
  retention: [],
  checkedAt: '2026-03-01T06:30:05',
};

test('the health page says what was found in the language of the console, with its numbers, the worst first', async () => {
  new Wire({ 'GET /api/admin/system-health': HEALTH });
  showPage(<Health />);
  expect((await screen.findByText(/1 job failed again and again/)).textContent).toBe(
    ' · 1 job failed again and again: somebody has to look',
  );
  screen.getByText(/The latest sync failed; The planet was asked too often \(1059\)/);
  const parts = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(parts.at(-1)).toContain('Database');
  expect(document.body.textContent).not.toMatch(HAN);
  expect(document.title).not.toMatch(HAN);
});

test('what the planet answered is said in English by its code, and in its own words where it has none', () => {
  const failed = { failCode: 1203 as const, failReasonParams: [] };
  showPage(<SyncFailure {...failed} failReason="无法连接知识星球" failReasonCode="planet_unreachable" />);
  expect(document.body.textContent).toContain('The planet cannot be reached');
  expect(document.body.textContent).not.toMatch(HAN);
  showPage(<SyncFailure {...failed} failReason="很旧的一句话" failReasonCode={null} />);
  expect(document.body.textContent).toContain('很旧的一句话');
});

describe('a file of check-ins', () => {
  const PREVIEW = 'POST /api/admin/checkin-uploads';

  async function choose(): Promise<void> {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    await userEvent.upload(input, new File(['date'], 'days.csv', { type: 'text/csv' }));
  }

  test('that cannot be read says why in English', async () => {
    new Wire({ [PREVIEW]: wrong('content', '第一行没有“日期”列', 'file_no_date_column') });
    showPage(<UploadDialog campId={1} close={jest.fn()} />);
    await choose();
    expect((await screen.findByRole('alert')).textContent).toMatch(/The first line has no column “date”/);
    expect(screen.getByRole('alert').textContent).not.toMatch(HAN);
  });

  test('shows before it is taken which lines are left out and why, and takes nothing where nothing is new', async () => {
    new Wire({
      [PREVIEW]: {
        upload: { id: 3, fileName: 'days.csv', lines: 2 },
        canClose: false,
        counts: { new: 0, duplicate: 0, outside: 1, unmatched: 0, bad: 1 },
        members: 0,
        rows: [
          {
            line: 2,
            who: 'Ada',
            date: '2026-03-09',
            status: 'outside',
            reason: '不在训练营日期内',
            reasonCode: 'line_outside_camp',
          },
          {
            line: 3,
            who: '',
            date: '?',
            status: 'bad',
            reason: '日期无法识别',
            reasonCode: 'line_date_unreadable',
          },
        ],
      },
    });
    showPage(<UploadDialog campId={1} close={jest.fn()} />);
    await choose();
    await screen.findByText('Not a day of the camp', { selector: 'td' });
    screen.getByText('The date cannot be read');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Import 0/ }).disabled).toBe(true);
    expect(screen.getByRole('dialog').textContent).not.toMatch(HAN);
  });
});

test('a new cookie that zsxq refuses says so at its field, and one that it takes is saved as tested', async () => {
  const answers: Record<string, object> = {
    'PUT /api/admin/config': wrong('value', '知识星球不接受', 'cookie_refused'),
  };
  new Wire(answers);
  const item: Camp.ConfigItem = {
    key: 'planet.cookie',
    value: '••••••1234',
    secret: true,
    description: '',
    updatedAt: null,
  };
  showPage(<Setting item={item} test="planet" />);
  await userEvent.click(screen.getByRole('button', { name: 'Change' }));
  const field = screen.getByLabelText(/value/i);
  await userEvent.type(field, 'a-cookie{Enter}');
  await screen.findByText(/The planet does not accept it, and it was not saved/);
  answers['PUT /api/admin/config'] = { key: item.key, updatedAt: '2026-03-01T06:30:05', tested: true };
  await userEvent.type(field, '-2{Enter}');
  await screen.findByText('Tested, it works, and it is saved');
});

test('a setting that the server does not take says why at its field', async () => {
  const wire = new Wire({
    'PUT /api/admin/config': wrong('value', '应为 1–24 的整数', 'not_hours'),
  });
  const item: Camp.ConfigItem = {
    key: 'auth.idleHours',
    value: null,
    secret: false,
    description: '',
    updatedAt: null,
  };
  showPage(<Setting item={item} test={undefined} />);
  await userEvent.click(screen.getByRole('button', { name: /^Set/ }));
  const field = screen.getByRole('textbox');
  await userEvent.type(field, '99{Enter}');
  await within(field.closest<HTMLElement>('.ant-form-item')!).findByText(
    'Must be a whole number from 1 to 24',
  );
  expect(wire.sent('PUT /api/admin/config')).toEqual([{ key: 'auth.idleHours', value: '99' }]);
});

test('the overview’s figures wait for the first answer about what is to be done, not for what is asked again', async () => {
  begin({
    token: 't',
    userId: 1,
    permissions: ['stats:overview', 'system:health'],
  } as unknown as Camp.LoginResult);
  const camp = { id: 7, name: 'Early birds', status: 'enrolling', memberCount: 3, avgCheckinRate: 0 };
  const wire = new Wire({
    'GET /api/admin/stats/overview': { recentCamps: [camp], generatedAt: '2026-03-01T06:30:05' },
    'GET /api/admin/system-health': { refused: { code: 503, message: '服务暂不可用', data: null } },
  });
  showPage(<Overview />, 'en', '/', 1000);
  await screen.findByText('Early birds');
  screen.getByText('Looking …');
  expect(wire.sent('GET /api/admin/system-health').length).toBe(1);
  cleanup();
  // Nor are they taken away while somebody has it asked again.
  showPage(<Overview />, 'en', '/');
  const again = await screen.findByRole('button', { name: 'Try again' });
  await screen.findByText('Early birds');
  const answered = wire.hold('GET /api/admin/system-health');
  fireEvent.click(again);
  await screen.findByText('Looking …');
  screen.getByText('Early birds');
  answered();
  end();
});
