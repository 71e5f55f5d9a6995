export type Look = () => Promise<void>;

/** What lines look for by business time, every few seconds: whatever has fallen due is done, however often it is looked for. */
export class Looks {
  readonly all: Look[] = [];

  register(look: Look): void {
    this.all.push(look);
  }

  /** One that fails does not keep the others from being done. @throws what the first that failed threw, after all of them */
  async tick(): Promise<void> {
    const failures: unknown[] = [];
    for (const look of this.all) await look().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
