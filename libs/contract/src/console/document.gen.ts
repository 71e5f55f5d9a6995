// Generated from libs/contract/console by `npm run generate`. Do not edit.
import type { ApiDocument } from '../openapi.js';

/** 支付中心（管理后台） as an OpenAPI 3.1 document. */
export const consoleDocument: ApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: '支付中心（管理后台）',
    version: '1.0',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description:
      '五条业务线的订单、退款、转账与通知，以及课程、健身房、任务、电工平台的业务对象。\n\n- 登录、权限、外壳、时间与金额的约定同训练营接口的管理后台部分：`{code, message, data, timestamp}`，成功 `code` 200。\n- `pay:read` 查看，`pay:write` 修改业务对象与处理退款，`refund:audit` 决定挂账款项与渠道无法完成的退款；`pay:books` 处理对账差异与告警；`camp:sync` 导入打卡；`system:jobs` 查看与处理后台任务，仅超级管理员；其余超级管理员与管理员都有；财务有 `pay:read` 与 `pay:books`。\n',
  },
  servers: [{ url: '/', description: '本服务' }],
  tags: [
    { name: 'payments', description: '各业务线的订单、退款与转账' },
    { name: 'stops', description: '止付' },
    { name: 'approvals', description: '第二人确认' },
    { name: 'alerts', description: '告警' },
    { name: 'reconciliation', description: '渠道账单与对账差异' },
    { name: 'course', description: '课程平台' },
    { name: 'gym', description: '健身房' },
    { name: 'task', description: '任务平台' },
    { name: 'work-order', description: '电工平台' },
    { name: 'checkin-uploads', description: '训练营打卡的人工导入' },
    { name: 'jobs', description: '后台任务' },
  ],
  'x-roles': {
    admin: ['pay:*', 'refund:*', 'camp:*', 'system:*'],
    manager: ['pay:*', 'refund:*', 'camp:*'],
    coach: [],
    volunteer: [],
    finance: ['pay:read', 'pay:books', 'refund:read', 'camp:read'],
  },
  'x-error-codes': {
    '400': { message: '请求参数错误', status: 400 },
    '401': { message: '未认证或Token过期', status: 401 },
    '403': { message: '无权限', status: 403 },
    '404': { message: '资源不存在', status: 404 },
    '409': { message: '当前状态不允许此操作', status: 409 },
    '413': { message: '请求内容过大', status: 413 },
    '415': { message: '不支持的内容类型', status: 415 },
    '429': { message: '请求过于频繁，请稍后再试', status: 429 },
    '500': { message: '服务器内部错误', status: 500 },
    '503': { message: '服务暂不可用，请稍后再试', status: 503 },
  },
  paths: {
    '/api/admin/pay/statements': {
      get: {
        operationId: 'listPayStatements',
        tags: ['reconciliation'],
        summary: '商户账户的资金账单',
        description:
          '每个有资金账单的渠道每天一份，最近的日期在前：账户的期初、收入、支出、期末，及付款、退款、手续费、提现、其他各自的净额。\n`waiting` 尚未取到，`broken` 取到但不可信，都会再取，已读入的内容不变；`none` 当日没有变动。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'gateway', in: 'query', description: '渠道', schema: { type: 'string', maxLength: 32 } },
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayBillState' },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '账单日期，从',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '账单日期，到（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayStatementPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/statements/{gateway}/{day}': {
      get: {
        operationId: 'getPayStatement',
        tags: ['reconciliation'],
        summary: '一天的资金账单',
        description: '不存在为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '渠道',
            schema: { type: 'string', maxLength: 32 },
          },
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '账单日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayStatement' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/statements/{gateway}/{day}/movements': {
      get: {
        operationId: 'listPayMovements',
        tags: ['reconciliation'],
        summary: '商户账户的资金变动',
        description: '最近一次完整读入的各行，按账单中的顺序；不含对方的姓名与账号。没有这份账单为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '渠道',
            schema: { type: 'string', maxLength: 32 },
          },
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '账单日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'kind',
            in: 'query',
            description: '种类',
            schema: { $ref: '#/components/schemas/PayMovementKind' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayMovementPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/statements/{gateway}/{day}/fetch': {
      post: {
        operationId: 'fetchPayStatement',
        tags: ['reconciliation'],
        summary: '立即重新获取资金账单',
        description:
          '排入后台，几秒内开始；结果见 `readAt`、`reason`。可重复调用，已排入的不会再排一次。\n限今天之前的 366 天内，否则为 400；渠道没有资金账单的为 404。每个网络每分钟最多 10 次，超过为 429。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '渠道',
            schema: { type: 'string', maxLength: 32 },
          },
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '账单日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
        ],
        responses: {
          '200': {
            description: '已排入获取',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已排入获取' },
                    data: { $ref: '#/components/schemas/PayStatement' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
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
    '/api/admin/pay/withdrawals': {
      get: {
        operationId: 'listPayWithdrawals',
        tags: ['reconciliation'],
        summary: '提现',
        description: '从商户账户提现到银行的款项，最新的在前；由人确认是否到账，三天无人确认则告警。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'gateway', in: 'query', description: '渠道', schema: { type: 'string', maxLength: 32 } },
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayWithdrawalState' },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '账单日期，从',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '账单日期，到（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayWithdrawalPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/withdrawals/{id}/confirm': {
      post: {
        operationId: 'confirmPayWithdrawal',
        tags: ['reconciliation'],
        summary: '确认提现是否到账',
        description:
          '`arrived` 为真：银行已到账，`note` 为银行的流水号或回单号；为假：查明没有到账，随即告警，之后到账可再确认。账目不因此改动。\n不存在为 404，已确认到账的、账单更正后金额已不是 `amount` 的为 409。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ConfirmPayWithdrawal' } } },
        },
        responses: {
          '200': {
            description: '已记录',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已记录' },
                    data: { $ref: '#/components/schemas/PayWithdrawal' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/alerts': {
      get: {
        operationId: 'listPayAlerts',
        tags: ['alerts'],
        summary: '告警',
        description:
          '需要人看一眼的事，重复发生的合为一条（`times`），同时推送到群机器人（同一条一天至多一次）。未解决的在前，其中最近发生的在前；已解决的最近解决的在前，\n保留 180 天。`open` 为未解决的条数，`unseen` 为其中还没有人看过的，不受筛选影响。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayAlertState' },
          },
          {
            name: 'kind',
            in: 'query',
            description: '种类',
            schema: { $ref: '#/components/schemas/PayAlertKind' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayAlertPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/alerts/{id}': {
      get: {
        operationId: 'getPayAlert',
        tags: ['alerts'],
        summary: '一条告警',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayAlert' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/alerts/{id}/see': {
      post: {
        operationId: 'seePayAlert',
        tags: ['alerts'],
        summary: '标明看过',
        description: '记下第一个看过的人；之后的人看过不改变什么。已解决的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已标明看过',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已标明看过' },
                    data: { $ref: '#/components/schemas/PayAlert' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/alerts/{id}/resolve': {
      post: {
        operationId: 'resolvePayAlert',
        tags: ['alerts'],
        summary: '解决告警',
        description: '说明怎样处理的；此后再发生为新的一条，并重新推送。已解决的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ResolvePayAlert' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已解决',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已解决' },
                    data: { $ref: '#/components/schemas/PayAlert' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/approvals': {
      get: {
        operationId: 'listPayApprovals',
        tags: ['approvals'],
        summary: '待第二人确认的退款与转账',
        description:
          '超过限额（`approval.singleFen`、`approval.dayFen`、`approval.kinds`，按角色）的退款与转账，已保留款项，等第二人确认后才发出；最新的在前。\n等待期间退款、转账的状态与文档一致（待处理），并标明 `hold`。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'line', in: 'query', description: '业务线', schema: { $ref: '#/components/schemas/Line' } },
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayApprovalState' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayApprovalPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/approvals/{id}/confirm': {
      post: {
        operationId: 'confirmPayApproval',
        tags: ['approvals'],
        summary: '第二人确认',
        description:
          '由申请人以外的人确认，否则为 403；款项随即发出。已决定的为 409。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已确认',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已确认' },
                    data: { $ref: '#/components/schemas/PayApproval' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/approvals/{id}/refuse': {
      post: {
        operationId: 'refusePayApproval',
        tags: ['approvals'],
        summary: '第二人不同意',
        description:
          '由申请人以外的人决定，否则为 403。退款记为失败，款项仍保留，可重试（须再次确认）；转账记为失败，款项回到收款人的余额。已决定的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefusePayApproval' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已记为不同意',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已记为不同意' },
                    data: { $ref: '#/components/schemas/PayApproval' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/checkin-uploads': {
      get: {
        operationId: 'listCheckinUploads',
        tags: ['checkin-uploads'],
        summary: '已导入的打卡文件',
        description: '一个训练营最近 20 次导入，新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CheckinUploadList' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'previewCheckinUpload',
        tags: ['checkin-uploads'],
        summary: '读取打卡文件（预览）',
        description:
          '知识星球无法读取时，由人工提供打卡：CSV（UTF-8 或 GB18030）或 XLSX（第一个工作表），不超过 700 kB、20000 行。\n第一行是表头：“日期”，以及“星球ID”或“昵称”（两者都有时以星球 ID 为准）。只读取并返回将会发生什么，导入须另行确认；\n未确认的预览一天后作废。无法读取的文件为 400。\n',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/PreviewCheckinUpload' } } },
        },
        responses: {
          '200': {
            description: '文件已读取',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '文件已读取' },
                    data: { $ref: '#/components/schemas/CheckinUploadPreview' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/checkin-uploads/{id}/apply': {
      post: {
        operationId: 'applyCheckinUpload',
        tags: ['checkin-uploads'],
        summary: '导入预览过的打卡',
        description:
          '每位会员每天至多一次；已有的打卡（无论来自知识星球或其他文件）不变。重复导入同一预览不再改变任何东西。\n`closes` 表示这就是本营的全部打卡：训练营结束后，退款名单即以此生成，不再等待知识星球；尚未结束为 409。\n',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ApplyCheckinUpload' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '打卡已导入',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '打卡已导入' },
                    data: { $ref: '#/components/schemas/CheckinUpload' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/checkin-uploads/{id}/undo': {
      post: {
        operationId: 'undoCheckinUpload',
        tags: ['checkin-uploads'],
        summary: '撤销一次导入',
        description: '取消该文件带来的打卡。退款名单生成后为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已撤销导入',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已撤销导入' },
                    data: { $ref: '#/components/schemas/CheckinUpload' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/closes': {
      get: {
        operationId: 'listPayCloses',
        tags: ['reconciliation'],
        summary: '一个月的日结',
        description:
          '该月已开始的每一天，最近的在前；没有交易的日子也在内。金额为全部业务线与渠道的合计：`opening`、`in`、`out`、`closing` 为渠道资金，\n`owed` 与 `unclear` 为当日结束时应付与待确认的余额，`earned` 为当日的收入，`fee` 为渠道手续费。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'month',
            in: 'query',
            description: '月份 yyyy-MM；不给出为昨天所在的月',
            schema: { type: 'string', pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayCloseMonth' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/close-accounts': {
      get: {
        operationId: 'listPayCloseAccounts',
        tags: ['reconciliation'],
        summary: '一个月的日结明细',
        description:
          '该月已开始的每一天，最早的在前，按业务线、渠道与账户各一行，供记账或导出；已结的日子不再变化，`state` 说明是否已结。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'month',
            in: 'query',
            required: true,
            description: '月份 yyyy-MM',
            schema: { type: 'string', pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayCloseAccountMonth' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/closes/{day}': {
      get: {
        operationId: 'getPayClose',
        tags: ['reconciliation'],
        summary: '一天的日结',
        description:
          '按业务线、渠道与账户的期初、收入、支出、期末；已结的日子为结账时的数，不再变化。尚未开始的日子为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '日期（上海时间）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayClose' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
      post: {
        operationId: 'closePayDay',
        tags: ['reconciliation'],
        summary: '日结',
        description:
          '结账后不能改动；之后才知道的当日收支记入下一个未结的日子。须按日期顺序，当天结束后才能结；首次可从任一天开始，之前的并入期初。\n账单未取到或有未处理的差异时（`seenTo` 为假）须给出 `reason`，否则为 409。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '日期（上海时间）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ClosePayDay' } } },
        },
        responses: {
          '200': {
            description: '已日结',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已日结' },
                    data: { $ref: '#/components/schemas/PayClose' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/course/courses': {
      get: {
        operationId: 'listCourses',
        tags: ['course'],
        summary: '课程',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'keyword',
            in: 'query',
            description: '课程名称',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CoursePage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createCourse',
        tags: ['course'],
        summary: '新增课程',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateCourse' } } },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/Course' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/course/courses/{id}': {
      put: {
        operationId: 'updateCourse',
        tags: ['course'],
        summary: '停止或恢复课程报名',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UpdateCourse' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/Course' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
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
    '/api/admin/course/enrolments': {
      get: {
        operationId: 'listEnrolments',
        tags: ['course'],
        summary: '课程报名',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/CourseBookingStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '名称或用户 ID',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'courseId',
            in: 'query',
            description: '课程',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseBookingPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createEnrolment',
        tags: ['course'],
        summary: '新增课程报名',
        description: '应付金额为课程现价。课程不存在为 404；课程停止报名、该用户已报名为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateEnrolment' } } },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseBooking' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/course/appointments': {
      get: {
        operationId: 'listAppointments',
        tags: ['course'],
        summary: '预约',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/CourseBookingStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '名称或用户 ID',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseBookingPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createAppointment',
        tags: ['course'],
        summary: '新增预约',
        description: '开始时间须在将来。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateAppointment' } } },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseBooking' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/course/bookings/{id}': {
      get: {
        operationId: 'getCourseBooking',
        tags: ['course'],
        summary: '一个报名或预约',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseBookingDetail' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/course/bookings/{id}/refund': {
      post: {
        operationId: 'refundCourseBooking',
        tags: ['course'],
        summary: '退款',
        description:
          '把已支付的报名或预约的全部或部分金额原路退回付款人，不受用户自己申请的 15 天限制：已记为收入的先转回。没有支付、没有可退的为 409；\n多于可退的（`refundable`）为 400。全部退完后状态为已退款。\n登录或验证身份 10 分钟后，自那时起通过的退款合计超过 `auth.freshApprovalFen` 时为 403（`fresh_auth_required`）。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefundCourseBooking' } } },
        },
        responses: {
          '200': {
            description: '已提交退款',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已提交退款' },
                    data: { $ref: '#/components/schemas/CourseBookingDetail' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/course/bookings/{id}/cancel': {
      post: {
        operationId: 'cancelCourseBooking',
        tags: ['course'],
        summary: '取消未支付的报名或预约',
        description: '待支付的支付同时取消；此后付到的钱自动全额退回。已支付、已取消、已退款为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseBooking' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/course/methods': {
      get: {
        operationId: 'listCourseMethods',
        tags: ['course'],
        summary: '支付方式',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseMethodList' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
          },
          '401': {
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/course/methods/{id}': {
      put: {
        operationId: 'updateCourseMethod',
        tags: ['course'],
        summary: '停用或启用支付方式',
        description: '停用后不能再创建，已创建的仍可支付。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UpdateCourseMethod' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '支付方式',
            schema: { $ref: '#/components/schemas/CourseMethodId' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseMethod' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
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
    '/api/admin/course/refunds': {
      get: {
        operationId: 'listCourseRefunds',
        tags: ['course'],
        summary: '退款',
        description: '最新的在前，含系统自动退回的。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/CourseRefundStatus' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseRefundPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/course/refunds/{id}/retry': {
      post: {
        operationId: 'retryCourseRefund',
        tags: ['course'],
        summary: '重试失败的退款',
        description: '只有明确失败的退款可以重试，否则为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Uuid' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/CourseRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/entries': {
      get: {
        operationId: 'listPayEntries',
        tags: ['reconciliation'],
        summary: '手工分录',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayEntryState' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayEntryPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'proposePayEntry',
        tags: ['reconciliation'],
        summary: '提出手工分录',
        description:
          '为一个订单在两个账户之间记账，须由另一人确认才入账。渠道资金与代收款之间不能手工记账；涉及代收款的，不能超过这笔付款尚可动用的\n金额，恢复不能超过已转出的金额。订单不存在、账户不可用为 409。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ProposePayEntry' } } },
        },
        responses: {
          '200': {
            description: '已提出，等待另一人确认',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已提出，等待另一人确认' },
                    data: { $ref: '#/components/schemas/PayEntry' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/entries/{id}/confirm': {
      post: {
        operationId: 'confirmPayEntry',
        tags: ['reconciliation'],
        summary: '确认手工分录',
        description: '由提出人以外的人确认，随即入账，不能改动，只能冲回。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已入账',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已入账' },
                    data: { $ref: '#/components/schemas/PayEntry' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/entries/{id}/refuse': {
      post: {
        operationId: 'refusePayEntry',
        tags: ['reconciliation'],
        summary: '驳回手工分录',
        description: '提出人也可以撤回自己提出的。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefusePayEntry' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已驳回',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已驳回' },
                    data: { $ref: '#/components/schemas/PayEntry' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/entries/{id}/reverse': {
      post: {
        operationId: 'reversePayEntry',
        tags: ['reconciliation'],
        summary: '冲回手工分录',
        description: '提出一笔相反的分录，同样须由另一人确认。每笔只能冲回一次。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ReversePayEntry' } } },
        },
        responses: {
          '200': {
            description: '已提出冲回，等待另一人确认',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已提出冲回，等待另一人确认' },
                    data: { $ref: '#/components/schemas/PayEntry' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/gym/members': {
      get: {
        operationId: 'listGymMembers',
        tags: ['gym'],
        summary: '健身房会员',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'keyword',
            in: 'query',
            description: '姓名或用户 ID',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymMemberPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createGymMember',
        tags: ['gym'],
        summary: '新增会员',
        description: '用户 ID（宿主平台的）已有会员为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateGymMember' } } },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymMember' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/gym/members/{id}': {
      get: {
        operationId: 'getGymMember',
        tags: ['gym'],
        summary: '一位会员',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymMember' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/gym/offers': {
      get: {
        operationId: 'listGymOffers',
        tags: ['gym'],
        summary: '在售与停售项目',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymOfferList' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
          },
          '401': {
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createGymOffer',
        tags: ['gym'],
        summary: '新增项目',
        description: '同类型同价格的在售项目已有为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateGymOffer' } } },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymOffer' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/gym/offers/{id}': {
      put: {
        operationId: 'updateGymOffer',
        tags: ['gym'],
        summary: '停售或恢复项目',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UpdateGymOffer' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymOffer' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/gym/payments': {
      get: {
        operationId: 'listGymPayments',
        tags: ['gym'],
        summary: '付款',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '付款状态',
            schema: { $ref: '#/components/schemas/GymPaymentStatus' },
          },
          {
            name: 'refund',
            in: 'query',
            description: '退款状态；none 为没有退款',
            schema: { type: 'string', enum: ['none', 'pending', 'processing', 'success', 'failed'] },
          },
          {
            name: 'type',
            in: 'query',
            description: '类型',
            schema: { $ref: '#/components/schemas/GymType' },
          },
          { name: 'memberId', in: 'query', description: '会员', schema: { $ref: '#/components/schemas/Id' } },
          { name: 'offerId', in: 'query', description: '项目', schema: { $ref: '#/components/schemas/Id' } },
          {
            name: 'keyword',
            in: 'query',
            description: '会员姓名（部分），或完整的用户 ID、订单号',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymPaymentPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/gym/payments/{id}/refund': {
      post: {
        operationId: 'refundGymPayment',
        tags: ['gym'],
        summary: '撤销付款并退款',
        description:
          '收回这笔付款给的会员天数或课时，并把全部金额原路退回，一笔付款只能撤销一次。未成功的、已申请过退款的为 409。所给的天数或课时\n已用去一部分（会员当天及以后的天数算未用）也为 409，`message` 说明还剩多少。付款满 7 天记为收入，之后仍可撤销：先转回押金。\n登录或验证身份 10 分钟后，自那时起通过的退款合计超过 `auth.freshApprovalFen` 时为 403（`fresh_auth_required`）。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RefundGymPayment' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymPayment' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/gym/payments/{id}/refund/retry': {
      post: {
        operationId: 'retryGymRefund',
        tags: ['gym'],
        summary: '重试失败的退款',
        description: '只有明确失败的退款可以重试，否则为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/GymPayment' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/jobs': {
      get: {
        operationId: 'listJobs',
        tags: ['jobs'],
        summary: '后台任务',
        description:
          '等待、正在执行、失败待重试与已用尽次数的后台任务，以及业务线尚未接收的支付结果（`payment.delivery`），等得最久的在前。\n`about` 只含可以公开的字段；`error` 为最近一次失败的原因。`names` 为此刻有的任务名，与所选无关。\n',
        security: [{ jwt: [] }],
        'x-permission': 'system:jobs',
        parameters: [
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/JobState' },
          },
          {
            name: 'name',
            in: 'query',
            description: '任务名',
            schema: { type: 'string', minLength: 1, maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/JobPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/jobs/retry': {
      post: {
        operationId: 'retryJobs',
        tags: ['jobs'],
        summary: '立即重试',
        description:
          '失败与用尽次数的任务立即再次执行，次数从头计算。正在执行的、本就到期的与已不在的不变，计入 `left`；重复提交不会多执行一次。\n',
        security: [{ jwt: [] }],
        'x-permission': 'system:jobs',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RetryJobs' } } },
        },
        responses: {
          '200': {
            description: '已处理',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已处理' },
                    data: { $ref: '#/components/schemas/ChangedJobs' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/jobs/drop': {
      post: {
        operationId: 'dropJobs',
        tags: ['jobs'],
        summary: '丢弃',
        description:
          '任务不再执行。正在执行的、已不在的与不可丢弃的（`canDrop` 为 false：关系到资金，只能重试）不变，计入 `left`。\n',
        security: [{ jwt: [] }],
        'x-permission': 'system:jobs',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/DropJobs' } } },
        },
        responses: {
          '200': {
            description: '已处理',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已处理' },
                    data: { $ref: '#/components/schemas/ChangedJobs' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/lines': {
      get: {
        operationId: 'listPayLines',
        tags: ['payments'],
        summary: '业务线',
        description: '本部署启用的业务线。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayLineList' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
          },
          '401': {
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/orders': {
      get: {
        operationId: 'listPayOrders',
        tags: ['payments'],
        summary: '各业务线的订单',
        description:
          '最新的在前。`keyword` 为完整的订单号、商户单号、退款单号或支付平台交易号，或称呼的一部分（会员昵称、健身房会员姓名）、完整的星球 ID 或宿主平台的用户 ID；\n叫这个名字的多于 500 个订单时只找其中 500 个（`more`）。`payerOf` 为一个订单号：同一付款人已支付的订单。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'line', in: 'query', description: '业务线', schema: { $ref: '#/components/schemas/Line' } },
          {
            name: 'status',
            in: 'query',
            description: '订单状态',
            schema: { $ref: '#/components/schemas/OrderStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '单号或称呼',
            schema: { type: 'string', maxLength: 100 },
          },
          { name: 'payerOf', in: 'query', description: '订单号', schema: { type: 'string', maxLength: 64 } },
          {
            name: 'subject',
            in: 'query',
            description: '业务线自己的编号（训练营、报名或预约、健身房会员、任务、工单），须同时给出 `line`',
            schema: { type: 'string', maxLength: 64 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/OrderPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/orders/{orderNo}': {
      get: {
        operationId: 'getPayOrder',
        tags: ['payments'],
        summary: '一个订单的全部经过',
        description: '每次付款尝试、退款、转账、通知与记账。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'orderNo',
            in: 'path',
            required: true,
            description: '订单号',
            schema: { type: 'string', maxLength: 64 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/OrderStory' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/refunds': {
      get: {
        operationId: 'listPayRefunds',
        tags: ['payments'],
        summary: '各业务线的退款',
        description: '内核中的退款，最新的在前；业务线的审核在各自的页面。`keyword` 与订单的相同。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'line', in: 'query', description: '业务线', schema: { $ref: '#/components/schemas/Line' } },
          {
            name: 'status',
            in: 'query',
            description: '退款状态',
            schema: { $ref: '#/components/schemas/MoneyStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '单号或称呼',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayRefundPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/refunds/retry': {
      post: {
        operationId: 'retryPayRefunds',
        tags: ['payments'],
        summary: '批量重试失败的退款',
        description:
          '与在此或在业务线的退款页逐笔重试相同，按给出的顺序逐笔答复结果；各笔互不影响，一笔不能重试不妨碍其余。再次提交不会重复发送：已在处理中的为 `under_way`。\n超过限额的仍须第二人确认，止付中的仍等待（`held`）。\n',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RetryPayRefunds' } } },
        },
        responses: {
          '200': {
            description: '已提交',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已提交' },
                    data: { $ref: '#/components/schemas/PayRefundRetryList' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/refunds/go-on': {
      post: {
        operationId: 'goOnWithRefunds',
        tags: ['payments'],
        summary: '继续因余额不足暂停的退款',
        description:
          '充值后不必等到 `until`：随即发出一笔，成功后其余自动继续，余额仍不足则再次暂停。没有暂停的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/GoOnWithRefunds' } } },
        },
        responses: {
          '200': {
            description: '正在继续',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '正在继续' },
                    data: { $ref: '#/components/schemas/PayRefundPause' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/refunds/{id}/redirect': {
      post: {
        operationId: 'redirectPayRefund',
        tags: ['payments'],
        summary: '异常退款改退到其他账户',
        description:
          '渠道报告退款异常（付款人的账户收不了这笔钱）、且渠道支持时（`canRedirect`）：`merchant` 退到商户自己的结算账户，由商户另行转交；\n`payer` 退到付款人的银行卡，卡号与姓名加密后只交给渠道，不保存、不记日志。渠道没有明确答复时退款为处理中，由系统查询结果。\n须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。\n',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RedirectPayRefund' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已提交改退',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已提交改退' },
                    data: { $ref: '#/components/schemas/PayRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/refunds/{id}/retry': {
      post: {
        operationId: 'retryPayRefund',
        tags: ['payments'],
        summary: '重试系统自行发起的退款',
        description:
          '迟到、重复或没有业务能收下的钱由系统自行退回；这样的退款失败后（`canRetry`）由人重试。业务自己的退款在业务线的退款页重试。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已重新提交退款',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已重新提交退款' },
                    data: { $ref: '#/components/schemas/PayRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/refunds/{id}/outside': {
      post: {
        operationId: 'proposeOutsideRefund',
        tags: ['payments'],
        summary: '登记线下退款',
        description:
          '退款已失败，或超过一天没有结果时（`canSettleOutside`），说明钱已由渠道以外的方式退给付款人；须由另一人确认。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ProposeOutsideRefund' } } },
        },
        responses: {
          '200': {
            description: '已登记，等待另一人确认',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已登记，等待另一人确认' },
                    data: { $ref: '#/components/schemas/PayRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      delete: {
        operationId: 'withdrawOutsideRefund',
        tags: ['payments'],
        summary: '撤回未确认的线下退款',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已撤回',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已撤回' },
                    data: { $ref: '#/components/schemas/PayRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/refunds/{id}/outside/confirm': {
      post: {
        operationId: 'confirmOutsideRefund',
        tags: ['payments'],
        summary: '确认线下退款',
        description:
          '由登记人以外的人确认。退款从此为已退款，记入线下退款账户，不再向渠道发起；渠道若之后仍退款成功，会冲回并告警。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已确认线下退款',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已确认线下退款' },
                    data: { $ref: '#/components/schemas/PayRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/suspense': {
      get: {
        operationId: 'listPaySuspense',
        tags: ['payments'],
        summary: '挂账款项',
        description:
          '已在支付渠道、但没有任何订单能收下的钱，最新的在前：金额与订单不符，或业务线用不上。由人决定归属或退回。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'line', in: 'query', description: '业务线', schema: { $ref: '#/components/schemas/Line' } },
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/SuspenseStatus' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PaySuspensePage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/suspense/{id}/assign': {
      post: {
        operationId: 'assignPaySuspense',
        tags: ['payments'],
        summary: '挂账款项计入订单',
        description:
          '按实际支付的金额计入它的订单，业务线随之处理；业务线仍用不上的会自动退回。订单已另行支付的只能退回。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/DecidePaySuspense' } } },
        },
        responses: {
          '200': {
            description: '已计入订单',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已计入订单' },
                    data: { $ref: '#/components/schemas/PaySuspense' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/suspense/{id}/refund': {
      post: {
        operationId: 'refundPaySuspense',
        tags: ['payments'],
        summary: '挂账款项原路退回',
        description: '全额退回付款人。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/DecidePaySuspense' } } },
        },
        responses: {
          '200': {
            description: '已提交退款',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已提交退款' },
                    data: { $ref: '#/components/schemas/PaySuspense' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/balances': {
      get: {
        operationId: 'listPayBalances',
        tags: ['payments'],
        summary: '一条业务线各账户的余额',
        description: '借方减贷方；支付平台上的钱为正，欠人的与收入为负，合计恒为 0。用户账户合并为一项。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'line',
            in: 'query',
            required: true,
            description: '业务线',
            schema: { $ref: '#/components/schemas/Line' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayBalanceList' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/bills': {
      get: {
        operationId: 'listPayBills',
        tags: ['reconciliation'],
        summary: '渠道账单',
        description:
          '每个渠道每天一份，最近的日期在前。`waiting` 尚未取到，`broken` 取到但不可信（截断、他人的、非当日的），都会再取，已读入的内容不变；`none` 当日没有交易。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'gateway', in: 'query', description: '渠道', schema: { type: 'string', maxLength: 32 } },
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayBillState' },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '账单日期，从',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '账单日期，到（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayBillPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/bill-month': {
      get: {
        operationId: 'getPayBillMonth',
        tags: ['reconciliation'],
        summary: '一个月的账单概况',
        description: '每天一项，各渠道合计；没有账单记录的日子不列出。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'month',
            in: 'query',
            description: '月份 yyyy-MM，默认为昨天所在的月份',
            schema: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' },
          },
          { name: 'gateway', in: 'query', description: '渠道', schema: { type: 'string', maxLength: 32 } },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayBillMonth' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/bills/{gateway}/{day}': {
      get: {
        operationId: 'getPayBill',
        tags: ['reconciliation'],
        summary: '一份渠道账单',
        description: '不存在为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '渠道',
            schema: { type: 'string', maxLength: 32 },
          },
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '账单日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayBill' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/bills/{gateway}/{day}/rows': {
      get: {
        operationId: 'listPayBillRows',
        tags: ['reconciliation'],
        summary: '账单明细',
        description: '最近一次完整读入的各行，按账单中的顺序；不含付款人信息。没有这份账单为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '渠道',
            schema: { type: 'string', maxLength: 32 },
          },
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '账单日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'entry',
            in: 'query',
            description: '收付',
            schema: { $ref: '#/components/schemas/PayBillEntry' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayBillRowPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/bills/{gateway}/{day}/fetch': {
      post: {
        operationId: 'fetchPayBill',
        tags: ['reconciliation'],
        summary: '立即重新获取账单',
        description:
          '排入后台，几秒内开始：重新下载、读入并对账；结果见账单的 `readAt`、`reason`，尚未开始时 `nextAt` 不晚于现在。可重复调用，已排入的不会再排一次。\n限今天之前的 366 天内，否则为 400；渠道没有账单的为 404。每个网络每分钟最多 10 次，超过为 429。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'gateway',
            in: 'path',
            required: true,
            description: '渠道',
            schema: { type: 'string', maxLength: 32 },
          },
          {
            name: 'day',
            in: 'path',
            required: true,
            description: '账单日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
        ],
        responses: {
          '200': {
            description: '已排入获取',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已排入获取' },
                    data: { $ref: '#/components/schemas/PayBill' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
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
    '/api/admin/pay/differences': {
      get: {
        operationId: 'listPayDifferences',
        tags: ['reconciliation'],
        summary: '对账差异',
        description: '渠道账单与本系统账目不一致、且向渠道查询后仍不一致的款项，最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          { name: 'gateway', in: 'query', description: '渠道', schema: { type: 'string', maxLength: 32 } },
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayDifferenceState' },
          },
          {
            name: 'kind',
            in: 'query',
            description: '种类',
            schema: { $ref: '#/components/schemas/PayDifferenceKind' },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '账单日期，从',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '账单日期，到（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'owner',
            in: 'query',
            description: '跟进人的用户名',
            schema: { type: 'string', maxLength: 64 },
          },
          { name: 'owned', in: 'query', description: '是否有人跟进', schema: { type: 'boolean' } },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayDifferencePage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/differences/{id}': {
      get: {
        operationId: 'getPayDifference',
        tags: ['reconciliation'],
        summary: '一笔对账差异',
        description: '不存在为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayDifference' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/differences/{id}/story': {
      get: {
        operationId: 'getPayDifferenceStory',
        tags: ['reconciliation'],
        summary: '一笔对账差异的双方与经过',
        description:
          '我方的这笔款项、渠道账单中的这笔款项（各日账单，最多 20 行），以及操作人对它做过的事（最多 100 件，最早的在前）。不存在为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayDifferenceStory' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/differences/{id}/take': {
      post: {
        operationId: 'takePayDifference',
        tags: ['reconciliation'],
        summary: '认领对账差异',
        description: '由操作人跟进；他人已认领的改由操作人跟进。已处理的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已认领',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已认领' },
                    data: { $ref: '#/components/schemas/PayDifference' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/differences/{id}/resolve': {
      post: {
        operationId: 'resolvePayDifference',
        tags: ['reconciliation'],
        summary: '处理对账差异',
        description:
          '记下决定与理由，不改动账目：`corrected` 已在渠道或本系统更正，`accepted` 按现状接受，`not_ours` 同一商户号下不属于本系统的款项。已处理的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: '幂等键（UUID，保留 24 小时）；同键不同内容为 409',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ResolvePayDifference' } } },
        },
        responses: {
          '200': {
            description: '已处理',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已处理' },
                    data: { $ref: '#/components/schemas/PayDifference' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/stops': {
      get: {
        operationId: 'listPayStops',
        tags: ['stops'],
        summary: '止付',
        description: '停止向渠道发出退款与转账的命令，最新的在前；`held` 为此刻因它而等待的款项。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'state',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/PayStopState' },
          },
          {
            name: 'scope',
            in: 'query',
            description: '范围',
            schema: { $ref: '#/components/schemas/PayStopScope' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayStopPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'stopPayouts',
        tags: ['stops'],
        summary: '止付',
        description:
          '从应答起，范围内的退款与转账不再向渠道发出（此前已开始的一次调用会完成）；已发出而结果不明的照常查询，不再重发。\n等待的款项保留单号与状态，标明 `hold`，解除后自动继续。`target`：渠道名、业务线名；收款人为订单号（该订单的付款人），或 `业务线:用户 ID`（转账的收款人）。\n已在止付中的为 409。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/StopPayouts' } } },
        },
        responses: {
          '200': {
            description: '已止付',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已止付' },
                    data: { $ref: '#/components/schemas/PayStop' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/stops/{id}/release': {
      post: {
        operationId: 'releasePayStop',
        tags: ['stops'],
        summary: '解除止付',
        description:
          '等待的款项随即继续。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。已解除的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ReleasePayStop' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已解除止付',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已解除止付' },
                    data: { $ref: '#/components/schemas/PayStop' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/task/tasks': {
      get: {
        operationId: 'listTaskItems',
        tags: ['task'],
        summary: '任务',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/TaskItemStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '标题或用户 ID',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'userId',
            in: 'query',
            description: '发布方或接取方的用户 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskItemPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/task/tasks/{id}': {
      get: {
        operationId: 'getTaskItem',
        tags: ['task'],
        summary: '一个任务',
        description: '连同它的结算与转账、退款。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskItemDetail' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/task/tasks/{id}/review': {
      post: {
        operationId: 'reviewTaskItem',
        tags: ['task'],
        summary: '审核任务',
        description: '通过则开放接取，拒绝则全额退回发布费。不在待审核状态为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ReviewTaskItem' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskItem' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/task/settlements': {
      get: {
        operationId: 'listTaskSettlements',
        tags: ['task'],
        summary: '任务结算与转账',
        description: '最新的任务在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'transferStatus',
            in: 'query',
            description: '转账状态',
            schema: { $ref: '#/components/schemas/TaskMoneyStatus' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskSettlementPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/task/transfers/{id}/retry': {
      post: {
        operationId: 'retryTaskTransfer',
        tags: ['task'],
        summary: '重试失败的转账',
        description: '从接取方的可用余额再次冻结并付出。不是失败的、余额不足的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskSettlement' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/task/refunds': {
      get: {
        operationId: 'listTaskRefunds',
        tags: ['task'],
        summary: '任务退款',
        description: '最新的在前，含系统自动退回的。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/TaskMoneyStatus' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskRefundPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/task/refunds/{id}/retry': {
      post: {
        operationId: 'retryTaskRefund',
        tags: ['task'],
        summary: '重试失败的退款',
        description: '只有明确失败的退款可以重试，否则为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/TaskRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/service-types': {
      get: {
        operationId: 'listWorkOrderServiceTypes',
        tags: ['work-order'],
        summary: '服务类型',
        description: '在用的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderServiceTypeList' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
          },
          '401': {
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createWorkOrderServiceType',
        tags: ['work-order'],
        summary: '新增服务类型',
        description: '同名的在用服务类型已有为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/CreateWorkOrderServiceType' } },
          },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderServiceType' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/work-order/service-types/{id}': {
      put: {
        operationId: 'updateWorkOrderServiceType',
        tags: ['work-order'],
        summary: '修改、停用或恢复服务类型',
        description: '已预约的工单保持预约时的预付金额。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/UpdateWorkOrderServiceType' } },
          },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderServiceType' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/orders': {
      get: {
        operationId: 'listWorkOrders',
        tags: ['work-order'],
        summary: '工单',
        description: '最新的在前。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '工单状态',
            schema: { $ref: '#/components/schemas/WorkOrderStatus' },
          },
          {
            name: 'userId',
            in: 'query',
            description: '用户 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'serviceTypeId',
            in: 'query',
            description: '服务类型',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      post: {
        operationId: 'createWorkOrder',
        tags: ['work-order'],
        summary: '代用户预约',
        description: '服务类型不存在或已停用为 404。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateWorkOrder' } } },
        },
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrder' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/orders/{id}': {
      get: {
        operationId: 'getWorkOrder',
        tags: ['work-order'],
        summary: '一张工单',
        description: '连同它的退款申请。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderDetail' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/work-order/orders/{id}/accept': {
      post: {
        operationId: 'acceptWorkOrder',
        tags: ['work-order'],
        summary: '电工接单',
        description: '待接单的工单；其他状态为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/AcceptWorkOrder' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrder' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/orders/{id}/final-amount': {
      put: {
        operationId: 'priceWorkOrder',
        tags: ['work-order'],
        summary: '定最终金额（请付维修费）',
        description:
          '已接单的工单转为待付维修费；没有人开始支付前可以改，否则 409；还没有给出支付参数的支付随之作废。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/PriceWorkOrder' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrder' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/orders/{id}/complete': {
      post: {
        operationId: 'completeWorkOrder',
        tags: ['work-order'],
        summary: '完工',
        description: '维修中的工单；所收款项（没有在退款的）转为收入。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrder' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/orders/{id}/close': {
      post: {
        operationId: 'closeWorkOrder',
        tags: ['work-order'],
        summary: '关闭工单',
        description: '已完成或已关闭的为 409。待支付的作废，之后才付到的自动退回；已收的款项仍可申请退款。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: false,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CloseWorkOrder' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrder' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/refunds': {
      get: {
        operationId: 'listWorkOrderRefunds',
        tags: ['work-order'],
        summary: '退款申请',
        description: '最新的在前；自动退回的也在内。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '退款状态',
            schema: { $ref: '#/components/schemas/WorkOrderRefundStatus' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderRefundPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/work-order/refunds/{id}': {
      put: {
        operationId: 'decideWorkOrderRefund',
        tags: ['work-order'],
        summary: '处理退款申请',
        description:
          '通过则原路退回，退款的预付款关闭工单；失败后可再次通过。不在待处理状态的为 409。登录或验证身份 10 分钟后，自那时起通过的退款合计超过 `auth.freshApprovalFen` 时为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/DecideWorkOrderRefund' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/WorkOrderRefund' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/work': {
      get: {
        operationId: 'listPayWork',
        tags: ['reconciliation'],
        summary: '待处理资金',
        description:
          '一切等人处理的钱，等得最久的在前：挂账、未归属、未能入账的通知、异常退款、退回商户的退款、失败或超过一天没有结果的退款、\n待另一人确认的线下退款与手工分录、未处理的对账差异。`kinds` 与所选种类无关。\n',
        security: [{ jwt: [] }],
        'x-permission': 'pay:read',
        parameters: [
          {
            name: 'kind',
            in: 'query',
            description: '种类',
            schema: { $ref: '#/components/schemas/PayWorkKind' },
          },
          { name: 'line', in: 'query', description: '业务线', schema: { $ref: '#/components/schemas/Line' } },
          { name: 'mine', in: 'query', description: '只看自己认领的', schema: { type: 'boolean' } },
          {
            name: 'page',
            in: 'query',
            description: '页码',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: '成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '成功' },
                    data: { $ref: '#/components/schemas/PayWorkPage' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
    '/api/admin/pay/work/take': {
      post: {
        operationId: 'takePayWork',
        tags: ['reconciliation'],
        summary: '认领待处理资金',
        description: '由操作人跟进；他人已认领的改由操作人跟进。已不需要处理的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/TakePayWork' } } },
        },
        responses: {
          '200': {
            description: '已认领',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已认领' },
                    data: { $ref: '#/components/schemas/PayWork' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error403' } } },
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
    '/api/admin/pay/work/notifications/{id}/finish': {
      post: {
        operationId: 'finishPayNotification',
        tags: ['reconciliation'],
        summary: '了结未能入账的通知',
        description: '说明核实的结果，从待处理资金中移去；账目不变。已不需要处理的为 409。',
        security: [{ jwt: [] }],
        'x-permission': 'pay:books',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/FinishPayNotification' } } },
        },
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: 'ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已处理',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已处理' },
                    data: { $ref: '#/components/schemas/FinishedPayNotification' },
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
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '403': {
            description: '403 无权限',
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
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '管理后台登录令牌' },
    },
    schemas: {
      Id: { type: 'integer', minimum: 1, maximum: 9007199254740991, description: '数字 ID，小于 2^53' },
      Uuid: { type: 'string', format: 'uuid' },
      Count: { type: 'integer', minimum: 0 },
      Yuan: { type: 'number', format: 'yuan', minimum: 0, description: '金额，单位元，最多两位小数' },
      PositiveYuan: { type: 'number', format: 'yuan', exclusiveMinimum: 0, maximum: 100000 },
      LocalDate: { type: 'string', format: 'date' },
      LocalDateOrNull: { type: ['string', 'null'], format: 'date' },
      LocalDateTime: {
        type: 'string',
        format: 'local-date-time',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$',
      },
      LocalDateTimeOrNull: {
        type: ['string', 'null'],
        format: 'local-date-time',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$',
      },
      TextOrNull: { type: ['string', 'null'] },
      RefundReasonCode: {
        type: ['string', 'null'],
        enum: [
          'paid_twice',
          'paid_late',
          'returned_by_gateway',
          'not_taken',
          'ordered_twice',
          'not_needed',
          'unallocated',
          'deposit',
          'task_rejected',
          'task_unwanted',
          null,
        ],
        description:
          '系统自动退款的原因：重复支付、超时支付、渠道自行退回、未能入账、重复报名、重复支付或已取消、未归属、押金退还、任务未通过审核、任务已不需支付；人填写的原因为 null',
      },
      RefundFailCode: {
        type: ['string', 'null'],
        enum: ['INSUFFICIENT', 'ABNORMAL', 'CLOSED', 'MERCHANT', null],
        description:
          '失败的原因：余额始终不足被渠道关闭、付款人账户异常、渠道关闭、退回商户账户；渠道另有说明时为 null',
      },
      Timestamp: { type: 'integer', minimum: 0, description: '响应时间，Unix 秒' },
      FieldErrors: {
        type: 'object',
        properties: { errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } } },
        additionalProperties: false,
        required: ['errors'],
      },
      FieldErrorsOrNull: { oneOf: [{ $ref: '#/components/schemas/FieldErrors' }, { type: 'null' }] },
      AccessReason: {
        type: 'object',
        required: ['reason'],
        properties: {
          reason: {
            type: 'string',
            enum: ['password_change_required', 'totp_enrolment_required', 'fresh_auth_required'],
            description:
              '须先做什么：`password_change_required` 修改初始密码，`totp_enrolment_required` 设置动态码，`fresh_auth_required` 再次验证身份',
          },
          proof: {
            type: 'string',
            enum: ['password', 'code'],
            description: '再次验证身份时应给出什么；仅随 `fresh_auth_required`',
          },
        },
        additionalProperties: false,
      },
      AccessReasonOrNull: { oneOf: [{ $ref: '#/components/schemas/AccessReason' }, { type: 'null' }] },
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
      PayStatement: {
        type: 'object',
        properties: {
          gateway: { type: 'string' },
          day: { $ref: '#/components/schemas/LocalDate', description: '账单日期' },
          state: { $ref: '#/components/schemas/PayBillState' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '尚未取到或不可信的原因' },
          rows: { $ref: '#/components/schemas/Count', description: '资金变动的笔数' },
          opening: {
            type: ['number', 'null'],
            format: 'yuan',
            description: '期初余额；账单未写明、当日没有变动为 null',
          },
          in: { $ref: '#/components/schemas/Yuan', description: '收入合计' },
          out: { $ref: '#/components/schemas/Yuan', description: '支出合计' },
          closing: { type: ['number', 'null'], format: 'yuan', description: '期末余额' },
          paid: { $ref: '#/components/schemas/SignedYuan', description: '付款净额' },
          refunded: { $ref: '#/components/schemas/SignedYuan', description: '退款净额，支出为负' },
          fee: { $ref: '#/components/schemas/SignedYuan', description: '手续费净额，扣除减退回' },
          withdrawn: { $ref: '#/components/schemas/SignedYuan', description: '提现净额，支出为负' },
          other: { $ref: '#/components/schemas/SignedYuan', description: '其他变动净额' },
          readAt: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '最近一次完整读入' },
          nextAt: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '下次获取；null 为不再自动获取',
          },
          openDifferences: { $ref: '#/components/schemas/Count', description: '账户未处理的差异' },
        },
        additionalProperties: false,
        required: [
          'gateway',
          'day',
          'state',
          'reason',
          'rows',
          'opening',
          'in',
          'out',
          'closing',
          'paid',
          'refunded',
          'fee',
          'withdrawn',
          'other',
          'readAt',
          'nextAt',
          'openDifferences',
        ],
      },
      PayStatementPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayStatement' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          gateways: { type: 'array', items: { type: 'string' }, description: '有资金账单的渠道' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'gateways'],
      },
      PayMovementKind: {
        type: 'string',
        enum: ['payment', 'refund', 'fee', 'fee_returned', 'withdrawal', 'other'],
        description: '付款、退款、扣除的手续费、退回的手续费、提现、其他',
      },
      PayMovement: {
        type: 'object',
        properties: {
          no: { type: 'integer', minimum: 1, description: '在账单中的行号' },
          kind: { $ref: '#/components/schemas/PayMovementKind' },
          said: { type: 'string', description: '渠道的业务类型，如 扣除交易手续费' },
          at: { $ref: '#/components/schemas/LocalDateTime', description: '记账时间' },
          flowNo: { type: 'string', description: '资金流水号' },
          gatewayNo: { $ref: '#/components/schemas/TextOrNull', description: '渠道的业务单号' },
          ourNo: { $ref: '#/components/schemas/TextOrNull', description: '商户单号或退款单号' },
          amount: { $ref: '#/components/schemas/SignedYuan', description: '收入为正，支出为负' },
          balance: {
            type: ['number', 'null'],
            format: 'yuan',
            description: '变动后的余额；账单未写明为 null',
          },
        },
        additionalProperties: false,
        required: ['no', 'kind', 'said', 'at', 'flowNo', 'gatewayNo', 'ourNo', 'amount', 'balance'],
      },
      PayMovementPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayMovement' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      PayWithdrawalState: {
        type: 'string',
        enum: ['waiting', 'arrived', 'missing'],
        description: '待确认、已到账、未到账',
      },
      PayWithdrawal: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          gateway: { type: 'string' },
          day: { $ref: '#/components/schemas/LocalDate', description: '账单日期' },
          at: { $ref: '#/components/schemas/LocalDateTime', description: '记账时间' },
          said: { type: 'string', description: '渠道的业务类型' },
          flowNo: { type: 'string', description: '资金流水号' },
          gatewayNo: { $ref: '#/components/schemas/TextOrNull', description: '渠道的业务单号' },
          amount: { $ref: '#/components/schemas/Yuan' },
          state: { $ref: '#/components/schemas/PayWithdrawalState' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '银行流水号或已知情况' },
          decidedBy: { $ref: '#/components/schemas/TextOrNull' },
          decidedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'gateway',
          'day',
          'at',
          'said',
          'flowNo',
          'gatewayNo',
          'amount',
          'state',
          'note',
          'decidedBy',
          'decidedAt',
        ],
      },
      PayWithdrawalPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayWithdrawal' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      ConfirmPayWithdrawal: {
        type: 'object',
        required: ['arrived', 'note'],
        properties: {
          arrived: { type: 'boolean', description: '是否到账' },
          amount: {
            $ref: '#/components/schemas/Yuan',
            description: '所确认的金额；账单已更正为另一金额的不予记录',
          },
          note: {
            type: 'string',
            minLength: 1,
            maxLength: 500,
            description: '银行流水号；未到账的写明已知情况',
          },
        },
        additionalProperties: false,
      },
      PayAlertState: {
        type: 'string',
        enum: ['open', 'seen', 'resolved'],
        description: '待看、有人看过、已解决',
      },
      PayAlertKind: {
        type: 'string',
        description: '发生了什么；中文见 `title`',
        enum: [
          'trade-unusable',
          'suspense',
          'registrations-refused',
          'delivery-failing',
          'due-work-failing',
          'returned-by-gateway',
          'returned-beyond-remainder',
          'returned-beside-refunds',
          'settled-outside-and-returned',
          'notification-quarantined',
          'unknown-key',
          'key-file-unreadable',
          'certificate-expires',
          'refund-not-found',
          'refund-slow',
          'refund-result-odd',
          'refund-failed',
          'refunds-paused',
          'refund-starved',
          'payouts-stopped',
          'second-person',
          'transfer-not-found',
          'transfer-slow',
          'transfer-result-odd',
          'transfer-failed',
          'bill-unreadable',
          'statement-unreadable',
          'withdrawal-unconfirmed',
          'differences-found',
          'job-failing',
          'system-audit-broken',
          'system-audit-late',
          'system-audit-keys-gone',
          'system-login-failed',
          'system-code-failed',
          'system-locked-out',
          'system-proof-failed',
          'system-denied',
          'system-calls-failing',
          'system-clock-skewed',
          'system-database-silent',
          'camp-identity-proved-away',
          'camp-identity-linked-away',
          'camp-identity-rival',
          'camp-identity-contested',
          'camp-refund-exceeds',
          'camp-unallocated',
          'camp-cookie-expired',
          'camp-sync-failed',
        ],
      },
      PayAlertKindOrNull: { oneOf: [{ $ref: '#/components/schemas/PayAlertKind' }, { type: 'null' }] },
      PayAlertParams: {
        type: 'object',
        description: '与什么有关；没有的不出现',
        properties: {
          gateway: { type: 'string', description: '支付渠道' },
          day: { $ref: '#/components/schemas/LocalDate', description: '账单日' },
          order: { $ref: '#/components/schemas/Id', description: '内部订单 ID' },
          refund: { $ref: '#/components/schemas/Id', description: '退款 ID' },
          transfer: { $ref: '#/components/schemas/Id', description: '转账 ID' },
          suspense: { $ref: '#/components/schemas/Id', description: '挂账 ID' },
          trade: { type: 'string', description: '商户单号' },
          camp: { $ref: '#/components/schemas/Id', description: '训练营 ID' },
          member: { $ref: '#/components/schemas/Id', description: '会员 ID' },
        },
        additionalProperties: false,
      },
      PayAlert: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          kind: { $ref: '#/components/schemas/PayAlertKindOrNull', description: '升级前留下的没有种类' },
          severity: { type: 'string', enum: ['critical', 'warning'], description: '须立即处理、须处理' },
          title: { type: 'string' },
          detail: { type: 'string', description: '英文，供技术人员；不含个人信息' },
          params: { $ref: '#/components/schemas/PayAlertParams' },
          orderNo: { $ref: '#/components/schemas/TextOrNull', description: '有关的订单号' },
          state: { $ref: '#/components/schemas/PayAlertState' },
          times: { type: 'integer', minimum: 1, description: '发生的次数' },
          raisedAt: { $ref: '#/components/schemas/LocalDateTime', description: '第一次' },
          lastAt: { $ref: '#/components/schemas/LocalDateTime', description: '最近一次' },
          seenBy: { $ref: '#/components/schemas/TextOrNull' },
          seenAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          resolvedBy: { $ref: '#/components/schemas/TextOrNull', description: '解决的人；自行恢复的为 null' },
          resolvedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '怎样处理的' },
        },
        additionalProperties: false,
        required: [
          'id',
          'kind',
          'severity',
          'title',
          'detail',
          'params',
          'orderNo',
          'state',
          'times',
          'raisedAt',
          'lastAt',
          'seenBy',
          'seenAt',
          'resolvedBy',
          'resolvedAt',
          'note',
        ],
      },
      PayAlertPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayAlert' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          open: { $ref: '#/components/schemas/Count' },
          unseen: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'open', 'unseen'],
      },
      ResolvePayAlert: {
        type: 'object',
        properties: { note: { type: 'string', minLength: 1, maxLength: 500, description: '怎样处理的' } },
        additionalProperties: false,
        required: ['note'],
      },
      PayApprovalState: {
        type: 'string',
        enum: ['open', 'confirmed', 'refused', 'lapsed'],
        description: '待确认、已确认、未同意、已失效（渠道已自行退回等）',
      },
      PayApproval: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          what: { type: 'string', enum: ['refund', 'transfer'] },
          kind: {
            type: 'string',
            enum: ['deposit', 'manual', 'request', 'transfer'],
            description: '押金退还、人工退款、平台申请的退款、转账',
          },
          exceeds: {
            type: 'string',
            enum: ['single', 'day', 'kind'],
            description: '超过了单笔限额、当日合计限额，或此类一律须两人',
          },
          line: { $ref: '#/components/schemas/Line' },
          orderNo: { type: 'string' },
          amount: { $ref: '#/components/schemas/Yuan' },
          reason: { type: 'string', description: '退款原因或转账说明' },
          state: { $ref: '#/components/schemas/PayApprovalState' },
          askedBy: { type: 'string', description: '申请人；`host:业务线` 为平台用户' },
          askedAt: { $ref: '#/components/schemas/LocalDateTime' },
          canDecide: { type: 'boolean', description: '待确认，且申请人不是自己' },
          decidedBy: { $ref: '#/components/schemas/TextOrNull' },
          decidedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '不同意的理由' },
          party: { $ref: '#/components/schemas/PayParty' },
        },
        additionalProperties: false,
        required: [
          'id',
          'what',
          'kind',
          'exceeds',
          'line',
          'orderNo',
          'amount',
          'reason',
          'state',
          'askedBy',
          'askedAt',
          'canDecide',
          'decidedBy',
          'decidedAt',
          'note',
          'party',
        ],
      },
      PayApprovalPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayApproval' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      RefusePayApproval: {
        type: 'object',
        properties: { note: { type: 'string', minLength: 1, maxLength: 500, description: '理由' } },
        additionalProperties: false,
        required: ['note'],
      },
      PreviewCheckinUpload: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          fileName: { type: 'string', minLength: 1, maxLength: 200 },
          content: {
            type: 'string',
            format: 'byte',
            minLength: 1,
            maxLength: 933336,
            description: '文件内容，Base64',
          },
        },
        additionalProperties: false,
        required: ['campId', 'fileName', 'content'],
      },
      ApplyCheckinUpload: {
        type: 'object',
        properties: { closes: { type: 'boolean', description: '这是本营的全部打卡，据此结营' } },
        additionalProperties: false,
        required: ['closes'],
      },
      CheckinUploadList: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 20, items: { $ref: '#/components/schemas/CheckinUpload' } },
        },
        additionalProperties: false,
        required: ['list'],
      },
      CheckinUpload: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/Id' },
          fileName: { type: 'string' },
          status: {
            type: 'string',
            enum: ['draft', 'applied', 'undone'],
            description: '预览、已导入、已撤销',
          },
          lines: { $ref: '#/components/schemas/Count', description: '文件中的行数，不含表头与空行' },
          added: { $ref: '#/components/schemas/Count', description: '导入的打卡数' },
          closes: { type: 'boolean', description: '据此结营' },
          canUndo: { type: 'boolean', description: '已导入，且退款名单尚未生成' },
          operator: { type: 'string', description: '导入者' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          appliedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          undoneAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'campId',
          'fileName',
          'status',
          'lines',
          'added',
          'closes',
          'canUndo',
          'operator',
          'createdAt',
          'appliedAt',
          'undoneAt',
        ],
      },
      CheckinUploadCounts: {
        type: 'object',
        properties: {
          new: { $ref: '#/components/schemas/Count', description: '将导入' },
          duplicate: { $ref: '#/components/schemas/Count', description: '这一天已有打卡' },
          outside: { $ref: '#/components/schemas/Count', description: '不在训练营日期内，或日期未到' },
          unmatched: { $ref: '#/components/schemas/Count', description: '不是本营已匹配的会员' },
          bad: { $ref: '#/components/schemas/Count', description: '无法读取' },
        },
        additionalProperties: false,
        required: ['new', 'duplicate', 'outside', 'unmatched', 'bad'],
      },
      CheckinUploadRow: {
        type: 'object',
        properties: {
          line: { type: 'integer', minimum: 1, description: '文件中的行号，含表头' },
          who: { type: 'string' },
          date: { type: 'string' },
          status: { type: 'string', enum: ['new', 'duplicate', 'outside', 'unmatched', 'bad'] },
          reason: { type: 'string', description: '为什么不导入' },
          reasonCode: { type: 'string', description: '同上的代码，见 docs/error-codes.md' },
        },
        additionalProperties: false,
        required: ['line', 'who', 'date', 'status', 'reason', 'reasonCode'],
      },
      CheckinUploadPreview: {
        type: 'object',
        properties: {
          upload: { $ref: '#/components/schemas/CheckinUpload' },
          canClose: { type: 'boolean', description: '训练营已结束，可以据此结营' },
          counts: { $ref: '#/components/schemas/CheckinUploadCounts' },
          members: { $ref: '#/components/schemas/Count', description: '将有新打卡的会员数' },
          rows: {
            type: 'array',
            maxItems: 200,
            items: { $ref: '#/components/schemas/CheckinUploadRow' },
            description: '不会导入的行，最多 200 行',
          },
        },
        additionalProperties: false,
        required: ['upload', 'canClose', 'counts', 'members', 'rows'],
      },
      PayCloseState: {
        type: 'string',
        enum: ['running', 'open', 'closed'],
        description: '`running` 当天尚未结束，`open` 待结',
      },
      PayAccountGroup: {
        type: 'string',
        enum: ['money', 'owed', 'unclear', 'earned', 'other'],
        description: '渠道资金；应付会员与他人；待确认（挂账、未归属）；收入；其他（应收、商户优惠）',
      },
      PayCloseFacts: {
        type: 'object',
        properties: {
          day: { $ref: '#/components/schemas/LocalDate' },
          state: { $ref: '#/components/schemas/PayCloseState' },
          closable: { type: 'boolean', description: '是否轮到结这一天' },
          seenTo: { type: 'boolean', description: '当日账单都已取到，且没有未处理的差异' },
          closedBy: { $ref: '#/components/schemas/TextOrNull' },
          closedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '有未处理事项而结账的理由' },
        },
        additionalProperties: false,
        required: ['day', 'state', 'closable', 'seenTo', 'closedBy', 'closedAt', 'reason'],
      },
      PayCloseDay: {
        type: 'object',
        properties: {
          day: { $ref: '#/components/schemas/LocalDate' },
          state: { $ref: '#/components/schemas/PayCloseState' },
          closable: { type: 'boolean', description: '是否轮到结这一天' },
          seenTo: { type: 'boolean', description: '当日账单都已取到，且没有未处理的差异' },
          closedBy: { $ref: '#/components/schemas/TextOrNull' },
          closedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '有未处理事项而结账的理由' },
          opening: { $ref: '#/components/schemas/SignedYuan' },
          in: { $ref: '#/components/schemas/SignedYuan' },
          out: { $ref: '#/components/schemas/SignedYuan' },
          closing: { $ref: '#/components/schemas/SignedYuan' },
          owed: { $ref: '#/components/schemas/SignedYuan' },
          unclear: { $ref: '#/components/schemas/SignedYuan' },
          earned: { $ref: '#/components/schemas/SignedYuan' },
          fee: { $ref: '#/components/schemas/SignedYuan' },
          differences: { $ref: '#/components/schemas/Count', description: '当日账单的差异' },
          openDifferences: { $ref: '#/components/schemas/Count', description: '其中未处理的' },
        },
        additionalProperties: false,
        required: [
          'day',
          'state',
          'closable',
          'seenTo',
          'closedBy',
          'closedAt',
          'reason',
          'opening',
          'in',
          'out',
          'closing',
          'owed',
          'unclear',
          'earned',
          'fee',
          'differences',
          'openDifferences',
        ],
      },
      PayCloseMonth: {
        type: 'object',
        properties: {
          month: { type: 'string' },
          list: { type: 'array', maxItems: 31, items: { $ref: '#/components/schemas/PayCloseDay' } },
        },
        additionalProperties: false,
        required: ['month', 'list'],
      },
      PayCloseAccount: {
        type: 'object',
        properties: {
          line: { $ref: '#/components/schemas/Line' },
          gateway: { $ref: '#/components/schemas/TextOrNull', description: '渠道；与付款无关为 null' },
          group: { $ref: '#/components/schemas/PayAccountGroup' },
          account: { type: 'string' },
          opening: { $ref: '#/components/schemas/SignedYuan' },
          in: { $ref: '#/components/schemas/SignedYuan' },
          out: { $ref: '#/components/schemas/SignedYuan' },
          closing: { $ref: '#/components/schemas/SignedYuan' },
          fee: { $ref: '#/components/schemas/SignedYuan', description: '渠道资金的手续费；其他账户为 0' },
        },
        additionalProperties: false,
        required: ['line', 'gateway', 'group', 'account', 'opening', 'in', 'out', 'closing', 'fee'],
      },
      PayCloseAccountOfDay: {
        type: 'object',
        properties: {
          day: { $ref: '#/components/schemas/LocalDate' },
          state: { $ref: '#/components/schemas/PayCloseState' },
          line: { $ref: '#/components/schemas/Line' },
          gateway: { $ref: '#/components/schemas/TextOrNull', description: '渠道；与付款无关为 null' },
          group: { $ref: '#/components/schemas/PayAccountGroup' },
          account: { type: 'string' },
          opening: { $ref: '#/components/schemas/SignedYuan' },
          in: { $ref: '#/components/schemas/SignedYuan' },
          out: { $ref: '#/components/schemas/SignedYuan' },
          closing: { $ref: '#/components/schemas/SignedYuan' },
          fee: { $ref: '#/components/schemas/SignedYuan', description: '渠道资金的手续费；其他账户为 0' },
        },
        additionalProperties: false,
        required: [
          'day',
          'state',
          'line',
          'gateway',
          'group',
          'account',
          'opening',
          'in',
          'out',
          'closing',
          'fee',
        ],
      },
      PayCloseAccountMonth: {
        type: 'object',
        properties: {
          month: { type: 'string' },
          list: {
            type: 'array',
            maxItems: 31000,
            items: { $ref: '#/components/schemas/PayCloseAccountOfDay' },
          },
        },
        additionalProperties: false,
        required: ['month', 'list'],
      },
      PayCloseGateway: {
        type: 'object',
        properties: {
          gateway: { type: 'string' },
          bill: {
            type: ['string', 'null'],
            enum: ['waiting', 'complete', 'none', 'broken', null],
            description: '账单；null 为尚未获取',
          },
          differences: { $ref: '#/components/schemas/Count' },
          openDifferences: { $ref: '#/components/schemas/Count' },
          difference: {
            $ref: '#/components/schemas/SignedYuan',
            description: '未处理差异的净额，渠道减我方',
          },
          held: {
            type: ['number', 'null'],
            format: 'yuan',
            description:
              '当天结束时商户账户的余额，以资金账单为准，结账后也可能随账单更正；资金账单未取到或未写明为 null',
          },
        },
        additionalProperties: false,
        required: ['gateway', 'bill', 'differences', 'openDifferences', 'difference', 'held'],
      },
      PayClose: {
        type: 'object',
        properties: {
          day: { $ref: '#/components/schemas/LocalDate' },
          state: { $ref: '#/components/schemas/PayCloseState' },
          closable: { type: 'boolean', description: '是否轮到结这一天' },
          seenTo: { type: 'boolean', description: '当日账单都已取到，且没有未处理的差异' },
          closedBy: { $ref: '#/components/schemas/TextOrNull' },
          closedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '有未处理事项而结账的理由' },
          accounts: {
            type: 'array',
            maxItems: 1000,
            items: { $ref: '#/components/schemas/PayCloseAccount' },
          },
          gateways: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayCloseGateway' } },
        },
        additionalProperties: false,
        required: [
          'day',
          'state',
          'closable',
          'seenTo',
          'closedBy',
          'closedAt',
          'reason',
          'accounts',
          'gateways',
        ],
      },
      ClosePayDay: {
        type: 'object',
        properties: {
          reason: {
            type: 'string',
            minLength: 1,
            maxLength: 500,
            description: '有未处理的账单或差异时仍结账的理由',
          },
        },
        additionalProperties: false,
      },
      CourseBookingType: { type: 'string', enum: ['course_enrollment', 'appointment'] },
      CourseBookingStatus: {
        type: 'string',
        enum: ['unpaid', 'paid', 'cancelled', 'refunded'],
        description: '待支付、已支付、已取消、已退款',
      },
      CourseMethodId: { type: 'string', enum: ['alipay', 'wechat', 'bank_card'] },
      CourseRefundStatus: { type: 'string', enum: ['pending', 'processing', 'completed', 'failed'] },
      CreateCourse: {
        type: 'object',
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 100 },
          price: { $ref: '#/components/schemas/PositiveYuan' },
        },
        additionalProperties: false,
        required: ['title', 'price'],
      },
      UpdateCourse: {
        type: 'object',
        properties: { active: { type: 'boolean' } },
        additionalProperties: false,
        required: ['active'],
      },
      Course: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Uuid' },
          title: { type: 'string' },
          price: { $ref: '#/components/schemas/Yuan' },
          active: { type: 'boolean' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'title', 'price', 'active', 'createdAt'],
      },
      CoursePage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Course' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      CreateEnrolment: {
        type: 'object',
        properties: {
          courseId: { $ref: '#/components/schemas/Uuid' },
          userId: { type: 'string', minLength: 1, maxLength: 64, description: '宿主平台的用户 ID' },
        },
        additionalProperties: false,
        required: ['courseId', 'userId'],
      },
      CreateAppointment: {
        type: 'object',
        properties: {
          userId: { type: 'string', minLength: 1, maxLength: 64, description: '宿主平台的用户 ID' },
          title: { type: 'string', minLength: 1, maxLength: 100 },
          startsAt: { $ref: '#/components/schemas/LocalDateTime' },
          amount: { $ref: '#/components/schemas/PositiveYuan' },
        },
        additionalProperties: false,
        required: ['userId', 'title', 'startsAt', 'amount'],
      },
      CourseBooking: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Uuid' },
          type: { $ref: '#/components/schemas/CourseBookingType' },
          userId: { type: 'string' },
          courseId: { type: ['string', 'null'], format: 'uuid' },
          title: { type: 'string' },
          startsAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/CourseBookingStatus' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'type', 'userId', 'courseId', 'title', 'startsAt', 'amount', 'status', 'createdAt'],
      },
      CourseBookingDetail: {
        type: 'object',
        properties: {
          booking: { $ref: '#/components/schemas/CourseBooking' },
          refundable: {
            $ref: '#/components/schemas/Yuan',
            description: '现在还可以退的金额，含已记为收入的',
          },
          refunds: { type: 'array', items: { $ref: '#/components/schemas/CourseRefund' } },
        },
        additionalProperties: false,
        required: ['booking', 'refundable', 'refunds'],
      },
      RefundCourseBooking: {
        type: 'object',
        properties: {
          amount: { $ref: '#/components/schemas/PositiveYuan' },
          reason: { type: 'string', minLength: 1, maxLength: 80, description: '退款原因，付款人可见' },
        },
        additionalProperties: false,
        required: ['amount', 'reason'],
      },
      CourseBookingPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/CourseBooking' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      UpdateCourseMethod: {
        type: 'object',
        properties: { enabled: { type: 'boolean' } },
        additionalProperties: false,
        required: ['enabled'],
      },
      CourseMethod: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/CourseMethodId' },
          name: { type: 'string' },
          enabled: { type: 'boolean' },
          configured: { type: 'boolean', description: '部署时是否配置了该支付网关；没有配置的不能启用' },
          minAmount: { $ref: '#/components/schemas/Yuan' },
          maxAmount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['id', 'name', 'enabled', 'configured', 'minAmount', 'maxAmount'],
      },
      CourseMethodList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/CourseMethod' } } },
        additionalProperties: false,
        required: ['list'],
      },
      CourseRefund: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Uuid' },
          paymentId: { $ref: '#/components/schemas/Uuid' },
          bookingId: { $ref: '#/components/schemas/Uuid' },
          bookingTitle: { type: 'string' },
          userId: { type: 'string' },
          method: { $ref: '#/components/schemas/CourseMethodId' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/CourseRefundStatus' },
          reason: { type: 'string' },
          reasonCode: { $ref: '#/components/schemas/RefundReasonCode' },
          description: { type: 'string' },
          failCode: { $ref: '#/components/schemas/RefundFailCode' },
          failMessage: { $ref: '#/components/schemas/TextOrNull' },
          canRetry: { type: 'boolean', description: '失败了，且钱没有退回商户账户：可以重试' },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          transactionId: { $ref: '#/components/schemas/TextOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          completedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'paymentId',
          'bookingId',
          'bookingTitle',
          'userId',
          'method',
          'amount',
          'status',
          'reason',
          'reasonCode',
          'description',
          'failCode',
          'failMessage',
          'canRetry',
          'hold',
          'transactionId',
          'createdAt',
          'completedAt',
        ],
      },
      CourseRefundPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/CourseRefund' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      PayEntryState: { type: 'string', enum: ['proposed', 'posted', 'refused'] },
      PayEntryAccount: { type: 'string', enum: ['clearing', 'deposit', 'outside', 'receivable', 'income'] },
      PayEntry: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          line: { $ref: '#/components/schemas/Line' },
          orderNo: { type: 'string' },
          party: { $ref: '#/components/schemas/PayParty' },
          debit: { $ref: '#/components/schemas/PayEntryAccount', description: '借方' },
          credit: { $ref: '#/components/schemas/PayEntryAccount', description: '贷方' },
          amount: { $ref: '#/components/schemas/Yuan' },
          reason: { type: 'string' },
          evidence: { type: 'string', description: '凭证' },
          state: { $ref: '#/components/schemas/PayEntryState' },
          reverses: { type: ['integer', 'null'], description: '冲回的是哪一笔' },
          reversedBy: { type: ['integer', 'null'], description: '由哪一笔冲回，或提出冲回' },
          proposedBy: { type: 'string' },
          proposedAt: { $ref: '#/components/schemas/LocalDateTime' },
          decidedBy: { $ref: '#/components/schemas/TextOrNull' },
          decidedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '驳回的理由' },
        },
        additionalProperties: false,
        required: [
          'id',
          'line',
          'orderNo',
          'party',
          'debit',
          'credit',
          'amount',
          'reason',
          'evidence',
          'state',
          'reverses',
          'reversedBy',
          'proposedBy',
          'proposedAt',
          'decidedBy',
          'decidedAt',
          'note',
        ],
      },
      PayEntryPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayEntry' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      ProposePayEntry: {
        type: 'object',
        properties: {
          orderNo: { type: 'string', minLength: 1, maxLength: 64 },
          debit: { $ref: '#/components/schemas/PayEntryAccount' },
          credit: { $ref: '#/components/schemas/PayEntryAccount' },
          amount: { $ref: '#/components/schemas/PositiveYuan' },
          reason: { type: 'string', minLength: 1, maxLength: 500, description: '理由' },
          evidence: {
            type: 'string',
            minLength: 1,
            maxLength: 500,
            description: '凭证，如银行流水号、合同编号',
          },
        },
        additionalProperties: false,
        required: ['orderNo', 'debit', 'credit', 'amount', 'reason', 'evidence'],
      },
      ReversePayEntry: {
        type: 'object',
        properties: {
          reason: { type: 'string', minLength: 1, maxLength: 500 },
          evidence: { type: 'string', minLength: 1, maxLength: 500 },
        },
        additionalProperties: false,
        required: ['reason', 'evidence'],
      },
      RefusePayEntry: {
        type: 'object',
        properties: { note: { type: 'string', minLength: 1, maxLength: 500, description: '理由' } },
        additionalProperties: false,
        required: ['note'],
      },
      GymType: {
        type: 'string',
        enum: ['membership', 'course', 'private'],
        description: '会员费、课程、私教课',
      },
      CreateGymMember: {
        type: 'object',
        properties: {
          userId: { type: 'string', minLength: 1, maxLength: 64, description: '宿主平台的用户 ID' },
          name: { type: 'string', minLength: 1, maxLength: 50 },
        },
        additionalProperties: false,
        required: ['userId', 'name'],
      },
      GymMember: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          userId: { type: 'string' },
          name: { type: 'string' },
          membershipUntil: {
            $ref: '#/components/schemas/LocalDateOrNull',
            description: '会员最后一天（含）',
          },
          courseLessons: { $ref: '#/components/schemas/Count' },
          privateLessons: { $ref: '#/components/schemas/Count' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'userId', 'name', 'membershipUntil', 'courseLessons', 'privateLessons', 'createdAt'],
      },
      GymMemberPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/GymMember' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      CreateGymOffer: {
        type: 'object',
        properties: {
          type: { $ref: '#/components/schemas/GymType' },
          name: { type: 'string', minLength: 1, maxLength: 50 },
          amount: { $ref: '#/components/schemas/PositiveYuan' },
          quantity: { type: 'integer', minimum: 1, maximum: 3660, description: '会员费为天数，其余为课时' },
        },
        additionalProperties: false,
        required: ['type', 'name', 'amount', 'quantity'],
      },
      UpdateGymOffer: {
        type: 'object',
        properties: { active: { type: 'boolean' } },
        additionalProperties: false,
        required: ['active'],
      },
      GymOffer: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          type: { $ref: '#/components/schemas/GymType' },
          name: { type: 'string' },
          amount: { $ref: '#/components/schemas/Yuan' },
          quantity: { $ref: '#/components/schemas/Count' },
          active: { type: 'boolean' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'type', 'name', 'amount', 'quantity', 'active', 'createdAt'],
      },
      GymOfferList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/GymOffer' } } },
        additionalProperties: false,
        required: ['list'],
      },
      GymPaymentStatus: {
        type: 'string',
        enum: ['pending', 'success', 'failed'],
        description: '待支付、支付成功、支付失败',
      },
      RefundGymPayment: {
        type: 'object',
        properties: {
          reason: { type: 'string', minLength: 1, maxLength: 80, description: '退款原因，付款人可见' },
        },
        additionalProperties: false,
        required: ['reason'],
      },
      GymPayment: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          orderNo: { type: 'string' },
          memberId: { $ref: '#/components/schemas/Id' },
          memberName: { type: 'string' },
          userId: { type: 'string' },
          type: { $ref: '#/components/schemas/GymType' },
          offerName: { type: 'string' },
          quantity: { type: 'integer', minimum: 1, description: '会员费为天数，其余为课时' },
          amount: { $ref: '#/components/schemas/Yuan' },
          description: { type: 'string' },
          status: { $ref: '#/components/schemas/GymPaymentStatus' },
          paidAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          refund: { anyOf: [{ $ref: '#/components/schemas/GymRefund' }, { type: 'null' }] },
        },
        additionalProperties: false,
        required: [
          'id',
          'orderNo',
          'memberId',
          'memberName',
          'userId',
          'type',
          'offerName',
          'quantity',
          'amount',
          'description',
          'status',
          'paidAt',
          'createdAt',
          'refund',
        ],
      },
      GymRefund: {
        type: 'object',
        properties: {
          status: { $ref: '#/components/schemas/MoneyStatus' },
          reason: { type: 'string' },
          requestedBy: { type: 'string', description: '操作人用户名' },
          failCode: { $ref: '#/components/schemas/RefundFailCode' },
          failMessage: { $ref: '#/components/schemas/TextOrNull' },
          canRetry: { type: 'boolean', description: '失败了，且钱没有退回商户账户：可以重试' },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          completedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'status',
          'reason',
          'requestedBy',
          'failCode',
          'failMessage',
          'canRetry',
          'hold',
          'createdAt',
          'completedAt',
        ],
      },
      GymPaymentPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/GymPayment' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      JobState: {
        type: 'string',
        enum: ['waiting', 'running', 'failed', 'exhausted'],
        description: '等待执行、正在执行、失败（会自动重试）、已用尽重试次数',
      },
      JobId: { type: 'string', pattern: '^(job|order|refund|transfer)-[1-9]\\d{0,15}$', maxLength: 25 },
      JobIds: { type: 'array', minItems: 1, maxItems: 100, items: { $ref: '#/components/schemas/JobId' } },
      JobField: {
        type: 'object',
        properties: { field: { type: 'string' }, value: { type: 'string' } },
        additionalProperties: false,
        required: ['field', 'value'],
      },
      Job: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/JobId' },
          name: { type: 'string', description: '任务名，如 `camp.sync`' },
          about: { type: 'array', maxItems: 10, items: { $ref: '#/components/schemas/JobField' } },
          state: { $ref: '#/components/schemas/JobState' },
          attempts: { $ref: '#/components/schemas/Count', description: '已执行的次数' },
          maxAttempts: { type: ['integer', 'null'], minimum: 1, description: '最多次数；不限为 null' },
          error: { $ref: '#/components/schemas/TextOrNull', description: '最近一次失败的原因' },
          dueAt: { $ref: '#/components/schemas/LocalDateTime', description: '何时执行，真实时间' },
          canRetry: { type: 'boolean' },
          canDrop: { type: 'boolean' },
        },
        additionalProperties: false,
        required: [
          'id',
          'name',
          'about',
          'state',
          'attempts',
          'maxAttempts',
          'error',
          'dueAt',
          'canRetry',
          'canDrop',
        ],
      },
      JobPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Job' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          names: { type: 'array', maxItems: 100, items: { type: 'string' } },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'names'],
      },
      RetryJobs: {
        type: 'object',
        properties: { ids: { $ref: '#/components/schemas/JobIds' } },
        additionalProperties: false,
        required: ['ids'],
      },
      DropJobs: {
        type: 'object',
        properties: {
          ids: { $ref: '#/components/schemas/JobIds' },
          reason: { type: 'string', minLength: 1, maxLength: 500, description: '理由' },
        },
        additionalProperties: false,
        required: ['ids', 'reason'],
      },
      ChangedJobs: {
        type: 'object',
        properties: {
          done: { $ref: '#/components/schemas/Count', description: '已重试或丢弃的' },
          left: { $ref: '#/components/schemas/Count', description: '保持不变的' },
        },
        additionalProperties: false,
        required: ['done', 'left'],
      },
      Line: { type: 'string', enum: ['camp', 'course', 'gym', 'task', 'work-order'] },
      OrderStatus: {
        type: 'string',
        enum: ['pending', 'paid', 'closed'],
        description: '待支付、已支付、已关闭',
      },
      MoneyStatus: { type: 'string', enum: ['pending', 'processing', 'success', 'failed'] },
      SignedYuan: { type: 'number', format: 'yuan', description: '金额，单位元，可为负' },
      PayLineList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/Line' } } },
        additionalProperties: false,
        required: ['list'],
      },
      PayParty: {
        type: 'object',
        description: '订单是谁的、为了什么，由业务线说明；业务线不知道的为 null',
        properties: {
          name: { $ref: '#/components/schemas/TextOrNull', description: '称呼：会员昵称、健身房会员姓名' },
          userId: { $ref: '#/components/schemas/TextOrNull', description: '星球 ID，或宿主平台的用户 ID' },
          memberId: { type: ['integer', 'null'], minimum: 1, description: '会员在该业务线的编号' },
          about: {
            $ref: '#/components/schemas/TextOrNull',
            description: '训练营、课程、项目、任务或服务的名称',
          },
          aboutId: {
            $ref: '#/components/schemas/TextOrNull',
            description: '它在该业务线的编号：训练营、预订、项目、任务或工单',
          },
          payer: {
            $ref: '#/components/schemas/TextOrNull',
            description: '付款人的记号，不是账号：同一付款人的订单相同；尚不知道的为 null',
          },
        },
        additionalProperties: false,
        required: ['name', 'userId', 'memberId', 'about', 'aboutId', 'payer'],
      },
      PayOrder: {
        type: 'object',
        properties: {
          orderNo: { type: 'string' },
          line: { $ref: '#/components/schemas/Line' },
          subject: { type: 'string', description: '业务线自己的编号' },
          description: { type: 'string' },
          amount: { $ref: '#/components/schemas/Yuan' },
          refunded: { $ref: '#/components/schemas/Yuan', description: '已退款' },
          status: { $ref: '#/components/schemas/OrderStatus' },
          gateway: { $ref: '#/components/schemas/TextOrNull', description: '最近一次付款的渠道' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          expiresAt: { $ref: '#/components/schemas/LocalDateTime' },
          paidAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          party: { $ref: '#/components/schemas/PayParty' },
        },
        additionalProperties: false,
        required: [
          'orderNo',
          'line',
          'subject',
          'description',
          'amount',
          'refunded',
          'status',
          'gateway',
          'createdAt',
          'expiresAt',
          'paidAt',
          'party',
        ],
      },
      OrderPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayOrder' } },
          more: { type: 'boolean', description: '叫这个名字的太多，只找了其中 500 个：请写得更完整' },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'more', 'total', 'page', 'pageSize', 'totalPages'],
      },
      OrderStory: {
        type: 'object',
        properties: {
          order: { $ref: '#/components/schemas/PayOrder' },
          attempts: { type: 'array', items: { $ref: '#/components/schemas/PayAttempt' } },
          refusals: {
            type: 'array',
            items: { $ref: '#/components/schemas/PayRefusal' },
            description: '支付渠道没有接受的下单',
          },
          refunds: { type: 'array', items: { $ref: '#/components/schemas/PayRefund' } },
          transfers: { type: 'array', items: { $ref: '#/components/schemas/PayTransfer' } },
          notifications: { type: 'array', items: { $ref: '#/components/schemas/PayNote' } },
          postings: { type: 'array', items: { $ref: '#/components/schemas/PayPosting' } },
        },
        additionalProperties: false,
        required: ['order', 'attempts', 'refusals', 'refunds', 'transfers', 'notifications', 'postings'],
      },
      PayAttempt: {
        type: 'object',
        properties: {
          outTradeNo: { type: 'string', description: '商户单号' },
          gateway: { type: 'string' },
          scene: { $ref: '#/components/schemas/TextOrNull' },
          state: { type: 'string', enum: ['created', 'open', 'closed', 'paid'] },
          transactionId: { $ref: '#/components/schemas/TextOrNull', description: '支付平台交易号' },
          counts: {
            type: 'boolean',
            description: '这笔钱是否计入订单；否则为迟到或重复的付款，自动退回，或为挂账款项',
          },
          suspended: { type: 'boolean', description: '挂账，由人决定归属或退回' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          paidAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          amount: { $ref: '#/components/schemas/Yuan', description: '要付的金额；已支付时为实际支付的金额' },
        },
        additionalProperties: false,
        required: [
          'outTradeNo',
          'gateway',
          'scene',
          'state',
          'transactionId',
          'counts',
          'suspended',
          'createdAt',
          'paidAt',
          'amount',
        ],
      },
      PayRefusal: {
        type: 'object',
        properties: {
          gateway: { type: 'string' },
          code: { type: 'string', description: '渠道的错误码；没有明确答复时为本系统的' },
          message: { type: 'string', description: '渠道的原话' },
          times: { type: 'integer', minimum: 1 },
          mayTryAgain: { type: 'boolean', description: '付款人再试一次是否可能成功' },
          lastAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['gateway', 'code', 'message', 'times', 'mayTryAgain', 'lastAt'],
      },
      PayRefund: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          orderNo: { type: 'string' },
          line: { $ref: '#/components/schemas/Line' },
          amount: { $ref: '#/components/schemas/Yuan' },
          reason: { type: 'string' },
          reasonCode: { $ref: '#/components/schemas/RefundReasonCode' },
          status: { $ref: '#/components/schemas/MoneyStatus' },
          outRefundNos: {
            type: 'array',
            items: { type: 'string' },
            description: '用过的退款单号，最近的在后',
          },
          refundId: { $ref: '#/components/schemas/TextOrNull', description: '支付平台退款号' },
          failure: { $ref: '#/components/schemas/TextOrNull' },
          failCode: { $ref: '#/components/schemas/RefundFailCode' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          succeededAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          gateway: { type: 'string', description: '支付渠道' },
          gatewayState: {
            type: ['string', 'null'],
            enum: ['created', 'sending', 'accepted', 'abnormal', 'merchant', 'success', 'closed', null],
            description:
              '最近一个退款单号在渠道的状态：未发出（或被渠道拒绝）、已发出未答复、已受理、异常、已退回商户（付款人未收到）、成功、关闭',
          },
          processingSince: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '处理中的退款最近一次发出的时间（真实时间）',
          },
          canRetry: { type: 'boolean', description: '系统自行发起的退款失败了，可在此重试' },
          retriable: {
            type: 'boolean',
            description: '失败了，可在批量重试中给出；业务线自己的退款由该业务线重试',
          },
          canRedirect: { type: 'boolean', description: '渠道报告异常，可改退到其他账户' },
          canSettleOutside: { type: 'boolean', description: '已失败，或超过一天没有结果，可登记线下退款' },
          outside: { oneOf: [{ $ref: '#/components/schemas/OutsideRefund' }, { type: 'null' }] },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          source: { type: 'string', description: '由什么而起：`camp_refund:7` 为训练营的退款记录 7' },
          party: { $ref: '#/components/schemas/PayParty' },
          pause: { $ref: '#/components/schemas/PayRefundPauseOrNull' },
          executeAfter: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '尚未发出的退款此后才会发出（真实时间），在此之前审核可以撤回；没有等待的为 null',
          },
        },
        additionalProperties: false,
        required: [
          'id',
          'orderNo',
          'line',
          'amount',
          'reason',
          'reasonCode',
          'status',
          'outRefundNos',
          'refundId',
          'failure',
          'failCode',
          'createdAt',
          'succeededAt',
          'gateway',
          'gatewayState',
          'processingSince',
          'canRetry',
          'retriable',
          'canRedirect',
          'canSettleOutside',
          'outside',
          'hold',
          'source',
          'party',
          'pause',
          'executeAfter',
        ],
      },
      PayRefundPause: {
        type: 'object',
        description: '商户余额不足，渠道的退款暂停发出',
        properties: {
          gateway: { type: 'string', description: '支付渠道' },
          until: { $ref: '#/components/schemas/LocalDateTime', description: '此时自动试发一笔（真实时间）' },
        },
        additionalProperties: false,
        required: ['gateway', 'until'],
      },
      PayRefundPauseOrNull: { oneOf: [{ $ref: '#/components/schemas/PayRefundPause' }, { type: 'null' }] },
      GoOnWithRefunds: {
        type: 'object',
        properties: { gateway: { type: 'string', minLength: 1, maxLength: 50 } },
        additionalProperties: false,
        required: ['gateway'],
      },
      OutsideRefund: {
        type: 'object',
        description: '渠道以外的退款；确认前没有任何效力',
        properties: {
          evidence: { type: 'string', description: '凭据' },
          proposedBy: { type: 'string' },
          proposedAt: { $ref: '#/components/schemas/LocalDateTime' },
          confirmedBy: { $ref: '#/components/schemas/TextOrNull' },
          confirmedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: ['evidence', 'proposedBy', 'proposedAt', 'confirmedBy', 'confirmedAt'],
      },
      RetryPayRefunds: {
        type: 'object',
        properties: {
          ids: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            uniqueItems: true,
            items: { $ref: '#/components/schemas/Id' },
          },
        },
        additionalProperties: false,
        required: ['ids'],
      },
      PayRefundRetryList: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayRefundRetry' } },
        },
        additionalProperties: false,
        required: ['list'],
      },
      PayRefundRetry: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          outcome: {
            type: 'string',
            enum: ['taken', 'held', 'under_way', 'refused'],
            description:
              '已重新提交；已重新提交，等待解除止付或第二人确认；已在处理中或已退回，没有再次提交；不能重试',
          },
          code: {
            $ref: '#/components/schemas/TextOrNull',
            description: '不能重试的原因的代码，见 docs/error-codes.md',
          },
          message: { $ref: '#/components/schemas/TextOrNull', description: '不能重试的原因' },
        },
        additionalProperties: false,
        required: ['id', 'outcome', 'code', 'message'],
      },
      RedirectPayRefund: {
        type: 'object',
        required: ['to'],
        properties: {
          to: { type: 'string', enum: ['merchant', 'payer'] },
          bankType: {
            type: 'string',
            enum: [
              'CMB_DEBIT',
              'COMM_DEBIT',
              'ABC_DEBIT',
              'CCB_DEBIT',
              'ICBC_DEBIT',
              'BOC_DEBIT',
              'PAB_DEBIT',
              'SPDB_DEBIT',
              'CITIC_DEBIT',
              'CEB_DEBIT',
              'CMBC_DEBIT',
              'CIB_DEBIT',
              'GDB_DEBIT',
              'PSBC_DEBIT',
              'NBCB_DEBIT',
            ],
            description: '开户银行的借记卡（渠道支持的 15 家）；退到银行卡时必填',
          },
          account: { type: 'string', pattern: '^[0-9]{8,32}$', description: '银行卡号；退到银行卡时必填' },
          name: { type: 'string', minLength: 1, maxLength: 64, description: '收款人姓名；退到银行卡时必填' },
        },
        additionalProperties: false,
      },
      ProposeOutsideRefund: {
        type: 'object',
        properties: {
          evidence: {
            type: 'string',
            minLength: 1,
            maxLength: 500,
            description: '凭据：怎样退的、何时、单号',
          },
        },
        additionalProperties: false,
        required: ['evidence'],
      },
      SuspenseStatus: {
        type: 'string',
        enum: ['pending', 'assigned', 'refunding', 'refunded'],
        description: '待处理、已计入订单、退回中、已退回',
      },
      PaySuspense: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          line: { $ref: '#/components/schemas/Line' },
          orderNo: { type: 'string' },
          description: { type: 'string', description: '订单内容' },
          gateway: { type: 'string' },
          outTradeNo: { type: 'string', description: '商户单号' },
          transactionId: { $ref: '#/components/schemas/TextOrNull', description: '支付平台交易号' },
          asked: { $ref: '#/components/schemas/Yuan', description: '订单要求的金额' },
          paid: { $ref: '#/components/schemas/Yuan', description: '实际支付的金额' },
          left: { $ref: '#/components/schemas/Yuan', description: '其中尚未退回、也不在退回中的金额' },
          reason: {
            type: 'string',
            enum: ['wrong_amount', 'not_wanted'],
            description: '金额与订单不符；业务线用不上',
          },
          status: { $ref: '#/components/schemas/SuspenseStatus' },
          canAssign: { type: 'boolean', description: '订单没有另行支付、款项没有部分退回，可计入订单' },
          days: { $ref: '#/components/schemas/Count', description: '挂账至今（或至决定时）的整天数' },
          paidAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          decidedBy: { $ref: '#/components/schemas/TextOrNull' },
          decidedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '决定的理由' },
          party: { $ref: '#/components/schemas/PayParty' },
        },
        additionalProperties: false,
        required: [
          'id',
          'line',
          'orderNo',
          'description',
          'gateway',
          'outTradeNo',
          'transactionId',
          'asked',
          'paid',
          'left',
          'reason',
          'status',
          'canAssign',
          'days',
          'paidAt',
          'createdAt',
          'decidedBy',
          'decidedAt',
          'note',
          'party',
        ],
      },
      PaySuspensePage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PaySuspense' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      DecidePaySuspense: {
        type: 'object',
        properties: { note: { type: 'string', minLength: 1, maxLength: 500, description: '理由' } },
        additionalProperties: false,
        required: ['note'],
      },
      PayRefundPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayRefund' } },
          more: { type: 'boolean', description: '叫这个名字的太多，只找了其中 500 个订单：请写得更完整' },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          pauses: {
            type: 'array',
            maxItems: 20,
            items: { $ref: '#/components/schemas/PayRefundPause' },
            description: '正在暂停的渠道',
          },
        },
        additionalProperties: false,
        required: ['list', 'more', 'total', 'page', 'pageSize', 'totalPages', 'pauses'],
      },
      PayTransfer: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          orderNo: { type: 'string' },
          line: { $ref: '#/components/schemas/Line' },
          amount: { $ref: '#/components/schemas/Yuan' },
          remark: { type: 'string' },
          status: { $ref: '#/components/schemas/MoneyStatus' },
          outTransferNo: { type: 'string' },
          failure: { $ref: '#/components/schemas/TextOrNull' },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          succeededAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'orderNo',
          'line',
          'amount',
          'remark',
          'status',
          'outTransferNo',
          'failure',
          'hold',
          'createdAt',
          'succeededAt',
        ],
      },
      PayNote: {
        type: 'object',
        properties: {
          gateway: { type: 'string' },
          eventType: { type: 'string' },
          state: { type: 'string', enum: ['applied', 'quarantined', 'unreadable'] },
          reason: { $ref: '#/components/schemas/TextOrNull' },
          deliveries: { $ref: '#/components/schemas/Count' },
          receivedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['gateway', 'eventType', 'state', 'reason', 'deliveries', 'receivedAt'],
      },
      PayPosting: {
        type: 'object',
        properties: {
          kind: { type: 'string', description: '记账的缘由，如 payment、refund' },
          debit: { type: 'string' },
          credit: { type: 'string' },
          amount: { $ref: '#/components/schemas/Yuan' },
          at: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['kind', 'debit', 'credit', 'amount', 'at'],
      },
      PayBalanceList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/PayBalance' } } },
        additionalProperties: false,
        required: ['list'],
      },
      PayBalance: {
        type: 'object',
        properties: { account: { type: 'string' }, balance: { $ref: '#/components/schemas/SignedYuan' } },
        additionalProperties: false,
        required: ['account', 'balance'],
      },
      PayBillState: { type: 'string', enum: ['waiting', 'complete', 'none', 'broken'] },
      PayBill: {
        type: 'object',
        properties: {
          gateway: { type: 'string' },
          day: { $ref: '#/components/schemas/LocalDate', description: '账单日期' },
          state: { $ref: '#/components/schemas/PayBillState' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '尚未取到或不可信的原因' },
          rows: { $ref: '#/components/schemas/Count', description: '明细行数' },
          paid: { $ref: '#/components/schemas/Yuan', description: '付款合计' },
          refunded: { $ref: '#/components/schemas/Yuan', description: '退款合计' },
          fee: { type: ['number', 'null'], format: 'yuan', description: '手续费净额；账单未写明为 null' },
          readAt: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '最近一次完整读入' },
          nextAt: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '下次获取；null 为不再自动获取',
          },
          openDifferences: { $ref: '#/components/schemas/Count', description: '未处理的差异' },
        },
        additionalProperties: false,
        required: [
          'gateway',
          'day',
          'state',
          'reason',
          'rows',
          'paid',
          'refunded',
          'fee',
          'readAt',
          'nextAt',
          'openDifferences',
        ],
      },
      PayBillPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayBill' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      PayBillMonth: {
        type: 'object',
        properties: {
          month: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' },
          gateways: { type: 'array', items: { type: 'string' }, description: '有账单的渠道' },
          days: { type: 'array', maxItems: 31, items: { $ref: '#/components/schemas/PayBillDay' } },
        },
        additionalProperties: false,
        required: ['month', 'gateways', 'days'],
      },
      PayBillDay: {
        type: 'object',
        properties: {
          day: { $ref: '#/components/schemas/LocalDate' },
          bills: { $ref: '#/components/schemas/Count', description: '渠道账单数' },
          waiting: { $ref: '#/components/schemas/Count', description: '其中尚未取到的' },
          broken: { $ref: '#/components/schemas/Count', description: '其中不可信的' },
          rows: { $ref: '#/components/schemas/Count', description: '明细行数' },
          paid: { $ref: '#/components/schemas/Yuan', description: '付款合计' },
          refunded: { $ref: '#/components/schemas/Yuan', description: '退款合计' },
          fee: { type: ['number', 'null'], format: 'yuan', description: '手续费净额；账单都未写明为 null' },
          openDifferences: { $ref: '#/components/schemas/Count', description: '未处理的差异' },
          differences: { $ref: '#/components/schemas/Count', description: '全部差异' },
        },
        additionalProperties: false,
        required: [
          'day',
          'bills',
          'waiting',
          'broken',
          'rows',
          'paid',
          'refunded',
          'fee',
          'openDifferences',
          'differences',
        ],
      },
      PayBillEntry: { type: 'string', enum: ['payment', 'refund'] },
      PayBillRow: {
        type: 'object',
        properties: {
          day: { $ref: '#/components/schemas/LocalDate', description: '账单日期' },
          no: { type: 'integer', minimum: 1, description: '在账单中的行号' },
          entry: { $ref: '#/components/schemas/PayBillEntry' },
          at: { $ref: '#/components/schemas/LocalDateTime', description: '账单所写的时间' },
          outTradeNo: { type: 'string', description: '商户单号' },
          transactionId: { type: 'string', description: '支付平台交易号' },
          outRefundNo: { $ref: '#/components/schemas/TextOrNull', description: '退款单号' },
          gatewayRefundId: { $ref: '#/components/schemas/TextOrNull', description: '支付平台退款号' },
          amount: { $ref: '#/components/schemas/Yuan' },
          fee: {
            type: ['number', 'null'],
            format: 'yuan',
            description: '手续费；退款的为退回的手续费，负数；账单未写明为 null',
          },
          orderNo: { $ref: '#/components/schemas/TextOrNull', description: '本系统的订单号；没有为 null' },
        },
        additionalProperties: false,
        required: [
          'day',
          'no',
          'entry',
          'at',
          'outTradeNo',
          'transactionId',
          'outRefundNo',
          'gatewayRefundId',
          'amount',
          'fee',
          'orderNo',
        ],
      },
      PayBillRowPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayBillRow' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      PayDifferenceState: { type: 'string', enum: ['open', 'resolved'] },
      PayDifferenceKind: {
        type: 'string',
        description:
          '渠道有而我方没有、我方有而渠道没有、金额不符、渠道已完成而我方无法入账、时间不符、重复；手续费与费率不符。\n`account_` 开头的出自商户账户的资金账单：交易账单的付款或退款没有资金变动、有变动而无人知晓、金额不符；当日手续费与交易账单不符；需说明的其他变动；余额不连续。\n',
        enum: [
          'payment_unknown',
          'payment_missing',
          'payment_amount',
          'payment_state',
          'payment_date',
          'payment_twice',
          'refund_unknown',
          'refund_missing',
          'refund_amount',
          'refund_state',
          'refund_twice',
          'fee',
          'account_payment_missing',
          'account_payment_unknown',
          'account_payment_amount',
          'account_refund_missing',
          'account_refund_unknown',
          'account_refund_amount',
          'account_fee',
          'account_other',
          'account_gap',
        ],
      },
      PayDifferenceDecision: {
        type: ['string', 'null'],
        enum: ['explained', 'corrected', 'accepted', 'not_ours', null],
        description: '`explained` 由后来的账单或查询自动消除',
      },
      PayDifference: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          gateway: { type: 'string' },
          day: { $ref: '#/components/schemas/LocalDate', description: '账单日期' },
          kind: { $ref: '#/components/schemas/PayDifferenceKind' },
          line: {
            type: ['string', 'null'],
            enum: ['camp', 'course', 'gym', 'task', 'work-order', null],
            description: '订单的业务线；没有订单，或业务线已不提供，为 null',
          },
          orderNo: { $ref: '#/components/schemas/TextOrNull', description: '本系统的订单号' },
          party: {
            oneOf: [{ $ref: '#/components/schemas/PayParty' }, { type: 'null' }],
            description: '订单是谁的；没有订单为 null',
          },
          outTradeNo: { type: 'string', description: '商户单号；与交易无关的为空' },
          outRefundNo: { $ref: '#/components/schemas/TextOrNull', description: '退款单号' },
          transactionId: { $ref: '#/components/schemas/TextOrNull', description: '支付平台交易号' },
          flowNo: { $ref: '#/components/schemas/TextOrNull', description: '商户账户的资金流水号' },
          ours: { type: ['number', 'null'], format: 'yuan', description: '我方金额；没有为 null' },
          theirs: { type: ['number', 'null'], format: 'yuan', description: '渠道金额；没有为 null' },
          state: { $ref: '#/components/schemas/PayDifferenceState' },
          owner: { $ref: '#/components/schemas/TextOrNull', description: '跟进人' },
          decision: { $ref: '#/components/schemas/PayDifferenceDecision' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '决定的理由' },
          days: { $ref: '#/components/schemas/Count', description: '发现至今（或至处理时）的整天数' },
          foundAt: { $ref: '#/components/schemas/LocalDateTime' },
          resolvedBy: { $ref: '#/components/schemas/TextOrNull' },
          resolvedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'gateway',
          'day',
          'kind',
          'line',
          'orderNo',
          'party',
          'outTradeNo',
          'outRefundNo',
          'transactionId',
          'flowNo',
          'ours',
          'theirs',
          'state',
          'owner',
          'decision',
          'note',
          'days',
          'foundAt',
          'resolvedBy',
          'resolvedAt',
        ],
      },
      PayDifferencePage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayDifference' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      PayDifferenceStory: {
        type: 'object',
        properties: {
          difference: { $ref: '#/components/schemas/PayDifference' },
          ours: { oneOf: [{ $ref: '#/components/schemas/PayDifferenceOurs' }, { type: 'null' }] },
          theirs: { type: 'array', maxItems: 20, items: { $ref: '#/components/schemas/PayBillRow' } },
          deeds: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayDifferenceDeed' } },
        },
        additionalProperties: false,
        required: ['difference', 'ours', 'theirs', 'deeds'],
      },
      PayDifferenceOurs: {
        type: 'object',
        description: '我方的这笔付款或退款，如账目现在所记',
        properties: {
          state: {
            type: 'string',
            enum: [
              'created',
              'open',
              'closed',
              'paid',
              'sending',
              'accepted',
              'abnormal',
              'merchant',
              'success',
            ],
            description:
              '付款为 created、open、closed、paid；退款单号在渠道的状态为其余各项（以及 created、closed）',
          },
          amount: { $ref: '#/components/schemas/Yuan' },
          fee: { type: ['number', 'null'], format: 'yuan', description: '手续费；没有为 null' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          doneAt: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '付款或退款到账的时间' },
          transactionId: {
            $ref: '#/components/schemas/TextOrNull',
            description: '支付平台交易号；退款的为支付平台退款号',
          },
        },
        additionalProperties: false,
        required: ['state', 'amount', 'fee', 'createdAt', 'doneAt', 'transactionId'],
      },
      PayDifferenceDeed: {
        type: 'object',
        properties: {
          action: { type: 'string', enum: ['take', 'resolve'] },
          by: { type: 'string' },
          at: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['action', 'by', 'at'],
      },
      ResolvePayDifference: {
        type: 'object',
        properties: {
          decision: { type: 'string', enum: ['corrected', 'accepted', 'not_ours'] },
          note: { type: 'string', minLength: 1, maxLength: 500, description: '理由' },
        },
        additionalProperties: false,
        required: ['decision', 'note'],
      },
      PayStopState: { type: 'string', enum: ['open', 'released'], description: '止付中、已解除' },
      PayStopScope: {
        type: 'string',
        enum: ['gateway', 'line', 'payee'],
        description: '支付渠道、业务线、收款人',
      },
      PayStop: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          scope: { $ref: '#/components/schemas/PayStopScope' },
          target: { type: 'string', description: '渠道名、业务线名；收款人为订单号或 `业务线:用户 ID`' },
          reason: { type: 'string', description: '止付的理由' },
          state: { $ref: '#/components/schemas/PayStopState' },
          thrownBy: { type: 'string' },
          thrownAt: { $ref: '#/components/schemas/LocalDateTime' },
          releasedBy: { $ref: '#/components/schemas/TextOrNull' },
          releasedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          note: { $ref: '#/components/schemas/TextOrNull', description: '解除的理由' },
          held: { $ref: '#/components/schemas/Count', description: '此刻等待的退款与转账' },
          heldAmount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: [
          'id',
          'scope',
          'target',
          'reason',
          'state',
          'thrownBy',
          'thrownAt',
          'releasedBy',
          'releasedAt',
          'note',
          'held',
          'heldAmount',
        ],
      },
      PayStopPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayStop' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          gateways: { type: 'array', items: { type: 'string' }, description: '本部署配置的支付渠道' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'gateways'],
      },
      StopPayouts: {
        type: 'object',
        properties: {
          scope: { $ref: '#/components/schemas/PayStopScope' },
          target: { type: 'string', minLength: 1, maxLength: 100 },
          reason: { type: 'string', minLength: 1, maxLength: 500, description: '理由' },
        },
        additionalProperties: false,
        required: ['scope', 'target', 'reason'],
      },
      ReleasePayStop: {
        type: 'object',
        properties: { note: { type: 'string', minLength: 1, maxLength: 500, description: '理由' } },
        additionalProperties: false,
        required: ['note'],
      },
      PayHold: {
        type: 'object',
        description: '尚未发出的退款或转账为什么还在等待；状态与单号不变',
        properties: {
          kind: {
            type: 'string',
            enum: ['stopped', 'second_person'],
            description: '已止付；超过限额，待第二人确认',
          },
          by: { type: 'string', description: '止付人或申请人' },
          at: { $ref: '#/components/schemas/LocalDateTime' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '止付的理由' },
          exceeds: {
            type: ['string', 'null'],
            enum: ['single', 'day', 'kind', null],
            description: '超过了单笔限额、当日合计限额，或此类一律须两人；止付为 null',
          },
        },
        additionalProperties: false,
        required: ['kind', 'by', 'at', 'reason', 'exceeds'],
      },
      PayHoldOrNull: { oneOf: [{ $ref: '#/components/schemas/PayHold' }, { type: 'null' }] },
      TaskItemStatus: {
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
      TaskMoneyStatus: { type: 'string', enum: ['pending', 'processing', 'success', 'failed'] },
      ReviewTaskItem: {
        type: 'object',
        required: ['action'],
        properties: {
          action: { type: 'string', enum: ['approve', 'reject'] },
          reason: { type: 'string', maxLength: 200 },
        },
        additionalProperties: false,
      },
      TaskItem: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          title: { type: 'string' },
          description: { type: 'string' },
          publisherId: { $ref: '#/components/schemas/Id' },
          takerId: { type: ['integer', 'null'], minimum: 1 },
          publishFee: { $ref: '#/components/schemas/Yuan' },
          takeFee: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/TaskItemStatus' },
          reviewReason: { $ref: '#/components/schemas/TextOrNull' },
          result: { $ref: '#/components/schemas/TextOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'title',
          'description',
          'publisherId',
          'takerId',
          'publishFee',
          'takeFee',
          'status',
          'reviewReason',
          'result',
          'createdAt',
          'updatedAt',
        ],
      },
      TaskItemDetail: {
        type: 'object',
        properties: {
          task: { $ref: '#/components/schemas/TaskItem' },
          settlement: { oneOf: [{ $ref: '#/components/schemas/TaskSettlement' }, { type: 'null' }] },
          refunds: { type: 'array', items: { $ref: '#/components/schemas/TaskRefund' } },
        },
        additionalProperties: false,
        required: ['task', 'settlement', 'refunds'],
      },
      TaskItemPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/TaskItem' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      TaskSettlement: {
        type: 'object',
        properties: {
          taskId: { $ref: '#/components/schemas/Id' },
          title: { type: 'string' },
          publisherId: { $ref: '#/components/schemas/Id' },
          takerId: { $ref: '#/components/schemas/Id' },
          publisherAmount: { $ref: '#/components/schemas/Yuan', description: '发布方应得，记入其余额' },
          takerAmount: { $ref: '#/components/schemas/Yuan', description: '接取方应得，经转账付出' },
          platformFee: { $ref: '#/components/schemas/Yuan', description: '已收金额的其余部分' },
          settledAt: { $ref: '#/components/schemas/LocalDateTime' },
          transferId: { type: ['integer', 'null'], minimum: 1, description: '接取方应得为 0 时没有转账' },
          transferStatus: { oneOf: [{ $ref: '#/components/schemas/TaskMoneyStatus' }, { type: 'null' }] },
          failCode: {
            type: ['string', 'null'],
            description: 'INSUFFICIENT（商户余额不足）、REFUSED（被拒绝）或 FAILED（受理后失败）',
          },
          failMessage: { $ref: '#/components/schemas/TextOrNull' },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          retries: { $ref: '#/components/schemas/Count', description: '人工重试次数' },
          transferredAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'taskId',
          'title',
          'publisherId',
          'takerId',
          'publisherAmount',
          'takerAmount',
          'platformFee',
          'settledAt',
          'transferId',
          'transferStatus',
          'failCode',
          'failMessage',
          'hold',
          'retries',
          'transferredAt',
        ],
      },
      TaskSettlementPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/TaskSettlement' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      TaskRefund: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          refundNo: { type: 'string' },
          orderNo: { type: 'string' },
          taskId: { $ref: '#/components/schemas/Id' },
          userId: { $ref: '#/components/schemas/Id' },
          amount: { $ref: '#/components/schemas/Yuan' },
          reason: { type: 'string' },
          reasonCode: { $ref: '#/components/schemas/RefundReasonCode' },
          status: { $ref: '#/components/schemas/TaskMoneyStatus' },
          failCode: { $ref: '#/components/schemas/RefundFailCode' },
          failMessage: { $ref: '#/components/schemas/TextOrNull' },
          canRetry: { type: 'boolean', description: '失败了，且钱没有退回商户账户：可以重试' },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          refundedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'refundNo',
          'orderNo',
          'taskId',
          'userId',
          'amount',
          'reason',
          'reasonCode',
          'status',
          'failCode',
          'failMessage',
          'canRetry',
          'hold',
          'refundedAt',
          'createdAt',
        ],
      },
      TaskRefundPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/TaskRefund' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      WorkOrderStatus: {
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
        description: '待付预付款、待接单、已接单、待付维修费、维修中、已完成、已关闭',
      },
      WorkOrderPaymentType: { type: 'string', enum: ['prepay', 'repair'], description: '预付款、维修费' },
      WorkOrderPaymentStatus: {
        type: 'string',
        enum: ['pending', 'success', 'failed', 'expired', 'refunded'],
      },
      WorkOrderPaymentStatusOrNull: {
        oneOf: [{ $ref: '#/components/schemas/WorkOrderPaymentStatus' }, { type: 'null' }],
      },
      WorkOrderRefundStatus: {
        type: 'string',
        enum: ['pending', 'processing', 'refunded', 'rejected', 'failed'],
        description: '待处理、退款中、已退款、已拒绝、失败',
      },
      CreateWorkOrderServiceType: {
        type: 'object',
        required: ['name', 'prepayAmount'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 50 },
          prepayAmount: { $ref: '#/components/schemas/PositiveYuan', description: '预付金额' },
          note: { type: 'string', maxLength: 200, description: '预约页上的备注说明' },
        },
        additionalProperties: false,
      },
      UpdateWorkOrderServiceType: {
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 50 },
          prepayAmount: { $ref: '#/components/schemas/PositiveYuan' },
          note: { type: 'string', maxLength: 200 },
          active: { type: 'boolean' },
        },
        additionalProperties: false,
      },
      WorkOrderServiceType: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          prepayAmount: { $ref: '#/components/schemas/Yuan' },
          note: { type: 'string' },
          active: { type: 'boolean' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'name', 'prepayAmount', 'note', 'active', 'createdAt'],
      },
      WorkOrderServiceTypeList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/WorkOrderServiceType' } } },
        additionalProperties: false,
        required: ['list'],
      },
      CreateWorkOrder: {
        type: 'object',
        required: ['userId', 'serviceTypeId'],
        properties: {
          userId: { $ref: '#/components/schemas/Id', description: '宿主平台的用户 ID' },
          serviceTypeId: { $ref: '#/components/schemas/Id' },
          description: { type: 'string', maxLength: 500, description: '故障描述' },
        },
        additionalProperties: false,
      },
      AcceptWorkOrder: {
        type: 'object',
        properties: { electricianId: { $ref: '#/components/schemas/Id', description: '宿主平台的电工 ID' } },
        additionalProperties: false,
        required: ['electricianId'],
      },
      PriceWorkOrder: {
        type: 'object',
        properties: { finalAmount: { $ref: '#/components/schemas/PositiveYuan', description: '维修费' } },
        additionalProperties: false,
        required: ['finalAmount'],
      },
      CloseWorkOrder: {
        type: 'object',
        properties: { reason: { type: 'string', maxLength: 200 } },
        additionalProperties: false,
      },
      WorkOrder: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          userId: { $ref: '#/components/schemas/Id' },
          electricianId: { oneOf: [{ $ref: '#/components/schemas/Id' }, { type: 'null' }] },
          serviceTypeId: { $ref: '#/components/schemas/Id' },
          serviceType: { type: 'string', description: '服务类型名称' },
          description: { type: 'string' },
          status: { $ref: '#/components/schemas/WorkOrderStatus' },
          closedBy: {
            type: ['string', 'null'],
            enum: ['expiry', 'operator', 'refund', null],
            description: '因何关闭：预付款过期、后台关闭、预付款退回',
          },
          prepayAmount: { $ref: '#/components/schemas/Yuan' },
          finalAmount: { oneOf: [{ $ref: '#/components/schemas/Yuan' }, { type: 'null' }] },
          prepayStatus: { $ref: '#/components/schemas/WorkOrderPaymentStatusOrNull' },
          repairStatus: { $ref: '#/components/schemas/WorkOrderPaymentStatusOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'userId',
          'electricianId',
          'serviceTypeId',
          'serviceType',
          'description',
          'status',
          'closedBy',
          'prepayAmount',
          'finalAmount',
          'prepayStatus',
          'repairStatus',
          'createdAt',
        ],
      },
      WorkOrderDetail: {
        type: 'object',
        properties: {
          order: { $ref: '#/components/schemas/WorkOrder' },
          refunds: { type: 'array', items: { $ref: '#/components/schemas/WorkOrderRefund' } },
        },
        additionalProperties: false,
        required: ['order', 'refunds'],
      },
      WorkOrderPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/WorkOrder' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      WorkOrderRefund: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          paymentNo: { type: 'string' },
          orderId: { $ref: '#/components/schemas/Id' },
          type: { $ref: '#/components/schemas/WorkOrderPaymentType' },
          amount: { $ref: '#/components/schemas/Yuan' },
          reason: { type: 'string' },
          reasonCode: { $ref: '#/components/schemas/RefundReasonCode' },
          automatic: { type: 'boolean', description: '重复支付等自动退回的，没有人申请' },
          status: { $ref: '#/components/schemas/WorkOrderRefundStatus' },
          adminNotes: { $ref: '#/components/schemas/TextOrNull' },
          decidedBy: { $ref: '#/components/schemas/TextOrNull' },
          decidedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          failCode: { $ref: '#/components/schemas/RefundFailCode' },
          failMessage: { $ref: '#/components/schemas/TextOrNull' },
          canRetry: { type: 'boolean', description: '失败了，且钱没有退回商户账户：可以再次通过' },
          hold: { $ref: '#/components/schemas/PayHoldOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'paymentNo',
          'orderId',
          'type',
          'amount',
          'reason',
          'reasonCode',
          'automatic',
          'status',
          'adminNotes',
          'decidedBy',
          'decidedAt',
          'failCode',
          'failMessage',
          'canRetry',
          'hold',
          'createdAt',
        ],
      },
      WorkOrderRefundPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/WorkOrderRefund' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      DecideWorkOrderRefund: {
        type: 'object',
        required: ['action'],
        properties: {
          action: { type: 'string', enum: ['approve', 'reject'] },
          adminNotes: { type: 'string', maxLength: 500 },
        },
        additionalProperties: false,
      },
      PayWorkKind: {
        type: 'string',
        enum: [
          'suspense',
          'unallocated',
          'notification',
          'refund_abnormal',
          'refund_merchant',
          'refund_failed',
          'refund_unclear',
          'outside',
          'difference',
          'entry',
        ],
      },
      PayWork: {
        type: 'object',
        properties: {
          kind: { $ref: '#/components/schemas/PayWorkKind' },
          id: {
            $ref: '#/components/schemas/Id',
            description: '挂账、订单（未归属）、通知、退款、差异或分录的 ID',
          },
          since: { $ref: '#/components/schemas/LocalDateTime' },
          days: { $ref: '#/components/schemas/Count', description: '至今的整天数' },
          amount: { type: ['number', 'null'], format: 'yuan', description: '金额；不知道为 null' },
          line: {
            type: ['string', 'null'],
            enum: ['camp', 'course', 'gym', 'task', 'work-order', null],
            description: '业务线；不知道为 null',
          },
          gateway: { $ref: '#/components/schemas/TextOrNull' },
          orderNo: { $ref: '#/components/schemas/TextOrNull' },
          party: {
            oneOf: [{ $ref: '#/components/schemas/PayParty' }, { type: 'null' }],
            description: '订单是谁的；没有订单为 null',
          },
          owner: { $ref: '#/components/schemas/TextOrNull', description: '跟进人' },
        },
        additionalProperties: false,
        required: ['kind', 'id', 'since', 'days', 'amount', 'line', 'gateway', 'orderNo', 'party', 'owner'],
      },
      PayWorkSum: {
        type: 'object',
        properties: {
          kind: { $ref: '#/components/schemas/PayWorkKind' },
          count: { $ref: '#/components/schemas/Count' },
          amount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['kind', 'count', 'amount'],
      },
      PayWorkPage: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PayWork' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          amount: { $ref: '#/components/schemas/Yuan', description: '合计' },
          kinds: { type: 'array', maxItems: 20, items: { $ref: '#/components/schemas/PayWorkSum' } },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'amount', 'kinds'],
      },
      TakePayWork: {
        type: 'object',
        properties: {
          kind: { $ref: '#/components/schemas/PayWorkKind' },
          id: { $ref: '#/components/schemas/Id' },
        },
        additionalProperties: false,
        required: ['kind', 'id'],
      },
      FinishPayNotification: {
        type: 'object',
        properties: { note: { type: 'string', minLength: 1, maxLength: 500, description: '核实的结果' } },
        additionalProperties: false,
        required: ['note'],
      },
      FinishedPayNotification: {
        type: 'object',
        properties: { id: { $ref: '#/components/schemas/Id' }, note: { type: 'string' } },
        additionalProperties: false,
        required: ['id', 'note'],
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
        description: '未认证或Token过期',
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
        description: '无权限',
        properties: {
          code: { type: 'integer', const: 403 },
          message: { type: 'string', minLength: 1 },
          data: { $ref: '#/components/schemas/AccessReasonOrNull' },
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
        description: '资源不存在',
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
        description: '当前状态不允许此操作',
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
