import { App } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useSingleFlight } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { Refusal } from '../../../kit/failure.js';
import { useSession } from '../../../kit/session.js';
import { useWords } from '../../../kit/text.js';
import { differenceWords } from './difference-words.js';
import { DIFFERENCES_SHOWN } from './resolve-dialog.js';

interface Take {
  take: (id: number) => void;
  /** Whether there is something to take: it is open, and not this operator's already. */
  mayTake: (difference: Console.PayDifference) => boolean;
  refusal: ReactNode;
}

/** From then on it is the operator's to see to; a colleague may take it over again. */
export function useTake(): Take {
  const t = useWords(differenceWords);
  const { username } = useSession();
  const { message } = App.useApp();
  const once = useSingleFlight();
  const { mutateAsync, error } = useApiMutation('takePayDifference', { invalidates: DIFFERENCES_SHOWN });
  return {
    take: (id) =>
      once(() =>
        mutateAsync({ path: { id } }).then(
          () => void message.success(t.taken),
          () => undefined,
        ),
      ),
    mayTake: ({ state, owner }) => state === 'open' && owner !== username,
    refusal: error ? <Refusal error={error} /> : null,
  };
}
