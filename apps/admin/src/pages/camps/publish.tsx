import { InfoCircleOutlined } from '@ant-design/icons';
import { Alert, App, Button, Flex, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError, type Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { useCampName } from '../../kit/camp-name.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { CheckList, useChecks } from './check-list.js';
import { ProjectAnswer, useDoubt, usePlanetProject } from './planet-project.js';

const text = words(
  {
    titleOf: (name: string) => `发布训练营：${name}`,
    publish: '发布并开始报名',
    cancel: '再看看',
    mend: '去补充',
    advice: (what: string) => `建议（不影响发布）：${what}`,
    noRules: '没有打卡规则',
    noStaff: '没有指定教练',
    fixedTitle: '发布后不可再修改',
    fixed:
      '押金、开始与结束日期、要求打卡天数、打卡项目。会员将按这些条件付押金；打卡项目填错了，管理员在退款之前可以更正；名称、介绍、图片和规则仍可修改。发布后不能删除。',
    refused: '还不能发布，请补充标出的内容',
    done: '已发布，报名已开始',
  },
  {
    titleOf: (name: string) => `Publish the camp: ${name}`,
    publish: 'Publish and open enrolment',
    cancel: 'Not yet',
    mend: 'Complete it',
    advice: (what: string) => `Worth a thought (nothing that keeps it from being published): ${what}`,
    noRules: 'There are no rules',
    noStaff: 'There is no coach',
    fixedTitle: 'Fixed once published',
    fixed:
      'The deposit, both dates, the required days and the check-in project: members pay on these terms. An admin can correct a wrong project until refunds begin. Name, description, pictures and rules can still change. It cannot be deleted.',
    refused: 'It cannot be published yet: complete what is marked',
    done: 'Published: enrolment is open',
  },
);

/** Goes through what a camp needs, says what becomes fixed, and publishes it. */
export function Publish({
  camp,
  open,
  close,
}: {
  camp: Camp.CampDetail;
  open: boolean;
  close: () => void;
}): ReactNode {
  const t = useWords(text);
  const campName = useCampName();
  const { message } = App.useApp();
  const publish = useApiMutation('publishCamp', { invalidates: ['getCamp', 'listCamps'] });
  const incomplete = publish.error instanceof ApiError && publish.error.code === 1103;
  const checks = useChecks(camp, publish.error);
  const project = usePlanetProject(
    { planetProjectId: camp.planetProjectId, planetGroupId: camp.planetGroupId ?? '' },
    open,
  );
  const doubt = useDoubt(project, camp.planetProjectId);
  const ready = checks.every(({ ok }) => ok);
  const shut = (): void => {
    publish.reset();
    close();
  };
  const go = (): void =>
    publish.mutate(
      { path: { id: camp.id } },
      {
        onSuccess: () => {
          void message.success(t.done);
          shut();
        },
      },
    );
  return (
    <Modal
      open={open}
      title={t.titleOf(campName(camp))}
      onCancel={shut}
      footer={[
        <Button key="cancel" onClick={shut}>
          {t.cancel}
        </Button>,
        ready ? (
          <Button
            key="publish"
            type="primary"
            loading={publish.isPending}
            // Its title is read before it is decided, not after.
            disabled={project.isLoading || doubt.unsettled}
            onClick={go}
          >
            {t.publish}
          </Button>
        ) : (
          <Mend key="mend" id={camp.id} />
        ),
      ]}
    >
      <Flex vertical gap={14}>
        {incomplete ? (
          <Alert type="error" showIcon role="alert" title={t.refused} />
        ) : (
          <Refusal error={publish.error} />
        )}
        <CheckList checks={checks} below={{ planetProjectId: <ProjectAnswer project={project} /> }} />
        {ready && doubt.box}
        <Advice camp={camp} />
        <Alert type="warning" showIcon title={t.fixedTitle} description={t.fixed} />
      </Flex>
    </Modal>
  );
}

function Mend({ id }: { id: number }): ReactNode {
  const t = useWords(text);
  return (
    <Link to={`/camps/${id}/edit`} style={{ marginInlineStart: 8 }}>
      <Button type="primary" tabIndex={-1}>
        {t.mend}
      </Button>
    </Link>
  );
}

function Advice({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const { semicolon } = useWords(betweenWords);
  const advice = [
    ...(camp.rules.length === 0 ? [t.noRules] : []),
    ...(camp.coaches.length === 0 ? [t.noStaff] : []),
  ];
  if (advice.length === 0) return null;
  return (
    <Typography.Text type="secondary">
      <InfoCircleOutlined /> {t.advice(advice.join(semicolon))}
    </Typography.Text>
  );
}
