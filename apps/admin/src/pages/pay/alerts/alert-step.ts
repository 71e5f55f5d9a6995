import type { Console } from '@yajin/web';

/** Where an alert is seen to; null where there is no page for it. */
export function stepOf({ kind, params, orderNo }: Console.PayAlert): string | null {
  const open = orderNo === null ? '' : `?open=${encodeURIComponent(orderNo)}`;
  switch (kind) {
    case 'refund-not-found':
    case 'refund-slow':
    case 'refund-result-odd':
    case 'refund-failed':
    case 'settled-outside-and-returned':
      return `/pay/refunds${open}`;
    case 'refunds-paused':
    case 'refund-starved':
      return '/pay/refunds?status=processing';
    case 'suspense':
      return '/pay/suspense?status=pending';
    case 'payouts-stopped':
      return '/pay/stops?state=open';
    case 'second-person':
      return '/pay/approvals?state=open';
    case 'notification-quarantined':
    case 'trade-unusable':
      return '/pay/work?kind=notification';
    case 'bill-unreadable':
      return params.gateway && params.day
        ? `/pay/bills/${encodeURIComponent(params.gateway)}/${params.day}`
        : '/pay/bills';
    case 'statement-unreadable':
      return '/pay/account';
    case 'withdrawal-unconfirmed':
      return '/pay/account?tab=withdrawals';
    case 'differences-found':
      return `/pay/differences?state=open${params.gateway ? `&gateway=${encodeURIComponent(params.gateway)}` : ''}`;
    case 'unknown-key':
    case 'key-file-unreadable':
    case 'certificate-expires':
    case 'registrations-refused':
    case 'due-work-failing':
    case 'system-calls-failing':
    case 'system-clock-skewed':
    case 'system-database-silent':
      return '/system/health';
    case 'job-failing':
      return '/system/jobs';
    case 'system-audit-broken':
    case 'system-audit-late':
    case 'system-audit-keys-gone':
    case 'system-login-failed':
    case 'system-code-failed':
    case 'system-locked-out':
    case 'system-proof-failed':
    case 'system-denied':
      return '/system/logs';
    case 'camp-identity-proved-away':
    case 'camp-identity-linked-away':
    case 'camp-identity-rival':
    case 'camp-identity-contested':
      return params.member ? `/members?open=${params.member}` : '/members?inReview=true';
    case 'camp-refund-exceeds':
      return '/refunds/records?refund=failed';
    case 'camp-unallocated':
      return '/refunds/unallocated?status=pending';
    case 'camp-cookie-expired':
      return '/system/config';
    case 'camp-sync-failed':
      return params.camp ? `/camps/${params.camp}` : '/checkins';
    case 'delivery-failing':
    case 'returned-by-gateway':
    case 'returned-beyond-remainder':
    case 'returned-beside-refunds':
    case 'transfer-not-found':
    case 'transfer-slow':
    case 'transfer-result-odd':
    case 'transfer-failed':
      return orderNo === null ? null : `/pay/orders${open}`;
    case null:
      return null;
  }
}
