import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import { Refusal } from './failure.js';
import { useWords, words } from './text.js';

const text = words({ cancel: '取消' }, { cancel: 'Cancel' });

interface Question {
  title: string;
  /** What will happen. */
  content: ReactNode;
  /** What the button says. */
  ok: string;
  danger?: boolean;
  act: () => Promise<unknown>;
  /** What is said once the server has done it; left out where `act` says it. */
  done?: string;
}

/** Asks before something is done; what the server refuses stands in `refusal` until the next attempt. */
export function useAsk(): { ask: (question: Question) => void; refusal: ReactNode } {
  const t = useWords(text);
  const { modal, message } = App.useApp();
  const [error, setError] = useState<unknown>(null);
  const ask = ({ title, content, ok, danger = false, act, done }: Question): void => {
    modal.confirm({
      title,
      content,
      okText: ok,
      cancelText: t.cancel,
      okButtonProps: { danger },
      onOk: async () => {
        setError(null);
        await act().then(() => done !== undefined && void message.success(done), setError);
      },
    });
  };
  const refusal = error ? (
    <div style={{ marginBottom: 12 }}>
      <Refusal error={error} />
    </div>
  ) : null;
  return { ask, refusal };
}
