import { ApiError, Unreachable } from '@yajin/web';
import type { ReactNode } from 'react';
import { Failure, Refusal } from '../src/kit/failure.js';

export default { title: 'Failure' };

const again = (): void => undefined;

function refused(status: number, message: string, traceId: string | null = null): ApiError {
  return new ApiError(status, message, {
    status,
    fields: [],
    traceId,
    retryAfterSeconds: 0,
    reason: null,
    proof: null,
  });
}

export const Unreached = (): ReactNode => <Failure error={new Unreachable()} again={again} />;
export const Forbidden = (): ReactNode => <Failure error={refused(403, '无权限')} again={again} />;
export const OfTheServer = (): ReactNode => (
  <Failure error={refused(500, '服务器内部错误', '3f2a9c04')} again={again} />
);
export const RefusedAction = (): ReactNode => (
  <Refusal error={refused(409, '这笔退款已被处理', '3f2a9c04')} again={again} />
);
