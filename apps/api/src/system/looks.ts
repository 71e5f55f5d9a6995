export type Look = () => Promise<void>;

/** What lines look for by business time, every few seconds: whatever has fallen due is done, however often it is looked for. */
export class Looks {
  readonly all: Look[] = [];

  register(look: Look): void {
    this.all.push(look);
  }
}
