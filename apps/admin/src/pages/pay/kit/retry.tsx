import { money } from '@yajin/ui';
import type { Input, OperationName } from '@yajin/web';
import type { ReactNode } from 'react';
import { useApiMutation } from '../../../kit/api.js';
import { useAsk } from '../../../kit/ask.js';
import { RowButton } from '../../../kit/columns.js';

type RetryOperation = 'retryCourseRefund' | 'retryTaskRefund' | 'retryTaskTransfer' | 'retryGymRefund';
type IdOf<Operation extends RetryOperation> = NonNullable<Input<Operation>['path']>['id'];

interface RetryWords<Who> {
  retry: string;
  /** @param amount with its currency @param who gets it */
  ask: (amount: string, who: Who) => string;
  hint: string;
  done: string;
}

interface Failed<Id, Who> {
  id: Id;
  /** In yuan. */
  amount: number;
  /** Who gets it. */
  who: Who;
  /** What its row is called. */
  of: string;
}

/** Sends money again that a gateway has refused to pay, once the operator agrees. */
export function useRetry<Operation extends RetryOperation, Who extends string | number>(
  operation: Operation,
  invalidates: OperationName[],
  words: RetryWords<Who>,
): { retryButton: (failed: Failed<IdOf<Operation>, Who>) => ReactNode; refusal: ReactNode } {
  const { ask, refusal } = useAsk();
  const retry = useApiMutation(operation, { invalidates });
  const retryButton = ({ id, amount, who, of }: Failed<IdOf<Operation>, Who>): ReactNode => (
    <RowButton
      label={words.retry}
      of={of}
      act={() =>
        ask({
          title: words.ask(money(amount), who),
          content: words.hint,
          ok: words.retry,
          act: () => retry.mutateAsync({ path: { id } } as Input<Operation>),
          done: words.done,
        })
      }
    />
  );
  return { retryButton, refusal };
}
