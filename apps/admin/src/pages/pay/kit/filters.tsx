import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useLook } from '../../../kit/api.js';
import { useWords } from '../../../kit/text.js';
import { payWords, useLineNames } from '../pay-words.js';

/** A choice among a few words; empty for none. */
export function Choice({
  label,
  value,
  names,
  change,
}: {
  label: string;
  value: string;
  names: Record<string, string>;
  change: (value: string) => void;
}): ReactNode {
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ width: 150 }}
      value={value || null}
      onChange={(chosen: string | null) => change(chosen ?? '')}
      options={Object.entries(names).map(([key, name]) => ({ value: key, label: name }))}
    />
  );
}

/** Of the names' keys the one that the address says, if it says one. */
export function keyOf<Key extends string>(names: Record<Key, string>, value: string): Key | undefined {
  return (Object.keys(names) as Key[]).find((key) => key === value);
}

export function LineChoice({ value, change }: { value: string; change: (line: string) => void }): ReactNode {
  const t = useWords(payWords);
  const names = useLineNames();
  const served = useLook('listPayLines', {}).data?.list ?? [];
  // An address may name a line that is served no more.
  const shown = [...new Set([...served, ...(keyOf(names, value) ? [value as Console.Line] : [])])];
  return (
    <Choice
      label={t.allLines}
      value={value}
      names={Object.fromEntries(shown.map((line) => [line, names[line]]))}
      change={change}
    />
  );
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
  return (
    <Input.Search
      // Typed anew when the address changes.
      key={value}
      aria-label={label}
      placeholder={label}
      allowClear
      defaultValue={value}
      maxLength={100}
      style={{ width }}
      onSearch={(keyword) => change(keyword.trim())}
    />
  );
}
