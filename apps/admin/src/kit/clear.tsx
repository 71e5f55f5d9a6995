import { CloseCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useWords, words } from './text.js';

const text = words({ label: '清空' }, { label: 'Clear' });

/** As `allowClear` of a choice: antd calls the button in English otherwise. */
export function useClear(): { label: string } {
  const { label } = useWords(text);
  return { label };
}

/** As `allowClear` of a text: antd's button has no name but its icon's, see wordsOfTheKit in vite.config.ts. */
export function useClearText(): { clearIcon: ReactNode } {
  const { label } = useWords(text);
  return { clearIcon: <CloseCircleFilled aria-label={label} /> };
}
