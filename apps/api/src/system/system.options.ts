/** What the operators' part needs to know of its deployment. */
export class SystemOptions {
  constructor(
    /** What addresses of uploads begin with, without a trailing slash. */
    readonly publicUrl: string,
    /** Whether this is the demo: a robot on this machine may be told of alerts, and well-known passwords are good. */
    readonly demo: boolean,
    /** What `/metrics` asks for as a Bearer token; null: only callers on this machine are answered. */
    readonly metricsToken: string | null,
    /** Every gateway whose fees can be set, configured or not. */
    readonly gateways: readonly { name: string; label: string }[],
  ) {}
}
