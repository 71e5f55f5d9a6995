import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';

/** Copies a text; where the browser forbids it, the text stands there to be copied by hand. */
export function Copy({ text, label }: { text: string; label: string }): ReactNode {
  const [state, setState] = useState<'not yet' | 'copied' | 'by hand'>('not yet');
  const copy = (): void => {
    // Only there over https.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) {
      setState('by hand');
      return;
    }
    clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('by hand'),
    );
  };
  return (
    <>
      <Button block fill="outline" color="primary" size="large" onClick={copy}>
        {state === 'copied' ? '已复制' : label}
      </Button>
      <span className="unseen" role="status">
        {state === 'copied' ? '已复制' : ''}
      </span>
      {state === 'by hand' && (
        <p className="by-hand">
          长按下面的文字复制：
          <code>{text}</code>
        </p>
      )}
    </>
  );
}
