import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 50;
const ASK_MS = 5_000;

/** Whether a server that is started again and again answers: who needs it may wait for it. */
export class Liveness {
  private readonly url: string;
  private readonly answered: () => void;
  private settle: (ready: boolean) => void = () => undefined;
  private settled = true;
  private current: Promise<boolean> = Promise.resolve(false);
  private starts = 0;

  /** @param url answers 200 when the server is ready @param answered told each time it became so */
  constructor(url: string, answered: () => void) {
    this.url = url;
    this.answered = answered;
    this.leaves();
  }

  /** Resolves when the server answers; with false when it has ended and nobody is starting it. */
  ready(): Promise<boolean> {
    return this.current;
  }

  /** It is about to stop and to be started again. */
  leaves(): void {
    if (!this.settled) return;
    this.settled = false;
    this.current = new Promise((resolve) => {
      this.settle = (ready) => {
        this.settled = true;
        resolve(ready);
      };
    });
  }

  started(): void {
    this.leaves();
    this.starts += 1;
    void this.ask(this.starts);
  }

  ended(): void {
    this.starts += 1;
    this.settle(false);
  }

  private async ask(start: number): Promise<void> {
    while (start === this.starts) {
      const answer = await fetch(this.url, { signal: AbortSignal.timeout(ASK_MS) }).catch(() => null);
      await answer?.body?.cancel();
      if (start !== this.starts) return;
      if (answer?.status === 200) {
        this.settle(true);
        this.answered();
        return;
      }
      await sleep(ASK_EVERY_MS);
    }
  }
}
