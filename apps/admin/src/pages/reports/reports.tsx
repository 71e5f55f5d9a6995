import { Flex } from 'antd';
import type { ReactNode } from 'react';
import { CampSelect } from '../../kit/camp-select.js';
import { Page } from '../../kit/page.js';
import { useWords } from '../../kit/text.js';
import { useUrlState } from '../../kit/url.js';
import { menuWords } from '../../shell/menu.js';
import { CampReport } from './camp-report.js';
import { Exports } from './exports.js';
import { WholeReport } from './whole-report.js';

/** Figures of one camp or of everything, and the files made of them. */
export function Reports(): ReactNode {
  const { reports } = useWords(menuWords);
  const [{ campId }, change] = useUrlState({ campId: '' });
  const chosen = /^\d{1,15}$/.test(campId) ? campId : '';
  return (
    <Page title={reports} extra={<CampSelect value={chosen} change={(id) => change({ campId: id })} />}>
      <Flex vertical gap={16}>
        {chosen ? <CampReport key={chosen} campId={Number(chosen)} /> : <WholeReport />}
        <Exports campId={chosen} />
      </Flex>
    </Page>
  );
}
