import type { ReactNode } from 'react';
import { useAsk } from '../../../kit/ask.js';
import { RowButton } from '../../../kit/columns.js';

interface TurnWords {
  stop: string;
  stopAsk: (name: string) => string;
  stopHint: string;
  stoppedDone: string;
  resume: string;
  resumeAsk: (name: string) => string;
  resumeHint: string;
  resumedDone: string;
}

interface Offered<Id> {
  id: Id;
  name: string;
  active: boolean;
}

/** Stops offering something, or offers it again, once the operator agrees. */
export function useTurn<Id>(
  t: TurnWords,
  turn: (id: Id, active: boolean) => Promise<unknown>,
): { turnButton: (offered: Offered<Id>) => ReactNode; refusal: ReactNode } {
  const { ask, refusal } = useAsk();
  const turnButton = ({ id, name, active }: Offered<Id>): ReactNode => (
    <RowButton
      label={active ? t.stop : t.resume}
      of={name}
      act={() =>
        ask({
          title: active ? t.stopAsk(name) : t.resumeAsk(name),
          content: active ? t.stopHint : t.resumeHint,
          ok: active ? t.stop : t.resume,
          danger: active,
          act: () => turn(id, !active),
          done: active ? t.stoppedDone : t.resumedDone,
        })
      }
    />
  );
  return { turnButton, refusal };
}
