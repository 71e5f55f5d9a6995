import { App } from 'antd';
import { useIdempotencyKey } from '@yajin/ui';
import type { Input, OperationName, Output } from '@yajin/web';
import { useApiMutation } from './api.js';

interface CreateOptions<Name extends OperationName> {
  /** Of what it is made. */
  path?: Input<Name>['path'];
  invalidates: OperationName[];
  /** What is said once it is made. */
  done: (made: Output<Name>) => string;
  close: () => void;
}

interface Create<Name extends OperationName> {
  act: { isPending: boolean; error: unknown };
  submit: (body: Input<Name>['body']) => void;
  close: () => void;
}

/** For a `FormModal` that makes something new: once, however often it is sent; then it says so and closes. */
export function useCreate<Name extends OperationName>(
  operation: Name,
  { path, invalidates, done, close }: CreateOptions<Name>,
): Create<Name> {
  const { message } = App.useApp();
  const act = useApiMutation(operation, { invalidates });
  const keyOf = useIdempotencyKey();
  const submit = (body: Input<Name>['body']): void => {
    const input = { ...(path ? { path } : {}), body, idempotencyKey: keyOf(body) } as Parameters<
      typeof act.mutate
    >[0];
    act.mutate(input, { onSuccess: (made) => (close(), void message.success(done(made))) });
  };
  return { act, submit, close };
}
