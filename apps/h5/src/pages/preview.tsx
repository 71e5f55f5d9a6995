import type { Camp } from '@yajin/web';
import { useEffect, useState, type ReactNode } from 'react';
import { Page } from '../kit/page.js';
import { Loading } from '../kit/states.js';
import { CampView, WayIn } from './camp.js';
import { Enrolled, GroupView } from './group.js';

/** What the console sends: a camp that may not be saved yet. */
interface Shown {
  preview: 'before' | 'after';
  camp: Camp.PublicCampDetail;
  /** Null as long as there is none: an example stands in its place. */
  groupQrcodeUrl: string | null;
}

/** A member that nobody is. */
const SOMEBODY = { memberId: 0, planetNickname: '小明同学', planetUserId: '123456789' };

/**
 * For the console, in a frame of its own origin: the pages that members see, of what an operator is writing. Nothing here can be
 * pressed, so nobody enrols by accident; nothing is kept, and nothing asked of the server but whom members turn to, where a page says so.
 */
export default function Preview(): ReactNode {
  const shown = useShown();
  if (!shown)
    return (
      <Page title="预览">
        <Loading />
      </Page>
    );
  const { camp, groupQrcodeUrl } = shown;
  return (
    <div inert>
      {shown.preview === 'before' ? (
        <Page title="训练营详情" foot={<WayIn camp={camp} />}>
          <CampView camp={camp} />
        </Page>
      ) : (
        <Page title="报名结果">
          <Enrolled />
          <GroupView
            group={{
              campName: camp.name,
              groupQrcodeUrl,
              memberInfo: { ...SOMEBODY, amount: camp.deposit },
              tips: '长按保存二维码，微信扫码加入训练营群',
            }}
          />
        </Page>
      )}
    </div>
  );
}

function useShown(): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const { parent } = window;
    if (parent === window) return undefined;
    const hear = ({ origin, source, data }: MessageEvent<Partial<Shown> | null>): void => {
      if (origin === location.origin && source === parent && data?.preview && data.camp)
        setShown(data as Shown);
    };
    window.addEventListener('message', hear);
    parent.postMessage({ preview: 'ready' }, location.origin);
    return () => window.removeEventListener('message', hear);
  }, []);
  return shown;
}
