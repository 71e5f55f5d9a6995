import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';

export type Role = 'admin' | 'manager' | 'coach' | 'volunteer' | 'finance';

/** What each role may do. A permission is matched exactly or by `area:*`. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly string[]>> = {
  admin: ['camp:*', 'member:*', 'refund:*', 'stats:*', 'pay:*', 'system:*'],
  manager: ['camp:*', 'member:*', 'refund:*', 'stats:*', 'pay:*'],
  coach: ['camp:read', 'member:read', 'member:match', 'member:join'],
  volunteer: ['member:read', 'member:join'],
  finance: ['camp:read', 'refund:read', 'stats:read', 'pay:read', 'pay:books'],
};

/** What somebody must do before anything else; their session is good for nothing but that. */
export type Pending = 'password' | 'totp';

/** Who is logged in to the console. */
export interface Operator {
  id: number;
  username: string;
  realName: string;
  role: Role;
  sessionId: string;
  ip: string;
  pending: Pending | null;
  /** Whether they log in with a one-time code, too. */
  secondFactor: boolean;
  /** Whether they have proved who they are within the last minutes. */
  fresh: boolean;
}

export function mayDo(role: Role, permission: string): boolean {
  if (permission === EVERY_OPERATOR) return true;
  const area = permission.split(':')[0];
  return ROLE_PERMISSIONS[role].some((granted) => granted === permission || granted === `${area}:*`);
}

/**
 * Whose camps an operator sees: null for all of them, else the user id that `camp_staff` must name. It
 * belongs inside the WHERE of a query, so that other camps' rows look absent.
 */
export function campScope(operator: Operator): number | null {
  return operator.role === 'coach' || operator.role === 'volunteer' ? operator.id : null;
}

export const PERMISSION = 'yajin:permission';

/** What a route asks of the operator. One that says nothing, neither itself nor its controller, is open to nobody. */
export function Permission(permission: string): CustomDecorator {
  return SetMetadata(PERMISSION, permission);
}

const EVERY_OPERATOR = 'every:operator';

/** A route for whoever is logged in: their own account, or what everybody may see. */
export function EveryOperator(): CustomDecorator {
  return SetMetadata(PERMISSION, EVERY_OPERATOR);
}

export const WHILE_PENDING = 'yajin:while-pending';

/**
 * A route that is open also to whoever must do something else first: it is how they do it, or leave.
 * @param only what must be done; left out, whatever it is
 */
export function WhilePending(...only: Pending[]): CustomDecorator {
  return SetMetadata(WHILE_PENDING, only.length > 0 ? only : (['password', 'totp'] satisfies Pending[]));
}

export const CurrentOperator = createParamDecorator((_: unknown, context: ExecutionContext): Operator => {
  const { operator } = context.switchToHttp().getRequest<{ operator?: Operator }>();
  if (!operator) throw new Error('the route has no OperatorGuard');
  return operator;
});
