import { campErrors } from '@yajin/contract';

const CHINESE = /\p{Script=Han}/u;
/** What a number says by itself, a console says in its own language, too. */
const OF_NUMBERS = new Set(Object.values(campErrors).map(({ message }) => message));

interface Refusal {
  message?: unknown;
  messageCode?: unknown;
  data?: { errors?: { message?: unknown; code?: unknown }[] } | null;
}

/**
 * What a refusal says to the console in Chinese without a code, by which it would be said in English: of itself, or of a field.
 */
export function uncoded(path: string, body: unknown): string[] {
  if (!path.startsWith('/api/admin/') || typeof body !== 'object' || body === null) return [];
  const { message, messageCode, data } = body as Refusal;
  const fields = Array.isArray(data?.errors) ? data.errors : [];
  return [{ message, code: messageCode }, ...fields].flatMap(({ message: said, code }) =>
    typeof said === 'string' && CHINESE.test(said) && code === undefined && !OF_NUMBERS.has(said)
      ? [said]
      : [],
  );
}
