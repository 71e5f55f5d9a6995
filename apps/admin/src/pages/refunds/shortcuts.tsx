import { Modal, Typography } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '快捷键',
    rows: [
      ['J / ↓', '下一条'],
      ['K / ↑', '上一条'],
      ['A', '通过当前退款（会再确认一次）'],
      ['R', '拒绝当前退款，选择原因'],
      ['U', '撤回刚才的审核'],
      ['X', '选中或取消选中当前行'],
      ['?', '显示本帮助'],
      ['Esc', '关闭对话框'],
    ],
    note: '在输入框中或对话框打开时不起作用。',
  },
  {
    title: 'Keyboard shortcuts',
    rows: [
      ['J / ↓', 'Next'],
      ['K / ↑', 'Previous'],
      ['A', 'Approve this refund (asks once more)'],
      ['R', 'Reject this refund, with a reason'],
      ['U', 'Undo the last decision'],
      ['X', 'Select this row or not'],
      ['?', 'This help'],
      ['Esc', 'Close a dialog'],
    ],
    note: 'They rest while you type or a dialog is open.',
  },
);

export type Shortcut = 'next' | 'previous' | 'approve' | 'reject' | 'toggle' | 'undo' | 'help';

const KEYS: Record<string, Shortcut> = {
  j: 'next',
  arrowdown: 'next',
  k: 'previous',
  arrowup: 'previous',
  a: 'approve',
  r: 'reject',
  u: 'undo',
  x: 'toggle',
  '?': 'help',
};

/** Calls `act` for a key, unless somebody types, a menu has the keys, or a dialog is open. */
export function useShortcuts(act: (shortcut: Shortcut) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const shortcut = KEYS[event.key.toLowerCase()];
      const held = event.ctrlKey || event.metaKey || event.altKey;
      if (!shortcut || held || event.defaultPrevented || busy(event.target)) return;
      event.preventDefault();
      latest.current(shortcut);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function busy(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && target.type !== 'checkbox') return true;
  if (target instanceof HTMLElement) {
    if (target.isContentEditable || target.closest('textarea, select, [role="menu"], [role="listbox"]'))
      return true;
  }
  return [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.checkVisibility());
}

export function ShortcutHelp({ open, close }: { open: boolean; close: () => void }): ReactNode {
  const t = useWords(text);
  return (
    <Modal open={open} title={t.title} footer={null} onCancel={close} width={420}>
      <dl style={{ display: 'grid', gridTemplateColumns: '80px 1fr', gap: '8px 12px', margin: '12px 0' }}>
        {t.rows.map(([keys, meaning]) => [
          <dt key={keys}>
            <Typography.Text keyboard>{keys}</Typography.Text>
          </dt>,
          <dd key={`${keys ?? ''}-meaning`} style={{ margin: 0 }}>
            {meaning}
          </dd>,
        ])}
      </dl>
      <Typography.Text type="secondary">{t.note}</Typography.Text>
    </Modal>
  );
}
