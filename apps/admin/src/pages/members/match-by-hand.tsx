import { keepPreviousData } from '@tanstack/react-query';
import {
  App,
  Button,
  Empty,
  Flex,
  Input,
  Modal,
  Radio,
  Skeleton,
  Tag,
  theme,
  Typography,
  type InputRef,
} from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { useClearText } from '../../kit/clear.js';
import { betweenWords } from '../../kit/between-words.js';
import { Failure, Refusal } from '../../kit/failure.js';
import { useSaid } from '../../kit/said.js';
import { counted, joined, useWords, words } from '../../kit/text.js';
import { MATCH_SHOWN } from './changed.js';

const text = words(
  {
    title: '人工匹配',
    filled: '会员填写',
    nickname: (name: string) => `昵称 ${name}`,
    id: (id: string) => `星球 ID ${id}`,
    wechat: (name: string) => `微信 ${name}`,
    nothing: '什么也没填',
    search: '按昵称或星球 ID 查找',
    list: '匹配候选，按评分从高到低',
    score: (n: number) => `${n} 分`,
    noEvidence: '没有相符之处',
    taken: '已属于',
    takenBy: (id: number) => `会员 #${id}`,
    current: '当前匹配',
    none: '没有候选：这个训练营还没有同步到打卡，或没有人符合查找。',
    choose: '选择一位星球用户',
    says: (name: string, id: string) =>
      `将匹配到「${name}」（${id}），置信度记为 100；其打卡算给这位会员，待审核的退款按新匹配重新生成。`,
    match: '确认匹配',
    cancel: '取消',
    done: '匹配成功',
  },
  {
    title: 'Match by hand',
    filled: 'The member said',
    nickname: (name: string) => `nickname ${name}`,
    id: (id: string) => `planet id ${id}`,
    wechat: (name: string) => `WeChat ${name}`,
    nothing: 'nothing',
    search: 'Find by nickname or planet id',
    list: 'Candidates, the most likely first',
    score: (n: number) => counted(n, 'point'),
    noEvidence: 'Nothing agrees',
    taken: 'Belongs to',
    takenBy: (id: number) => `member #${id}`,
    current: 'The present match',
    none: 'Nobody: no check-ins of this camp have been synced yet, or nobody is found.',
    choose: 'Choose a planet user',
    says: (name: string, id: string) =>
      `Will be matched to “${name}” (${id}) with confidence 100. Their check-ins count for this member, and a refund under review is made anew.`,
    match: 'Match',
    cancel: 'Cancel',
    done: 'Matched',
  },
);

const FORM = 'match-by-hand';

/** Chooses the planet user that a member is, among those who checked in. @param go opens another member, by id */
export function MatchByHand({
  member,
  close,
  go,
}: {
  member: Camp.MemberDetail;
  close: () => void;
  go: (id: string) => void;
}): ReactNode {
  const t = useWords(text);
  const clear = useClearText();
  const search = useRef<InputRef>(null);
  const [keyword, setKeyword] = useState('');
  const [chosen, setChosen] = useState<Camp.MatchCandidate | null>(null);
  const answer = useApiQuery(
    'listMatchCandidates',
    { path: { id: member.id }, query: { keyword } },
    { placeholderData: keepPreviousData },
  );
  const { match, pending, error } = useMatch(member.id, close);
  const confirm = (): void => {
    if (chosen && !pending) match(chosen.id);
  };
  return (
    <Modal
      open
      title={t.title}
      width={640}
      onCancel={close}
      afterOpenChange={(open) => open && search.current?.focus()}
      footer={[
        <Button key="cancel" onClick={close}>
          {t.cancel}
        </Button>,
        <Button key="ok" type="primary" htmlType="submit" form={FORM} disabled={!chosen} loading={pending}>
          {t.match}
        </Button>,
      ]}
    >
      <form
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Flex vertical gap={12}>
          <Filled info={member.filledInfo} />
          <Input
            type="search"
            ref={search}
            allowClear={clear}
            maxLength={100}
            placeholder={t.search}
            aria-label={t.search}
            onChange={({ target }) => setKeyword(target.value.trim())}
          />
          {answer.data ? (
            <Candidates member={member} list={answer.data.list} chosen={chosen} choose={setChosen} go={go} />
          ) : answer.error ? (
            <Failure error={answer.error} again={() => void answer.refetch()} />
          ) : (
            <Skeleton active />
          )}
          <Typography.Text type={chosen ? undefined : 'secondary'} aria-live="polite">
            {chosen ? t.says(chosen.planetNickname, chosen.planetUserId) : t.choose}
          </Typography.Text>
          <Refusal error={error} />
        </Flex>
      </form>
    </Modal>
  );
}

