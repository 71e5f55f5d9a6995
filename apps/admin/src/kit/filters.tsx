import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { SearchOutlined } from '@ant-design/icons';
import { useWords, words } from './text.js';
import { useClear, useClearText } from './clear.js';

const text = words({ search: '搜索' }, { search: 'Search' });

/** A choice among a few words; empty for none. */
export function Choice({
  label,
  value,
  names,
  change,
  width = 150,
}: {
  label: string;
  value: string;
  names: Record<string, string>;
  change: (value: string) => void;
  width?: number;
}): ReactNode {
  const clear = useClear();
  return (
    <Select
      allowClear={clear}
      aria-label={label}
      placeholder={label}
      style={{ width }}
      value={value || null}
      onChange={(chosen: string | null) => change(chosen ?? '')}
      options={Object.entries(names).map(([key, name]) => ({ value: key, label: name }))}
    />
  );
}

/** Of the names' keys the one that the address says, if it says one. */
export function keyOf<Key extends string>(names: Record<Key, unknown>, value: string): Key | undefined {
  return (Object.keys(names) as Key[]).find((key) => key === value);
}

export function Search({
  label,
  value,
  change,
  width = 240,
}: {
  label: string;
  value: string;
  change: (keyword: string) => void;
  width?: number;
}): ReactNode {
  const { search } = useWords(text);
  const clear = useClearText();
  return (
    <Input.Search
      // Typed anew when the address changes.
      key={value}
      aria-label={label}
      placeholder={label}
      searchIcon={<SearchOutlined aria-label={search} />}
      allowClear={clear}
      defaultValue={value}
      maxLength={100}
      style={{ width }}
      onSearch={(keyword) => change(keyword.trim())}
    />
  );
}
