import { Button, Checkbox, Col, Flex, Form, Input, Row, Spin, Typography } from 'antd';
import { namedProject, PLANET_ID } from '@yajin/core';
import { useState, type ReactNode } from 'react';
import { useApiQuery } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { useExplain } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { ApiError, type Camp } from '@yajin/web';
import type { CampValues } from './values.js';

export const projectWords = words(
  {
    projectId: '打卡项目',
    hint: '在电脑浏览器打开知识星球的打卡项目，把地址栏的网址粘贴到这里，或填写 …/checkin/ 后面的数字。',
    example: '粘贴网址，或 15555411412112',
    short: '短链接看不出是哪个项目，请在电脑浏览器打开后粘贴地址栏的网址',
    unread: '看不出是哪个项目，请粘贴打卡项目的网址或填写数字 ID',
    groupId: '星球 ID',
    groupHint: '地址栏 …/group/ 后面的数字；只有一个星球时不必填写。',
    groupDefault: '默认用系统配置的星球',
    asking: '正在向知识星球查询这个项目…',
    called: (title: string) => `知识星球上的名称：${title}`,
    nameless: '知识星球有这个项目，但没有名称',
    again: '再查一次',
    states: { ongoing: '进行中', closed: '已关闭', over: '已结束' },
    ended: '这个项目已不能打卡，请确认没有填错',
    sure: '没有查到这个项目，我已核对没有填错',
    problems: {
      not_found: '知识星球没有这个项目，或系统登录的账号没有加入它。请核对。',
      cookie: '知识星球的登录已失效，查不到项目名称。请先更新 Cookie。',
      busy: '知识星球正忙，暂时查不到项目名称。',
      unavailable: '知识星球没有应答，暂时查不到项目名称。',
    },
  },
  {
    projectId: 'Check-in project',
    hint: 'Open the check-in project in a browser and paste its address here, or the number after …/checkin/.',
    example: 'An address, or 15555411412112',
    short:
      'A short link does not say which project it is: open it in a browser and paste the address that it leads to',
    unread: 'This names no project: paste the address of the check-in project, or its number',
    groupId: 'Planet id',
    groupHint: 'The number after …/group/ in the address. Not needed with a single planet.',
    groupDefault: 'The planet of the settings',
    asking: 'Asking zsxq for this project…',
    called: (title: string) => `On zsxq it is called: ${title}`,
    nameless: 'zsxq knows this project, which has no title',
    again: 'Ask again',
    states: { ongoing: 'under way', closed: 'closed', over: 'over' },
    ended: 'Nobody can check in there any more: make sure it is the right one',
    sure: 'This project was not found; I have checked that it is the right one',
    problems: {
      not_found: 'zsxq has no such project, or the account of the settings has not joined it. Please check.',
      cookie: 'The login at zsxq has expired, so the title is not known. Put in a new cookie first.',
      busy: 'zsxq is busy, so the title is not known for now.',
      unavailable: 'zsxq does not answer, so the title is not known for now.',
    },
  },
);

const TITLE_MS = 5 * 60_000;

interface Project {
  planetProjectId: string;
  planetGroupId: string;
}

/** What zsxq says of a project, asked for once in a while; nothing is asked while there is none. */
export function usePlanetProject({ planetProjectId, planetGroupId }: Project, wanted = true) {
  const group = planetGroupId.trim();
  return useApiQuery(
    'lookUpPlanetProject',
    {
      path: { planetProjectId: planetProjectId.trim() },
      query: group ? { planetGroupId: group } : {},
    },
    {
      enabled: wanted && PLANET_ID.test(planetProjectId.trim()),
      staleTime: TITLE_MS,
      refetchOnWindowFocus: false,
      retry: false,
    },
  );
}

type Asked = ReturnType<typeof usePlanetProject>;

