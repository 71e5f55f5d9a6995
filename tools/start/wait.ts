import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 150;
const TELL_EVERY_MS = 5_000;

/**
 * Asks `url` until it answers 200, however long that takes: it is the child's end that ends a hopeless start.
 * @param waiting told now and then how many seconds have passed
 * @returns the answer's JSON
 */
export async function untilAnswers(url: string, waiting: (seconds: number) => void): Promise<unknown> {
  const began = Date.now();
  let told = 0;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.status === 200) return answer.json();
    await answer?.body?.cancel();
    await sleep(ASK_EVERY_MS);
    if (Date.now() - began - told < TELL_EVERY_MS) continue;
    told = Date.now() - began;
    waiting(Math.round(told / 1000));
  }
}
