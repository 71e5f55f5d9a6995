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
import { useLook } from '../kit/api.js';
import { useMay } from '../kit/session.js';
import { words } from '../kit/text.js';

export interface MenuEntry {
  path: string;
  name: keyof typeof menuWords.zh;
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
    course: '课程',
    gym: '健身房',
    task: '任务',
    workOrder: '工单',
    reports: '报表',
    system: '系统',
    users: '用户与角色',
    config: '配置',
    logs: '操作日志',
    notifications: '支付通知',
    ledger: '收支分录',
    health: '系统状态',
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
    course: 'Courses',
    gym: 'Gym',
    task: 'Tasks',
    workOrder: 'Work orders',
    reports: 'Reports',
    system: 'System',
    users: 'Users and roles',
    config: 'Settings',
    logs: 'Audit log',
    notifications: 'Notifications',
    ledger: 'Ledger',
    health: 'System health',
  },
);

const menu: MenuEntry[] = [
  { path: '/', name: 'overview', permission: 'stats:read', icon: <DashboardOutlined /> },
  { path: '/camps', name: 'camps', permission: 'camp:read', icon: <CalendarOutlined /> },
  { path: '/members', name: 'members', permission: 'member:read', icon: <TeamOutlined /> },
  { path: '/checkins', name: 'checkins', permission: 'camp:read', icon: <CheckSquareOutlined /> },
  {
    path: '/refunds',
    name: 'refunds',
    permission: 'refund:read',
    icon: <PayCircleOutlined />,
    children: [
      { path: '/refunds/pending', name: 'pending', permission: 'refund:read' },
      { path: '/refunds/records', name: 'records', permission: 'refund:read' },
      { path: '/refunds/unallocated', name: 'unallocated', permission: 'refund:read' },
    ],
  },
  {
    path: '/pay',
    name: 'pay',
    permission: 'pay:read',
    icon: <WalletOutlined />,
    children: [
      { path: '/pay/orders', name: 'payOrders', permission: 'pay:read' },
      { path: '/pay/refunds', name: 'payRefunds', permission: 'pay:read' },
      { path: '/pay/suspense', name: 'paySuspense', permission: 'pay:read' },
      { path: '/pay/course', name: 'course', permission: 'pay:read', line: 'course' },
      { path: '/pay/gym', name: 'gym', permission: 'pay:read', line: 'gym' },
      { path: '/pay/task', name: 'task', permission: 'pay:read', line: 'task' },
      { path: '/pay/work-order', name: 'workOrder', permission: 'pay:read', line: 'work-order' },
    ],
  },
  { path: '/reports', name: 'reports', permission: 'stats:read', icon: <BarChartOutlined /> },
  {
    path: '/system',
    name: 'system',
    permission: 'refund:read',
    icon: <SettingOutlined />,
    children: [
      { path: '/system/users', name: 'users', permission: 'system:users' },
      { path: '/system/config', name: 'config', permission: 'system:config' },
      { path: '/system/logs', name: 'logs', permission: 'system:logs' },
      { path: '/system/notifications', name: 'notifications', permission: 'refund:read' },
      { path: '/system/ledger', name: 'ledger', permission: 'stats:read' },
      { path: '/system/health', name: 'health', permission: 'system:health' },
    ],
  },
];

/** The entries that the operator may open; those of lines come once the server has named its lines. */
export function useMenu(): MenuEntry[] {
  const may = useMay();
  const lines = useLook('listPayLines', {}, { when: may('pay:read') }).data?.list ?? [];
  return allowed(menu, ({ permission, line }) => may(permission) && (!line || lines.includes(line)));
}

function allowed(entries: MenuEntry[], shown: (entry: MenuEntry) => boolean): MenuEntry[] {
  return entries
    .filter(shown)
    .map((entry) => ({ ...entry, ...(entry.children ? { children: allowed(entry.children, shown) } : {}) }))
    .filter(({ children }) => children === undefined || children.length > 0);
}
