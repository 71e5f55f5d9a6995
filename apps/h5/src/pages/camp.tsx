import type { Camp } from '@yajin/web';
import { Tag } from 'antd-mobile';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { money, monthDay, period } from '@yajin/ui';
import { persister, useApiQuery } from '../kit/api.js';
import { useOrders } from '../kit/orders.js';
import { Card, Facts, LinkButton, Page } from '../kit/page.js';
import { Poster } from '../kit/picture.js';
import { seen, Shown } from '../kit/states.js';
import { myOrder, orderPath } from './mine-of-camp.js';
import { STATUS_WORDS } from './words.js';

export default function CampPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useApiQuery('getPublicCamp', { path: { id: Number(id) } }, { persister });
  const known = seen(query);
  return (
    <Page title="训练营详情" back="/" foot={known && <Foot camp={known} />}>
      <Shown query={query}>{(camp) => <CampView camp={camp} />}</Shown>
    </Page>
  );
}

/** All that is told of a camp before one enrols. */
export function CampView({ camp }: { camp: Camp.PublicCampDetail }): ReactNode {
  return (
    <>
      <Poster url={camp.posterUrl} name={camp.name} />
      <Card>
        <h2 className="big">{camp.name}</h2>
        <p className="camp-foot">
          <span className="price">押金 {money(camp.deposit)}</span>
          <Tag className={`tag ${camp.status}`} fill="outline">
            {STATUS_WORDS[camp.status]}
          </Tag>
        </p>
        {camp.description !== null && <p className="lines">{camp.description}</p>}
        <Facts
          facts={[
            ['打卡时间', `${period(camp.startDate, camp.endDate)}，共 ${camp.totalDays} 天`],
            ['退押金条件', `打卡满 ${camp.requiredDays} 天`],
            ['已报名', `${camp.memberCount} 人`],
          ]}
        />
      </Card>
      {camp.rules.length > 0 && (
        <Card title="打卡规则">
          <ol className="rules">
            {camp.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ol>
        </Card>
      )}
      <HowItWorks camp={camp} />
      <p className="center">
        <Link className="text-button" to={`/mine?camp=${camp.id}`}>
          扫收款码付过款？在这里绑定
        </Link>
      </p>
    </>
  );
}

function HowItWorks({ camp }: { camp: Camp.PublicCampDetail }): ReactNode {
  return (
    <Card title="押金怎么退">
      <ol className="rules">
        <li>
          {period(camp.startDate, camp.endDate)}，在知识星球里打卡。同一天打卡多次算一天，按北京时间算。
        </li>
        <li>
          打卡满 {camp.requiredDays} 天就算达标。{monthDay(camp.endDate)}训练营结束，我们核对打卡记录。
        </li>
        <li>核对通过后，{money(camp.deposit)} 原路退回你付款的微信，不用申请。</li>
        <li>没有达标的话，押金不退。每天的进度都可以在「我的报名」里看到。</li>
      </ol>
    </Card>
  );
}

function Foot({ camp }: { camp: Camp.PublicCampDetail }): ReactNode {
  const mine = myOrder(Object.values(useOrders()), camp.id);
  return mine ? <LinkButton to={orderPath(mine)}>查看我的报名</LinkButton> : <WayIn camp={camp} />;
}

/** What somebody can do who has not enrolled. */
export function WayIn({ camp }: { camp: Pick<Camp.PublicCampDetail, 'id' | 'status'> }): ReactNode {
  if (camp.status === 'enrolling') return <LinkButton to={`/enroll/${camp.id}`}>我要报名</LinkButton>;
  return (
    <LinkButton to="/mine" plain>
      {camp.status === 'ongoing' ? '已开营，报过名的在这里看进度' : '训练营已结束，查看我的报名'}
    </LinkButton>
  );
}
