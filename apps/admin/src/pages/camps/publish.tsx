import { CheckCircleFilled, CloseCircleFilled, InfoCircleOutlined } from '@ant-design/icons';
import { Alert, App, Button, Flex, Modal, theme, Typography } from 'antd';
import { businessDate } from '@yajin/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError, type Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useSaid } from '../../kit/said.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '发布训练营',
    publish: '发布并开始报名',
    cancel: '再看看',
    mend: '去补充',
    has: '发布前检查',
    fields: {
      name: '名称',
      posterUrl: '海报',
      groupQrcodeUrl: '群二维码',
      deposit: '押金',
      startDate: '开始日期',
      endDate: '结束日期',
      requiredDays: '要求打卡天数',
      planetProjectId: '打卡项目 ID',
    },
    there: '已填写',
    missing: '未填写',
    past: '应晚于今天',
    advice: '建议（不影响发布）',
    noRules: '没有打卡规则',
    noStaff: '没有指定教练',
    fixedTitle: '发布后不可再修改',
    fixed:
      '押金、开始与结束日期、要求打卡天数、打卡项目 ID。会员将按这些条件付押金；名称、介绍、图片和规则仍可修改。发布后不能删除。',
    refused: '还不能发布，请补充标出的内容',
    done: '已发布，报名已开始',
  },
  {
    title: 'Publish the camp',
    publish: 'Publish and open enrolment',
    cancel: 'Not yet',
    mend: 'Complete it',
    has: 'What is there',
    fields: {
      name: 'Name',
      posterUrl: 'Poster',
      groupQrcodeUrl: 'Group QR code',
      deposit: 'Deposit',
      startDate: 'Start date',
      endDate: 'End date',
      requiredDays: 'Required days',
      planetProjectId: 'Check-in project id',
    },
    there: 'there',
    missing: 'missing',
    past: 'must be after today',
    advice: 'Worth a thought (nothing that keeps it from being published)',
    noRules: 'There are no rules',
    noStaff: 'There is no coach',
    fixedTitle: 'Fixed once published',
    fixed:
      'The deposit, both dates, the required days and the check-in project id: members pay on these terms. Name, description, pictures and rules can still change. It cannot be deleted.',
    refused: 'It cannot be published yet: complete what is marked',
    done: 'Published: enrolment is open',
  },
);

type Field = keyof (typeof text)['zh']['fields'];

interface Check {
  field: Field;
  /** What is there, or what is wrong with it. */
  says: string;
  ok: boolean;
}

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
  const { message } = App.useApp();
  const publish = useApiMutation('publishCamp', { invalidates: ['getCamp', 'listCamps'] });
  const incomplete = publish.error instanceof ApiError && publish.error.code === 1103;
  const checks = useChecks(camp, publish.error);
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
      title={`${t.title}：${camp.name}`}
      onCancel={shut}
      footer={[
        <Button key="cancel" onClick={shut}>
          {t.cancel}
        </Button>,
        ready ? (
          <Button key="publish" type="primary" loading={publish.isPending} onClick={go}>
            {t.publish}
          </Button>
        ) : (
          <Link key="mend" to={`/camps/${camp.id}/edit`} style={{ marginInlineStart: 8 }}>
            <Button type="primary" tabIndex={-1}>
              {t.mend}
            </Button>
          </Link>
        ),
      ]}
    >
      <Flex vertical gap={14}>
        {incomplete ? (
          <Alert type="error" showIcon role="alert" title={t.refused} />
        ) : (
          <Refusal error={publish.error} />
        )}
        <CheckList checks={checks} />
        <Advice camp={camp} />
        <Alert type="warning" showIcon title={t.fixedTitle} description={t.fixed} />
      </Flex>
    </Modal>
  );
}

/** What can be seen from here, corrected by what the server said. */
function useChecks(camp: Camp.CampDetail, error: Error | null): Check[] {
  const t = useWords(text);
  const say = useSaid();
  const said = new Map(
    error instanceof ApiError ? error.fields.map(({ field, ...said }) => [field, say(said)]) : [],
  );
  const values: Record<Field, string> = {
    name: camp.name,
    posterUrl: camp.posterUrl && t.there,
    groupQrcodeUrl: camp.groupQrcodeUrl && t.there,
    deposit: money(camp.deposit),
    startDate: camp.startDate,
    endDate: camp.endDate,
    requiredDays: `${camp.requiredDays} / ${camp.totalDays}`,
    planetProjectId: camp.planetProjectId,
  };
  const begun = camp.startDate <= businessDate(new Date());
  return (Object.entries(values) as [Field, string][]).map(([field, value]) => {
    const wrong = said.get(field) ?? (value ? (field === 'startDate' && begun ? t.past : null) : t.missing);
    const says = wrong === null ? value : value ? `${value}：${wrong}` : wrong;
    return { field, says, ok: wrong === null };
  });
}

function CheckList({ checks }: { checks: Check[] }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  return (
    <ul aria-label={t.has} style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 6 }}>
      {checks.map(({ field, says, ok }) => (
        <li key={field} style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
          {ok ? (
            <CheckCircleFilled style={{ color: token.colorSuccess }} />
          ) : (
            <CloseCircleFilled style={{ color: token.colorError }} />
          )}
          <span style={{ flex: '0 0 110px' }}>{t.fields[field]}</span>
          <Typography.Text
            type={ok ? 'secondary' : 'danger'}
            style={{ overflowWrap: 'anywhere', minWidth: 0 }}
          >
            {says}
          </Typography.Text>
        </li>
      ))}
    </ul>
  );
}

function Advice({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const advice = [
    ...(camp.rules.length === 0 ? [t.noRules] : []),
    ...(camp.coaches.length === 0 ? [t.noStaff] : []),
  ];
  if (advice.length === 0) return null;
  return (
    <Typography.Text type="secondary">
      <InfoCircleOutlined /> {t.advice}：{advice.join('；')}
    </Typography.Text>
  );
}
