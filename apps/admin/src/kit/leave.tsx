import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';
import { useWords, words } from './text.js';

const text = words(
  {
    title: '离开此页？',
    content: '有尚未保存的修改，离开后将丢失。',
    stay: '继续编辑',
    leave: '放弃修改',
  },
  {
    title: 'Leave this page?',
    content: 'What you changed is not saved yet and will be lost.',
    stay: 'Keep editing',
    leave: 'Discard',
  },
);

/** Asks before a page with unsaved changes is left, by a link, the back button or the browser. */
export function useAskBeforeLeaving(changed: () => boolean): void {
  const t = useWords(text);
  const { modal } = App.useApp();
  const asking = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && changed(),
  );
  useEffect(() => {
    if (blocker.state !== 'blocked' || asking.current) return;
    asking.current = true;
    modal.confirm({
      title: t.title,
      content: t.content,
      okText: t.leave,
      cancelText: t.stay,
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
      afterClose: () => (asking.current = false),
    });
  }, [blocker, modal, t]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (changed()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changed]);
}
