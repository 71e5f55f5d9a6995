import { createBrowserRouter, Navigate } from 'react-router';
import { LINES } from './lines/index.js';
import { Broken, Missing } from './shell/broken.js';
import { Frame, Waiting } from './shell/frame.js';
import { LoginPage } from './shell/login.js';

const linePages = LINES.map(([line, { page }]) => ({ path: `pay/${line}`, lazy: { Component: page } }));

/** Every page loads when it is first opened. */
export const router = createBrowserRouter(
  [
    { path: '/login', element: <LoginPage /> },
    {
      element: <Frame />,
      errorElement: <Broken />,
      hydrateFallbackElement: <Waiting />,
      children: [
        {
          index: true,
          lazy: { Component: async () => (await import('./pages/overview/overview.js')).Overview },
        },
        { path: 'camps', lazy: { Component: async () => (await import('./pages/camps/camps.js')).Camps } },
        {
          path: 'camps/new',
          lazy: { Component: async () => (await import('./pages/camps/camp-edit.js')).CampCreate },
        },
        {
          path: 'camps/:id',
          lazy: { Component: async () => (await import('./pages/camps/camp.js')).CampPage },
        },
        {
          path: 'camps/:id/edit',
          lazy: { Component: async () => (await import('./pages/camps/camp-edit.js')).CampEdit },
        },
        {
          path: 'members',
          lazy: { Component: async () => (await import('./pages/members/members.js')).Members },
        },
        { path: 'refunds', element: <Navigate to="/refunds/pending" replace /> },
        {
          path: 'refunds/pending',
          lazy: { Component: async () => (await import('./pages/refunds/pending.js')).PendingRefunds },
        },
        {
          path: 'refunds/records',
          lazy: { Component: async () => (await import('./pages/refunds/records.js')).RefundRecords },
        },
        {
          path: 'refunds/unallocated',
          lazy: { Component: async () => (await import('./pages/refunds/unallocated.js')).Unallocated },
        },
        {
          path: 'checkins',
          lazy: { Component: async () => (await import('./pages/checkins/checkins.js')).Checkins },
        },
        { path: 'pay', element: <Navigate to="/pay/orders" replace /> },
        {
          path: 'pay/orders',
          lazy: { Component: async () => (await import('./pages/pay/orders.js')).PayOrders },
        },
        {
          path: 'pay/refunds',
          lazy: { Component: async () => (await import('./pages/pay/refunds.js')).PayRefunds },
        },
        {
          path: 'pay/suspense',
          lazy: { Component: async () => (await import('./pages/pay/suspense.js')).PaySuspense },
        },
        {
          path: 'pay/approvals',
          lazy: { Component: async () => (await import('./pages/pay/approvals.js')).PayApprovals },
        },
        {
          path: 'pay/stops',
          lazy: { Component: async () => (await import('./pages/pay/stops.js')).PayStops },
        },
        {
          path: 'pay/alerts',
          lazy: { Component: async () => (await import('./pages/pay/alerts/alerts.js')).PayAlerts },
        },
        {
          path: 'pay/closes',
          lazy: { Component: async () => (await import('./pages/pay/closes/closes.js')).PayCloses },
        },
        {
          path: 'pay/entries',
          lazy: { Component: async () => (await import('./pages/pay/entries/entries.js')).PayEntries },
        },
        {
          path: 'pay/work',
          lazy: { Component: async () => (await import('./pages/pay/work/work.js')).PayWork },
        },
        {
          path: 'pay/bills',
          lazy: { Component: async () => (await import('./pages/pay/reconciliation/bills.js')).PayBills },
        },
        {
          path: 'pay/bills/:gateway/:day',
          lazy: { Component: async () => (await import('./pages/pay/reconciliation/bill.js')).PayBillPage },
        },
        {
          path: 'pay/differences',
          lazy: {
            Component: async () => (await import('./pages/pay/reconciliation/differences.js')).PayDifferences,
          },
        },
        {
          path: 'pay/account',
          lazy: { Component: async () => (await import('./pages/pay/account/account.js')).PayAccount },
        },
        ...linePages,
        {
          path: 'reports',
          lazy: { Component: async () => (await import('./pages/reports/reports.js')).Reports },
        },
        {
          path: 'account',
          lazy: { Component: async () => (await import('./pages/account/account.js')).Account },
        },
        {
          path: 'system/users',
          lazy: { Component: async () => (await import('./pages/system/users.js')).Users },
        },
        {
          path: 'system/config',
          lazy: { Component: async () => (await import('./pages/system/config.js')).Config },
        },
        {
          path: 'system/logs',
          lazy: { Component: async () => (await import('./pages/system/logs.js')).Logs },
        },
        {
          path: 'system/notifications',
          lazy: { Component: async () => (await import('./pages/system/notifications.js')).Notifications },
        },
        {
          path: 'system/ledger',
          lazy: { Component: async () => (await import('./pages/system/ledger.js')).Ledger },
        },
        {
          path: 'system/health',
          lazy: { Component: async () => (await import('./pages/system/health.js')).Health },
        },
        {
          path: 'system/jobs',
          lazy: { Component: async () => (await import('./pages/system/jobs.js')).Jobs },
        },
        { path: '*', element: <Missing /> },
      ],
    },
  ],
  { basename: '/admin' },
);
