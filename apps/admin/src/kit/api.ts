import { QueryClient } from '@tanstack/react-query';
import { createApi } from '@yajin/ui';
import { ApiError, Client, Unreachable } from '@yajin/web';
import { proveFresh } from './fresh.js';
import { currentToken, expire, pend } from './session.js';

export const client = new Client({
  headers: () => {
    const headers: Record<string, string> = {};
    const token = currentToken();
    if (token) headers['authorization'] = `Bearer ${token}`;
    return headers;
  },
  onUnauthorized: expire,
  onRefused: ({ reason }) => {
    if (reason === 'password_change_required') pend('password');
    if (reason === 'totp_enrolment_required') pend('totp');
  },
  proveFresh,
});

export const { useApiQuery, useApiMutation } = createApi(client);

const RETRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays a refusal; a network that is away may come back.
      retry: (count, error) => count < RETRIES && (error instanceof Unreachable || isAway(error)),
      refetchOnWindowFocus: true,
    },
    // Doing something twice is the operator's decision.
    mutations: { retry: false },
  },
});

function isAway(error: unknown): boolean {
  return error instanceof ApiError && error.status === 503;
}
