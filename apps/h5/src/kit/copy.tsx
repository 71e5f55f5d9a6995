import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';

type Copied = 'not yet' | 'copied' | 'by hand';

/** Puts a text on the clipboard, and says whether the browser let it. */
function useCopy(text: string): [state: Copied, copy: () => void] {
  const [state, setState] = useState<Copied>('not yet');
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
  return [state, copy];
}

/** Copies a text; where the browser forbids it, the text stands there to be copied by hand. */
export function Copy({ text, label }: { text: string; label: string }): ReactNode {
  const [state, copy] = useCopy(text);
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

/** The same within a line, beside a text that can be read. */
export function CopyShort({ text }: { text: string }): ReactNode {
  const [state, copy] = useCopy(text);
  return (
    <>
      <button type="button" className="text-button" onClick={copy}>
        {state === 'copied' ? '已复制' : state === 'by hand' ? '请长按复制' : '复制'}
      </button>
      <span className="unseen" role="status">
        {state === 'copied' ? '已复制' : ''}
      </span>
    </>
  );
}
