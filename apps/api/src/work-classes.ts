import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { withConnectionsOf, type WorkClass } from '@yajin/server';

/** Routes whose answers are counted or read from as many rows as there are. */
const REPORTS = [
  '/api/admin/stats/',
  '/api/admin/members/export',
  '/api/admin/checkins/stats/',
  '/api/admin/ledger',
  '/api/admin/pay/balances',
  '/api/admin/pay/bill-month',
  '/api/admin/pay/close-accounts',
  '/api/admin/pay/closes',
  '/api/payments/stats/',
];
/** Pages that anybody may look at, however many they are; and what operators look at. */
const PAGES = ['/api/admin/', '/api/h5/camps'];

/** @param route as it is declared */
export function workClassOf(method: string, route: string): WorkClass {
  if (method !== 'GET') return 'money';
  if (REPORTS.some((start) => route.startsWith(start))) return 'reports';
  return PAGES.some((start) => route.startsWith(start)) ? 'pages' : 'money';
}

/** Each request asks the database with the connections of its class: guards, handlers and what they stream. */
export function classifyRequests(adapter: FastifyAdapter): void {
  // Bodies arrive by events of the socket, so not before they are there.
  adapter.getInstance().addHook('preValidation', (request, _reply, done) => {
    withConnectionsOf(workClassOf(request.method, request.routeOptions.url ?? ''), done);
  });
}
