// Generated from libs/contract/task by `npm run generate`. Do not edit.
import type { ApiDocument } from '../openapi.js';

/** 任务平台支付接口（收钱吧） as an OpenAPI 3.1 document. */
export const taskDocument: ApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: '任务平台支付接口（收钱吧）',
    version: '1.0',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description:
      '任务发布与接取的支付、退款、结算与余额。\n\n- 所有响应为 `{code, message, data}`，成功时 HTTP 200、`code` 为 200；失败时 `code` 与 HTTP 状态相同。收钱吧的回调应答文本 `success`。\n- 时间为 UTC ISO 8601，带 `Z`；`expire_time` 为 Unix 秒；金额单位为元，最多两位小数。\n- 除回调外都要 Bearer Token（宿主平台签发，HS256，`aud` 为 `task`，必须有 `exp`，`sub` 为数字用户 ID）；任务审核要求 `role` 为 `admin`。\n- 任务状态：pending_payment → pending_review（待审核）→ open（开放）→ in_progress（进行中）→ submitted（已提交）→ accepted（已验收）→\n  completed（已完成），以及 rejected、cancelled。\n- 交易状态：pending、paid、closed（未付而关闭）、refunding（有退款在途）、refunded（已全额退回）、failed（超时到账，已自动退回）；退款状态：\n  pending、processing、success、failed。\n- 结算一次为限：发布方与接取方应得之和不超过已收金额，其余为平台服务费。发布方的记入余额，接取方的经转账付出；\n  转账失败则退回其可用余额，由运营人员重试。\n- 创建类 POST 接受 `Idempotency-Key`。\n',
  },
  servers: [{ url: '/', description: '本服务' }],
  tags: [
    { name: 'pay', description: '支付' },
    { name: 'money', description: '结算与余额' },
    { name: 'callbacks', description: '收钱吧回调' },
    { name: 'tasks', description: '任务' },
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
    '/api/v1/pay/prepay': {
      post: {
        operationId: 'prepay',
        tags: ['pay'],
        summary: '预支付',
        description:
          '发布方为自己的任务付发布费，或被接受的申请者付接取费；金额须等于任务的相应费用。任务不存在或与自己无关为 404，状态不允许或已付为 409。已有待\n支付的订单时返回同一笔。15 分钟未付即关闭。`pay_url` 在浏览器或钱包内打开，`qrcode` 是同一地址的二维码。\n',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/PrepayRequest' } } },
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
                    data: { $ref: '#/components/schemas/Prepaid' },
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
    '/api/v1/pay/query': {
      get: {
        operationId: 'queryTrade',
        tags: ['pay'],
        summary: '支付查询',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'order_no',
            in: 'query',
            required: true,
            description: '订单号',
            schema: { $ref: '#/components/schemas/OrderNo' },
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
                    data: { $ref: '#/components/schemas/Trade' },
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
    '/api/v1/pay/refund': {
      post: {
        operationId: 'refundTrade',
        tags: ['pay'],
        summary: '退款',
        description:
          '付款人（或 admin）申请退款，可部分退款；合计不超过支付金额，超过为 400；状态不允许为 409。发布费在待审核与开放时可退，接取费在提交成果前可退，\nadmin 在结算前都可退。发布费全额退款后任务取消，已付的接取费一并退回；接取费全额退款后任务重新开放。\n',
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
                    data: { $ref: '#/components/schemas/Refund' },
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
    '/api/v1/pay/settlement': {
      post: {
        operationId: 'settle',
        tags: ['money'],
        summary: '任务结算',
        description:
          '发布方（或 admin）在验收后结算一次。两方应得之和超过已收金额为 400，发布方结算时接取方应得少于其所付接取费也为 400；未验收、已结算为 409。\n',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/SettlementRequest' } } },
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
    '/api/v1/pay/balance': {
      get: {
        operationId: 'getBalance',
        tags: ['money'],
        summary: '用户余额',
        description:
          '由账本得出。`total_income` 为结算应得之和，`total_expense` 为已付出的转账之和，`frozen_balance` 为正在付出的转账，`available_balance` 为可用余\n额；恒有 `total_income − total_expense = available_balance + frozen_balance`。\n',
        security: [{ jwt: [] }],
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
                    data: { $ref: '#/components/schemas/Balance' },
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
    '/api/v1/pay/transactions': {
      get: {
        operationId: 'listTransactions',
        tags: ['money'],
        summary: '交易记录',
        description: '自己的，最新的在前。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'page_size',
            in: 'query',
            description: '页大小',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
          {
            name: 'trade_type',
            in: 'query',
            description: '交易类型',
            schema: { $ref: '#/components/schemas/TradeType' },
          },
          {
            name: 'status',
            in: 'query',
            description: '交易状态',
            schema: { $ref: '#/components/schemas/TradeStatus' },
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
                    data: { $ref: '#/components/schemas/TradePage' },
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
    '/api/v1/pay/callback': {
      post: {
        operationId: 'payCallback',
        tags: ['callbacks'],
        summary: '支付回调',
        description:
          '参数按名称排序拼接，加商户密钥，MD5 大写为 `sign`。验签后核对金额；重复的回调同样应答 `success`。签名不符或不可读为 401，应答 `fail`。\n',
        security: [{ merchantSignature: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'object' } },
            'application/x-www-form-urlencoded': { schema: { type: 'object' } },
          },
        },
        responses: {
          '200': {
            description: '已处理',
            content: { 'text/plain': { schema: { type: 'string', const: 'success' } } },
          },
          '401': {
            description: '签名不符或不可读',
            content: { 'text/plain': { schema: { type: 'string', const: 'fail' } } },
          },
          '503': {
            description: '暂时无法确认',
            content: { 'text/plain': { schema: { type: 'string', const: 'fail' } } },
          },
        },
      },
    },
    '/api/v1/pay/refund_callback': {
      post: {
        operationId: 'refundCallback',
        tags: ['callbacks'],
        summary: '退款回调',
        description:
          '参数按名称排序拼接，加商户密钥，MD5 大写为 `sign`。验签后核对金额；重复的回调同样应答 `success`。签名不符或不可读为 401，应答 `fail`。\n',
        security: [{ merchantSignature: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'object' } },
            'application/x-www-form-urlencoded': { schema: { type: 'object' } },
          },
        },
        responses: {
          '200': {
            description: '已处理',
            content: { 'text/plain': { schema: { type: 'string', const: 'success' } } },
          },
          '401': {
            description: '签名不符或不可读',
            content: { 'text/plain': { schema: { type: 'string', const: 'fail' } } },
          },
          '503': {
            description: '暂时无法确认',
            content: { 'text/plain': { schema: { type: 'string', const: 'fail' } } },
          },
        },
      },
    },
    '/api/v1/pay/transfer_callback': {
      post: {
        operationId: 'transferCallback',
        tags: ['callbacks'],
        summary: '转账回调',
        description:
          '参数按名称排序拼接，加商户密钥，MD5 大写为 `sign`。验签后核对金额；重复的回调同样应答 `success`。签名不符或不可读为 401，应答 `fail`。\n',
        security: [{ merchantSignature: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'object' } },
            'application/x-www-form-urlencoded': { schema: { type: 'object' } },
          },
        },
        responses: {
          '200': {
            description: '已处理',
            content: { 'text/plain': { schema: { type: 'string', const: 'success' } } },
          },
          '401': {
            description: '签名不符或不可读',
            content: { 'text/plain': { schema: { type: 'string', const: 'fail' } } },
          },
          '503': {
            description: '暂时无法确认',
            content: { 'text/plain': { schema: { type: 'string', const: 'fail' } } },
          },
        },
      },
    },
    '/api/v1/tasks': {
      get: {
        operationId: 'listTasks',
        tags: ['tasks'],
        summary: '任务列表',
        description: '开放的任务与自己的任务，最新的在前；admin 见全部。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '任务状态',
            schema: { $ref: '#/components/schemas/TaskStatus' },
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
            description: '页大小',
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
                  required: ['code', 'message', 'data'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: 'success' },
                    data: { $ref: '#/components/schemas/TaskPage' },
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
        operationId: 'createTask',
        tags: ['tasks'],
        summary: '创建任务',
        description: '创建后为待支付，付发布费后待审核。',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateTaskRequest' } } },
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
                    data: { $ref: '#/components/schemas/Task' },
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
    '/api/v1/tasks/{id}': {
      get: {
        operationId: 'getTask',
        tags: ['tasks'],
        summary: '任务详情',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '任务 ID',
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
                    data: { $ref: '#/components/schemas/Task' },
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
    '/api/v1/tasks/{id}/review': {
      post: {
        operationId: 'reviewTask',
        tags: ['tasks'],
        summary: '审核任务',
        description: '通过则开放接取；拒绝则全额退回发布费。',
        security: [{ jwt: [] }],
        'x-permission': 'admin',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/TaskReview' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '任务 ID',
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
                    data: { $ref: '#/components/schemas/Task' },
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
    '/api/v1/tasks/{id}/take': {
      post: {
        operationId: 'takeTask',
        tags: ['tasks'],
        summary: '申请接取',
        description:
          '先到先得：占住 15 分钟以付接取费，付后进行中；接取费为 0 的直接进行中。自己的任务、已被占住的为 409。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '任务 ID',
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
                    data: { $ref: '#/components/schemas/Task' },
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
    '/api/v1/tasks/{id}/submit': {
      post: {
        operationId: 'submitTask',
        tags: ['tasks'],
        summary: '提交成果（接取方）',
        security: [{ jwt: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/TaskResult' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '任务 ID',
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
                    data: { $ref: '#/components/schemas/Task' },
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
    '/api/v1/tasks/{id}/accept': {
      post: {
        operationId: 'acceptTask',
        tags: ['tasks'],
        summary: '验收（发布方）',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '任务 ID',
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
                    data: { $ref: '#/components/schemas/Task' },
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
  },
  components: {
    securitySchemes: {
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '宿主平台签发' },
      merchantSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'sign',
        description: '参数按名称排序加商户密钥的 MD5 大写，在回调体内',
      },
    },
    schemas: {
      Id: { type: 'integer', minimum: 1, maximum: 9007199254740991, description: '数字 ID，小于 2^53' },
      IdOrNull: { type: ['integer', 'null'], minimum: 1, maximum: 9007199254740991 },
      Count: { type: 'integer', minimum: 0 },
      Yuan: { type: 'number', format: 'yuan', minimum: 0, description: '金额，单位元，最多两位小数' },
      PositiveYuan: { type: 'number', format: 'yuan', exclusiveMinimum: 0, maximum: 50000 },
      Instant: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
        description: 'UTC 时间',
      },
      InstantOrNull: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' },
      TextOrNull: { type: ['string', 'null'] },
      OrderNo: {
        type: 'string',
        pattern: '^SQ\\d{14,30}$',
        description: '订单号 SQ…，也是收钱吧的 client_sn',
      },
      RefundNo: { type: 'string', pattern: '^RF\\d{14,30}$' },
      TradeType: { type: 'string', enum: ['task_publish', 'task_take'] },
      TradeStatus: { type: 'string', enum: ['pending', 'paid', 'closed', 'refunding', 'refunded', 'failed'] },
      RefundStatus: { type: 'string', enum: ['pending', 'processing', 'success', 'failed'] },
      TaskStatus: {
        type: 'string',
        enum: [
          'pending_payment',
          'pending_review',
          'open',
          'in_progress',
          'submitted',
          'accepted',
          'completed',
          'rejected',
          'cancelled',
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
      PrepayRequest: {
        type: 'object',
        required: ['task_id', 'order_type', 'amount'],
        properties: {
          task_id: { $ref: '#/components/schemas/Id' },
          order_type: { $ref: '#/components/schemas/TradeType' },
          amount: { $ref: '#/components/schemas/PositiveYuan' },
          return_url: { type: 'string', format: 'uri', maxLength: 500 },
          client_ip: { type: 'string', maxLength: 45 },
          remark: { type: 'string', maxLength: 100 },
        },
        additionalProperties: false,
      },
      Prepaid: {
        type: 'object',
        properties: {
          order_no: { $ref: '#/components/schemas/OrderNo' },
          trade_no: { type: 'string', description: '收钱吧的订单号；付款前为空文本' },
          pay_url: { type: 'string', format: 'uri', description: '在浏览器打开的支付页' },
          qrcode: { type: 'string', pattern: '^data:image/png;base64,', description: '支付二维码' },
          amount: { $ref: '#/components/schemas/Yuan' },
          expire_time: { type: 'integer', minimum: 0, description: 'Unix 秒' },
        },
        additionalProperties: false,
        required: ['order_no', 'trade_no', 'pay_url', 'qrcode', 'amount', 'expire_time'],
      },
      Trade: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          order_no: { $ref: '#/components/schemas/OrderNo' },
          trade_no: { $ref: '#/components/schemas/TextOrNull' },
          user_id: { $ref: '#/components/schemas/Id' },
          task_id: { $ref: '#/components/schemas/Id' },
          trade_type: { $ref: '#/components/schemas/TradeType' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/TradeStatus' },
          pay_time: { $ref: '#/components/schemas/InstantOrNull' },
          pay_method: { $ref: '#/components/schemas/TextOrNull' },
          transaction_id: { $ref: '#/components/schemas/TextOrNull' },
          created_at: { $ref: '#/components/schemas/Instant' },
          updated_at: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: [
          'id',
          'order_no',
          'trade_no',
          'user_id',
          'task_id',
          'trade_type',
          'amount',
          'status',
          'pay_time',
          'pay_method',
          'transaction_id',
          'created_at',
          'updated_at',
        ],
      },
      TradeEntry: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          order_no: { $ref: '#/components/schemas/OrderNo' },
          trade_no: { $ref: '#/components/schemas/TextOrNull' },
          user_id: { $ref: '#/components/schemas/Id' },
          task_id: { $ref: '#/components/schemas/Id' },
          trade_type: { $ref: '#/components/schemas/TradeType' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/TradeStatus' },
          pay_time: { $ref: '#/components/schemas/InstantOrNull' },
          pay_method: { $ref: '#/components/schemas/TextOrNull' },
          created_at: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: [
          'id',
          'order_no',
          'trade_no',
          'user_id',
          'task_id',
          'trade_type',
          'amount',
          'status',
          'pay_time',
          'pay_method',
          'created_at',
        ],
      },
      TradePage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/TradeEntry' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          page_size: { type: 'integer', minimum: 1, maximum: 100 },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'page_size'],
      },
      RefundRequest: {
        type: 'object',
        properties: {
          order_no: { $ref: '#/components/schemas/OrderNo' },
          amount: { $ref: '#/components/schemas/PositiveYuan' },
          reason: { type: 'string', minLength: 1, maxLength: 80 },
        },
        additionalProperties: false,
        required: ['order_no', 'amount', 'reason'],
      },
      Refund: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          refund_no: { $ref: '#/components/schemas/RefundNo' },
          trade_id: { $ref: '#/components/schemas/Id' },
          order_no: { $ref: '#/components/schemas/OrderNo' },
          user_id: { $ref: '#/components/schemas/Id' },
          task_id: { $ref: '#/components/schemas/Id' },
          amount: { $ref: '#/components/schemas/Yuan' },
          reason: { type: 'string' },
          status: { $ref: '#/components/schemas/RefundStatus' },
          refund_time: { $ref: '#/components/schemas/InstantOrNull' },
          created_at: { $ref: '#/components/schemas/Instant' },
          updated_at: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: [
          'id',
          'refund_no',
          'trade_id',
          'order_no',
          'user_id',
          'task_id',
          'amount',
          'reason',
          'status',
          'refund_time',
          'created_at',
          'updated_at',
        ],
      },
      SettlementRequest: {
        type: 'object',
        properties: {
          task_id: { $ref: '#/components/schemas/Id' },
          publisher_amount: { type: 'number', format: 'yuan', minimum: 0, maximum: 100000 },
          taker_amount: { type: 'number', format: 'yuan', minimum: 0, maximum: 100000 },
        },
        additionalProperties: false,
        required: ['task_id', 'publisher_amount', 'taker_amount'],
      },
      Balance: {
        type: 'object',
        properties: {
          user_id: { $ref: '#/components/schemas/Id' },
          total_income: { $ref: '#/components/schemas/Yuan' },
          total_expense: { $ref: '#/components/schemas/Yuan' },
          available_balance: { $ref: '#/components/schemas/Yuan' },
          frozen_balance: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['user_id', 'total_income', 'total_expense', 'available_balance', 'frozen_balance'],
      },
      CreateTaskRequest: {
        type: 'object',
        required: ['title', 'publish_fee', 'take_fee'],
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 100 },
          description: { type: 'string', maxLength: 2000 },
          publish_fee: { $ref: '#/components/schemas/PositiveYuan' },
          take_fee: { type: 'number', format: 'yuan', minimum: 0, maximum: 50000 },
        },
        additionalProperties: false,
      },
      TaskReview: {
        type: 'object',
        required: ['action'],
        properties: {
          action: { type: 'string', enum: ['approve', 'reject'] },
          reason: { type: 'string', maxLength: 200 },
        },
        additionalProperties: false,
      },
      TaskResult: {
        type: 'object',
        properties: { result: { type: 'string', minLength: 1, maxLength: 2000 } },
        additionalProperties: false,
        required: ['result'],
      },
      Task: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          title: { type: 'string' },
          description: { type: 'string' },
          publisher_id: { $ref: '#/components/schemas/Id' },
          taker_id: { $ref: '#/components/schemas/IdOrNull' },
          publish_fee: { $ref: '#/components/schemas/Yuan' },
          take_fee: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/TaskStatus' },
          result: { $ref: '#/components/schemas/TextOrNull' },
          created_at: { $ref: '#/components/schemas/Instant' },
          updated_at: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: [
          'id',
          'title',
          'description',
          'publisher_id',
          'taker_id',
          'publish_fee',
          'take_fee',
          'status',
          'result',
          'created_at',
          'updated_at',
        ],
      },
      TaskPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Task' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          page_size: { type: 'integer', minimum: 1, maximum: 100 },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'page_size'],
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
