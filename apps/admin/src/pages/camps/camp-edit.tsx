import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useApiQuery } from '../../kit/api.js';
import { useCampName } from '../../kit/camp-name.js';
import { Failure } from '../../kit/failure.js';
import { Page } from '../../kit/page.js';
import { useWords } from '../../kit/text.js';
import { CampEditor } from './camp-editor.js';
import { formWords } from './form-words.js';

export function CampCreate(): ReactNode {
  return (
    <Page title={useWords(formWords).create}>
      <CampEditor camp={null} />
    </Page>
  );
}

export function CampEdit(): ReactNode {
  const t = useWords(formWords);
  const campName = useCampName();
  const id = Number(useParams()['id']);
  const camp = useApiQuery('getCamp', { path: { id } });
  return (
    <Page title={camp.data ? `${t.edit} · ${campName(camp.data)}` : t.edit}>
      {camp.data ? (
        <CampEditor key={id} camp={camp.data} />
      ) : camp.error ? (
        <Failure error={camp.error} again={() => void camp.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </Page>
  );
}