/** The project's title, or why it is not known. */
export function ProjectAnswer({ project }: { project: Asked }): ReactNode {
  const t = useWords(projectWords);
  const explain = useExplain();
  if (project.isLoading)
    return (
      <span role="status">
        <Spin size="small" /> {t.asking}
      </span>
    );
  const { data, error } = project;
  if (data?.problem === null) return <Named project={data} />;
  if (!data && !error) return null;
  return (
    <Flex component="span" wrap gap={4} role="status">
      <Typography.Text type={data?.problem === 'not_found' ? 'danger' : 'warning'}>
        {data ? t.problems[data.problem] : explain(error).cause}
      </Typography.Text>
      <Button
        type="link"
        size="small"
        style={{ padding: 0 }}
        loading={project.isFetching}
        onClick={() => void project.refetch()}
      >
        {t.again}
      </Button>
    </Flex>
  );
}

/** A project that zsxq does not know, or that we refuse to ask for, takes somebody's word. */
export function useDoubt(project: Asked, projectId: string): { unsettled: boolean; box: ReactNode } {
  const t = useWords(projectWords);
  const [sure, setSure] = useState('');
  const doubtful = project.data?.problem === 'not_found' || project.error instanceof ApiError;
  return {
    unsettled: doubtful && sure !== projectId,
    box: doubtful && (
      <Checkbox
        checked={sure === projectId}
        onChange={({ target }) => setSure(target.checked ? projectId : '')}
      >
        {t.sure}
      </Checkbox>
    ),
  };
}

function Named({ project: { title, state } }: { project: Camp.PlanetProject }): ReactNode {
  const t = useWords(projectWords);
  const between = useWords(betweenWords);
  const ended = state === 'closed' || state === 'over';
  const name = title ? t.called(title) : t.nameless;
  return (
    <span role="status">
      <Typography.Text strong>
        {name}
        {state && between.aside(t.states[state])}
      </Typography.Text>
      {ended && <Typography.Text type="warning"> {t.ended}</Typography.Text>}
    </span>
  );
}

/** Which project and planet a camp's check-ins come from: a pasted address is taken apart, and zsxq is asked what it is called. */
export function ProjectFields({ locked }: { locked: boolean }): ReactNode {
  const t = useWords(projectWords);
  const form = Form.useFormInstance<CampValues>();
  // Asked for when somebody has pasted or left the field, not at each key.
  const [asked, setAsked] = useState<Project>(() => ({
    planetProjectId: locked ? '' : (form.getFieldValue('planetProjectId') as string),
    planetGroupId: form.getFieldValue('planetGroupId') as string,
  }));
  const project = usePlanetProject(asked);
  const understand = (): void => {
    const { planetProjectId: given, planetGroupId } = form.getFieldsValue(true) as CampValues;
    const named = namedProject(given);
    const found = {
      planetProjectId: named?.projectId ?? given.trim(),
      planetGroupId: named?.groupId ?? planetGroupId,
    };
    form.setFieldsValue(found);
    void form.validateFields(['planetProjectId']).catch(() => undefined);
    setAsked(named ? found : { planetProjectId: '', planetGroupId: '' });
  };
  const typed = Form.useWatch('planetProjectId', form);
  return (
    <Row gutter={16}>
      <Col xs={24} sm={12}>
        <Form.Item
          name="planetProjectId"
          label={t.projectId}
          required
          extra={
            <>
              {t.hint}
              {/* Its place is kept: what appears as the field is left must not move the button that is being pressed. */}
              <div style={{ minHeight: '3em' }}>
                {asked.planetProjectId !== '' && typed === asked.planetProjectId && (
                  <ProjectAnswer project={project} />
                )}
              </div>
            </>
          }
          rules={[
            {
              validator: (_, value: string) =>
                locked || value === '' || namedProject(value) !== null
                  ? Promise.resolve()
                  : Promise.reject(new Error(value.includes('/') ? t.short : t.unread)),
            },
          ]}
          validateTrigger="onBlur"
        >
          <Input
            maxLength={2000}
            disabled={locked}
            placeholder={t.example}
            onBlur={understand}
            // What was pasted stands in the field only afterwards.
            onPaste={() => setTimeout(understand)}
          />
        </Form.Item>
      </Col>
      <Col xs={24} sm={12}>
        <Form.Item name="planetGroupId" label={t.groupId} extra={t.groupHint}>
          <Input maxLength={64} placeholder={t.groupDefault} onBlur={understand} />
        </Form.Item>
      </Col>
    </Row>
  );
}
