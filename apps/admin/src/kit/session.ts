import { useSyncExternalStore } from 'react';
import type { Camp } from '@yajin/web';

/** Who is logged in, with what the server says they may do. */
export interface Session {
  token: string;
  userId: number;
  username: string;
  realName: string;
  role: Camp.Role;
  permissions: string[];
  /** What the server wants done before anything else. */
  pending?: Camp.Pending;
}

interface State {
  session: Session | null;
  /** The token ran out while somebody was at work: what they typed stays, over it comes the login. */
  expired: boolean;
}

const KEY = 'yajin.session';
const listeners = new Set<() => void>();
let state: State = { session: read(), expired: false };

function read(): Session | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}

function become(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Another tab logged in or out: this one follows.
window.addEventListener('storage', (event) => {
  if (event.key === KEY) become({ session: read(), expired: false });
});

export function begin(login: Camp.LoginResult): void {
  const { token, userId, username, realName, role, permissions, pending } = login;
  keep({ token, userId, username, realName, role, permissions, ...(pending && { pending }) });
}

function keep(session: Session): void {
  localStorage.setItem(KEY, JSON.stringify(session));
  become({ session, expired: false });
}

/** @param pending what is to be done before anything else; null once that is done */
export function pend(pending: Camp.Pending | null): void {
  if (!state.session || (state.session.pending ?? null) === pending) return;
  const { pending: _before, ...session } = state.session;
  keep({ ...session, ...(pending && { pending }) });
}

export function end(): void {
  localStorage.removeItem(KEY);
  become({ session: null, expired: false });
}

export function expire(): void {
  if (state.session && !state.expired) become({ ...state, expired: true });
}

export function currentToken(): string | null {
  return state.session?.token ?? null;
}

export function useSessionState(): State {
  return useSyncExternalStore(subscribe, () => state);
}

/** The session of a page behind the login. */
export function useSession(): Session {
  const { session } = useSessionState();
  if (!session) throw new Error('this page is behind the login');
  return session;
}

/** Whether the operator may do something, as the server grants it: exactly, or by `area:*`. */
export function useMay(): (permission: string) => boolean {
  const { session } = useSessionState();
  return (permission) => {
    const area = permission.split(':')[0] ?? '';
    return session?.permissions.some((granted) => granted === permission || granted === `${area}:*`) ?? false;
  };
}
