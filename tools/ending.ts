/** How a tool ends: once, after it has cleared up, be it done or told to stop. The first reason counts. */
export class Ending {
  private begun = false;
  private readonly clearUp: () => Promise<unknown>;

  constructor(clearUp: () => Promise<unknown>) {
    this.clearUp = clearUp;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
      process.on(signal, () => this.end(130));
  }

  get hasBegun(): boolean {
    return this.begun;
  }

  end(code: number): void {
    if (this.begun) return;
    this.begun = true;
    this.clearUp().then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  }
}
