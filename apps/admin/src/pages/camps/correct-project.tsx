import { Alert, App, Button, Flex, Form, Input, Modal } from 'antd';
import { namedProject } from '@yajin/core';
import { useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { ProjectAnswer, projectWords, useDoubt, usePlanetProject } from './planet-project.js';

const text = words(
  {
    open: '更正',
    title: '更正打卡项目',
    now: '现在的项目',
    right: '正确的项目',
    what: '原项目的打卡记录会作废（导入的除外），下一次同步从开营日起重新计算；待审核的退款会撤回，同步后重新列入。已有退款通过审核就不能再更正。',
    go: '更正',
    cancel: '取消',
    same: '和现在的一样',
    done: (removed: number) => `已更正，${removed} 条打卡记录作废，请同步打卡`,
  },
  {
    open: 'Correct it',
    title: 'Correct the check-in project',
    now: 'The project as it is',
    right: 'The right project',
    what: 'Check-ins of the wrong project go (imported ones stay), and the next sync counts anew from the first day. Refunds that wait are withdrawn, and listed again after that sync. Once a refund is approved, nothing can be corrected.',
    go: 'Correct it',
    cancel: 'Cancel',
    same: 'It is this one already',
    done: (removed: number) => `Corrected. Check-ins removed: ${removed}. Sync the camp now`,
  },
);

/** For an admin: what was filled in wrong before members paid. */
export function CorrectProject({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t.open}
      </Button>
      {open && <CorrectDialog camp={camp} close={() => setOpen(false)} />}
    </>
  );
}

function CorrectDialog({ camp, close }: { camp: Camp.CampDetail; close: () => void }): ReactNode {
  const t = useWords(text);
  const p = useWords(projectWords);
  const { message } = App.useApp();
  const [given, setGiven] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const correct = useApiMutation('correctPlanetProject', {
    invalidates: ['getCamp', 'getSyncState', 'getCheckinStats', 'listPendingRefunds'],
  });
  const named = namedProject(given);
  const group = named?.groupId ?? camp.planetGroupId ?? '';
  const ready = named !== null && asked === named.projectId;
  const was = usePlanetProject({
    planetProjectId: camp.planetProjectId,
    planetGroupId: camp.planetGroupId ?? '',
  });
  const will = usePlanetProject({ planetProjectId: asked ?? '', planetGroupId: group });
  const doubt = useDoubt(will, asked ?? '');
  const same = named?.projectId === camp.planetProjectId;
  const look = (value: string): void => setAsked(namedProject(value)?.projectId ?? null);
  const go = (): void => {
    if (named === null || same) return;
    const body = {
      planetProjectId: named.projectId,
      ...(named.groupId ? { planetGroupId: named.groupId } : {}),
    };
    correct.mutate(
      { path: { id: camp.id }, body },
      {
        onSuccess: ({ removedCheckins }) => {
          void message.success(t.done(removedCheckins));
          close();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t.title}
      okText={t.go}
      cancelText={t.cancel}
      confirmLoading={correct.isPending}
      okButtonProps={{ disabled: !ready || same || will.isLoading || doubt.unsettled }}
      onOk={go}
      onCancel={close}
    >
      <Form layout="vertical">
        <Form.Item label={t.now} extra={<ProjectAnswer project={was} />}>
          <Input value={camp.planetProjectId} disabled />
        </Form.Item>
        <Form.Item
          label={t.right}
          htmlFor="right-project"
          extra={same ? t.same : ready ? <ProjectAnswer project={will} /> : p.hint}
          {...(given && named === null ? { validateStatus: 'error' as const, help: p.unread } : {})}
        >
          <Input
            id="right-project"
            value={given}
            maxLength={2000}
            placeholder={p.example}
            onChange={({ target }) => setGiven(target.value)}
            onBlur={() => look(given)}
            onPaste={({ clipboardData }) => look(clipboardData.getData('text'))}
            onPressEnter={() => look(given)}
          />
        </Form.Item>
      </Form>
      <Flex vertical gap={12}>
        {ready && !same && doubt.box}
        <Alert type="warning" showIcon title={t.what} />
        <Refusal error={correct.error} />
      </Flex>
    </Modal>
  );
}
