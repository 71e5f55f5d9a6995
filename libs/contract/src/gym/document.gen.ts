// Generated from libs/contract/gym by `npm run generate`. Do not edit.
import type { ApiDocument } from '../openapi.js';

/** 健身房支付接口 as an OpenAPI 3.1 document. */
export const gymDocument: ApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: '健身房支付接口',
    version: '1.2',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description:
      '会员在线支付会费、私教课费与课程预约费，支付宝或微信。\n\n- 成功时直接返回对象或数组，没有外壳；失败时为 `{code, message, data}`，`code` 与 HTTP 状态相同。\n- 时间为 UTC ISO 8601，带 `Z`；金额单位为元，最多两位小数。\n- 除回调外都要 Bearer Token（宿主平台签发，HS256，`aud` 为 `gym`，必须有 `exp`，`sub` 为用户，`role` 为 `admin` 的可见全部）。\n- 路径末尾的斜杠可有可无。创建类 POST 接受 `Idempotency-Key`。\n- 付款方式：创建后取 `GET /{id}/pay?provider=` 的地址，在浏览器打开。支付结果以回调与系统主动查询为准。\n- `transaction_id` 加密保存；付款前是在支付平台登记的商户单号，付款后是支付平台的交易号。\n',
  },
  servers: [{ url: '/', description: '本服务' }],
  tags: [{ name: 'payments', description: '支付' }],
  'x-roles': {},
  'x-error-codes': {
    '400': { message: '请求参数错误', status: 400 },
    '401': { message: '未认证或Token过期', status: 401 },
    '403': { message: '无权限', status: 403 },
    '404': { message: '资源不存在', status: 404 },
    '409': { message: '请求与当前状态冲突', status: 409 },
    '413': { message: '请求内容过大', status: 413 },
    '415': { message: '不支持的内容类型', status: 415 },
    '429': { message: '请求过于频繁，请稍后再试', status: 429 },
    '500': { message: '服务器内部错误', status: 500 },
    '503': { message: '服务暂不可用，请稍后再试', status: 503 },
  },
  paths: {
    '/api/v1/payments': {
      get: {
        operationId: 'listPayments',
        tags: ['payments'],
        summary: '查询支付记录',
        description: '最新的在前；普通用户只见自己的，别人的会员为空。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'member_id',
            in: 'query',
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
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
            description: '每页条数',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 100 },
          },
        ],
        responses: {
          '200': {
            description: '支付记录',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/PaymentList' } } },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未认证或Token过期',
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
        description: '会员须是本人（或 admin）；金额须等于该类型在售项目的价格。会员不存在为 404。',
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
            description: '支付记录',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Payment' } } },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 请求与当前状态冲突',
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
    '/api/v1/payments/{id}/pay': {
      get: {
        operationId: 'payPayment',
        tags: ['payments'],
        summary: '取支付地址',
        description:
          '在所选平台登记这笔支付并返回在浏览器打开的地址；换平台会先关闭在另一平台的登记。不可支付（已付、已失败、已过期）为 409，\n支付平台未响应为 503。\n',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '支付记录 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'provider',
            in: 'query',
            required: true,
            description: '支付平台',
            schema: { $ref: '#/components/schemas/Provider' },
          },
        ],
        responses: {
          '200': {
            description: '支付地址',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/PayAddress' } } },
          },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '401': {
            description: '401 未认证或Token过期',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error401' } } },
          },
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 请求与当前状态冲突',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error409' } } },
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
    '/api/v1/payments/callback/{provider}': {
      post: {
        operationId: 'paymentCallback',
        tags: ['payments'],
        summary: '支付回调',
        description:
          '支付平台的通知原文，验证其真实签名（支付宝 RSA2、微信支付 APIv3）。支付宝的表单通知按其要求应答文本 `success`；JSON 通知应答\n`{status, payment_id}`。无法应用但真实的通知会被保存并告警，应答成功。签名不符或不可读为 400，找不到支付记录为 404。\n',
        security: [{ providerSignature: [] }],
        parameters: [
          {
            name: 'provider',
            in: 'path',
            required: true,
            description: '支付平台',
            schema: { $ref: '#/components/schemas/Provider' },
          },
        ],
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
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/CallbackResult' } },
              'text/plain': { schema: { type: 'string', const: 'success' } },
            },
          },
          '400': {
            description: '签名不符或不可读',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
          },
          '404': {
            description: '支付记录不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '宿主平台签发' },
      providerSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'signature',
        description: '支付平台自己的签名',
      },
    },
    schemas: {
      Id: { type: 'integer', minimum: 1, maximum: 9007199254740991, description: '数字 ID，小于 2^53' },
      Yuan: {
        type: 'number',
        format: 'yuan',
        exclusiveMinimum: 0,
        maximum: 100000,
        description: '金额，单位元，最多两位小数',
      },
      Instant: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
        description: 'UTC 时间',
      },
      Provider: { type: 'string', enum: ['alipay', 'wechat'] },
      PaymentType: {
        type: 'string',
        enum: ['membership', 'course', 'private'],
        description: '会员费、课程费用、私教课费用',
      },
      CreatePaymentRequest: {
        type: 'object',
        required: ['member_id', 'amount', 'type'],
        properties: {
          member_id: { $ref: '#/components/schemas/Id' },
          amount: { $ref: '#/components/schemas/Yuan' },
          type: { $ref: '#/components/schemas/PaymentType' },
          description: { type: 'string', maxLength: 200, description: '默认为项目名称' },
        },
        additionalProperties: false,
      },
      Payment: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          member_id: { $ref: '#/components/schemas/Id' },
          amount: { $ref: '#/components/schemas/Yuan' },
          type: { $ref: '#/components/schemas/PaymentType' },
          status: {
            type: 'string',
            enum: ['pending', 'success', 'failed'],
            description: '待支付、支付成功、支付失败（过期未付）',
          },
          transaction_id: { type: 'string', description: '付款前为商户单号 txn_…，付款后为支付平台的交易号' },
          description: { type: 'string' },
          created_at: { $ref: '#/components/schemas/Instant' },
          refund_status: {
            type: 'string',
            enum: ['none', 'pending', 'processing', 'success', 'failed'],
            description:
              '由健身房撤销后的退款：没有、待退、退款中、已退回、退款失败（由健身房重试）。撤销的付款 `status` 仍为 success，它给的会员\n天数或课时已收回。\n',
          },
        },
        additionalProperties: false,
        required: [
          'id',
          'member_id',
          'amount',
          'type',
          'status',
          'transaction_id',
          'description',
          'created_at',
          'refund_status',
        ],
      },
      PaymentList: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Payment' } },
      PayAddress: {
        type: 'object',
        properties: {
          payment_id: { $ref: '#/components/schemas/Id' },
          provider: { $ref: '#/components/schemas/Provider' },
          pay_url: { type: 'string', format: 'uri' },
          expires_at: { $ref: '#/components/schemas/Instant' },
        },
        additionalProperties: false,
        required: ['payment_id', 'provider', 'pay_url', 'expires_at'],
      },
      CallbackResult: {
        type: 'object',
        properties: {
          status: { type: 'string', const: 'success' },
          payment_id: { $ref: '#/components/schemas/Id' },
        },
        additionalProperties: false,
        required: ['status', 'payment_id'],
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
        description: '未认证或Token过期',
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
        description: '无权限',
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
        description: '请求与当前状态冲突',
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
