import { foldText } from '@yajin/core';
import { Flex, Tag, theme } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    filled: '会员填写',
    planet: '匹配到的星球用户',
    nickname: '星球昵称',
    planetId: '星球 ID',
    compared: { same: '一致', differs: '不一致', harmless: '不同，但身份已确认' },
  },
  {
    filled: 'Typed by the member',
    planet: 'Planet user',
    nickname: 'Nickname',
    planetId: 'Planet id',
    compared: { same: 'same', differs: 'differs', harmless: 'another, but sure who it is' },
  },
);

/** What the member filled in beside what was matched to it. */
export function Compared({ row, member }: { row: Camp.PendingRefund; member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const { filledInfo, matchInfo } = member;
  const user = matchInfo.matchedPlanetUser;
  const rows = [
    {
      name: t.nickname,
      filled: filledInfo.planetNickname,
      planet: user?.planetNickname ?? null,
      found: comparedNames(row, member),
    },
    {
      name: t.planetId,
      filled: filledInfo.planetUserId,
      planet: user?.planetUserId ?? null,
      found: filledInfo.planetUserId === user?.planetUserId ? ('same' as const) : ('differs' as const),
    },
  ];
  const cell = {
    padding: '5px 6px',
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
    overflowWrap: 'anywhere',
  } as const;
  return (
    <table
      style={{
        width: '100%',
        borderCollapse: 'collapse',
        // Two ids stand side by side on a phone too.
        fontSize: 'clamp(12px, 3.3vw, 13px)',
        marginBottom: 8,
        tableLayout: 'fixed',
      }}
    >
      <thead>
        <tr>
          <td style={{ ...cell, width: 'clamp(66px, 8vw, 96px)' }} />
          {[t.filled, t.planet].map((name) => (
            <th key={name} scope="col" style={{ ...cell, textAlign: 'start', fontWeight: 500 }}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, filled, planet, found }) => (
          <tr key={name}>
            <th
              scope="row"
              style={{ ...cell, textAlign: 'start', fontWeight: 400, color: token.colorTextSecondary }}
            >
              {name}
            </th>
            <td style={cell}>{filled ?? '—'}</td>
            <td style={cell}>
              <Flex gap={8} wrap>
                {planet ?? '—'}
                {filled && planet && <Tag color={COMPARED[found]}>{t.compared[found]}</Tag>}
              </Flex>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const COMPARED = { same: 'green', differs: 'gold', harmless: 'default' } as const;

/**
 * How the nickname that was typed compares with the planet's, so that it agrees with what the batch does: the API judges, and knows
 * the planet's second name, too.
 */
function comparedNames(
  row: Camp.PendingRefund,
  { filledInfo, matchInfo }: Camp.MemberDetail,
): keyof typeof COMPARED {
  const user = matchInfo.matchedPlanetUser;
  if (row.nicknameMismatch) return 'differs';
  if (foldText(filledInfo.planetNickname ?? '') === foldText(user?.planetNickname ?? '')) return 'same';
  if (row.identity !== 'typed') return 'harmless';
  return filledInfo.planetUserId === user?.planetUserId ? 'same' : 'differs';
}
