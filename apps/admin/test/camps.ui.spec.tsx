/** @jest-environment <rootDir>/tools/jest-dom.mjs */
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Camp } from '@yajin/web';
import { Form } from 'antd';
import { CampSelect } from '../src/kit/camp-select.js';
import { Camps } from '../src/pages/camps/camps.js';
import { CorrectProject } from '../src/pages/camps/correct-project.js';
import { ProjectFields } from '../src/pages/camps/planet-project.js';
import { Publish } from '../src/pages/camps/publish.js';
import { EMPTY } from '../src/pages/camps/values.js';
import { CampTable } from '../src/pages/reports/camp-table.js';
import { showPage, Wire } from './page.kit.js';

const camp = {
  id: 7,
  name: '早起三十天',
  status: 'draft',
  missing: [],
  deposit: 99,
  startDate: '2099-01-01',
  endDate: '2099-01-31',
  totalDays: 30,
  requiredDays: 21,
  planetProjectId: '404404404',
  planetGroupId: null,
  rules: ['每天一次'],
  coaches: [{ id: 1, name: '教练' }],
} as unknown as Camp.CampDetail;
const LOOK_UP = (id: string): string => `GET /api/admin/planet/projects/${id}`;
const UNKNOWN = { title: null, state: null, problem: 'not_found' };
const box = () => screen.findByRole('checkbox', { name: /I have checked/ });
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

test('a draft that lacks its name and its dates shows neither of what the API has in their place, in any list', async () => {
  const draft = {
    ...camp,
    name: '（未命名）',
    missing: ['name', 'startDate', 'endDate', 'deposit'],
    ...{ memberCount: 0, matchedCount: 0, pendingMatchCount: 0 },
    createdAt: '2026-03-01T06:30:05',
  };
  new Wire({ 'GET /api/admin/camps': { list: [draft], total: 1 } });
  showPage(
    <>
      <Camps />
      <CampTable />
      <CampSelect value="7" change={jest.fn()} />
    </>,
  );
  await waitFor(() => expect(screen.getAllByText('(no name yet)')).toHaveLength(3));
  expect(document.body.textContent).not.toMatch(/未命名|2099/);
});

describe('the check-in project of a camp', () => {
  test('that is no number cannot be published, is asked of nobody, and is marked in the check-list and in the form', async () => {
    const wire = new Wire({});
    showPage(<Publish camp={{ ...camp, planetProjectId: 'abc' }} open close={jest.fn()} />);
    await screen.findByText('abc: must be digits');
    expect(screen.queryByRole('button', { name: 'Publish and open enrolment' })).toBeNull();
    showPage(
      <Form initialValues={{ ...EMPTY, planetProjectId: 'abc' }}>
        <ProjectFields locked={false} />
      </Form>,
    );
    await userEvent.click(screen.getByLabelText('Check-in project'));
    await userEvent.tab();
    await screen.findByText(/This names no project/);
    expect(wire.asked).toEqual([]);
  });

  test('that we refuse to look up says why, and is published only on somebody’s word', async () => {
    new Wire({
      [LOOK_UP('404404404')]: { refused: { code: 429, message: '请求过于频繁，请稍后再试', data: null } },
    });
    showPage(<Publish camp={camp} open close={jest.fn()} />);
    await screen.findByText('Asked too often: wait a moment');
    expect(screen.queryByText(/zsxq does not answer/)).toBeNull();
    expect(button('Publish and open enrolment').disabled).toBe(true);
    await userEvent.click(await box());
    expect(button('Publish and open enrolment').disabled).toBe(false);
  });

  test('that zsxq does not know corrects another only on somebody’s word, which is good for that one alone', async () => {
    new Wire({ [LOOK_UP('1')]: UNKNOWN, [LOOK_UP('2')]: UNKNOWN, [LOOK_UP('404404404')]: UNKNOWN });
    showPage(<CorrectProject camp={{ ...camp, status: 'enrolling' }} />);
    await userEvent.click(button('Correct it'));
    const ok = () => screen.getAllByRole<HTMLButtonElement>('button', { name: 'Correct it' }).at(-1)!;
    const field = screen.getByLabelText('The right project');
    await userEvent.type(field, '1{Enter}');
    const sure = await box();
    expect(ok().disabled).toBe(true);
    await userEvent.click(sure);
    await waitFor(() => expect(ok().disabled).toBe(false));
    await userEvent.clear(field);
    await userEvent.type(field, '2{Enter}');
    await box();
    expect(ok().disabled).toBe(true);
  });
});
