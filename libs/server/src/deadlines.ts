import { Injectable } from '@nestjs/common';

/** Done whenever somebody looks: whatever is due by then, nothing twice, and nothing at all when nothing is due. */
export interface DueStep {
  readonly name: string;
  run(): Promise<void>;
  /** It comes round by itself, such as once a day, so a business clock that is moved past it may leave it out. */
  readonly routine?: true;
}

/** What one part of the product does once it has fallen due. Deadlines are rows, not timers. */
export interface DueWork {
  /** Nobody else's work waits for theirs. */
  readonly owner: string;
  /** One after the other. */
  readonly steps: readonly DueStep[];
  /**
   * The next moment of business time after `after` at which something falls due, null when there is none: a clock that is moved
   * stops there. Left out where it makes no difference when the work is done.
   */
  next?(after: Date): Promise<Date | null>;
}

/** What falls due by itself, as the parts of the product have registered it. */
@Injectable()
export class Deadlines {
  private readonly works: DueWork[] = [];

  register(work: DueWork): void {
    if (this.works.some(({ owner }) => owner === work.owner))
      throw new Error(`what is due of ${work.owner} is registered twice`);
    this.works.push(work);
  }

  get all(): readonly DueWork[] {
    return this.works;
  }

  /** The first moment of business time after `after` at which anything falls due. */
  async next(after: Date): Promise<Date | null> {
    const moments = await Promise.all(this.works.map(async (work) => (await work.next?.(after)) ?? null));
    const times = moments.flatMap((moment) => (moment === null ? [] : [moment.getTime()]));
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  /**
   * Does what is due of the given work, or of all of it. A step that fails, such as on a row that somebody holds, keeps no other from
   * being done.
   * @param routine whether what comes round by itself is done, too
   * @throws what the first step that failed threw, after all of them
   */
  async run(
    { routine }: { routine: boolean },
    works: readonly Pick<DueWork, 'steps'>[] = this.works,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const step of works.flatMap(({ steps }) => steps)) {
      if (step.routine && !routine) continue;
      try {
        await step.run();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
