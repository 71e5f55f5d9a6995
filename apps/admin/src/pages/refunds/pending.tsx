import { QuestionCircleOutlined } from '@ant-design/icons';
import { App, Button, Card, Drawer, Flex, Skeleton } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { CampSelect } from '../../kit/camp-select.js';
import { Failure } from '../../kit/failure.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { BatchArea } from './batch-area.js';
import { chosenOf, LOWEST_CONFIDENCE } from './batch.rules.js';
import { ApproveDialog, RejectDialog } from './decide.js';
import { Lanes } from './lanes.js';
import { PendingList } from './pending-list.js';
import { usePlace } from './pending-place.js';
import { Decisions, Gone, NothingChosen, Review } from './review.js';
import { useSelection } from './selection.js';
import { LastDecision, useJustDecided, type JustDecided } from './undo.js';
import { ShortcutHelp, useShortcuts, type Shortcut } from './shortcuts.js';
import { useWide } from '../../kit/wide.js';

const text = words(
  {
    title: '待审核退款',
    help: '快捷键',
    low: '置信度低于 50，需先手动匹配',
    review: '审核退款',
  },
  {
    title: 'Refunds to review',
    help: 'Keyboard shortcuts',
    low: 'Below 50: match by hand first',
    review: 'Review',
  },
);

interface Decision {
  kind: 'approve' | 'reject';
  row: Camp.PendingRefund;
}

/** Reviewing refunds: the list on the left, what the decision rests on on the right; or one over the other on a phone. */
export function PendingRefunds(): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const may = useMay()('refund:audit');
  const wide = useWide('lg');
  const selection = useSelection();
  const at = usePlace(wide);
  const { answer, address, change, row, step } = at;
  const [decision, setDecision] = useState<Decision | null>(null);
  const [help, setHelp] = useState(false);
  const decided = useJustDecided();
  const decide = (kind: Decision['kind'], chosen: Camp.PendingRefund): void => {
    if (kind === 'approve' && chosen.matchConfidence < LOWEST_CONFIDENCE) void message.warning(t.low);
    else setDecision({ kind, row: chosen });
  };
  useShortcuts((shortcut: Shortcut) => {
    if (shortcut === 'next') step(1);
    else if (shortcut === 'previous') step(-1);
    else if (shortcut === 'help') setHelp(true);
    else if (shortcut === 'undo') decided.undo();
    else if (row && may && shortcut === 'toggle') selection.toggle(chosenOf(row));
    else if (row && may && shortcut !== 'toggle') decide(shortcut, row);
  });
  useFocusBack(decision !== null || help, row?.id);
  // With nothing to review there is nothing beside the list either.
  const beside = wide && (answer.data?.total !== 0 || at.gone !== null);
  const decisions = row && <Decisions row={row} decide={decide} />;
  return (
    <Page
      title={t.title}
      extra={<Tools address={address} change={change} help={() => setHelp(true)} />}
      waits={!answer.data && !answer.error}
    >
      <Lanes page={answer.data} chosen={address.lane} choose={(lane) => change({ lane, id: '' })} />
      {may && (
        <BatchArea
          selection={selection}
          rows={answer.data?.list ?? []}
          total={answer.data?.total ?? 0}
          filter={address}
          confirmed={() => change({ id: '' })}
        />
      )}
      {answer.error && !answer.data ? (
        <Failure error={answer.error} again={() => void answer.refetch()} />
      ) : (
        <Flex gap={16} align="start">
          <Card styles={{ body: { padding: 0 } }} style={{ width: beside ? 384 : '100%', flexShrink: 0 }}>
            <PendingList
              data={answer.data}
              loading={answer.isFetching}
              chosen={row?.id}
              choose={(id) => change({ id: String(id) }, { keepPage: true })}
              page={{ page: Number(address.page), pageSize: Number(address.pageSize) }}
              turn={(page, pageSize) => change({ page: String(page), pageSize: String(pageSize), id: '' })}
              {...(may ? { selection } : {})}
            />
          </Card>
          {beside && (
            <Pane>
              <Chosen at={at}>{decisions}</Chosen>
            </Pane>
          )}
        </Flex>
      )}
      {!wide && <Sheet at={at} footer={may && decisions} />}
      {decision && (
        <Dialog
          decision={decision}
          close={() => setDecision(null)}
          done={(said) => {
            decided.keep({ row: decision.row, said });
            at.after(decision.row.id);
          }}
        />
      )}
      <LastDecision decided={decided} />
      <ShortcutHelp open={help} close={() => setHelp(false)} />
    </Page>
  );
}

/** Over the list where there is no room beside it; what is decided with is where a thumb is. */
function Sheet({ at, footer }: { at: ReturnType<typeof usePlace>; footer: ReactNode }): ReactNode {
  const t = useWords(text);
  return (
    <Drawer
      open={at.address.id !== ''}
      onClose={() => at.change({ id: '' }, { keepPage: true })}
      title={t.review}
      size="100%"
      styles={{ body: { padding: 16 } }}
      footer={footer}
    >
      <Chosen at={at} />
    </Drawer>
  );
}

function Chosen({ at, children }: { at: ReturnType<typeof usePlace>; children?: ReactNode }): ReactNode {
  if (at.row) return <Review row={at.row}>{children}</Review>;
  if (at.gone !== null) {
    return <Gone id={at.gone} back={() => at.change({ id: '' }, { keepPage: true })} />;
  }
  return at.answer.data && !at.looking ? <NothingChosen /> : <Skeleton active paragraph={{ rows: 10 }} />;
}

function Dialog({
  decision: { kind, row },
  ...rest
}: {
  decision: Decision;
  close: () => void;
  done: (said: JustDecided['said']) => void;
}): ReactNode {
  switch (kind) {
    case 'approve':
      return <ApproveDialog row={row} {...rest} />;
    case 'reject':
      return <RejectDialog row={row} {...rest} />;
  }
}

interface ToolsProps extends Pick<ReturnType<typeof usePlace>, 'address' | 'change'> {
  help: () => void;
}

function Tools({ address: { camp }, change, help }: ToolsProps): ReactNode {
  const t = useWords(text);
  return (
    <>
      <CampSelect value={camp} change={(to) => change({ camp: to, id: '' })} />
      <Button icon={<QuestionCircleOutlined />} onClick={help} aria-label={t.help} />
    </>
  );
}

/** Stays in view while the list goes by. */
function Pane({ children }: { children: ReactNode }): ReactNode {
  return (
    <Card
      style={{ flex: 1, minWidth: 0, position: 'sticky', top: 72 }}
      styles={{ body: { padding: 16, maxHeight: 'calc(100vh - 94px)', overflowY: 'auto' } }}
    >
      {children}
    </Card>
  );
}

/** When a dialog closes, the keyboard is where it was: at the chosen row, or at the one that comes next. */
function useFocusBack(open: boolean, id: number | undefined): void {
  const owed = useRef(false);
  useEffect(() => {
    if (open) owed.current = true;
    else if (owed.current && id !== undefined) {
      owed.current = false;
      document.getElementById(`refund-${id}`)?.focus();
    }
  }, [open, id]);
}
