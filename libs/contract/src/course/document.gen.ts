// Generated from libs/contract/course by `npm run generate`. Do not edit.
import type { ApiDocument } from '../openapi.js';

/** 课程平台支付接口 as an OpenAPI 3.1 document. */
export const courseDocument: ApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: '课程平台支付接口',
    version: '1.0',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description:
      '课程报名与预约的支付、退款与统计。\n\n- 所有响应为 `{code, message, data, timestamp}`，成功时 HTTP 200、`code` 为 0；失败时 `code` 与 HTTP 状态相同。\n- 时间（含 `timestamp`）为 UTC ISO 8601，带 `Z`；金额单位为元，最多两位小数。\n- 除支付回调外都要 Bearer Token（宿主平台签发，HS256，`aud` 为 `course`，必须有 `exp`，`sub` 为用户）；统计要求 `role` 为 `admin`。\n- 普通用户只见自己的支付与退款；别人的按不存在处理（404）。\n- 支付状态：pending → completed | failed | cancelled。请求金额必须等于报名或预约的应付金额。\n- 退款：支付后 15 天内，可多次部分退款，合计不超过支付金额。退款状态：pending、processing、completed、failed。\n- 创建类 POST 接受 `Idempotency-Key`。\n',
  },
  servers: [{ url: '/', description: '本服务' }],
  tags: [
    { name: 'payments', description: '支付' },
    { name: 'refunds', description: '退款' },
    { name: 'stats', description: '统计' },
  ],
  'x-roles': {},
  'x-error-codes': {
    '400': { message: '请求参数错误', status: 400 },
    '401': { message: '未授权', status: 401 },
    '403': { message: '禁止访问', status: 403 },
    '404': { message: '订单不存在', status: 404 },
    '409': { message: '订单状态不允许操作', status: 409 },
    '413': { message: '请求内容过大', status: 413 },
    '415': { message: '不支持的内容类型', status: 415 },
    '422': { message: '数据验证失败', status: 422 },
    '429': { message: '请求过于频繁，请稍后再试', status: 429 },
    '500': { message: '服务器内部错误', status: 500 },
    '503': { message: '服务暂不可用，请稍后再试', status: 503 },
  },
  paths: {
    '/payments/orders': {
      post: {
        operationId: 'createOrder',
        tags: ['payments'],
        summary: '创建支付订单',
        description:
          '为自己的报名或预约创建支付，30 分钟内（预约则至迟在开始前）有效。应付金额不符为 400；报名或预约不存在为 404；已付、已取消、已退款或预约已开始为\n409；支付方式停用或金额超出其限额为 422；微信支付没有响应为 503。已有待支付的支付时，同一方式返回同一笔，换一种方式会取消前一笔：此后付到前一\n笔的钱自动全额退回。重复支付也自动全额退回。\n',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateOrderRequest' } } },
        },
        responses: {
          '200': {
            description: '支付订单创建成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: '支付订单创建成功' },
                    data: { $ref: '#/components/schemas/CreatedOrder' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
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
            description: '404 订单不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 订单状态不允许操作',
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
          '422': {
            description: '422 数据验证失败',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error422' } } },
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
    '/payments/orders/{order_id}/status': {
      get: {
        operationId: 'getOrderStatus',
        tags: ['payments'],
        summary: '查询支付状态',
        description:
          '该报名或预约最近一笔支付。超过有效期未付为 failed，换了支付方式或报名、预约被取消为 cancelled。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'order_id',
            in: 'path',
            required: true,
            description: '报名或预约 ID',
            schema: { $ref: '#/components/schemas/Uuid' },
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
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/OrderStatus' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
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
            description: '404 订单不存在',
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
    '/payments/history': {
      get: {
        operationId: 'listHistory',
        tags: ['payments'],
        summary: '获取支付历史',
        description:
          '最新的在前，支付与退款在一起。`type` 为 `refund` 的是退款：`id` 为退款 ID，`amount` 为退款金额，`order_id` 为原报名或预约，`description` 为退款原因，\n`paid_at` 为到账时间，处理中显示为 pending。日期按创建日。`role` 为 `admin` 时列出所有人的。\n',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'type',
            in: 'query',
            description: '支付类型',
            schema: { type: 'string', enum: ['course_enrollment', 'appointment', 'refund'] },
          },
          {
            name: 'status',
            in: 'query',
            description: '支付状态',
            schema: { $ref: '#/components/schemas/PaymentStatus' },
          },
          {
            name: 'start_date',
            in: 'query',
            description: '开始日期（含，北京时间）',
            schema: { $ref: '#/components/schemas/Date' },
          },
          {
            name: 'end_date',
            in: 'query',
            description: '结束日期（含，北京时间）',
            schema: { $ref: '#/components/schemas/Date' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'page_size',
            in: 'query',
            description: '每页数量',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
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
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/History' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
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
    },
    '/payments/methods': {
      get: {
        operationId: 'listMethods',
        tags: ['payments'],
        summary: '获取支付方式列表',
        security: [{ jwt: [] }],
        responses: {
          '200': {
            description: 'success',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/Methods' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
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
    },
    '/payments/pages/{payment_id}': {
      get: {
        operationId: 'openPaymentPage',
        tags: ['payments'],
        summary: '支付页',
        description:
          '`payment_url` 指向这里，由付款人的浏览器打开，无需 Token：手机与电脑各去往该支付方式相应的页面；电脑上的微信支付显示二维码。已付或已失效为 409。\n',
        security: [],
        parameters: [
          {
            name: 'payment_id',
            in: 'path',
            required: true,
            description: '支付 ID',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
        ],
        responses: {
          '200': {
            description: '去往支付平台的网页',
            content: { 'text/html': { schema: { type: 'string' } } },
          },
          '400': {
            description: '请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '404': {
            description: '订单不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '订单状态不允许操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
          },
          '500': {
            description: '服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/payments/webhook/{gateway}': {
      post: {
        operationId: 'receiveWebhook',
        tags: ['payments'],
        summary: '支付回调处理',
        description:
          '网关的通知原文。JSON 体 `{order_id, transaction_id, status, amount, signature}` 的 `signature` 是以该网关密钥对其余字段的 HMAC-SHA256（十六进制\n小写）：字段按名称排序，`k=v` 以 `&` 连接，金额写两位小数；`order_id` 是 `payment_id`；可另有 `paid_at`（支付时间，ISO 8601）。`status` 不是\n`success` 的只应答，支付仍可继续。支付宝与微信支付的真实通知按其协议验签；表单按支付宝的要求应答纯文本 `success` 或 `fail`。\n签名不符为 401；找不到支付或未开通该网关为 404；金额不符等真实但无法应用的通知会被保存并告警，仍应答成功。重复通知不再生效。\n',
        security: [{ gatewaySignature: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'object' } },
            'application/x-www-form-urlencoded': { schema: { type: 'object' } },
          },
        },
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '支付网关',
            schema: { $ref: '#/components/schemas/PaymentMethod' },
          },
        ],
        responses: {
          '200': {
            description: '回调处理成功',
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/ProcessedAnswer' } },
              'text/plain': { schema: { type: 'string', const: 'success' } },
            },
          },
          '400': {
            description: '请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '签名不符或内容不可读',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '404': {
            description: '订单不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '413': {
            description: '请求内容过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error413' } } },
          },
          '415': {
            description: '不支持的内容类型',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error415' } } },
          },
          '500': {
            description: '服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error500' } } },
          },
          '503': {
            description: '暂时无法向支付平台核实，请稍后重发',
            content: {
              'application/json': { schema: { type: 'object' } },
              'text/plain': { schema: { type: 'string' } },
            },
          },
        },
      },
    },
    '/payments/refunds': {
      post: {
        operationId: 'requestRefund',
        tags: ['refunds'],
        summary: '申请退款',
        description:
          '对自己完成的支付申请退款，原路退回。支付不存在为 404；未完成、超过 15 天为 409；金额超过剩余可退为 422。全部退完后报名或预约失效。\n',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefundRequest' } } },
        },
        responses: {
          '200': {
            description: '退款申请提交成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: '退款申请提交成功' },
                    data: { $ref: '#/components/schemas/RequestedRefund' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
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
            description: '404 订单不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 订单状态不允许操作',
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
          '422': {
            description: '422 数据验证失败',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error422' } } },
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
    '/payments/refunds/{refund_id}/status': {
      get: {
        operationId: 'getRefundStatus',
        tags: ['refunds'],
        summary: '查询退款状态',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'refund_id',
            in: 'path',
            required: true,
            description: '退款 ID',
            schema: { $ref: '#/components/schemas/Uuid' },
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
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/RefundState' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
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
            description: '404 订单不存在',
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
    '/payments/stats': {
      get: {
        operationId: 'getStats',
        tags: ['stats'],
        summary: '获取支付统计',
        description:
          '`period` 为包含今天的自然周期（北京时间，一周从周一起），默认本月；给出日期时以日期为准，最长 366 天：只给开始日期则到今天，只给结束日期则从其所在\n周期的第一天起。金额、笔数与退款都按支付创建日统计：`total_amount` 与每日 `amount` 为完成的支付，`total_transactions` 与每日 `transactions` 为所有支付，\n`failed_transactions` 为过期未付的支付，退款为已到账的。方式分布为完成支付的金额占比（百分数）。\n',
        security: [{ jwt: [] }],
        'x-permission': 'admin',
        parameters: [
          {
            name: 'period',
            in: 'query',
            description: '统计周期',
            schema: { type: 'string', enum: ['day', 'week', 'month', 'quarter', 'year'], default: 'month' },
          },
          {
            name: 'start_date',
            in: 'query',
            description: '开始日期（含，北京时间）',
            schema: { $ref: '#/components/schemas/Date' },
          },
          {
            name: 'end_date',
            in: 'query',
            description: '结束日期（含，北京时间）',
            schema: { $ref: '#/components/schemas/Date' },
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
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 0 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/StatsAnswer' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
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
            description: '403 禁止访问',
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
  },
  components: {
    securitySchemes: {
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '宿主平台签发' },
      gatewaySignature: { type: 'apiKey', in: 'header', name: 'signature', description: '支付网关的签名' },
    },
    schemas: {
      Uuid: { type: 'string', format: 'uuid' },
      Count: { type: 'integer', minimum: 0 },
      Yuan: { type: 'number', format: 'yuan', minimum: 0, description: '金额，单位元，最多两位小数' },
      Percent: {
        type: 'number',
        format: 'percent',
        minimum: 0,
        maximum: 100,
        description: '百分比，最多两位小数',
      },
      Instant: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
        description: 'UTC 时间',
      },
      InstantOrNull: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' },
      Timestamp: { $ref: '#/components/schemas/Instant' },
      Date: { type: 'string', format: 'date', description: '日期 yyyy-MM-dd' },
      TextOrNull: { type: ['string', 'null'] },
      OrderType: {
        type: 'string',
        enum: ['course_enrollment', 'appointment'],
        description: '课程报名、预约',
      },
      PaymentMethod: { type: 'string', enum: ['alipay', 'wechat', 'bank_card'] },
      PaymentStatus: { type: 'string', enum: ['pending', 'completed', 'failed', 'cancelled'] },
      RefundStatus: { type: 'string', enum: ['pending', 'processing', 'completed', 'failed'] },
      Metadata: {
        type: 'object',
        description: '原样保存与返回的附加信息，最多 20 项',
        maxProperties: 20,
        additionalProperties: { type: ['string', 'number', 'boolean', 'null'], maxLength: 500 },
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
      CreateOrderRequest: {
        type: 'object',
        required: ['order_type', 'order_id', 'amount', 'payment_method'],
        properties: {
          order_type: { $ref: '#/components/schemas/OrderType' },
          order_id: { $ref: '#/components/schemas/Uuid' },
          amount: { type: 'number', format: 'yuan', exclusiveMinimum: 0, maximum: 100000 },
          currency: { type: 'string', const: 'CNY', default: 'CNY' },
          payment_method: { $ref: '#/components/schemas/PaymentMethod' },
          description: { type: 'string', maxLength: 200 },
          metadata: { $ref: '#/components/schemas/Metadata' },
        },
        additionalProperties: false,
      },
      CreatedOrder: {
        type: 'object',
        properties: {
          order_id: { $ref: '#/components/schemas/Uuid' },
          payment_id: { $ref: '#/components/schemas/Uuid' },
          payment_url: { type: 'string', format: 'uri', description: '在浏览器打开的支付页' },
          qr_code: { type: 'string', format: 'uri', description: '支付二维码图片（PNG 的 data URI）' },
          expires_at: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: ['order_id', 'payment_id', 'payment_url', 'qr_code', 'expires_at'],
      },
      OrderStatus: {
        type: 'object',
        properties: {
          order_id: { $ref: '#/components/schemas/Uuid' },
          payment_id: { $ref: '#/components/schemas/Uuid' },
          status: { $ref: '#/components/schemas/PaymentStatus' },
          amount: { $ref: '#/components/schemas/Yuan' },
          currency: { type: 'string', const: 'CNY' },
          payment_method: { $ref: '#/components/schemas/PaymentMethod' },
          paid_at: { $ref: '#/components/schemas/InstantOrNull' },
          transaction_id: { $ref: '#/components/schemas/TextOrNull' },
        },
        additionalProperties: false,
        required: [
          'order_id',
          'payment_id',
          'status',
          'amount',
          'currency',
          'payment_method',
          'paid_at',
          'transaction_id',
        ],
      },
      History: {
        type: 'object',
        properties: {
          payments: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/HistoryEntry' } },
          pagination: { $ref: '#/components/schemas/Pagination' },
        },
        additionalProperties: false,
        required: ['payments', 'pagination'],
      },
      HistoryEntry: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Uuid' },
          order_id: { $ref: '#/components/schemas/Uuid' },
          type: { type: 'string', enum: ['course_enrollment', 'appointment', 'refund'] },
          amount: { $ref: '#/components/schemas/Yuan' },
          currency: { type: 'string', const: 'CNY' },
          payment_method: { $ref: '#/components/schemas/PaymentMethod' },
          status: { $ref: '#/components/schemas/PaymentStatus' },
          description: { type: 'string' },
          created_at: { $ref: '#/components/schemas/Instant' },
          paid_at: { $ref: '#/components/schemas/InstantOrNull' },
          transaction_id: { $ref: '#/components/schemas/TextOrNull' },
          metadata: { $ref: '#/components/schemas/Metadata' },
        },
        additionalProperties: false,
        required: [
          'id',
          'order_id',
          'type',
          'amount',
          'currency',
          'payment_method',
          'status',
          'description',
          'created_at',
          'paid_at',
          'transaction_id',
          'metadata',
        ],
      },
      Pagination: {
        type: 'object',
        properties: {
          page: { type: 'integer', minimum: 1 },
          page_size: { type: 'integer', minimum: 1, maximum: 100 },
          total: { $ref: '#/components/schemas/Count' },
          total_pages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['page', 'page_size', 'total', 'total_pages'],
      },
      Methods: {
        type: 'object',
        properties: { payment_methods: { type: 'array', items: { $ref: '#/components/schemas/Method' } } },
        additionalProperties: false,
        required: ['payment_methods'],
      },
      Method: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/PaymentMethod' },
          name: { type: 'string' },
          icon: { type: 'string', format: 'uri' },
          enabled: { type: 'boolean' },
          min_amount: { $ref: '#/components/schemas/Yuan' },
          max_amount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['id', 'name', 'icon', 'enabled', 'min_amount', 'max_amount'],
      },
      ProcessedAnswer: {
        type: 'object',
        properties: {
          code: { type: 'integer', const: 0 },
          message: { type: 'string', const: '回调处理成功' },
          data: { $ref: '#/components/schemas/Processed' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Processed: {
        type: 'object',
        properties: { processed: { type: 'boolean', const: true } },
        additionalProperties: false,
        required: ['processed'],
      },
      RefundRequest: {
        type: 'object',
        required: ['payment_id', 'amount', 'reason'],
        properties: {
          payment_id: { $ref: '#/components/schemas/Uuid' },
          amount: { type: 'number', format: 'yuan', exclusiveMinimum: 0, maximum: 100000 },
          reason: { type: 'string', minLength: 1, maxLength: 80 },
          description: { type: 'string', maxLength: 500 },
        },
        additionalProperties: false,
      },
      RequestedRefund: {
        type: 'object',
        properties: {
          refund_id: { $ref: '#/components/schemas/Uuid' },
          status: { $ref: '#/components/schemas/RefundStatus' },
          estimated_completion_time: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: ['refund_id', 'status', 'estimated_completion_time'],
      },
      RefundState: {
        type: 'object',
        properties: {
          refund_id: { $ref: '#/components/schemas/Uuid' },
          payment_id: { $ref: '#/components/schemas/Uuid' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/RefundStatus' },
          reason: { type: 'string' },
          created_at: { $ref: '#/components/schemas/Instant' },
          completed_at: { $ref: '#/components/schemas/InstantOrNull' },
          refund_transaction_id: { $ref: '#/components/schemas/TextOrNull' },
        },
        additionalProperties: false,
        required: [
          'refund_id',
          'payment_id',
          'amount',
          'status',
          'reason',
          'created_at',
          'completed_at',
          'refund_transaction_id',
        ],
      },
      StatsAnswer: {
        type: 'object',
        properties: { stats: { $ref: '#/components/schemas/Stats' } },
        additionalProperties: false,
        required: ['stats'],
      },
      Stats: {
        type: 'object',
        properties: {
          total_amount: { $ref: '#/components/schemas/Yuan' },
          total_transactions: { $ref: '#/components/schemas/Count' },
          successful_transactions: { $ref: '#/components/schemas/Count' },
          failed_transactions: { $ref: '#/components/schemas/Count' },
          refund_amount: { $ref: '#/components/schemas/Yuan' },
          refund_count: { $ref: '#/components/schemas/Count' },
          payment_methods_distribution: { $ref: '#/components/schemas/Distribution' },
          daily_stats: { type: 'array', maxItems: 366, items: { $ref: '#/components/schemas/DailyStats' } },
        },
        additionalProperties: false,
        required: [
          'total_amount',
          'total_transactions',
          'successful_transactions',
          'failed_transactions',
          'refund_amount',
          'refund_count',
          'payment_methods_distribution',
          'daily_stats',
        ],
      },
      Distribution: {
        type: 'object',
        properties: {
          alipay: { $ref: '#/components/schemas/Percent' },
          wechat: { $ref: '#/components/schemas/Percent' },
          bank_card: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['alipay', 'wechat', 'bank_card'],
      },
      DailyStats: {
        type: 'object',
        properties: {
          date: { $ref: '#/components/schemas/Date' },
          amount: { $ref: '#/components/schemas/Yuan' },
          transactions: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['date', 'amount', 'transactions'],
      },
      Error400: {
        type: 'object',
        description: '请求参数错误',
        properties: {
          code: { type: 'integer', const: 400 },
          message: { type: 'string', minLength: 1 },
          data: { $ref: '#/components/schemas/FieldErrorsOrNull' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error401: {
        type: 'object',
        description: '未授权',
        properties: {
          code: { type: 'integer', const: 401 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error403: {
        type: 'object',
        description: '禁止访问',
        properties: {
          code: { type: 'integer', const: 403 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error404: {
        type: 'object',
        description: '订单不存在',
        properties: {
          code: { type: 'integer', const: 404 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error409: {
        type: 'object',
        description: '订单状态不允许操作',
        properties: {
          code: { type: 'integer', const: 409 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error413: {
        type: 'object',
        description: '请求内容过大',
        properties: {
          code: { type: 'integer', const: 413 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error415: {
        type: 'object',
        description: '不支持的内容类型',
        properties: {
          code: { type: 'integer', const: 415 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error422: {
        type: 'object',
        description: '数据验证失败',
        properties: {
          code: { type: 'integer', const: 422 },
          message: { type: 'string', minLength: 1 },
          data: { $ref: '#/components/schemas/FieldErrorsOrNull' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error429: {
        type: 'object',
        description: '请求过于频繁，请稍后再试',
        properties: {
          code: { type: 'integer', const: 429 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error500: {
        type: 'object',
        description: '服务器内部错误',
        properties: {
          code: { type: 'integer', const: 500 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
      Error503: {
        type: 'object',
        description: '服务暂不可用，请稍后再试',
        properties: {
          code: { type: 'integer', const: 503 },
          message: { type: 'string', minLength: 1 },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: {
            type: 'array',
            items: { type: ['string', 'number'] },
            description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
          },
        },
        required: ['code', 'message', 'data', 'timestamp'],
        additionalProperties: false,
      },
    },
  },
};
