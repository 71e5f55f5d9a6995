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

const TITLES: Record<string, string> = {
  '/description': '商品描述',
  '/attach': '附加数据',
  '/out_trade_no': '商户订单号',
  '/out_refund_no': '商户退款单号',
  '/reason': '退款原因',
};

/** Lengths count bytes of UTF-8, as WeChat says it (captured: "… 字符串规则校验失败，字节数 203，大于最大值 128"). */
export function lengthError(pointer: string, bytes: number, limits: { min: number; max: number }): PayError {
  const limit = bytes < limits.min ? `小于最小值 ${limits.min}` : `大于最大值 ${limits.max}`;
  const title = TITLES[pointer] ?? pointer.slice(1);
  const message = `输入源“/body${pointer}”映射到值字段“${title}”字符串规则校验失败，字节数 ${bytes}，${limit}`;
  return new PayError(400, 'PARAM_ERROR', message, { location: 'body', value: bytes });
}
