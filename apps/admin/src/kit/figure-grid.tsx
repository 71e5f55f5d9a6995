import { theme } from 'antd';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';

/** An amount of ours stays on one line, also where there is room for two of them only. */
const NUMBER: CSSProperties = {
  margin: 0,
  fontSize: 'clamp(17px, 5vw, 22px)',
  fontWeight: 600,
  lineHeight: 1.5,
  whiteSpace: 'nowrap',
};

/** A number with its name, what it means, and the address of what it counts. */
export type Figure = [name: string, value: ReactNode, hint?: string, to?: string];

/**
 * Numbers with their names and what they mean, side by side as far as there is room.
 * @param least in pixels: how wide one is at least, where two fit beside each other
 */
export function FigureGrid({
  label,
  figures,
  least = 168,
}: {
  label: string;
  figures: Figure[];
  least?: number;
}): ReactNode {
  const { token } = theme.useToken();
  const hint: CSSProperties = { color: token.colorTextSecondary, fontSize: 12, margin: 0, lineHeight: 1.5 };
  return (
    <dl
      aria-label={label}
      className="figures"
      style={{
        display: 'grid',
        gridTemplateColumns: `repeat(auto-fit, minmax(min(${least}px, 45%), 1fr))`,
        gap: 1,
        margin: 0,
        background: token.colorBgContainer,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadiusLG,
        overflow: 'hidden',
      }}
    >
      {figures.map(([name, value, meaning, to]) => (
        <div
          key={name}
          // One line between neighbours, and none around a place that stays empty.
          style={{ outline: `1px solid ${token.colorBorderSecondary}`, padding: '12px 16px', minWidth: 0 }}
        >
          <dt style={{ color: token.colorTextSecondary }}>{name}</dt>
          <dd className="number" style={NUMBER}>
            {to && value !== undefined ? (
              <Link to={to} aria-label={typeof value === 'string' ? `${name} ${value}` : name}>
                {value}
              </Link>
            ) : (
              (value ?? '—')
            )}
          </dd>
          {meaning && <dd style={hint}>{meaning}</dd>}
        </div>
      ))}
    </dl>
  );
}
