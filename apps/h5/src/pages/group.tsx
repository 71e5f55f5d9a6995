import { webAddress, type Camp } from '@yajin/web';
import { Button } from 'antd-mobile';
import { useState, type ReactNode } from 'react';
import { money } from '@yajin/ui';
import { persister, useOrderQuery } from '../kit/api.js';
import { Copy } from '../kit/copy.js';
import type { KnownOrder } from '../kit/orders.js';
import { Card, Facts, LinkButton, Result } from '../kit/page.js';
import { Shown } from '../kit/states.js';
import { Told } from './told.js';
import { REVIEW_WORDS } from './words.js';

/** A member's way into the group. */
export function Group({ order }: { order: KnownOrder }): ReactNode {
  const { orderNo, memberId } = order;
  const query = useOrderQuery(order, 'getGroupQrcode', { path: { orderNo } }, { persister });
  return (
    <>
      {order.review ? (
        <Result mood="wait" title="押金已收到，身份待核实">
          <Told text={REVIEW_WORDS[order.review]} />
        </Result>
      ) : (
        <Enrolled />
      )}
      <Shown query={query}>{(group) => <GroupView group={group} />}</Shown>
      <div className="stack">
        <LinkButton to={memberId === null ? '/mine' : `/progress/${memberId}`}>
          {order.review === 'contested' ? '去证明是我本人' : '查看我的打卡进度'}
        </LinkButton>
        <LinkButton to="/mine" plain>
          我的报名
        </LinkButton>
      </div>
    </>
  );
}

export function Enrolled(): ReactNode {
  return (
    <Result mood="good" title="报名成功">
      <p>最后一步：加入训练营微信群。</p>
    </Result>
  );
}

/** The group's code, and as whom one is enrolled. */
export function GroupView({
  group: { groupQrcodeUrl, campName, memberInfo, tips },
}: {
  /** Without a picture where it is a preview of what will be there. */
  group: Pick<Camp.GroupQrcode, 'campName' | 'memberInfo' | 'tips'> & { groupQrcodeUrl: string | null };
}): ReactNode {
  return (
    <>
      <Card>
        {groupQrcodeUrl === null ? (
          <div className="code-area">
            <div className="code example">群二维码示例</div>
            <p>{tips}</p>
          </div>
        ) : (
          <GroupCode key={groupQrcodeUrl} url={groupQrcodeUrl} tips={tips} />
        )}
      </Card>
      <Card>
        <Facts
          facts={[
            ['训练营', campName],
            ['星球昵称', memberInfo.planetNickname],
            ['星球 ID', memberInfo.planetUserId],
            ['已付押金', money(memberInfo.amount)],
          ]}
        />
      </Card>
    </>
  );
}

/** A real image, which WeChat lets people save or recognise by a long press. */
function GroupCode({ url, tips }: { url: string; tips: string }): ReactNode {
  const [turn, setTurn] = useState(0);
  const [lost, setLost] = useState(false);
  const address = webAddress(url);
  if (address === null)
    return (
      <div className="code-area" role="alert">
        <Told text="群二维码的网址有误，请联系助教加入群聊。" />
      </div>
    );
  if (lost)
    return (
      <div className="code-area" role="alert">
        <p>二维码图片没有加载出来，可能是网络不稳定。</p>
        <Button
          block
          color="primary"
          size="large"
          onClick={() => {
            setTurn(turn + 1);
            setLost(false);
          }}
        >
          重新加载
        </Button>
        <a className="button plain" href={address} target="_blank" rel="noopener">
          直接打开图片
        </a>
        <Copy text={address} label="复制图片地址" />
      </div>
    );
  return (
    <div className="code-area">
      <img
        key={turn}
        className="code"
        src={address}
        alt="训练营群二维码"
        width="220"
        height="220"
        onError={() => setLost(true)}
      />
      <p>{tips}</p>
    </div>
  );
}
