/** What each code of the work-order line says, and its HTTP status. */
export const workOrderErrors = {
  400: { message: '请求参数错误', status: 400 },
  401: { message: '未授权', status: 401 },
  403: { message: '权限不足', status: 403 },
  404: { message: '资源不存在', status: 404 },
  409: { message: '当前状态不允许此操作', status: 409 },
  413: { message: '请求内容过大', status: 413 },
  415: { message: '不支持的内容类型', status: 415 },
  429: { message: '请求过于频繁，请稍后再试', status: 429 },
  500: { message: '服务器内部错误', status: 500 },
  503: { message: '服务暂不可用，请稍后再试', status: 503 },
} as const satisfies Record<number, { message: string; status: number }>;