function useMatch(
  memberId: number,
  done: () => void,
): {
  /** @param planetUser its id in our table */
  match: (planetUser: number) => void;
  pending: boolean;
  error: Error | null;
} {
  const t = useWords(text);
  const { message } = App.useApp();
  const { mutate, isPending, error } = useApiMutation('matchMember', {
    invalidates: [...MATCH_SHOWN, 'listCheckinRecords'],
  });
  const match = (planetUserId: number): void =>
    mutate(
      { path: { id: memberId }, body: { planetUserId } },
      {
        onSuccess: () => {
          void message.success(t.done);
          done();
        },
      },
    );
  return { match, pending: isPending, error };
}

function Filled({ info }: { info: Camp.FilledInfo }): ReactNode {
  const t = useWords(text);
  const { named, comma } = useWords(betweenWords);
  const said = [
    ...(info.planetNickname ? [t.nickname(info.planetNickname)] : []),
    ...(info.planetUserId ? [t.id(info.planetUserId)] : []),
    ...(info.wechatNickname ? [t.wechat(info.wechatNickname)] : []),
  ];
  return <Typography.Text type="secondary">{named(t.filled, said.join(comma) || t.nothing)}</Typography.Text>;
}

function Candidates({
  member,
  list,
  chosen,
  choose,
  go,
}: {
  member: Camp.MemberDetail;
  list: Camp.MatchCandidate[];
  chosen: Camp.MatchCandidate | null;
  choose: (candidate: Camp.MatchCandidate) => void;
  go: (id: string) => void;
}): ReactNode {
  const t = useWords(text);
  if (list.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />;
  return (
    <Radio.Group
      aria-label={t.list}
      value={chosen?.id ?? null}
      onChange={({ target }) => {
        const found = list.find(({ id }) => id === target.value);
        if (found) choose(found);
      }}
      style={{ display: 'block', maxHeight: '46vh', overflowY: 'auto' }}
    >
      <Flex vertical gap={6} style={{ padding: 3 }}>
        {list.map((candidate) => (
          <Candidate
            key={candidate.id}
            candidate={candidate}
            chosen={candidate.id === chosen?.id}
            own={candidate.matchedMemberId === member.id}
            go={go}
          />
        ))}
      </Flex>
    </Radio.Group>
  );
}

function Candidate({
  candidate,
  chosen,
  own,
  go,
}: {
  candidate: Camp.MatchCandidate;
  chosen: boolean;
  /** Whether it is whom the member is matched to now. */
  own: boolean;
  go: (id: string) => void;
}): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const { semicolon } = useWords(betweenWords);
  const say = useSaid();
  const { planetNickname, planetUserId, wechatNickname, score, findings, matchedMemberId } = candidate;
  const taken = matchedMemberId !== null && !own;
  return (
    <div
      style={{
        border: `1px solid ${chosen ? token.colorPrimary : token.colorBorderSecondary}`,
        background: chosen ? token.colorPrimaryBg : undefined,
        borderRadius: 8,
        padding: '8px 10px',
      }}
    >
      <Radio value={candidate.id} disabled={taken} style={{ display: 'flex', whiteSpace: 'normal' }}>
        <Flex gap="2px 8px" wrap align="center">
          <Typography.Text strong disabled={taken}>
            {planetNickname}
          </Typography.Text>
          <Tag color={score >= 80 ? 'green' : score >= 50 ? 'gold' : 'default'}>{t.score(score)}</Tag>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {[planetUserId, ...(wechatNickname ? [t.wechat(wechatNickname)] : [])].join(' · ')}
          </Typography.Text>
          {own && <Tag color="blue">{t.current}</Tag>}
        </Flex>
        <Typography.Text style={{ display: 'block', fontSize: 12 }} type="secondary">
          {joined(findings.map(say), semicolon) || t.noEvidence}
        </Typography.Text>
      </Radio>
      {taken && (
        <Typography.Text style={{ fontSize: 12, paddingInlineStart: 24 }}>
          {t.taken}{' '}
          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => go(String(matchedMemberId))}>
            {t.takenBy(matchedMemberId)}
          </Button>
        </Typography.Text>
      )}
    </div>
  );
}
