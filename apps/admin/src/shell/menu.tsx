import {
  BarChartOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  PayCircleOutlined,
  SettingOutlined,
  TeamOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useApiQuery } from '../kit/api.js';
import { useMay } from '../kit/session.js';
import { words, type Words } from '../kit/text.js';
import { LINES } from '../lines/index.js';

export interface MenuEntry {
  path: string;
  title: Words<string>;
  /** What the server must allow; the entry is not shown without it. */
  permission: string;
  /** The line whose page it is: not shown where it is not served. */
  line?: Console.Line;
  icon?: ReactNode;
  children?: MenuEntry[];
}

export const menuWords = words(
  {
    overview: '概览',
    camps: '训练营',
    members: '会员',
    checkins: '打卡',
    refunds: '退款',
    pending: '待审核',
    records: '退款记录',
    unallocated: '未归属收款',
    pay: '支付',
    payOrders: '订单',
    payRefunds: '退款',
    paySuspense: '挂账',
    payStops: '止付',
    payWork: '待处理资金',
    payCloses: '日结',
    payEntries: '手工分录',
    payBills: '对账',
    payDifferences: '差异',
    payAccount: '商户账户',
    payApprovals: '待确认',
    payAlerts: '告警',
    reports: '报表',
    system: '系统',
    users: '用户与角色',
    config: '配置',
    logs: '操作日志',
    notifications: '支付通知',
    ledger: '收支分录',
    health: '系统状态',
    jobs: '后台任务',
  },
  {
    overview: 'Overview',
    camps: 'Camps',
    members: 'Members',
    checkins: 'Check-ins',
    refunds: 'Refunds',
    pending: 'To review',
    records: 'Records',
    unallocated: 'Unallocated',
    pay: 'Payments',
    payOrders: 'Orders',
    payRefunds: 'Refunds',
    paySuspense: 'Suspense',
    payStops: 'Stops',
    payWork: 'Open matters',
    payCloses: 'Daily close',
    payEntries: 'Entries by hand',
    payBills: 'Reconciliation',
    payDifferences: 'Differences',
    payAccount: 'Gateway funds',
    payApprovals: 'To confirm',
    payAlerts: 'Alerts',
    reports: 'Reports',
    system: 'System',
    users: 'Users and roles',
    config: 'Settings',
    logs: 'Audit log',
    notifications: 'Notifications',
    ledger: 'Ledger',
    health: 'System health',
    jobs: 'Background jobs',
  },
);

function titled(name: keyof typeof menuWords.zh): Words<string> {
  return { zh: menuWords.zh[name], en: menuWords.en[name] };
}

const menu: MenuEntry[] = [
  { path: '/', title: titled('overview'), permission: 'stats:read', icon: <DashboardOutlined /> },
  { path: '/camps', title: titled('camps'), permission: 'camp:read', icon: <CalendarOutlined /> },
  { path: '/members', title: titled('members'), permission: 'member:read', icon: <TeamOutlined /> },
  { path: '/checkins', title: titled('checkins'), permission: 'member:match', icon: <CheckSquareOutlined /> },
  {
    path: '/refunds',
    title: titled('refunds'),
    permission: 'refund:read',
    icon: <PayCircleOutlined />,
    children: [
      { path: '/refunds/pending', title: titled('pending'), permission: 'refund:read' },
      { path: '/refunds/records', title: titled('records'), permission: 'refund:read' },
      { path: '/refunds/unallocated', title: titled('unallocated'), permission: 'refund:read' },
    ],
  },
  {
    path: '/pay',
    title: titled('pay'),
    permission: 'pay:read',
    icon: <WalletOutlined />,
    children: [
      { path: '/pay/orders', title: titled('payOrders'), permission: 'pay:read' },
      { path: '/pay/refunds', title: titled('payRefunds'), permission: 'pay:read' },
      { path: '/pay/suspense', title: titled('paySuspense'), permission: 'pay:read' },
      { path: '/pay/bills', title: titled('payBills'), permission: 'pay:read' },
      { path: '/pay/differences', title: titled('payDifferences'), permission: 'pay:read' },
      { path: '/pay/account', title: titled('payAccount'), permission: 'pay:read' },
      { path: '/pay/approvals', title: titled('payApprovals'), permission: 'pay:read' },
      { path: '/pay/stops', title: titled('payStops'), permission: 'pay:read' },
      { path: '/pay/alerts', title: titled('payAlerts'), permission: 'pay:read' },
      { path: '/pay/work', title: titled('payWork'), permission: 'pay:read' },
      { path: '/pay/closes', title: titled('payCloses'), permission: 'pay:read' },
      { path: '/pay/entries', title: titled('payEntries'), permission: 'pay:read' },
      ...LINES.map(([line, { name }]): MenuEntry => ({
        path: `/pay/${line}`,
        title: name,
        permission: 'pay:read',
        line,
      })),
    ],
  },
  { path: '/reports', title: titled('reports'), permission: 'stats:read', icon: <BarChartOutlined /> },
  {
    path: '/system',
    title: titled('system'),
    permission: 'refund:read',
    icon: <SettingOutlined />,
    children: [
      { path: '/system/users', title: titled('users'), permission: 'system:users' },
      { path: '/system/config', title: titled('config'), permission: 'system:config' },
      { path: '/system/logs', title: titled('logs'), permission: 'system:logs' },
      { path: '/system/notifications', title: titled('notifications'), permission: 'refund:read' },
      { path: '/system/ledger', title: titled('ledger'), permission: 'stats:read' },
      { path: '/system/health', title: titled('health'), permission: 'system:health' },
      { path: '/system/jobs', title: titled('jobs'), permission: 'system:jobs' },
    ],
  },
];

/** The entries that the operator may open; those of lines come once the server has named its lines. */
export function useMenu(): MenuEntry[] {
  const may = useMay();
  const lines = useApiQuery('listPayLines', {}, { enabled: may('pay:read') }).data?.list ?? [];
  return allowed(menu, ({ permission, line }) => may(permission) && (!line || lines.includes(line)));
}

function allowed(entries: MenuEntry[], shown: (entry: MenuEntry) => boolean): MenuEntry[] {
  return entries
    .filter(shown)
    .map((entry) => ({ ...entry, ...(entry.children ? { children: allowed(entry.children, shown) } : {}) }))
    .filter(({ children }) => children === undefined || children.length > 0);
}
