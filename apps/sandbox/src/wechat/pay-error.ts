/** What WeChat Pay answers instead of a result: `{code, message, detail}` with an HTTP status. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: Record<string, unknown>,
  ) {
    super(message);
  }

  body(): Record<string, unknown> {
    return { code: this.code, message: this.message, ...(this.detail && { detail: this.detail }) };
  }
}

export function paramError(field: string, value: unknown, issue: string): PayError {
  const detail = { location: 'body', field, value: value ?? null, issue };
  return new PayError(400, 'PARAM_ERROR', `输入源“${field}”不符合要求:${issue}`, detail);
}
