import { lazy } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { LINES } from './lines/index.js';
import { Frame } from './shell/frame.js';
import { Broken, Missing } from './shell/broken.js';
import { LoginPage } from './shell/login.js';

const page = <Module,>(load: () => Promise<Module>, pick: (module: Module) => React.ComponentType) =>
  lazy(async () => ({ default: pick(await load()) }));

const Overview = page(
  () => import('./pages/overview/overview.js'),
  (m) => m.Overview,
);
const Reports = page(
  () => import('./pages/reports/reports.js'),
  (m) => m.Reports,
);
const Users = page(
  () => import('./pages/system/users.js'),
  (m) => m.Users,
);
const Account = page(
  () => import('./pages/account/account.js'),
  (m) => m.Account,
);
const Config = page(
  () => import('./pages/system/config.js'),
  (m) => m.Config,
);
const Logs = page(
  () => import('./pages/system/logs.js'),
  (m) => m.Logs,
);
const Notifications = page(
  () => import('./pages/system/notifications.js'),
  (m) => m.Notifications,
);
const Ledger = page(
  () => import('./pages/system/ledger.js'),
  (m) => m.Ledger,
);
const Health = page(
  () => import('./pages/system/health.js'),
  (m) => m.Health,
);
const Camps = page(
  () => import('./pages/camps/camps.js'),
  (m) => m.Camps,
);
const CampPage = page(
  () => import('./pages/camps/camp.js'),
  (m) => m.CampPage,
);
const CampCreate = page(
  () => import('./pages/camps/camp-edit.js'),
  (m) => m.CampCreate,
);
const CampEdit = page(
  () => import('./pages/camps/camp-edit.js'),
  (m) => m.CampEdit,
);
const Members = page(
  () => import('./pages/members/members.js'),
  (m) => m.Members,
);
const PendingRefunds = page(
  () => import('./pages/refunds/pending.js'),
  (m) => m.PendingRefunds,
);
const RefundRecords = page(
  () => import('./pages/refunds/records.js'),
  (m) => m.RefundRecords,
);
const Unallocated = page(
  () => import('./pages/refunds/unallocated.js'),
  (m) => m.Unallocated,
);
const Checkins = page(
  () => import('./pages/checkins/checkins.js'),
  (m) => m.Checkins,
);
const PayOrders = page(
  () => import('./pages/pay/orders.js'),
  (m) => m.PayOrders,
);
const PayRefunds = page(
  () => import('./pages/pay/refunds.js'),
  (m) => m.PayRefunds,
);
const PaySuspense = page(
  () => import('./pages/pay/suspense.js'),
  (m) => m.PaySuspense,
);
const linePages = LINES.map(([line, { page: load }]) => {
  const LinePage = lazy(async () => ({ default: await load() }));
  return { path: `pay/${line}`, element: <LinePage /> };
});

/** Every page loads when it is first opened. */
export const router = createBrowserRouter(
  [
    { path: '/login', element: <LoginPage /> },
    {
      element: <Frame />,
      errorElement: <Broken />,
      children: [
        { index: true, element: <Overview /> },
        { path: 'camps', element: <Camps /> },
        { path: 'camps/new', element: <CampCreate /> },
        { path: 'camps/:id', element: <CampPage /> },
        { path: 'camps/:id/edit', element: <CampEdit /> },
        { path: 'members', element: <Members /> },
        { path: 'refunds', element: <Navigate to="/refunds/pending" replace /> },
        { path: 'refunds/pending', element: <PendingRefunds /> },
        { path: 'refunds/records', element: <RefundRecords /> },
        { path: 'refunds/unallocated', element: <Unallocated /> },
        { path: 'checkins', element: <Checkins /> },
        { path: 'pay', element: <Navigate to="/pay/orders" replace /> },
        { path: 'pay/orders', element: <PayOrders /> },
        { path: 'pay/refunds', element: <PayRefunds /> },
        { path: 'pay/suspense', element: <PaySuspense /> },
        ...linePages,
        { path: 'reports', element: <Reports /> },
        { path: 'account', element: <Account /> },
        { path: 'system/users', element: <Users /> },
        { path: 'system/config', element: <Config /> },
        { path: 'system/logs', element: <Logs /> },
        { path: 'system/notifications', element: <Notifications /> },
        { path: 'system/ledger', element: <Ledger /> },
        { path: 'system/health', element: <Health /> },
        { path: '*', element: <Missing /> },
      ],
    },
  ],
  { basename: '/admin' },
);
