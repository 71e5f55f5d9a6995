import { useQueryClient, useMutation } from '@tanstack/react-query';
import { useCallback, useId, useRef, type SubmitEvent } from 'react';

/** `crypto.randomUUID` is only there over https; a browser in a local network may have none. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Idempotency keys for creating something: the same content gets the same key for as long as the page is open, so that
 * asking again after a lost answer does not create it twice.
 */
export function useIdempotencyKey(): (content: unknown) => string {
  const keys = useRef(new Map<string, string>());
  return useCallback((content) => {
    const given = JSON.stringify(content);
    const key = keys.current.get(given) ?? uuid();
    keys.current.set(given, key);
    return key;
  }, []);
}

/** Runs one thing at a time: a second click does nothing while the first one's is on its way. */
export function useSingleFlight(): (work: () => Promise<unknown>) => void {
  const busy = useRef(false);
  return useCallback((work) => {
    if (busy.current) return;
    busy.current = true;
    void work().finally(() => (busy.current = false));
  }, []);
}

interface Submit {
  isPending: boolean;
  /** Why the last try did not work. */
  error: Error | null;
  onSubmit: (event: SubmitEvent) => void;
}

/** Does what a form is for, once at a time: a second tap comes before the button is drawn as busy. */
export function useSubmit(submit: () => Promise<void>): Submit {
  const cache = useQueryClient();
  const mutationKey = ['submit', useId()];
  const { mutate, isPending, error } = useMutation({ mutationKey, mutationFn: submit });
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (cache.isMutating({ mutationKey }) === 0) mutate();
  };
  return { isPending, error, onSubmit };
}
