import { PictureOutlined, QrcodeOutlined } from '@ant-design/icons';
import { Segmented, theme } from 'antd';
import { useState, type CSSProperties, type ReactNode } from 'react';
import { webAddress } from '@yajin/web';
import { money } from '@yajin/ui';
import { counted, useWords, words } from '../../kit/text.js';
import { totalDays, type CampValues } from './values.js';

const text = words(
  {
    title: '会员在手机上看到的样子',
    before: '报名页',
    after: '付款后',
    name: '训练营名称',
    poster: '海报',
    qrcode: '群二维码',
    deposit: '押金',
    period: '时间',
    rule: '达标要求',
    noDates: '选择日期后显示',
    dates: (from: string, to: string, days: number) => `${from} 至 ${to}（${days} 天）`,
    required: (days: number, total: number) => `${total || '—'} 天内打卡 ${days} 天`,
    goal: (days: number) => `打卡满 ${days} 天，押金全额退还`,
    rules: '打卡规则',
    enrol: (deposit: string) => `支付押金 ${deposit}`,
    paid: '报名成功',
    scan: '长按保存二维码，微信扫码加入训练营群',
  },
  {
    title: 'As members see it on their phones',
    before: 'Enrolling',
    after: 'After payment',
    name: 'Name of the camp',
    poster: 'Poster',
    qrcode: 'Group QR code',
    deposit: 'Deposit',
    period: 'Dates',
    rule: 'Goal',
    noDates: 'Shown once there are dates',
    dates: (from: string, to: string, days: number) => `${from} to ${to} (${counted(days, 'day')})`,
    required: (days: number, total: number) =>
      `${counted(days, 'check-in')} in ${counted(total || '—', 'day')}`,
    goal: (days: number) => `${counted(days, 'check-in')}, and the whole deposit comes back`,
    rules: 'Rules',
    enrol: (deposit: string) => `Pay the deposit of ${deposit}`,
    paid: 'You are enrolled',
    scan: 'Keep the code and scan it with WeChat to join the group',
  },
);

/** A phone that shows the camp as a member will see it, before paying and after. */
export function Preview({ camp }: { camp: CampValues }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const [page, setPage] = useState<'before' | 'after'>('before');
  return (
    <section aria-label={t.title} style={{ width: 300, maxWidth: '100%' }}>
      <Segmented
        block
        aria-label={t.title}
        value={page}
        onChange={setPage}
        options={(['before', 'after'] as const).map((value) => ({ value, label: t[value] }))}
      />
      <div
        style={{
          marginTop: 10,
          border: `1px solid ${token.colorBorder}`,
          borderRadius: 24,
          padding: 8,
          background: token.colorBgContainer,
        }}
      >
        <div style={SCREEN}>{page === 'before' ? <Enrol camp={camp} /> : <Paid camp={camp} />}</div>
      </div>
    </section>
  );
}

/** The member pages are light; so is their likeness in a dark console. */
const SCREEN: CSSProperties = {
  height: 500,
  overflowY: 'auto',
  borderRadius: 17,
  background: '#f5f7f6',
  color: '#1f2a28',
  colorScheme: 'light',
  fontSize: 13,
  display: 'flex',
  flexDirection: 'column',
};
const CARD: CSSProperties = { background: '#fff', borderRadius: 10, padding: 12, margin: '0 10px 10px' };
const MUTED: CSSProperties = { color: '#5b6765' };

function Enrol({ camp }: { camp: CampValues }): ReactNode {
  const t = useWords(text);
  const days = totalDays(camp);
  const rules = camp.rules.filter((rule) => rule?.trim());
  return (
    <>
      <Picture url={camp.posterUrl} name={t.poster} height={150} icon={<PictureOutlined />} />
      <div style={{ ...CARD, marginTop: -14, position: 'relative' }}>
        <div style={{ fontSize: 17, fontWeight: 600, overflowWrap: 'anywhere' }}>{camp.name || t.name}</div>
        <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '6px 12px', margin: '10px 0 0' }}>
          <Fact name={t.deposit}>
            <b style={{ color: '#b45309', fontSize: 16 }}>{money(camp.deposit ?? 0)}</b>
          </Fact>
          <Fact name={t.period}>{days > 0 ? t.dates(camp.startDate, camp.endDate, days) : t.noDates}</Fact>
          <Fact name={t.rule}>{t.required(camp.requiredDays ?? 0, days)}</Fact>
        </dl>
      </div>
      {camp.description.trim() && (
        <div style={{ ...CARD, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{camp.description}</div>
      )}
      {rules.length > 0 && (
        <div style={CARD}>
          <b>{t.rules}</b>
          <ol style={{ margin: '6px 0 0', paddingInlineStart: 18, overflowWrap: 'anywhere' }}>
            {rules.map((rule, index) => (
              <li key={index}>{rule}</li>
            ))}
          </ol>
        </div>
      )}
      <div style={{ position: 'sticky', bottom: 0, marginTop: 'auto', padding: 10, background: '#fff' }}>
        <div style={{ ...MUTED, fontSize: 12, textAlign: 'center', marginBottom: 6 }}>
          {t.goal(camp.requiredDays ?? 0)}
        </div>
        <div
          style={{
            background: '#0f766e',
            color: '#fff',
            borderRadius: 22,
            textAlign: 'center',
            padding: '11px 0',
            fontWeight: 600,
          }}
        >
          {t.enrol(money(camp.deposit ?? 0))}
        </div>
      </div>
    </>
  );
}

function Paid({ camp }: { camp: CampValues }): ReactNode {
  const t = useWords(text);
  return (
    <div style={{ ...CARD, margin: 'auto 10px', textAlign: 'center' }}>
      <div style={{ fontSize: 17, fontWeight: 600 }}>{t.paid}</div>
      <div style={{ ...MUTED, margin: '4px 0 12px', overflowWrap: 'anywhere' }}>{camp.name || t.name}</div>
      <Picture url={camp.groupQrcodeUrl} name={t.qrcode} height={200} icon={<QrcodeOutlined />} whole />
      <div style={{ ...MUTED, marginTop: 12 }}>{t.scan}</div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt style={MUTED}>{name}</dt>
      <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{children}</dd>
    </>
  );
}

function Picture({
  url,
  name,
  height,
  icon,
  whole = false,
}: {
  url: string;
  name: string;
  height: number;
  icon: ReactNode;
  /** Shown without cutting anything off. */
  whole?: boolean;
}): ReactNode {
  const [broken, setBroken] = useState('');
  const address = webAddress(url);
  if (address !== null && broken !== url)
    return (
      <img
        src={address}
        alt={name}
        onError={() => setBroken(url)}
        style={{ width: '100%', height, objectFit: whole ? 'contain' : 'cover', flexShrink: 0 }}
      />
    );
  return (
    <div
      style={{
        height,
        flexShrink: 0,
        display: 'grid',
        placeContent: 'center',
        justifyItems: 'center',
        gap: 6,
        background: '#dfe9e6',
        color: '#3d4a47',
      }}
    >
      <span style={{ fontSize: 26 }}>{icon}</span>
      {name}
    </div>
  );
}
