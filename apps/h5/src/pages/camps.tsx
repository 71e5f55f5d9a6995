import type { Camp } from '@yajin/web';
import { Button, Tag } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { money, period } from '@yajin/ui';
import { persister, useApiQuery } from '../kit/api.js';
import { LinkButton, Page } from '../kit/page.js';
import { Poster } from '../kit/picture.js';
import { Shown } from '../kit/states.js';
import { STATUS_WORDS } from './words.js';

const STATUSES = ['enrolling', 'ongoing', 'finished'] as const;
const PAGE = 10;
/** As many as the API gives at once. */
const MOST = 100;

export default function Camps(): ReactNode {
  const [search] = useSearchParams();
  const status = STATUSES.find((one) => one === search.get('status')) ?? 'enrolling';
  return (
    <Page title="训练营">
      <p className="lead">和大家一起坚持一件小事：付一份押金，认真打卡，达标后原路退回。</p>
      <nav className="tabs" aria-label="按状态筛选">
        {STATUSES.map((one) => (
          <Link
            key={one}
            to={one === 'enrolling' ? '/' : `/?status=${one}`}
            replace
            aria-current={one === status ? 'page' : undefined}
          >
            {STATUS_WORDS[one]}
          </Link>
        ))}
      </nav>
      <List key={status} status={status} />
      <div className="stack">
        <LinkButton to="/mine" plain>
          我的报名
        </LinkButton>
      </div>
    </Page>
  );
}

function List({ status }: { status: Camp.PublicCampStatus }): ReactNode {
  const [size, setSize] = useState(PAGE);
  const query = useApiQuery(
    'listPublicCamps',
    { query: { status, pageSize: size } },
    size === PAGE ? { persister } : {},
  );
  return (
    <Shown query={query}>
      {({ list, total }) =>
        list.length === 0 ? (
          <p className="empty">
            {status === 'enrolling' ? '现在没有正在报名的训练营，过几天再来看看吧。' : '这里还没有训练营。'}
          </p>
        ) : (
          <>
            <ul className="camps">
              {list.map((camp) => (
                <CampCard key={camp.id} camp={camp} />
              ))}
            </ul>
            {total > list.length && size < MOST && (
              <Button block fill="none" onClick={() => setSize(Math.min(MOST, size + PAGE))}>
                查看更多
              </Button>
            )}
          </>
        )
      }
    </Shown>
  );
}

function CampCard({ camp }: { camp: Camp.PublicCampSummary }): ReactNode {
  return (
    <li>
      <Link to={`/camps/${camp.id}`} className="card camp-card">
        <Poster url={camp.posterUrl} name={camp.name} />
        <div className="camp-words">
          <h2>{camp.name}</h2>
          <p>
            {period(camp.startDate, camp.endDate)} · 打卡满 {camp.requiredDays} 天退押金
          </p>
          <p className="camp-foot">
            <span className="price">{money(camp.deposit)}</span>
            <Tag className={`tag ${camp.status}`} fill="outline">
              {camp.memberCount > 0 ? `${camp.memberCount} 人已报名` : STATUS_WORDS[camp.status]}
            </Tag>
          </p>
        </div>
      </Link>
    </li>
  );
}
