import type { FormInstance } from 'antd';
import { ApiError } from '@yajin/web';

/** What the server found wrong, beside the field that it is about. */
export function showFieldErrors<Values extends object>(form: FormInstance<Values>, error: unknown): void {
  if (!(error instanceof ApiError)) return;
  const known = form.getFieldsValue(true) as Record<string, unknown>;
  form.setFields(
    error.fields
      .filter(({ field }) => field in known)
      .map(({ field, message }) => ({ name: field as never, errors: [message] })),
  );
}

/** What is left to be said above the form: nothing, where it is all beside the fields. */
export function beyondFields(error: unknown): unknown {
  return error instanceof ApiError && error.fields.some(({ field }) => field !== '') ? null : error;
}
