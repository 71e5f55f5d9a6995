/** What the demo needs to know of its deployment. */
export class DemoOptions {
  constructor(
    /** What links and notification addresses begin with, without a trailing slash. */
    readonly publicUrl: string,
    /** Where the sandbox's control API is; null when nobody said. */
    readonly sandboxUrl: string | null,
    readonly adminPassword: string | null,
    /** The background work of the lines, which a move of the clock waits for. */
    readonly jobs: readonly string[],
    /** Makes all tables anew, empty. */
    readonly startOver: () => Promise<void>,
  ) {}
}
