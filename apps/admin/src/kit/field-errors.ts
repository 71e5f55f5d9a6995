import type { FormInstance } from 'antd';
import { useCallback } from 'react';
import { ApiError } from '@yajin/web';
import { useSaid } from './said.js';

/** Shows what the server found wrong beside the field that it is about. */
export function useFieldErrors(): <Values extends object>(
  form: FormInstance<Values>,
  error: unknown,
) => void {
  const say = useSaid();
  return useCallback(
    (form, error) => {
      if (!(error instanceof ApiError)) return;
      const known = form.getFieldsValue(true) as Record<string, unknown>;
      form.setFields(
        error.fields
          .filter(({ field }) => field in known)
          .map(({ field, ...said }) => ({ name: field as never, errors: [say(said)] })),
      );
    },
    [say],
  );
}

/** What is left to be said above the form: nothing, where it is all beside the fields. */
export function beyondFields(error: unknown): unknown {
  return error instanceof ApiError && error.fields.some(({ field }) => field !== '') ? null : error;
}
