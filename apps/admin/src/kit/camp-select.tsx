import { keepPreviousData } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClear } from './clear.js';
import { useApiQuery } from './api.js';
import { useCampName } from './camp-name.js';
import { useWords, words } from './text.js';

const text = words(
  { all: '全部训练营', choose: '选择训练营' },
  { all: 'All camps', choose: 'Choose a camp' },
);

/** Chooses a camp by typing part of its name; `value` is its id as text, empty for none. */
export function CampSelect({
  value,
  change,
  required = false,
}: {
  value: string;
  change: (id: string) => void;
  required?: boolean;
}): ReactNode {
  const clear = useClear();
  const t = useWords(text);
  const campName = useCampName();
  const [keyword, setKeyword] = useState('');
  const { data, isFetching } = useApiQuery(
    'listCamps',
    { query: { keyword, pageSize: 50 } },
    { placeholderData: keepPreviousData },
  );
  const chosen = useApiQuery(
    'getCamp',
    { path: { id: Number(value) } },
    { enabled: value !== '' && !data?.list.some(({ id }) => String(id) === value) },
  );
  const known = [...(chosen.data ? [chosen.data] : []), ...(data?.list ?? [])];
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setKeyword }}
      allowClear={required ? false : clear}
      style={{ minWidth: 220 }}
      placeholder={required ? t.choose : t.all}
      aria-label={required ? t.choose : t.all}
      loading={isFetching}
      value={value || null}
      onChange={(id: string | null) => change(id ?? '')}
      options={known.map((camp) => ({ value: String(camp.id), label: campName(camp) }))}
    />
  );
}
