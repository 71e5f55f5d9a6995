import { useQuery } from '@tanstack/react-query';
import { Checkbox, Collapse, Flex, Input, InputNumber, Modal, Skeleton, Statistic, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { count, money } from '@yajin/ui';
import { betweenWords } from '../../kit/between-words.js';
import { Failure } from '../../kit/failure.js';
import { ScrollArea } from '../../kit/scroll-area.js';
import { ConfidenceTag } from '../../kit/states.js';
import { counted, joined, useWords, words } from '../../kit/text.js';
import {
  judge,
  LOWEST_CONFIDENCE,
  SAFE_CONFIDENCE,
  totalYuan,
  type Batch,
  type Chosen,
  type Exclusion,
} from './batch.rules.js';
import { stillPending } from './pending-data.js';

const text = words(
  {
    title: '批量通过退款',
    checking: '正在核对所选记录的最新状态…',
    people: '将退款人数',
    amount: '退款总额',
    excluded: '排除',
    camps: (names: string) => `训练营：${names}`,
    threshold: '最低置信度',
    thresholdHint: '低于此值的不通过（50–100）',
    why: {
      low: '置信度低于阈值',
      mismatch: '昵称不一致，需逐条核对',
      disputed: '星球 ID 有争议，需先核实',
      unproved: '身份未验证（仅凭填写的星球 ID）',
      gone: '已不在待审核（已处理或匹配已变更）',
    },
    unproved: (people: string) => `包括身份未验证的 ${people} 人`,
    unprovedHint: '他们只填写了星球 ID，没有用专属链接报名，也没有用验证码证明是本人。',
    comment: '审核备注（选填）',
    note: '确认后由系统自动退款；开始退款后不能撤回。',
    confirm: (people: string, amount: string) => `确认退款 ${people} 人 · ${amount}`,
    nobody: '没有可以通过的记录',
    cancel: '取消',
  },
  {
    title: 'Approve many refunds',
    checking: 'Looking up how they stand now…',
    people: 'People refunded',
    amount: 'In all',
    excluded: 'Left out',
    camps: (names: string) => `Camps: ${names}`,
    threshold: 'Lowest confidence',
    thresholdHint: 'Whoever is below it is left out (50–100)',
    why: {
      low: 'Below the threshold',
      mismatch: 'Nickname differs: look one by one',
      disputed: 'Planet id disputed: settle who it is first',
      unproved: 'Identity not proved (only typed)',
      gone: 'Not pending any more',
    },
    unproved: (people: string) => `Include ${people} whose identity is not proved`,
    unprovedHint: 'They only typed a planet id: no personal link, and no code that shows it is theirs.',
    comment: 'Comment (optional)',
    note: 'The system refunds by itself; once it has begun, this cannot be undone.',
    confirm: (people: string, amount: string) => `Refund ${counted(people, 'person', 'people')} · ${amount}`,
    nobody: 'Nobody can be approved',
    cancel: 'Cancel',
  },
);

const WHYS: Exclusion[] = ['low', 'mismatch', 'disputed', 'unproved', 'gone'];

interface BatchDialogProps {
  /** The frozen set. */
  chosen: Chosen[];
  close: () => void;
  confirm: (batch: Batch) => void;
}

/** Says who gets how much and who is left out, by how things stand now, before anything is approved. */
export function BatchDialog({ chosen, close, confirm }: BatchDialogProps): ReactNode {
  const t = useWords(text);
  const [minConfidence, setMinConfidence] = useState(SAFE_CONFIDENCE);
  const [includeUnproved, setIncludeUnproved] = useState(false);
  const [comment, setComment] = useState('');
  const ids = chosen.map(({ id }) => id);
  const pending = useQuery({
    queryKey: ['listPendingRefunds', 'of', ids],
    queryFn: () => stillPending(ids),
    gcTime: 0,
    refetchOnWindowFocus: false,
    structuralSharing: false,
  });
  const now = pending.data ?? new Map<number, Chosen>();
  const { included, excluded } = judge(chosen, now, { minConfidence, includeUnproved });
  const whole = judge(chosen, now, { minConfidence, includeUnproved: true }).included;
  const amount = totalYuan(included);
  const ready = pending.isSuccess && !pending.isFetching;
  const send = (): void =>
    confirm({
      ids: included.map(({ id }) => id),
      names: Object.fromEntries(chosen.map(({ id, name }) => [id, name])),
      amount,
      minConfidence,
      includeUnproved,
      comment: comment.trim(),
      skipped: excluded.map(({ row, why }) => ({ id: row.id, reason: t.why[why] })),
      sent: [],
    });
  return (
    <Modal
      open
      title={t.title}
      cancelText={t.cancel}
      okText={!ready || included.length > 0 ? t.confirm(count(included.length), money(amount)) : t.nobody}
      okButtonProps={{ disabled: !ready || included.length === 0 }}
      onOk={send}
      onCancel={close}
      width={520}
    >
      {pending.error ? (
        <Failure error={pending.error} again={() => void pending.refetch()} />
      ) : ready ? (
        <Flex vertical gap={14}>
          <Figures included={included} excluded={excluded.length} />
          <Threshold value={minConfidence} change={setMinConfidence} />
          <Unproved
            count={whole.filter(({ unproved }) => unproved).length}
            included={includeUnproved}
            change={setIncludeUnproved}
          />
          <Excluded excluded={excluded} />
          <Input
            aria-label={t.comment}
            placeholder={t.comment}
            value={comment}
            maxLength={500}
            onChange={(event) => setComment(event.target.value)}
          />
          <Typography.Text type="secondary">{t.note}</Typography.Text>
        </Flex>
      ) : (
        <>
          <Typography.Text type="secondary">{t.checking}</Typography.Text>
          <Skeleton active paragraph={{ rows: 4 }} title={false} />
        </>
      )}
    </Modal>
  );
}

function Figures({ included, excluded }: { included: Chosen[]; excluded: number }): ReactNode {
  const t = useWords(text);
  const { list } = useWords(betweenWords);
  const camps = [...new Set(included.map(({ campName }) => campName))];
  return (
    <>
      <Flex gap={32} wrap aria-live="polite">
        <Statistic title={t.people} value={included.length} />
        <Statistic title={t.amount} value={money(totalYuan(included))} />
        <Statistic title={t.excluded} value={excluded} />
      </Flex>
      <Typography.Text type="secondary">{t.camps(joined(camps, list) || '—')}</Typography.Text>
    </>
  );
}

function Threshold({ value, change }: { value: number; change: (value: number) => void }): ReactNode {
  const t = useWords(text);
  return (
    <Flex align="center" gap={10} wrap>
      <label htmlFor="batch-threshold">{t.threshold}</label>
      <InputNumber
        id="batch-threshold"
        min={LOWEST_CONFIDENCE}
        max={100}
        precision={0}
        value={value}
        onChange={(typed) => change(typed ?? SAFE_CONFIDENCE)}
      />
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {t.thresholdHint}
      </Typography.Text>
    </Flex>
  );
}

/** How many nothing but a typed id speaks for: they are left out unless the operator says so. */
function Unproved({
  count: people,
  included,
  change,
}: {
  count: number;
  included: boolean;
  change: (included: boolean) => void;
}): ReactNode {
  const t = useWords(text);
  if (people === 0) return null;
  return (
    <div>
      <Checkbox checked={included} onChange={(event) => change(event.target.checked)}>
        {t.unproved(count(people))}
      </Checkbox>
      <Typography.Text type="secondary" style={{ display: 'block', fontSize: 13 }}>
        {t.unprovedHint}
      </Typography.Text>
    </div>
  );
}

function Excluded({ excluded }: { excluded: { row: Chosen; why: Exclusion }[] }): ReactNode {
  const t = useWords(text);
  const groups = WHYS.map((why) => ({
    why,
    rows: excluded.filter((one) => one.why === why).map(({ row }) => row),
  })).filter(({ rows }) => rows.length > 0);
  if (groups.length === 0) return null;
  return (
    <Collapse
      size="small"
      items={groups.map(({ why, rows }) => ({
        key: why,
        label: `${t.why[why]} · ${count(rows.length)}`,
        children: (
          <ScrollArea label={t.why[why]} height={180}>
            <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
              {rows.map((row) => (
                <li key={row.id} style={{ display: 'flex', gap: 8, padding: '2px 0' }}>
                  <span style={{ flex: 1 }}>{row.name}</span>
                  <span className="number">{money(row.amount)}</span>
                  <ConfidenceTag value={row.confidence} />
                </li>
              ))}
            </ul>
          </ScrollArea>
        ),
      }))}
    />
  );
}
