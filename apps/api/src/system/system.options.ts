/** What the operators' part needs to know of its deployment. */
export class SystemOptions {
  constructor(
    /** What addresses of uploads begin with, without a trailing slash. */
    readonly publicUrl: string,
    /** Whether a robot on this machine may be told of alerts: only in the demo. */
    readonly localRobot: boolean,
    /** What `/metrics` asks for as a Bearer token; null: only callers on this machine are answered. */
    readonly metricsToken: string | null,
  ) {}
}
