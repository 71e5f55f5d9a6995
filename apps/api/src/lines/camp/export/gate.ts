import { BusinessError } from '@yajin/server';

/** Lets so many through at a time. Others wait their turn for a while, and are then told to come back later. */
export class Gate {
  private inside = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly waitMs: number,
  ) {}

  /**
   * @returns how to leave; leaving twice is leaving once
   * @throws BusinessError 503 when no place came free in time
   */
  async enter(): Promise<() => void> {
    if (this.inside >= this.places) await this.turn();
    else this.inside += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.queue.shift();
      // Whoever is next takes the place over.
      if (next) next();
      else this.inside -= 1;
    };
  }

  private turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(admit), 1);
        reject(new BusinessError(503, '导出任务较多，请稍后再试'));
      }, this.waitMs);
      const admit = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.queue.push(admit);
    });
  }
}
