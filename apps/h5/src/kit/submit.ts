import { useRef, useState, type SubmitEvent } from 'react';

interface Submit {
  busy: boolean;
  /** Why the last try did not work. */
  failure: Error | null;
  onSubmit: (event: SubmitEvent) => void;
}

/** Does what a form is for, once at a time: a second tap comes before the button is drawn as busy. */
export function useSubmit(act: () => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const under = useRef(false);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setFailure(null);
    act()
      .catch((error: unknown) => setFailure(error instanceof Error ? error : new Error()))
      .finally(() => {
        under.current = false;
        setBusy(false);
      });
  };
  return { busy, failure, onSubmit };
}
