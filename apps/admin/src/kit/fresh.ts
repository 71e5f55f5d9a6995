import { useSyncExternalStore } from 'react';
import type { Proof } from '@yajin/web';

interface Asked {
  proof: Proof;
  answer: Promise<boolean>;
  give: (proven: boolean) => void;
}

const listeners = new Set<() => void>();
let asked: Asked | null = null;

function become(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks whoever is there to prove who they are once more; all who wait for it share one answer. */
export function proveFresh(proof: Proof): Promise<boolean> {
  if (asked) return asked.answer;
  let give: (proven: boolean) => void = () => undefined;
  const answer = new Promise<boolean>((resolve) => (give = resolve));
  become({ proof, answer, give });
  return answer;
}

/** What came of it; nothing, where nobody asked. */
export function settleFresh(proven: boolean): void {
  const before = asked;
  become(null);
  before?.give(proven);
}

/** What is being asked for; null while nothing is. */
export function useAskedProof(): Proof | null {
  return useSyncExternalStore(subscribe, () => asked?.proof ?? null);
}
