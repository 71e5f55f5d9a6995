/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { screen, within } from '@testing-library/react';
import type { Camp } from '@yajin/web';
import { BatchProgress } from '../src/pages/refunds/batch-progress.js';
import type { Batch } from '../src/pages/refunds/batch.rules.js';
import { RecordDrawer } from '../src/pages/refunds/record-drawer.js';
import { showPage, Wire } from './page.kit.js';

const RECORDS = 'GET /api/admin/refunds/records';

const record = (id: number, refundStatus: Camp.RefundStatus): Camp.RefundRecord =>
  ({
    id,
    auditStatus: 'approved',
    refundStatus,
    refundAmount: 99,
    planetNickname: 'Ada',
  }) as Camp.RefundRecord;

const batch: Batch = {
  ids: [1, 2, 3],
  names: { 1: 'Ada', 2: 'Bo', 3: 'Cy' },
  amount: 297,
  minConfidence: 80,
  includeUnproved: false,
  comment: '',
  skipped: [],
  sent: [1, 2, 3],
};

test('after a reload nothing is said of how far a batch has come before its records are read', async () => {
  const list = [record(1, 'success'), record(2, 'success'), record(3, 'pending')];
  const wire = new Wire({ [RECORDS]: { list, total: 3 } });
  const read = wire.hold(RECORDS);
  const runner = { running: false, error: null, run: () => Promise.resolve() };
  showPage(<BatchProgress batch={batch} runner={runner} dismiss={jest.fn()} />);
  const region = screen.getByRole('region', { name: 'Batch in progress' });
  await within(region).findByText('Reading how far it has come…');
  expect(within(region).queryByRole('progressbar')).toBeNull();
  expect(region.textContent).not.toMatch(/\b0\b|To review|All done|interrupted/);
  read();
  await within(region).findByRole('button', { name: 'Refunded 2' });
  within(region).getByRole('button', { name: 'To refund 1' });
  expect(within(region).queryByText('Reading how far it has come…')).toBeNull();
});

test('what is approved and not sent yet is called the same by its tag, its explanation and its history', async () => {
  const listed = {
    ...record(7, 'pending'),
    retryCount: 0,
    orderNo: 'PAY-1',
    createdAt: '2026-03-01T03:00:00',
  };
  new Wire({ [RECORDS]: { list: [listed], total: 1 } });
  showPage(<RecordDrawer id={7} listed={undefined} close={jest.fn()} />);
  const drawer = await screen.findByRole('dialog');
  await within(drawer).findByText('To refund');
  expect(within(drawer).getAllByText('To refund (the system sends it by itself)')).toHaveLength(2);
  expect(drawer.textContent).not.toContain('Processing');
});

test('a batch says until when all of it can be undone: when the first of its refunds begins', async () => {
  const list = [
    { ...record(1, 'pending'), canUndo: true, executeAfter: '2026-03-01T06:35:00' },
    { ...record(2, 'pending'), canUndo: true, executeAfter: '2026-03-01T06:31:00' },
    { ...record(3, 'pending'), canUndo: true, executeAfter: '2026-03-01T06:36:00' },
  ];
  new Wire({ [RECORDS]: { list, total: 3 } });
  const runner = { running: false, error: null, run: () => Promise.resolve() };
  showPage(<BatchProgress batch={batch} runner={runner} dismiss={jest.fn()} />);
  expect((await screen.findByText(/^Refunded from/)).textContent).toContain('06:31');
});
