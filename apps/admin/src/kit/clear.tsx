import { useWords, words } from './text.js';

const text = words({ label: '清空' }, { label: 'Clear' });

/** As `allowClear` of a choice: antd calls the button in English otherwise. */
export function useClear(): { label: string } {
  const { label } = useWords(text);
  return { label };
}
