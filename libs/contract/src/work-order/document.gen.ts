// Generated from libs/contract/work-order by `npm run generate`. Do not edit.
import type { ApiDocument } from '../openapi.js';

/** 电工平台支付接口 as an OpenAPI 3.1 document. */
export const workOrderDocument: ApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: '电工平台支付接口',
    version: '1.0',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description:
      '工单的预付款与维修费：支付、退款、统计。\n\n- 所有响应为 `{code, message, data}`，成功时 HTTP 200、`code` 为 200；失败时 `code` 与 HTTP 状态相同。微信回调应答 XML。\n- 时间为北京时间 `yyyy-MM-dd HH:mm:ss`；金额单位为元，最多两位小数。\n- 除微信回调外都要 Bearer Token（宿主平台签发，HS256，`aud` 为 `work-order`，必须有 `exp`，`sub` 为数字用户 ID，`role` 为 `user`、`electrician` 或\n  `admin`）。统计与处理退款要求 `admin`，列表对 `admin` 是全部；其他人只见自己的，别人的按不存在处理（404）。\n- 工单状态：pending_payment → pending → accepted → pending_repair_payment → repairing → completed，以及 closed。\n- 支付状态：pending、success、failed、expired（30 分钟未付）、refunded。申请退款后支付仍为 success，`refund_status` 为 pending。\n- 退款的预付款关闭工单（已完成的除外）。\n- 创建类 POST 接受 `Idempotency-Key`。\n',
  },
  servers: [{ url: '/', description: '本服务' }],
  tags: [
    { name: 'payments', description: '支付' },
    { name: 'refunds', description: '退款' },
    { name: 'orders', description: '工单' },
  ],
  'x-roles': {},
  'x-error-codes': {
    '400': { message: '请求参数错误', status: 400 },
    '401': { message: '未授权', status: 401 },
    '403': { message: '权限不足', status: 403 },
    '404': { message: '资源不存在', status: 404 },
    '409': { message: '当前状态不允许此操作', status: 409 },
    '413': { message: '请求内容过大', status: 413 },
    '415': { message: '不支持的内容类型', status: 415 },
    '429': { message: '请求过于频繁，请稍后再试', status: 429 },
    '500': { message: '服务器内部错误', status: 500 },
    '503': { message: '服务暂不可用，请稍后再试', status: 503 },
  },
  paths: {
    '/api/payments': {
      get: {
        operationId: 'listPayments',
        tags: ['payments'],
        summary: '获取支付列表',
        description: '最新的在前；管理员见全部，其他人只见自己的。`search` 查支付单号、微信交易号、工单号。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'limit',
            in: 'query',
            description: '每页数量',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
          {
            name: 'status',
            in: 'query',
            description: '支付状态',
            schema: { $ref: '#/components/schemas/PaymentStatus' },
          },
          {
            name: 'payment_method',
            in: 'query',
            description: '支付方式',
            schema: { $ref: '#/components/schemas/PaymentMethod' },
          },
          {
            name: 'search',
            in: 'query',
            description: '搜索关键词',
            schema: { type: 'string', maxLength: 100 },
          },
        ],
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/PaymentPage' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
      post: {
        operationId: 'createPayment',
        tags: ['payments'],
        summary: '创建支付订单',
        description:
          '金额由工单决定：预付款取预约时服务类型的预付金额，维修费取工单最终金额。工单不存在或不是自己的为 404；状态不允许或已支付为 409；\n`wechat` 须带 `openid`。`test` 在生产环境为 403。支付 30 分钟内有效：预付款过期则工单关闭，维修费过期可重新创建。\n同一工单同一类型只有一个待支付订单：再次请求得到同一支付的参数（换了 `openid` 时先在微信关闭原来的单号）；换了支付方式时，原支付作废（记为\nfailed，之后付到的自动退回），另建一个；已过期而尚未关闭的为 409。微信没有应答为 503，支付仍为 pending，再次请求即继续。\n按时付了而工单已不需要的（重复支付、工单已关闭）自动全额退回。\n',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreatePaymentRequest' } } },
        },
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/CreatedPayment' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 权限不足',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 当前状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
          },
          '413': {
            description: '413 请求内容过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error413' } } },
          },
          '415': {
            description: '415 不支持的内容类型',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error415' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/payments/stats/summary': {
      get: {
        operationId: 'getSummary',
        tags: ['payments'],
        summary: '获取支付统计',
        description: '`total_amount` 是成功支付（含后来退款的）的金额合计；已过期的计入 `failed_count`。',
        security: [{ jwt: [] }],
        'x-permission': 'admin',
        parameters: [
          {
            name: 'date_range',
            in: 'query',
            description: 'JSON 字符串 {"start":"yyyy-MM-dd","end":"yyyy-MM-dd"}，按支付创建日（含两端）',
            schema: { type: 'string', maxLength: 100 },
          },
        ],
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/Summary' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 权限不足',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/payments/test/confirm': {
      post: {
        operationId: 'confirmTest',
        tags: ['payments'],
        summary: '测试支付确认（仅测试环境）',
        description: '生产环境为 404。只能确认自己的测试支付；重复确认不再生效，已过期的为 409。',
        security: [{ jwt: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ConfirmRequest' } } },
        },
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/Said' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 当前状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
          },
          '413': {
            description: '413 请求内容过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error413' } } },
          },
          '415': {
            description: '415 不支持的内容类型',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error415' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/payments/wechat/notify': {
      post: {
        operationId: 'receiveWechat',
        tags: ['payments'],
        summary: '微信支付回调',
        description:
          '微信支付 APIv2 的 XML 通知（支付与退款）。验签（MD5 或 HMAC-SHA256）后应答 XML；签名不符或不可读应答 FAIL。退款通知没有签名，向微信查询证实\n后才算数，一时查不到为 503。真实但无法应用的（金额不符、不认识的单号等）被保存并告警，应答成功。\n',
        security: [{ wechatSignature: [] }],
        requestBody: {
          required: true,
          content: {
            'text/xml': { schema: { type: 'string' } },
            'application/xml': { schema: { type: 'string' } },
          },
        },
        responses: {
          '200': { description: '已处理', content: { 'text/xml': { schema: { type: 'string' } } } },
          '401': { description: '签名不符或不可读', content: { 'text/xml': { schema: { type: 'string' } } } },
          '503': { description: '暂时无法证实', content: { 'text/xml': { schema: { type: 'string' } } } },
        },
      },
    },
    '/api/payments/{payment_no}': {
      get: {
        operationId: 'getPayment',
        tags: ['payments'],
        summary: '查询支付状态',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'payment_no',
            in: 'path',
            required: true,
            description: '支付单号',
            schema: { $ref: '#/components/schemas/PaymentNo' },
          },
        ],
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/PaymentAnswer' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/payments/{payment_no}/refund': {
      post: {
        operationId: 'applyRefund',
        tags: ['refunds'],
        summary: '申请退款',
        description:
          '对自己成功的支付申请全额退款，等待管理员处理；未支付、已申请或已退款为 409。被拒绝后可再次申请。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'payment_no',
            in: 'path',
            required: true,
            description: '支付单号',
            schema: { $ref: '#/components/schemas/PaymentNo' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: false,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefundRequest' } } },
        },
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/Said' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 当前状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
          },
          '413': {
            description: '413 请求内容过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error413' } } },
          },
          '415': {
            description: '415 不支持的内容类型',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error415' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
      put: {
        operationId: 'decideRefund',
        tags: ['refunds'],
        summary: '处理退款（管理员）',
        description: '通过则原路退回，退款的预付款关闭工单；没有待处理的申请为 409。失败后可再次通过。',
        security: [{ jwt: [] }],
        'x-permission': 'admin',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefundDecision' } } },
        },
        parameters: [
          {
            name: 'payment_no',
            in: 'path',
            required: true,
            description: '支付单号',
            schema: { $ref: '#/components/schemas/PaymentNo' },
          },
        ],
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/Said' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 权限不足',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 当前状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
          },
          '413': {
            description: '413 请求内容过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error413' } } },
          },
          '415': {
            description: '415 不支持的内容类型',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error415' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/orders/{id}/start': {
      put: {
        operationId: 'startRepair',
        tags: ['orders'],
        summary: '开始维修（电工）',
        description: '只有接单的电工，且维修费已付、没有在退款；否则 409。别人的工单为 404。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '工单 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/OrderAnswer' },
                  },
                },
              },
            },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未授权',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 权限不足',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 当前状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
          },
          '413': {
            description: '413 请求内容过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error413' } } },
          },
          '415': {
            description: '415 不支持的内容类型',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error415' } } },
          },
          '429': {
            description: '429 请求过于频繁，请稍后再试',
            headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error429' } } },
          },
          '500': {
            description: '500 服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '宿主平台签发' },
      wechatSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'sign',
        description: '微信支付 APIv2 的签名，在 XML 内',
      },
    },
    schemas: {
      Id: { type: 'integer', minimum: 1, maximum: 9007199254740991, description: '数字 ID，小于 2^53' },
      Count: { type: 'integer', minimum: 0 },
      Yuan: { type: 'number', format: 'yuan', minimum: 0, description: '金额，单位元，最多两位小数' },
      LocalTime: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$',
        description: '北京时间',
      },
      LocalTimeOrNull: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' },
      TextOrNull: { type: ['string', 'null'] },
      PaymentNo: {
        type: 'string',
        pattern: '^P\\d{18,31}$',
        description: '支付单号 P…，也是微信的商户订单号',
      },
      PaymentMethod: { type: 'string', enum: ['wechat', 'test'], description: 'test 仅在测试环境' },
      PaymentType: { type: 'string', enum: ['prepay', 'repair'], description: '预付款、维修费' },
      PaymentStatus: { type: 'string', enum: ['pending', 'success', 'failed', 'expired', 'refunded'] },
      RefundStatus: {
        type: 'string',
        enum: ['none', 'pending', 'processing', 'refunded', 'rejected', 'failed'],
        description: '退款：无、待处理、退款中、已退款、已拒绝、失败',
      },
      OrderStatus: {
        type: 'string',
        enum: [
          'pending_payment',
          'pending',
          'accepted',
          'pending_repair_payment',
          'repairing',
          'completed',
          'closed',
        ],
      },
      Said: {
        type: 'object',
        properties: { message: { type: 'string' } },
        additionalProperties: false,
        required: ['message'],
      },
      FieldErrors: {
        type: 'object',
        properties: { errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } } },
        additionalProperties: false,
        required: ['errors'],
      },
      FieldErrorsOrNull: { oneOf: [{ $ref: '#/components/schemas/FieldErrors' }, { type: 'null' }] },
      FieldError: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: { type: 'string' },
          message: { type: 'string' },
          code: { type: 'string', description: '该句的代码，见 docs/error-codes.md；没有代码的不出现' },
          params: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现顺序',
          },
        },
        additionalProperties: false,
      },
      CreatePaymentRequest: {
        type: 'object',
        required: ['order_id'],
        properties: {
          order_id: { $ref: '#/components/schemas/Id' },
          payment_method: { $ref: '#/components/schemas/PaymentMethod', default: 'wechat' },
          type: { $ref: '#/components/schemas/PaymentType', default: 'prepay' },
          openid: { type: 'string', minLength: 1, maxLength: 128 },
        },
        additionalProperties: false,
      },
      CreatedPayment: {
        type: 'object',
        description:
          '微信支付时另有调起支付的参数，`package` 为 prepay_id=…、signType 取 `sign_type`（未另行配置时为 MD5）',
        required: ['payment_id', 'payment_no', 'amount'],
        properties: {
          payment_id: { $ref: '#/components/schemas/Id' },
          payment_no: { $ref: '#/components/schemas/PaymentNo' },
          amount: { $ref: '#/components/schemas/Yuan' },
          prepay_id: { type: 'string' },
          sign: { type: 'string' },
          timestamp: { type: 'string', pattern: '^\\d{10}$' },
          nonce_str: { type: 'string' },
          sign_type: { type: 'string', enum: ['MD5', 'HMAC-SHA256'] },
        },
        additionalProperties: false,
      },
      PaymentAnswer: {
        type: 'object',
        properties: { payment: { $ref: '#/components/schemas/Payment' } },
        additionalProperties: false,
        required: ['payment'],
      },
      Payment: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          order_id: { $ref: '#/components/schemas/Id' },
          user_id: { $ref: '#/components/schemas/Id' },
          type: { $ref: '#/components/schemas/PaymentType' },
          amount: { $ref: '#/components/schemas/Yuan' },
          payment_method: { $ref: '#/components/schemas/PaymentMethod' },
          transaction_id: { $ref: '#/components/schemas/TextOrNull' },
          out_trade_no: { $ref: '#/components/schemas/PaymentNo' },
          status: { $ref: '#/components/schemas/PaymentStatus' },
          refund_status: { $ref: '#/components/schemas/RefundStatus' },
          paid_at: { $ref: '#/components/schemas/LocalTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'order_id',
          'user_id',
          'type',
          'amount',
          'payment_method',
          'transaction_id',
          'out_trade_no',
          'status',
          'refund_status',
          'paid_at',
        ],
      },
      PaymentPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PaymentEntry' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          limit: { type: 'integer', minimum: 1, maximum: 100 },
          pages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'limit', 'pages'],
      },
      PaymentEntry: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          order_id: { $ref: '#/components/schemas/Id' },
          type: { $ref: '#/components/schemas/PaymentType' },
          amount: { $ref: '#/components/schemas/Yuan' },
          payment_method: { $ref: '#/components/schemas/PaymentMethod' },
          out_trade_no: { $ref: '#/components/schemas/PaymentNo' },
          status: { $ref: '#/components/schemas/PaymentStatus' },
          refund_status: { $ref: '#/components/schemas/RefundStatus' },
          paid_at: { $ref: '#/components/schemas/LocalTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'order_id',
          'type',
          'amount',
          'payment_method',
          'out_trade_no',
          'status',
          'refund_status',
          'paid_at',
        ],
      },
      Summary: {
        type: 'object',
        properties: { stats: { $ref: '#/components/schemas/Stats' } },
        additionalProperties: false,
        required: ['stats'],
      },
      Stats: {
        type: 'object',
        properties: {
          pending_count: { $ref: '#/components/schemas/Count' },
          success_count: { $ref: '#/components/schemas/Count' },
          failed_count: { $ref: '#/components/schemas/Count' },
          refunded_count: { $ref: '#/components/schemas/Count' },
          total_amount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['pending_count', 'success_count', 'failed_count', 'refunded_count', 'total_amount'],
      },
      ConfirmRequest: {
        type: 'object',
        properties: { payment_no: { $ref: '#/components/schemas/PaymentNo' } },
        additionalProperties: false,
        required: ['payment_no'],
      },
      RefundRequest: {
        type: 'object',
        properties: { reason: { type: 'string', maxLength: 80, default: '用户申请退款' } },
        additionalProperties: false,
      },
      RefundDecision: {
        type: 'object',
        required: ['action'],
        properties: {
          action: { type: 'string', enum: ['approve', 'reject'] },
          admin_notes: { type: 'string', maxLength: 500 },
        },
        additionalProperties: false,
      },
      OrderAnswer: {
        type: 'object',
        properties: { order: { $ref: '#/components/schemas/StartedOrder' } },
        additionalProperties: false,
        required: ['order'],
      },
      StartedOrder: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          status: { $ref: '#/components/schemas/OrderStatus' },
        },
        additionalProperties: false,
        required: ['id', 'status'],
      },
      Error400: {
        type: 'object',
        description: '请求参数错误',
        properties: {
          code: { type: 'integer', const: 400 },
          message: { type: 'string', minLength: 1 },
          data: { $ref: '#/components/schemas/FieldErrorsOrNull' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error401: {
        type: 'object',
        description: '未授权',
        properties: {
          code: { type: 'integer', const: 401 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error403: {
        type: 'object',
        description: '权限不足',
        properties: {
          code: { type: 'integer', const: 403 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error404: {
        type: 'object',
        description: '资源不存在',
        properties: {
          code: { type: 'integer', const: 404 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error409: {
        type: 'object',
        description: '当前状态不允许此操作',
        properties: {
          code: { type: 'integer', const: 409 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error413: {
        type: 'object',
        description: '请求内容过大',
        properties: {
          code: { type: 'integer', const: 413 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error415: {
        type: 'object',
        description: '不支持的内容类型',
        properties: {
          code: { type: 'integer', const: 415 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error429: {
        type: 'object',
        description: '请求过于频繁，请稍后再试',
        properties: {
          code: { type: 'integer', const: 429 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error500: {
        type: 'object',
        description: '服务器内部错误',
        properties: {
          code: { type: 'integer', const: 500 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
      Error503: {
        type: 'object',
        description: '服务暂不可用，请稍后再试',
        properties: {
          code: { type: 'integer', const: 503 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data'],
      },
    },
  },
};
