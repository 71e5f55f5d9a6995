// Generated from libs/contract/camp by `npm run generate`. Do not edit.
import type { ApiDocument } from '../openapi.js';

/** 训练营押金退款系统接口 as an OpenAPI 3.1 document. */
export const campDocument: ApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: '训练营押金退款系统接口',
    version: '1.0',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description:
      '训练营押金：报名支付、打卡、审核、退款。\n\n- 除文件流、事件流、健康检查与微信回调外，所有响应均为 `{code, message, data, timestamp}`；成功时 HTTP 200、`code` 200，\n  `timestamp` 为 Unix 秒。\n- 失败时通用错误码与 HTTP 状态相同，业务错误码的 HTTP 状态见 `x-error-codes`。参数错误（400）在 `data.errors` 中列出字段与原因。\n- 时间为北京时间（Asia/Shanghai）`yyyy-MM-ddTHH:mm:ss`，日期为 `yyyy-MM-dd`，均不带时区。\n- 金额单位为元，最多两位小数；百分比为 0–100，最多两位小数；ID 小于 2^53。\n- 请求体中未定义的字段会被拒绝。分页 `page` ≥ 1，`pageSize` 1–100，越界为 400；默认按最新在前排序。\n- 创建类 POST 接受 `Idempotency-Key`：同键同内容在 24 小时内返回首次结果，同键不同内容为 409。\n- 原始需求的样例与规则不一致时以规则为准，并在相应字段说明。\n',
  },
  servers: [{ url: '/', description: '本服务' }],
  tags: [
    { name: 'h5', description: 'H5 会员端' },
    { name: 'camps', description: '训练营管理' },
    { name: 'members', description: '会员管理' },
    { name: 'checkins', description: '打卡管理' },
    { name: 'refunds', description: '退款管理、未归属收款与收支分录' },
    { name: 'stats', description: '统计报表' },
    { name: 'system', description: '登录、用户、配置、日志与系统状态' },
    { name: 'webhook', description: '微信支付回调' },
    { name: 'demo', description: '仅演示模式' },
    { name: 'health', description: '健康检查' },
  ],
  'x-roles': {
    admin: ['camp:*', 'member:*', 'refund:*', 'stats:*', 'pay:*', 'system:*'],
    manager: ['camp:*', 'member:*', 'refund:*', 'stats:*', 'pay:*'],
    coach: ['camp:read', 'member:read', 'member:match', 'member:join'],
    volunteer: ['member:read', 'member:join'],
    finance: ['camp:read', 'refund:read', 'stats:read', 'pay:read', 'pay:books'],
  },
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
    '1001': { message: '您已报名该训练营，无需重复报名', status: 409 },
    '1002': { message: '该订单已绑定其他星球用户', status: 409 },
    '1003': { message: '绑定已过期，请联系管理员处理', status: 409 },
    '1004': { message: '请先完成星球信息绑定', status: 409 },
    '1005': { message: '订单不存在或已取消', status: 404 },
    '1006': { message: '训练营不在报名期', status: 409 },
    '1101': { message: '该训练营已有会员报名，无法删除', status: 409 },
    '1102': { message: '训练营状态不允许此操作', status: 409 },
    '1103': { message: '训练营信息不完整，无法发布', status: 422 },
    '1201': { message: '同步进行中，请稍后再试', status: 409 },
    '1202': { message: '知识星球Cookie已过期，请更新', status: 502 },
    '1203': { message: '知识星球API调用失败', status: 502 },
    '1301': { message: '退款记录不存在', status: 404 },
    '1302': { message: '退款状态不允许此操作', status: 409 },
    '1303': { message: '商户余额不足', status: 409 },
    '1304': { message: '退款API调用失败', status: 502 },
    '1305': { message: '退款金额超过原支付金额', status: 409 },
    '1401': { message: '用户名已存在', status: 409 },
    '1402': { message: '用户不存在', status: 404 },
    '1403': { message: '原密码错误', status: 403 },
    '1404': { message: '配置项不存在', status: 404 },
    '1405': { message: '密码或动态码错误', status: 403 },
  },
  paths: {
    '/api/admin/auth/login': {
      post: {
        operationId: 'login',
        tags: ['system'],
        summary: '登录',
        description:
          '用户名或密码错误为 401（用户不存在或已停用时相同）。同一网络（IPv6 为 /64）对同一账号失败 5 次、同一网络失败 30 次后锁定 15 分钟，为 429；在该账号登录过的浏览器单独计数。同一账号从各处失败过多时，应答变慢而不锁定。开启了动态码的账号另须在 `code` 中给出动态码或恢复码：没有给出或不正确为 401，`data.reason` 为 `totp_required`；每个码只能用一次，输错与输错密码一样计数。',
        security: [],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/LoginRequest' } } },
        },
        responses: {
          '200': {
            description: '登录成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '登录成功' },
                    data: { $ref: '#/components/schemas/LoginResult' },
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
    '/api/admin/auth/logout': {
      post: {
        operationId: 'logout',
        tags: ['system'],
        summary: '登出',
        description: '令牌立即失效。',
        security: [{ jwt: [] }],
        responses: {
          '200': {
            description: '登出成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '登出成功' },
                    data: { type: 'null' },
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
    '/api/admin/auth/me': {
      get: {
        operationId: 'getCurrentUser',
        tags: ['system'],
        summary: '当前用户',
        security: [{ jwt: [] }],
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
                    data: { $ref: '#/components/schemas/CurrentUser' },
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
    '/api/admin/auth/password': {
      put: {
        operationId: 'changePassword',
        tags: ['system'],
        summary: '修改密码',
        description:
          '原密码错误为 1403，并计入登录失败次数；新密码不能与原密码相同。修改后其他会话失效。开启了动态码的账号须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ChangePasswordRequest' } } },
        },
        'x-business-codes': [1403],
        responses: {
          '200': {
            description: '密码修改成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '密码修改成功' },
                    data: { type: 'null' },
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
            description: '403 无权限；1403 原密码错误',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error403' },
                    { $ref: '#/components/schemas/Error1403' },
                  ],
                },
              },
            },
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
    '/api/admin/auth/fresh': {
      post: {
        operationId: 'proveFresh',
        tags: ['system'],
        summary: '再次验证身份',
        description:
          '之后 10 分钟内，须再次验证身份的接口（403，`fresh_auth_required`）放行；刚登录的 10 分钟内同样。开启了动态码的账号给 `code`，其他账号给 `password`；不正确为 1405，并计入失败次数。',
        security: [{ jwt: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/FreshProof' } } },
        },
        'x-business-codes': [1405],
        responses: {
          '200': {
            description: '验证成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '验证成功' },
                    data: { type: 'null' },
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
            description: '1405 密码或动态码错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1405' } } },
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
    '/api/admin/auth/totp': {
      get: {
        operationId: 'getTotp',
        tags: ['system'],
        summary: '自己的动态码',
        security: [{ jwt: [] }],
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
                    data: { $ref: '#/components/schemas/TotpStatus' },
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
        operationId: 'beginTotp',
        tags: ['system'],
        summary: '开始设置动态码',
        description:
          '返回新的密钥，15 分钟内以一个动态码确认后生效；在此之前原有的动态码不变。再次调用则前一个密钥作废。须在 10 分钟内登录或验证过身份。',
        security: [{ jwt: [] }],
        responses: {
          '200': {
            description: '请用动态码确认',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '请用动态码确认' },
                    data: { $ref: '#/components/schemas/TotpEnrolment' },
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
      put: {
        operationId: 'confirmTotp',
        tags: ['system'],
        summary: '确认动态码',
        description:
          '动态码不正确为 1405；没有开始、已过 15 分钟、或已输错 5 次为 409。须在 10 分钟内登录或验证过身份。生效后返回恢复码，只此一次；其他登录失效。',
        security: [{ jwt: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ConfirmTotpRequest' } } },
        },
        'x-business-codes': [1405],
        responses: {
          '200': {
            description: '动态码已开启',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '动态码已开启' },
                    data: { $ref: '#/components/schemas/RecoveryCodes' },
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
            description: '403 无权限；1405 密码或动态码错误',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error403' },
                    { $ref: '#/components/schemas/Error1405' },
                  ],
                },
              },
            },
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
      delete: {
        operationId: 'endTotp',
        tags: ['system'],
        summary: '关闭动态码',
        description:
          '恢复码同时作废，其他登录失效。没有开启、或角色必须使用动态码为 409。须在 10 分钟内登录或验证过身份。',
        security: [{ jwt: [] }],
        responses: {
          '200': {
            description: '动态码已关闭',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '动态码已关闭' },
                    data: { type: 'null' },
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
    '/api/admin/auth/totp/recovery-codes': {
      post: {
        operationId: 'renewRecoveryCodes',
        tags: ['system'],
        summary: '重新生成恢复码',
        description:
          '返回 10 个恢复码，只此一次；原有的全部作废。没有开启动态码为 409。须在 10 分钟内登录或验证过身份。',
        security: [{ jwt: [] }],
        responses: {
          '200': {
            description: '恢复码已重新生成',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '恢复码已重新生成' },
                    data: { $ref: '#/components/schemas/RecoveryCodes' },
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
    '/api/admin/auth/sessions': {
      get: {
        operationId: 'listSessions',
        tags: ['system'],
        summary: '自己的登录',
        description: '当前有效的登录，最近使用的在前，至多 100 条。',
        security: [{ jwt: [] }],
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
                    data: { $ref: '#/components/schemas/SessionList' },
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
      delete: {
        operationId: 'endOtherSessions',
        tags: ['system'],
        summary: '结束其他全部登录',
        security: [{ jwt: [] }],
        responses: {
          '200': {
            description: '已退出其他登录',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已退出其他登录' },
                    data: { $ref: '#/components/schemas/EndedSessions' },
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
    '/api/admin/auth/sessions/{id}': {
      delete: {
        operationId: 'endSession',
        tags: ['system'],
        summary: '结束一个登录',
        description: '只能结束自己的；其他的一律为 404。',
        security: [{ jwt: [] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '登录 ID',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        responses: {
          '200': {
            description: '已退出该登录',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已退出该登录' },
                    data: { type: 'null' },
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
    '/api/admin/users': {
      get: {
        operationId: 'listUsers',
        tags: ['system'],
        summary: '用户列表',
        description: '按 ID 升序。',
        security: [{ jwt: [] }],
        'x-permission': 'system:users',
        parameters: [
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/UserPage' },
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
        operationId: 'createUser',
        tags: ['system'],
        summary: '创建用户',
        description:
          '用户名不区分大小写与全半角。新用户登录后须先修改密码，其他接口在此之前为 403（`password_change_required`）。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'system:users',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateUserRequest' } } },
        },
        'x-business-codes': [1401],
        responses: {
          '200': {
            description: '创建成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '创建成功' },
                    data: { $ref: '#/components/schemas/CreatedUser' },
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
            description: '409 请求与当前状态冲突；1401 用户名已存在',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1401' },
                  ],
                },
              },
            },
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
    '/api/admin/users/{id}': {
      put: {
        operationId: 'updateUser',
        tags: ['system'],
        summary: '更新用户',
        description:
          '改角色、停用或重设密码会结束该用户的会话；重设密码同时解除登录锁定，该用户下次登录后须先改密码。修改自己的密码须提供 `oldPassword`，错误为 1403。最后一个有效的超级管理员不可停用或降级（409）。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'system:users',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '用户 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UpdateUserRequest' } } },
        },
        'x-business-codes': [1402, 1403],
        responses: {
          '200': {
            description: '更新成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '更新成功' },
                    data: { $ref: '#/components/schemas/User' },
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
            description: '403 无权限；1403 原密码错误',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error403' },
                    { $ref: '#/components/schemas/Error1403' },
                  ],
                },
              },
            },
          },
          '404': {
            description: '1402 用户不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1402' } } },
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
    '/api/admin/users/{id}/totp': {
      delete: {
        operationId: 'resetUserTotp',
        tags: ['system'],
        summary: '重置他人的动态码',
        description:
          '用于动态码与恢复码都丢失时，请先核实本人。动态码关闭，该用户的会话结束；角色必须使用动态码的，下次登录后须重新设置。自己的、或没有开启的为 409。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'system:users',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '用户 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        'x-business-codes': [1402],
        responses: {
          '200': {
            description: '动态码已重置',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '动态码已重置' },
                    data: { $ref: '#/components/schemas/User' },
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
            description: '1402 用户不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1402' } } },
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
    '/api/admin/camps': {
      get: {
        operationId: 'listCamps',
        tags: ['camps'],
        summary: '训练营列表',
        security: [{ jwt: [] }],
        'x-permission': 'camp:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态筛选',
            schema: { $ref: '#/components/schemas/CampStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '名称关键词',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '开始日期范围起始（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '开始日期范围结束（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endsFrom',
            in: 'query',
            description: '结束日期范围起始（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endsTo',
            in: 'query',
            description: '结束日期范围结束（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'withMoney',
            in: 'query',
            description: '为 true 时各训练营与全部符合筛选的训练营都给出 `money`',
            schema: { type: 'boolean', default: false },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/CampPage' },
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
        operationId: 'createCamp',
        tags: ['camps'],
        summary: '创建训练营',
        description: '新建的训练营为草稿。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateCampRequest' } } },
        },
        responses: {
          '200': {
            description: '创建成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '创建成功' },
                    data: { $ref: '#/components/schemas/CreatedCamp' },
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
    '/api/admin/camps/drafts': {
      post: {
        operationId: 'createCampDraft',
        tags: ['camps'],
        summary: '保存草稿',
        description: '同创建训练营，但任何字段都可以没有；没有填写的列在 `missing`，补全之前不能发布。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CampDraftRequest' } } },
        },
        responses: {
          '200': {
            description: '已保存为草稿',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已保存为草稿' },
                    data: { $ref: '#/components/schemas/CreatedCamp' },
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
    '/api/admin/camps/{id}': {
      get: {
        operationId: 'getCamp',
        tags: ['camps'],
        summary: '训练营详情',
        security: [{ jwt: [] }],
        'x-permission': 'camp:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
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
                    data: { $ref: '#/components/schemas/CampDetail' },
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
      put: {
        operationId: 'updateCamp',
        tags: ['camps'],
        summary: '更新训练营',
        description: '只改给出的字段。发布后押金、日期、要求天数与星球项目 ID 固定，修改为 1102。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UpdateCampRequest' } } },
        },
        'x-business-codes': [1102],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '更新成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '更新成功' },
                    data: { $ref: '#/components/schemas/UpdatedCamp' },
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
            description: '1102 训练营状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1102' } } },
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
        operationId: 'deleteCamp',
        tags: ['camps'],
        summary: '删除训练营',
        description: '软删除。已有会员为 1101（先于 1102 判断）。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        'x-business-codes': [1101, 1102],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '删除成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '删除成功' },
                    data: { type: 'null' },
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
            description: '1101 该训练营已有会员报名，无法删除；1102 训练营状态不允许此操作',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error1101' },
                    { $ref: '#/components/schemas/Error1102' },
                  ],
                },
              },
            },
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
    '/api/admin/camps/{id}/draft': {
      put: {
        operationId: 'updateCampDraft',
        tags: ['camps'],
        summary: '重新保存草稿',
        description: '以给出的内容代替整个草稿（负责人不给则不变）；非草稿为 1102。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CampDraftRequest' } } },
        },
        'x-business-codes': [1102],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已保存为草稿',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已保存为草稿' },
                    data: { $ref: '#/components/schemas/UpdatedCamp' },
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
            description: '1102 训练营状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1102' } } },
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
    '/api/admin/camps/{id}/publish': {
      post: {
        operationId: 'publishCamp',
        tags: ['camps'],
        summary: '发布训练营',
        description:
          '非草稿为 1102。必填项缺失、开始日期不在未来或打卡项目 ID 不是数字为 1103，`data.errors` 列出字段。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        'x-business-codes': [1102, 1103],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '发布成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '发布成功' },
                    data: { $ref: '#/components/schemas/PublishedCamp' },
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
            description: '1102 训练营状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1102' } } },
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
            description: '1103 训练营信息不完整，无法发布',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1103' } } },
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
    '/api/admin/camps/{id}/links': {
      post: {
        operationId: 'createPersonalLinks',
        tags: ['camps'],
        summary: '生成专属报名链接',
        description:
          '每个星球用户一条带签名的报名链接，按请求的顺序返回；经它报名的订单 `identity` 为 `signed`。\n同一用户的链接始终相同，长期有效。草稿没有报名链接，为 1102。生成记入审计日志。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/CreatePersonalLinksRequest' } },
          },
        },
        'x-business-codes': [1102],
        parameters: [
          {
            name: 'id',
            in: 'path',
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
                    data: { $ref: '#/components/schemas/PersonalLinks' },
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
            description: '1102 训练营状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1102' } } },
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
    '/api/admin/camps/{id}/planet-project': {
      put: {
        operationId: 'correctPlanetProject',
        tags: ['camps'],
        summary: '更正已发布训练营的打卡项目',
        description:
          '发布后填错的项目由此更正：原项目的打卡记录（导入的除外）作废，等下一次同步重新计算；待审核的退款作废，同步后重新列入。\n草稿直接修改即可，为 1102；已有退款通过审核的为 409。记入审计日志。',
        security: [{ jwt: [] }],
        'x-permission': 'system:camps',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/CorrectPlanetProjectRequest' } },
          },
        },
        'x-business-codes': [1102],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '打卡项目已更正',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '打卡项目已更正' },
                    data: { $ref: '#/components/schemas/CorrectedPlanetProject' },
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
            description: '409 请求与当前状态冲突；1102 训练营状态不允许此操作',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1102' },
                  ],
                },
              },
            },
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
    '/api/admin/planet/projects/{planetProjectId}': {
      get: {
        operationId: 'lookUpPlanetProject',
        tags: ['camps'],
        summary: '向知识星球查询打卡项目',
        description:
          '让人在发布前看到项目的名称。知识星球没有给出答案也是 200，`problem` 说明原因；最多等 20 秒。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        parameters: [
          {
            name: 'planetProjectId',
            in: 'path',
            required: true,
            description: '打卡项目 ID，只有数字',
            schema: { type: 'string', pattern: '^\\d{1,20}$' },
          },
          {
            name: 'planetGroupId',
            in: 'query',
            description: '星球 ID；不填用系统配置 `planet.groupId`',
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
                    data: { $ref: '#/components/schemas/PlanetProject' },
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
    '/api/admin/checkins/sync': {
      post: {
        operationId: 'syncAllCamps',
        tags: ['checkins'],
        summary: '批量同步所有进行中的训练营',
        description: '立即返回任务。已有同步任务为 1201。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        'x-business-codes': [1201],
        responses: {
          '200': {
            description: '批量同步已启动',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '批量同步已启动' },
                    data: { $ref: '#/components/schemas/StartedSync' },
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
            description: '1201 同步进行中，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1201' } } },
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
    '/api/admin/checkins/sync/{campId}': {
      get: {
        operationId: 'getSyncState',
        tags: ['checkins'],
        summary: '一个训练营的同步状态',
        description: '是否正在同步、最近一次成功、最近一次失败的原因。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:read',
        parameters: [
          {
            name: 'campId',
            in: 'path',
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
                    data: { $ref: '#/components/schemas/SyncState' },
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
        operationId: 'syncCamp',
        tags: ['checkins'],
        summary: '同步一个训练营的打卡数据',
        description:
          '完成后返回；55 秒未完成返回 1201 并继续在后台同步。该营正在同步也为 1201，草稿为 1102。\n重复同步不改变已有数据。\n',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        'x-business-codes': [1102, 1201, 1202, 1203],
        parameters: [
          {
            name: 'campId',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '同步成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '同步成功' },
                    data: { $ref: '#/components/schemas/SyncResult' },
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
            description: '1102 训练营状态不允许此操作；1201 同步进行中，请稍后再试',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error1102' },
                    { $ref: '#/components/schemas/Error1201' },
                  ],
                },
              },
            },
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
          '502': {
            description: '1202 知识星球Cookie已过期，请更新；1203 知识星球API调用失败',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error1202' },
                    { $ref: '#/components/schemas/Error1203' },
                  ],
                },
              },
            },
          },
          '503': {
            description: '503 服务暂不可用，请稍后再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/admin/checkins/sync-tasks': {
      get: {
        operationId: 'listSyncTasks',
        tags: ['checkins'],
        summary: '最近的批量同步任务',
        description: '最近 10 个，新的在前；正在进行的任务至多一个。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
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
                    data: { $ref: '#/components/schemas/SyncTaskList' },
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
    '/api/admin/checkins/sync-tasks/{taskId}': {
      get: {
        operationId: 'getSyncTask',
        tags: ['checkins'],
        summary: '批量同步进度',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        parameters: [
          {
            name: 'taskId',
            in: 'path',
            required: true,
            description: '批量同步任务 ID',
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
                    data: { $ref: '#/components/schemas/SyncTask' },
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
    '/api/admin/checkins/sync-tasks/{taskId}/events': {
      get: {
        operationId: 'streamSyncTask',
        tags: ['checkins'],
        summary: '批量同步进度事件流',
        description: 'Server-Sent Events；每个 `progress` 事件的 data 是 `SyncTask`，任务结束后关闭。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:sync',
        parameters: [
          {
            name: 'taskId',
            in: 'path',
            required: true,
            description: '批量同步任务 ID',
            schema: { type: 'string', maxLength: 64 },
          },
        ],
        responses: {
          '200': { description: '事件流', content: { 'text/event-stream': { schema: { type: 'string' } } } },
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
    '/api/admin/checkins/stats/{campId}': {
      get: {
        operationId: 'getCheckinStats',
        tags: ['checkins'],
        summary: '打卡统计',
        security: [{ jwt: [] }],
        'x-permission': 'camp:read',
        parameters: [
          {
            name: 'campId',
            in: 'path',
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
                    data: { $ref: '#/components/schemas/CheckinStats' },
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
    '/api/admin/checkins/records': {
      get: {
        operationId: 'listCheckinRecords',
        tags: ['checkins'],
        summary: '打卡记录',
        security: [{ jwt: [] }],
        'x-permission': 'member:read',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'memberId',
            in: 'query',
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'date',
            in: 'query',
            description: '打卡日期',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/CheckinRecordPage' },
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
    '/api/h5/payments': {
      post: {
        operationId: 'createPayment',
        tags: ['h5'],
        summary: '创建支付订单',
        description:
          '每 IP 每分钟 10 次。未支付的订单不占名额，已支付的同一星球用户重复报名为 1001。星球 ID 是公开的，是否报名不是：\n只有报名时的浏览器（Cookie `yajin_browser`，都没有 Cookie 视为同一个）、付款的微信（已登录）和持有专属链接的人得到 1001；\n其他人照常下单，付款后由工作人员核实（`identityReview`）。',
        security: [],
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
        'x-business-codes': [1001, 1006],
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
                    data: { $ref: '#/components/schemas/CreatedPayment' },
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
          '404': {
            description: '404 资源不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '409': {
            description: '409 请求与当前状态冲突；1001 您已报名该训练营，无需重复报名；1006 训练营不在报名期',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1001' },
                    { $ref: '#/components/schemas/Error1006' },
                  ],
                },
              },
            },
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
    '/api/h5/payments/{id}/params': {
      get: {
        operationId: 'getPaymentParams',
        tags: ['h5'],
        summary: '获取支付参数',
        description:
          '换一种场景会先在支付渠道关闭原尝试再新建。已支付的订单为 409，支付渠道不可用为 503。每 IP 每订单每分钟 10 次； 每个订单能换的次数有限，超过为 429。请求头 `X-Access-Token` 可带本订单的票据（非必填），带了能多换几次。',
        security: [],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '订单 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'scene',
            in: 'query',
            description:
              '支付场景，默认 native；浏览器已有 openid 会话时默认 jsapi。没有 openid 时 jsapi 为 400',
            schema: { $ref: '#/components/schemas/PayScene' },
          },
        ],
        'x-business-codes': [1005],
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
                    data: { $ref: '#/components/schemas/PaymentParams' },
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
          '404': {
            description: '1005 订单不存在或已取消',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1005' } } },
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
    '/api/h5/payments/{orderNo}/status': {
      get: {
        operationId: 'getPaymentStatus',
        tags: ['h5'],
        summary: '查询支付状态',
        description:
          '每 IP 每分钟 10 次；用 `wait` 长轮询可避免超限。票据缺失或无效为 401，不属于该订单为 403（无论订单是否存在）。',
        security: [{ ticket: [] }],
        parameters: [
          {
            name: 'orderNo',
            in: 'path',
            required: true,
            description: '订单号',
            schema: { type: 'string', minLength: 1, maxLength: 64 },
          },
          {
            name: 'wait',
            in: 'query',
            description: '最长等待秒数；状态变化即返回',
            schema: { type: 'integer', minimum: 0, maximum: 25, default: 0 },
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
                    data: { $ref: '#/components/schemas/PaymentStatus' },
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
    '/api/h5/payments/bind': {
      post: {
        operationId: 'bindPayment',
        tags: ['h5'],
        summary: '用户绑定星球信息',
        description:
          '每 IP 每分钟 10 次。订单已绑定为 1002（含同一用户），支付 7 天后为 1003，该星球用户已在本营报名为 1001。\n1001 只回答给同一浏览器或同一付款人（见创建支付订单）；其他人的绑定照常成功，由工作人员核实（`identityReview`）。',
        security: [{ ticket: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/BindPaymentRequest' } } },
        },
        'x-business-codes': [1001, 1002, 1003, 1005],
        responses: {
          '200': {
            description: '绑定成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '绑定成功' },
                    data: { $ref: '#/components/schemas/BoundPayment' },
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
            description: '1005 订单不存在或已取消',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1005' } } },
          },
          '409': {
            description:
              '1001 您已报名该训练营，无需重复报名；1002 该订单已绑定其他星球用户；1003 绑定已过期，请联系管理员处理',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error1001' },
                    { $ref: '#/components/schemas/Error1002' },
                    { $ref: '#/components/schemas/Error1003' },
                  ],
                },
              },
            },
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
    '/api/h5/payments/claim': {
      post: {
        operationId: 'claimPayment',
        tags: ['h5'],
        summary: '用交易单号认领固定码付款',
        description:
          '付款后迟迟没有结果时，付款人填写微信账单里的「交易单号」，系统向微信支付查询并入账。每 IP 每分钟 10 次，重复调用无副作用。\n没有这笔付款、不是付给这个训练营的为 404，`message` 说明在哪里找交易单号；微信支付没有明确答复为 503。\n浏览器有 openid 会话时必须是付款人本人，否则为 403。没有会话时，只有固定码付款且尚未绑定才给票据；按专属链接或报名表下的订单\n不给，请用微信登录找回。\n',
        security: [],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ClaimPaymentRequest' } } },
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
                    data: { $ref: '#/components/schemas/ClaimedPayment' },
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
    '/api/h5/payments/{orderNo}/qrcode': {
      get: {
        operationId: 'getGroupQrcode',
        tags: ['h5'],
        summary: '获取群二维码',
        description: '每 IP 每分钟 10 次。尚未绑定为 1004，`data.bindUrl` 指向绑定接口。',
        security: [{ ticket: [] }],
        parameters: [
          {
            name: 'orderNo',
            in: 'path',
            required: true,
            description: '订单号',
            schema: { type: 'string', minLength: 1, maxLength: 64 },
          },
        ],
        'x-business-codes': [1004, 1005],
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
                    data: { $ref: '#/components/schemas/GroupQrcode' },
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
            description: '1005 订单不存在或已取消',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1005' } } },
          },
          '409': {
            description: '1004 请先完成星球信息绑定',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1004' } } },
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
    '/api/h5/camps': {
      get: {
        operationId: 'listPublicCamps',
        tags: ['h5'],
        summary: '训练营列表',
        description: '当前可报名的训练营。响应带 `ETag`，可用 `If-None-Match` 重新校验。',
        security: [],
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态筛选，默认报名中',
            schema: { $ref: '#/components/schemas/PublicCampStatus', default: 'enrolling' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100，默认 10',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
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
                    data: { $ref: '#/components/schemas/PublicCampPage' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
          },
          '304': { description: '内容未变' },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
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
    '/api/h5/camps/{id}': {
      get: {
        operationId: 'getPublicCamp',
        tags: ['h5'],
        summary: '训练营详情',
        description: '草稿与已删除的训练营为 404。响应带 `ETag`。',
        security: [],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'planetUserId',
            in: 'query',
            description: '星球用户 ID（专属链接）',
            schema: { $ref: '#/components/schemas/PlanetUserId' },
          },
          {
            name: 'sig',
            in: 'query',
            description: '专属链接签名；有效时预填昵称且不可修改',
            schema: { type: 'string', maxLength: 128 },
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
                    data: { $ref: '#/components/schemas/PublicCampDetail' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
          },
          '304': { description: '内容未变' },
          '400': {
            description: '400 请求参数错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error400' } } },
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
    '/api/h5/config': {
      get: {
        operationId: 'getPageSettings',
        tags: ['h5'],
        summary: '会员页面设置',
        description: '会员页面据此发起微信网页授权，并以服务器的业务时间倒计时。',
        security: [],
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
                    data: { $ref: '#/components/schemas/PageSettings' },
                    timestamp: { $ref: '#/components/schemas/Timestamp' },
                  },
                },
              },
            },
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
    '/api/h5/auth/wechat': {
      post: {
        operationId: 'signInWithWechat',
        tags: ['h5'],
        summary: '微信授权登录',
        description:
          '用微信 OAuth code 换取 openid 会话（HttpOnly Cookie），并为该 openid 的已支付订单签发新票据；旧票据仍有效。code 无效为 400。',
        security: [],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatSignInRequest' } } },
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
                    data: { $ref: '#/components/schemas/WechatSession' },
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
    '/api/h5/progress/{memberId}': {
      get: {
        operationId: 'getProgress',
        tags: ['h5'],
        summary: '查询打卡进度',
        description: '每 IP 每分钟 10 次。会员不属于票据的订单为 403（无论会员是否存在）。',
        security: [{ ticket: [] }],
        parameters: [
          {
            name: 'memberId',
            in: 'path',
            required: true,
            description: '会员 ID',
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
                    data: { $ref: '#/components/schemas/MemberProgress' },
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
    '/api/h5/progress/{memberId}/identity-code': {
      post: {
        operationId: 'issueIdentityCode',
        tags: ['h5'],
        summary: '取身份验证码',
        description:
          '会员把验证码写进任意一条打卡或知识星球昵称，下一次同步看到后身份变为 `proved`。只有填写的星球 ID 本人发出才有效，\n他人转发无效；7 天内有效、只用一次，重复请求得到同一个。已验证为 409，还没有填写星球 ID 为 1004。',
        security: [{ ticket: [] }],
        parameters: [
          {
            name: 'memberId',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        'x-business-codes': [1004],
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
                    data: { $ref: '#/components/schemas/IdentityCode' },
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
            description: '409 请求与当前状态冲突；1004 请先完成星球信息绑定',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1004' },
                  ],
                },
              },
            },
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
    '/api/h5/progress/{memberId}/planet-id': {
      get: {
        operationId: 'checkPlanetId',
        tags: ['h5'],
        summary: '向知识星球核对自己填写的星球 ID',
        description:
          '只在还能修改时核对（`planetIdCorrectable`）；不能修改或知识星球没有答复时 `known` 为 null。',
        security: [{ ticket: [] }],
        parameters: [
          {
            name: 'memberId',
            in: 'path',
            required: true,
            description: '会员 ID',
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
                    data: { $ref: '#/components/schemas/CheckedPlanetId' },
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
      put: {
        operationId: 'correctPlanetId',
        tags: ['h5'],
        summary: '开营前改正自己填写的星球 ID',
        description:
          '开营前、身份还没有被证实或由人核实、且改过不到 3 次时可以；否则为 409。规则同绑定：自己已用新的 ID 报名为 1001，\n其他付款人在用时转为身份待核实。没有成功时什么也不变。核对昵称时仍以首次填写的昵称为准。',
        security: [{ ticket: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/CorrectPlanetIdRequest' } },
          },
        },
        'x-business-codes': [1001, 1004, 1005],
        parameters: [
          {
            name: 'memberId',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '星球 ID 已修改',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '星球 ID 已修改' },
                    data: { $ref: '#/components/schemas/CorrectedPlanetId' },
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
            description: '1005 订单不存在或已取消',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1005' } } },
          },
          '409': {
            description:
              '409 请求与当前状态冲突；1001 您已报名该训练营，无需重复报名；1004 请先完成星球信息绑定',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1001' },
                    { $ref: '#/components/schemas/Error1004' },
                  ],
                },
              },
            },
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
    '/api/admin/members': {
      get: {
        operationId: 'listMembers',
        tags: ['members'],
        summary: '会员列表',
        security: [{ jwt: [] }],
        'x-permission': 'member:read',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'matchStatus',
            in: 'query',
            description: '匹配状态',
            schema: { $ref: '#/components/schemas/MatchStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '昵称关键词，或完整的星球 ID、订单号',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'eligibleForRefund',
            in: 'query',
            description: '是否符合退款条件',
            schema: { type: 'boolean' },
          },
          { name: 'inReview', in: 'query', description: '身份是否待核实', schema: { type: 'boolean' } },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/MemberPage' },
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
    '/api/admin/members/export': {
      get: {
        operationId: 'exportMembers',
        tags: ['members'],
        summary: '导出会员列表',
        description:
          "文件流，边查边写，行数不限，内容为导出开始那一刻的数据，按会员 ID 排列。列：会员ID、训练营、填写的星球昵称、填写的星球ID、微信昵称、匹配状态、置信度、匹配方式、星球昵称、星球ID、是否进群、进群时间、打卡天数、打卡率、达标、押金、支付时间、退款状态、已退金额、订单号；金额单位元，时间为北京时间。 xlsx 中文字都是文本单元格，不会成为公式；csv 为 UTF-8（带 BOM），以 `= + - @`（含全角）、制表符或换行开头的文字前加 `'`。 中途出错会断开连接，不会给出看似完整的文件。导出记入审计日志。",
        security: [{ jwt: [] }],
        'x-permission': 'member:manage',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            required: true,
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'format',
            in: 'query',
            description: '导出格式',
            schema: { type: 'string', enum: ['xlsx', 'csv'], default: 'xlsx' },
          },
        ],
        responses: {
          '200': {
            description: '文件',
            headers: {
              'Content-Disposition': {
                schema: { type: 'string', examples: ['attachment; filename="members_camp1_20251201.xlsx"'] },
              },
            },
            content: {
              'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {},
              'text/csv': {},
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
    '/api/admin/members/{id}': {
      get: {
        operationId: 'getMember',
        tags: ['members'],
        summary: '会员详情',
        security: [{ jwt: [] }],
        'x-permission': 'member:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
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
                    data: { $ref: '#/components/schemas/MemberDetail' },
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
    '/api/admin/members/{id}/match': {
      post: {
        operationId: 'matchMember',
        tags: ['members'],
        summary: '手动匹配会员',
        description:
          '星球用户不在本营（无打卡，也不是会员填写的 ID）为 404，已属于本营其他会员、会员的个人信息已删除为 409，退款已通过审核为 1302。\n待审核的退款记录随之作废（匹配变更），仍符合条件的按新匹配重新生成。重复提交同一匹配不产生变化。',
        security: [{ jwt: [] }],
        'x-permission': 'member:match',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/MatchMemberRequest' } } },
        },
        'x-business-codes': [1302],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '匹配成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '匹配成功' },
                    data: { $ref: '#/components/schemas/MatchedMember' },
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
            description: '409 请求与当前状态冲突；1302 退款状态不允许此操作',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1302' },
                  ],
                },
              },
            },
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
    '/api/admin/members/{id}/unmatch': {
      post: {
        operationId: 'unmatchMember',
        tags: ['members'],
        summary: '解除匹配',
        description:
          '释放被占用的星球 ID，记入审计日志。会员 7 天内可重新绑定其他星球用户，智能匹配不会再选中该用户。\n待审核的退款记录随之作废。尚未匹配为 409，退款已通过审核为 1302。',
        security: [{ jwt: [] }],
        'x-permission': 'member:manage',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UnmatchMemberRequest' } } },
        },
        'x-business-codes': [1302],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已解除匹配',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已解除匹配' },
                    data: { $ref: '#/components/schemas/UnmatchedMember' },
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
            description: '409 请求与当前状态冲突；1302 退款状态不允许此操作',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1302' },
                  ],
                },
              },
            },
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
    '/api/admin/members/{id}/settle-review': {
      post: {
        operationId: 'settleReview',
        tags: ['members'],
        summary: '核实身份',
        description:
          '两位会员用同一个星球 ID 时由人裁定。`favour` 为 `member`：该会员按人工匹配得到这个星球用户，现在的持有人转为待核实\n（displaced）；为 `holder`：该会员不是这个星球用户，7 天内可重新绑定其他星球用户，智能匹配不会再选中它。\n没有待核实的身份为 409，退款已通过审核为 1302。记入审计日志。',
        security: [{ jwt: [] }],
        'x-permission': 'member:manage',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/SettleReviewRequest' } } },
        },
        'x-business-codes': [1302],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '核实完成',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '核实完成' },
                    data: { $ref: '#/components/schemas/SettledReview' },
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
            description: '409 请求与当前状态冲突；1302 退款状态不允许此操作',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1302' },
                  ],
                },
              },
            },
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
    '/api/admin/members/{id}/return-deposit': {
      post: {
        operationId: 'returnDeposit',
        tags: ['members'],
        summary: '退还待核实会员的押金',
        description:
          '全额退还，生成一条已通过审核的退款记录，由后台任务执行；该会员不再参加本营。没有待核实的身份为 409，\n已有退款为 1302，可退余额不足为 1305。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。记入审计日志。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
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
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ReturnDepositRequest' } } },
        },
        'x-business-codes': [1302, 1305],
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
                    data: { $ref: '#/components/schemas/ReturnedDeposit' },
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
            description: '409 请求与当前状态冲突；1302 退款状态不允许此操作；1305 退款金额超过原支付金额',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1302' },
                    { $ref: '#/components/schemas/Error1305' },
                  ],
                },
              },
            },
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
    '/api/admin/members/{id}/candidates': {
      get: {
        operationId: 'listMatchCandidates',
        tags: ['members'],
        summary: '匹配候选',
        description: '本营的星球用户，按匹配评分从高到低，最多 50 个。',
        security: [{ jwt: [] }],
        'x-permission': 'member:match',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '昵称或星球 ID 关键词',
            schema: { type: 'string', maxLength: 100 },
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
                    data: { $ref: '#/components/schemas/MatchCandidates' },
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
    '/api/admin/members/{id}/join-group': {
      put: {
        operationId: 'markJoinedGroup',
        tags: ['members'],
        summary: '标记进群',
        description: '重复标记保留首次进群时间。',
        security: [{ jwt: [] }],
        'x-permission': 'member:join',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '会员 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '标记成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '标记成功' },
                    data: { $ref: '#/components/schemas/JoinedMember' },
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
    '/api/admin/unallocated': {
      get: {
        operationId: 'listUnallocated',
        tags: ['refunds'],
        summary: '未归属收款列表',
        description:
          '固定码收款中无法确定训练营或金额不符的支付。`keyword` 为完整的订单号、商户单号或微信支付单号，或昵称的一部分、完整的星球 ID：归属给他的，以及同一付款人付的。\n',
        security: [{ jwt: [] }],
        'x-permission': 'refund:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '状态',
            schema: { $ref: '#/components/schemas/UnallocatedStatus' },
          },
          {
            name: 'keyword',
            in: 'query',
            description: '单号或昵称',
            schema: { type: 'string', maxLength: 100 },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/UnallocatedPage' },
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
    '/api/admin/unallocated/{id}/assign': {
      post: {
        operationId: 'assignUnallocated',
        tags: ['refunds'],
        summary: '归属到训练营',
        description: '金额须等于该营押金（否则 409）。已处理的收款为 409，该星球用户已在本营报名为 1001。',
        security: [{ jwt: [] }],
        'x-permission': 'member:manage',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '未归属收款 ID',
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
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/AssignUnallocatedRequest' } },
          },
        },
        'x-business-codes': [1001, 1102],
        responses: {
          '200': {
            description: '归属成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '归属成功' },
                    data: { $ref: '#/components/schemas/AssignedPayment' },
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
            description:
              '409 请求与当前状态冲突；1001 您已报名该训练营，无需重复报名；1102 训练营状态不允许此操作',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error409' },
                    { $ref: '#/components/schemas/Error1001' },
                    { $ref: '#/components/schemas/Error1102' },
                  ],
                },
              },
            },
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
    '/api/admin/unallocated/{id}/refund': {
      post: {
        operationId: 'refundUnallocated',
        tags: ['refunds'],
        summary: '退回未归属收款',
        description:
          '全额退回，由后台任务执行。已处理的收款为 409。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '未归属收款 ID',
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
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/RefundUnallocatedRequest' } },
          },
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
                    data: { $ref: '#/components/schemas/RefundedUnallocated' },
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
    '/api/admin/notifications': {
      get: {
        operationId: 'listNotifications',
        tags: ['refunds'],
        summary: '支付渠道通知',
        description: '已验签的通知及其处理结果；隔离与无法解析的在此可见。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:read',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: '处理结果',
            schema: { $ref: '#/components/schemas/NotificationStatus' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/NotificationPage' },
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
    '/api/admin/ledger': {
      get: {
        operationId: 'listLedger',
        tags: ['refunds'],
        summary: '收支分录',
        description: '复式记账；同一笔业务的分录金额之和为 0。',
        security: [{ jwt: [] }],
        'x-permission': 'stats:read',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          { name: 'account', in: 'query', description: '科目', schema: { type: 'string', maxLength: 64 } },
          { name: 'orderNo', in: 'query', description: '订单号', schema: { type: 'string', maxLength: 64 } },
          {
            name: 'startDate',
            in: 'query',
            description: '起始日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '截止日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/LedgerPage' },
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
    '/api/h5/privacy-notice': {
      get: {
        operationId: 'getPrivacyNotice',
        tags: ['h5'],
        summary: '个人信息处理说明',
        description:
          '当前版本的全文；联系方式与保留天数取自系统配置。下单、绑定时以 `consentVersion` 提交会员同意的版本。',
        security: [],
        parameters: [
          {
            name: 'language',
            in: 'query',
            description: '语言，默认中文',
            schema: { $ref: '#/components/schemas/NoticeLanguage' },
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
                    data: { $ref: '#/components/schemas/PrivacyNotice' },
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
    '/api/h5/my-data': {
      get: {
        operationId: 'getMyData',
        tags: ['h5'],
        summary: '查看自己的个人信息',
        description:
          '票据所属订单保存的全部个人信息，可下载。已登录微信的浏览器须是付款人本人，否则 403；这时还包括同一微信付款的其他订单， 并给出付款人的 `openid`（只凭票据为 null）。订单的个人信息已删除为 401。每 IP 每分钟 10 次。',
        security: [{ ticket: [] }],
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
                    data: { $ref: '#/components/schemas/MyData' },
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
      delete: {
        operationId: 'eraseMyData',
        tags: ['h5'],
        summary: '删除自己的个人信息',
        description:
          '款项全部完成后（订单关闭、付款已入账、退款到账或押金已结算）删除昵称、星球 ID、openid 与打卡内容，账簿只保留金额与编号；否则 409， message 说明尚未完成的事项。删除后票据失效。`scope=person` 时连同同一微信付款的其他订单（须已登录微信）逐个删除，尚未完成的 保留并在 `orders` 中说明原因，不为 409。每 IP 每分钟 10 次。',
        security: [{ ticket: [] }],
        parameters: [
          {
            name: 'scope',
            in: 'query',
            description: '只删票据所属订单，或连同其他订单',
            schema: { type: 'string', enum: ['order', 'person'], default: 'order' },
          },
        ],
        responses: {
          '200': {
            description: '个人信息已删除',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '个人信息已删除' },
                    data: { $ref: '#/components/schemas/ErasedData' },
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
    '/api/admin/personal-data/{orderNo}': {
      get: {
        operationId: 'exportPersonalData',
        tags: ['members'],
        summary: '导出个人信息',
        description:
          '应本人请求导出一个报名订单保存的个人信息。每次记入操作日志。仅超级管理员。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'system:privacy',
        parameters: [
          {
            name: 'orderNo',
            in: 'path',
            required: true,
            description: '订单号',
            schema: { type: 'string', minLength: 1, maxLength: 64 },
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
                    data: { $ref: '#/components/schemas/PersonalData' },
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
      delete: {
        operationId: 'erasePersonalData',
        tags: ['members'],
        summary: '删除个人信息',
        description:
          '应本人请求删除，效果与会员自己删除相同：账簿只保留金额与编号。款项尚未完成为 409，message 说明事项；已删除的订单再次请求时，删除其后又写入的信息，没有则无副作用。 记入操作日志。仅超级管理员。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'system:privacy',
        parameters: [
          {
            name: 'orderNo',
            in: 'path',
            required: true,
            description: '订单号',
            schema: { type: 'string', minLength: 1, maxLength: 64 },
          },
        ],
        responses: {
          '200': {
            description: '个人信息已删除',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '个人信息已删除' },
                    data: { $ref: '#/components/schemas/ErasedData' },
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
    '/api/admin/refunds/pending': {
      get: {
        operationId: 'listPendingRefunds',
        tags: ['refunds'],
        summary: '待审核退款列表',
        security: [{ jwt: [] }],
        'x-permission': 'refund:read',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'ids',
            in: 'query',
            description: '只看这些退款记录：ID 以逗号分隔，最多 400 个',
            schema: { type: 'string', pattern: '^[1-9]\\d{0,14}(,[1-9]\\d{0,14}){0,399}$' },
          },
          {
            name: 'minConfidence',
            in: 'query',
            description: '匹配置信度下限',
            schema: { $ref: '#/components/schemas/Confidence' },
          },
          {
            name: 'maxConfidence',
            in: 'query',
            description: '匹配置信度上限',
            schema: { $ref: '#/components/schemas/Confidence' },
          },
          {
            name: 'lane',
            in: 'query',
            description: '审核通道',
            schema: { $ref: '#/components/schemas/ReviewLane' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–1000（批量操作一次取全）',
            schema: { type: 'integer', minimum: 1, maximum: 1000, default: 20 },
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
                    data: { $ref: '#/components/schemas/PendingRefundPage' },
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
    '/api/admin/refunds/{id}/approve': {
      post: {
        operationId: 'approveRefund',
        tags: ['refunds'],
        summary: '审核通过退款',
        description:
          '非待审核或置信度低于 50 为 1302。通过后由后台任务退款。登录或验证身份 10 分钟后，自那时起通过的金额合计超过 `auth.freshApprovalFen` 时为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: false,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ApproveRefundRequest' } } },
        },
        'x-business-codes': [1301, 1302, 1305],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '退款记录 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '审核通过',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '审核通过' },
                    data: { $ref: '#/components/schemas/ApprovedRefund' },
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
            description: '1301 退款记录不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1301' } } },
          },
          '409': {
            description: '1302 退款状态不允许此操作；1305 退款金额超过原支付金额',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error1302' },
                    { $ref: '#/components/schemas/Error1305' },
                  ],
                },
              },
            },
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
    '/api/admin/refunds/{id}/reject': {
      post: {
        operationId: 'rejectRefund',
        tags: ['refunds'],
        summary: '审核拒绝退款',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/RejectRefundRequest' } } },
        },
        'x-business-codes': [1301, 1302],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '退款记录 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已拒绝',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已拒绝' },
                    data: { $ref: '#/components/schemas/RejectedRefund' },
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
            description: '1301 退款记录不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1301' } } },
          },
          '409': {
            description: '1302 退款状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1302' } } },
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
    '/api/admin/refunds/batch-approve': {
      post: {
        operationId: 'batchApproveRefunds',
        tags: ['refunds'],
        summary: '批量审核退款',
        description:
          '每条要么通过、要么跳过并给出原因（不存在、状态不符、置信度低于阈值、昵称不一致、身份未验证）。登录或验证身份 10 分钟后，自那时起通过的金额合计超过 `auth.freshApprovalFen` 时为 403（`fresh_auth_required`），一条也不通过。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/BatchApproveRefundsRequest' } },
          },
        },
        responses: {
          '200': {
            description: '批量审核完成',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '批量审核完成' },
                    data: { $ref: '#/components/schemas/BatchApproval' },
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
    '/api/admin/refunds/{id}/undo': {
      post: {
        operationId: 'undoRefundDecision',
        tags: ['refunds'],
        summary: '撤回审核',
        description:
          '在 `executeAfter` 之前撤回通过或拒绝：记录回到待审核，预留的金额释放，待第二人的确认作废。已开始退款或已过时间为 1302。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        'x-business-codes': [1301, 1302],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '退款记录 ID',
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
                    data: { $ref: '#/components/schemas/UndoneRefund' },
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
            description: '1301 退款记录不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1301' } } },
          },
          '409': {
            description: '1302 退款状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1302' } } },
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
    '/api/admin/refunds/batch-undo': {
      post: {
        operationId: 'undoRefundDecisions',
        tags: ['refunds'],
        summary: '批量撤回审核',
        description: '每条要么撤回、要么跳过并给出原因（不存在、审核已经生效）。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UndoRefundsRequest' } } },
        },
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
                    data: { $ref: '#/components/schemas/UndoneRefunds' },
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
    '/api/admin/refunds/{id}/retry': {
      post: {
        operationId: 'retryRefund',
        tags: ['refunds'],
        summary: '重试失败退款',
        description:
          '只有明确失败的退款可以重试；结果未明或退款中为 1302。执行失败的原因（1303、1304、1305）见退款记录的 `failCode`。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        'x-business-codes': [1301, 1302, 1305],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '退款记录 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
        ],
        responses: {
          '200': {
            description: '已加入重试队列',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '已加入重试队列' },
                    data: { $ref: '#/components/schemas/RetriedRefund' },
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
            description: '1301 退款记录不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1301' } } },
          },
          '409': {
            description: '1302 退款状态不允许此操作；1305 退款金额超过原支付金额',
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { $ref: '#/components/schemas/Error1302' },
                    { $ref: '#/components/schemas/Error1305' },
                  ],
                },
              },
            },
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
    '/api/admin/refunds/{id}/notify': {
      post: {
        operationId: 'notifyRefund',
        tags: ['refunds'],
        summary: '重发到账通知',
        description:
          '退款已到账而会员没有收到通知时（见退款记录的 `notifyError`）再发一次；微信仍不接受时 `notified` 为 false 并给出原因。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:audit',
        'x-business-codes': [1301, 1302],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            description: '退款记录 ID',
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
                    data: { $ref: '#/components/schemas/NotifiedRefund' },
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
            description: '1301 退款记录不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1301' } } },
          },
          '409': {
            description: '1302 退款状态不允许此操作',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1302' } } },
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
    '/api/admin/refunds/records': {
      get: {
        operationId: 'listRefundRecords',
        tags: ['refunds'],
        summary: '退款记录',
        description: '含系统自动退款（迟到或重复支付），其 auditStatus 为 approved、auditor 为 system。',
        security: [{ jwt: [] }],
        'x-permission': 'refund:read',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            description: '训练营 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'refundStatus',
            in: 'query',
            description: '退款状态',
            schema: { $ref: '#/components/schemas/RefundStatus' },
          },
          {
            name: 'auditStatus',
            in: 'query',
            description: '审核状态',
            schema: { $ref: '#/components/schemas/AuditStatus' },
          },
          {
            name: 'kind',
            in: 'query',
            description: '退的是押金（deposit），还是多付、未归属或挂账的款项（other）',
            schema: { $ref: '#/components/schemas/RefundKind' },
          },
          {
            name: 'open',
            in: 'query',
            description: '尚未到账：未拒绝，也未退款成功；押金须仍在手',
            schema: { type: 'boolean' },
          },
          {
            name: 'ids',
            in: 'query',
            description: '只看这些退款记录：ID 以逗号分隔，最多 400 个',
            schema: { type: 'string', pattern: '^[1-9]\\d{0,14}(,[1-9]\\d{0,14}){0,399}$' },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '起始日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '截止日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–1000（批量操作一次取全）',
            schema: { type: 'integer', minimum: 1, maximum: 1000, default: 20 },
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
                    data: { $ref: '#/components/schemas/RefundRecordPage' },
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
    '/api/demo/clock': {
      post: {
        operationId: 'moveDemoClock',
        tags: ['demo'],
        summary: '拨动演示时钟',
        description:
          '仅演示模式，其他模式为 404。只能向前；期间到期的事务按日期顺序执行完毕后返回，60 秒内。',
        security: [],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/MoveClockRequest' } } },
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
                    data: { $ref: '#/components/schemas/DemoClock' },
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
    '/health/live': {
      get: {
        operationId: 'getLiveness',
        tags: ['health'],
        summary: '进程存活',
        security: [],
        responses: {
          '200': {
            description: '正常',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/HealthReport' } } },
          },
          '503': {
            description: '异常或正在停止',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/HealthReport' } } },
          },
        },
      },
    },
    '/health/ready': {
      get: {
        operationId: 'getReadiness',
        tags: ['health'],
        summary: '可接收请求',
        description: '迁移与演示数据完成之后才为 200。',
        security: [],
        responses: {
          '200': {
            description: '正常',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/HealthReport' } } },
          },
          '503': {
            description: '异常或正在停止',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/HealthReport' } } },
          },
        },
      },
    },
    '/metrics': {
      get: {
        operationId: 'getMetrics',
        tags: ['health'],
        summary: '监控指标',
        description:
          'Prometheus 文本格式。设置了 METRICS_TOKEN 时须带 `Authorization: Bearer <METRICS_TOKEN>`，否则只应答本机的直接访问；其他一律 404。',
        security: [],
        responses: {
          '200': { description: '指标', content: { 'text/plain': {} } },
          '404': {
            description: '无权查看',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
        },
      },
    },
    '/version': {
      get: {
        operationId: 'getVersion',
        tags: ['health'],
        summary: '正在运行的版本',
        security: [],
        responses: {
          '200': {
            description: '版本',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/RunningVersion' } } },
          },
        },
      },
    },
    '/{domainFile}': {
      get: {
        operationId: 'getDomainFile',
        tags: ['health'],
        summary: '微信的域名验证文件',
        description: '配置 wechat.domainFiles 中列出的文件；其他一律 404。',
        security: [],
        parameters: [
          {
            name: 'domainFile',
            in: 'path',
            required: true,
            schema: { type: 'string', pattern: '^(MP|WW)_verify_[0-9A-Za-z]{16}\\.txt$' },
          },
        ],
        responses: {
          '200': {
            description: '文件内容，即文件名中的 16 位',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          '404': {
            description: '没有这个文件',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
        },
      },
    },
    '/uploads/{name}': {
      get: {
        operationId: 'getUploadedImage',
        tags: ['camps'],
        summary: '已上传的图片',
        description: '公开；内容永不改变，可长期缓存。',
        security: [],
        parameters: [
          {
            name: 'name',
            in: 'path',
            required: true,
            description: '上传时返回的文件名',
            schema: { type: 'string', pattern: '^[0-9a-f]{32}\\.(png|jpg|webp)$' },
          },
        ],
        responses: {
          '200': {
            description: '图片',
            headers: {
              ETag: { schema: { type: 'string' } },
              'Cache-Control': { schema: { type: 'string', const: 'public, max-age=31536000, immutable' } },
            },
            content: { 'image/png': {}, 'image/jpeg': {}, 'image/webp': {} },
          },
          '304': { description: '未改变' },
          '404': {
            description: '没有这张图片',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error404' } } },
          },
          '503': {
            description: '图片存储暂时没有应答，请按 `Retry-After` 再试',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error503' } } },
          },
        },
      },
    },
    '/api/admin/stats/overview': {
      get: {
        operationId: 'getStatsOverview',
        tags: ['stats'],
        summary: '数据概览',
        security: [{ jwt: [] }],
        'x-permission': 'stats:read',
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
                    data: { $ref: '#/components/schemas/StatsOverview' },
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
    '/api/admin/stats/camps/{id}': {
      get: {
        operationId: 'getCampStats',
        tags: ['stats'],
        summary: '训练营统计',
        security: [{ jwt: [] }],
        'x-permission': 'stats:read',
        parameters: [
          {
            name: 'id',
            in: 'path',
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
                    data: { $ref: '#/components/schemas/CampStats' },
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
    '/api/admin/stats/export': {
      get: {
        operationId: 'exportStats',
        tags: ['stats'],
        summary: '导出统计报表',
        description:
          '文件流。指定 campId 时只含该训练营（不看日期）；否则为开始日期在 startDate 至 endDate（含）之间的全部训练营。 xlsx：summary 每个训练营一行统计，detail 每个会员一行（列与会员导出相同），行数不限。 pdf：summary 为一个训练营的统计报表（报名、打卡分布、资金、退款、每日打卡），或多个训练营的汇总表（含合计）；detail 另附会员表；各表最多 2000 行，超过为 400，请改用 xlsx。字体没有的字符（如表情）显示为 □。 pdf 逐个生成，等待过久为 503。导出记入审计日志。',
        security: [{ jwt: [] }],
        'x-permission': 'stats:read',
        parameters: [
          {
            name: 'campId',
            in: 'query',
            description: '训练营 ID，不传则导出全部',
            schema: { $ref: '#/components/schemas/Id' },
          },
          {
            name: 'startDate',
            in: 'query',
            description: '起始日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '截止日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'type',
            in: 'query',
            description: '汇总或明细',
            schema: { type: 'string', enum: ['summary', 'detail'], default: 'summary' },
          },
          {
            name: 'format',
            in: 'query',
            description: '导出格式',
            schema: { type: 'string', enum: ['xlsx', 'pdf'], default: 'xlsx' },
          },
        ],
        responses: {
          '200': {
            description: '文件',
            headers: { 'Content-Disposition': { schema: { type: 'string' } } },
            content: {
              'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {},
              'application/pdf': {},
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
    '/api/admin/config': {
      get: {
        operationId: 'listConfig',
        tags: ['system'],
        summary: '系统配置',
        description: '敏感项只返回掩码。',
        security: [{ jwt: [] }],
        'x-permission': 'system:config',
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
                    data: { $ref: '#/components/schemas/ConfigList' },
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
      put: {
        operationId: 'updateConfig',
        tags: ['system'],
        summary: '更新系统配置',
        description:
          '未知的配置键为 1404；值不符合该键的格式为 400。值为空则清除该项，恢复默认。`planet.cookie` 先用新值读取一次知识星球，不被接受为 400，没有明确应答为 503，原来的值不变（原来的已失效时除外）。须在 10 分钟内登录或验证过身份，否则为 403（`fresh_auth_required`）。',
        security: [{ jwt: [] }],
        'x-permission': 'system:config',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UpdateConfigRequest' } } },
        },
        'x-business-codes': [1404],
        responses: {
          '200': {
            description: '配置更新成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '配置更新成功' },
                    data: { $ref: '#/components/schemas/UpdatedConfig' },
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
            description: '1404 配置项不存在',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error1404' } } },
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
    '/api/admin/config/test': {
      post: {
        operationId: 'testConfig',
        tags: ['system'],
        summary: '检测配置',
        description:
          '用当前配置实际调用一次外部接口，不动用资金：planet 读取一次打卡项目列表（已失效的 Cookie 不会再次使用），\nwechat 查询一个不存在的商户单号（应答验签通过即证明商户号、密钥、证书与网络正常），wecom 向群机器人发送一条测试消息。\n检测未通过也是 200，`ok` 为 false，原因见 `message`。每个 IP 每分钟最多 10 次，超出为 429。',
        security: [{ jwt: [] }],
        'x-permission': 'system:config',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/TestConfigRequest' } } },
        },
        responses: {
          '200': {
            description: '检测完成',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '检测完成' },
                    data: { $ref: '#/components/schemas/ConfigTest' },
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
    '/api/admin/logs': {
      get: {
        operationId: 'listAuditLogs',
        tags: ['system'],
        summary: '操作日志',
        description: '最新在前；编号连续，不可修改。',
        security: [{ jwt: [] }],
        'x-permission': 'system:logs',
        parameters: [
          {
            name: 'userId',
            in: 'query',
            description: '操作人 ID',
            schema: { $ref: '#/components/schemas/Id' },
          },
          { name: 'action', in: 'query', description: '操作', schema: { type: 'string', maxLength: 64 } },
          {
            name: 'startDate',
            in: 'query',
            description: '起始日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'endDate',
            in: 'query',
            description: '截止日期（含）',
            schema: { $ref: '#/components/schemas/LocalDate' },
          },
          {
            name: 'page',
            in: 'query',
            description: '页码，从 1 开始',
            schema: { type: 'integer', minimum: 1, maximum: 1000000, default: 1 },
          },
          {
            name: 'pageSize',
            in: 'query',
            description: '每页条数，1–100',
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
                    data: { $ref: '#/components/schemas/AuditLogPage' },
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
    '/api/admin/uploads': {
      post: {
        operationId: 'uploadImage',
        tags: ['system'],
        summary: '上传图片',
        description:
          'PNG、JPEG 或 WebP（按内容识别），不超过 5 MB；重新编码，去掉元数据，长边不超过 2400 像素，随机命名。过大为 413，类型不符或已损坏为 415。',
        security: [{ jwt: [] }],
        'x-permission': 'camp:write',
        parameters: [
          {
            name: 'use',
            in: 'query',
            description:
              '图片的用途，给出则检查：poster 海报至少 600×300 像素，groupQrcode 须能识别出二维码；不符合为 400，说明在 `data.errors`',
            schema: { type: 'string', enum: ['poster', 'groupQrcode'] },
          },
        ],
        requestBody: {
          required: true,
          content: { 'multipart/form-data': { schema: { $ref: '#/components/schemas/UploadImageRequest' } } },
        },
        responses: {
          '200': {
            description: '上传成功',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code', 'message', 'data', 'timestamp'],
                  properties: {
                    code: { type: 'integer', const: 200 },
                    message: { type: 'string', const: '上传成功' },
                    data: { $ref: '#/components/schemas/UploadedImage' },
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
    '/api/admin/system-health': {
      get: {
        operationId: 'getSystemHealth',
        tags: ['system'],
        summary: '系统状态',
        description: '只看本系统已知的情况，不调用外部接口。',
        security: [{ jwt: [] }],
        'x-permission': 'system:health',
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
                    data: { $ref: '#/components/schemas/SystemHealth' },
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
    '/api/webhook/wechat/payment': {
      post: {
        operationId: 'receiveWechatPayment',
        tags: ['webhook'],
        summary: '支付结果通知',
        description:
          '微信支付 v3 通知。对原始请求体验签（偏差超过 5 分钟拒绝），再解密 `resource` 得到 `WechatPaymentResult`。\n重复通知同样应答 SUCCESS；已验签但无法入账的通知保留、应答并告警。\n',
        security: [{ wechatSignature: [] }],
        parameters: [
          {
            name: 'Wechatpay-Signature',
            in: 'header',
            required: true,
            description: 'Base64 签名',
            schema: { type: 'string' },
          },
          {
            name: 'Wechatpay-Timestamp',
            in: 'header',
            required: true,
            description: 'Unix 秒',
            schema: { type: 'string', pattern: '^\\d+$' },
          },
          { name: 'Wechatpay-Nonce', in: 'header', required: true, schema: { type: 'string' } },
          {
            name: 'Wechatpay-Serial',
            in: 'header',
            required: true,
            description: '平台证书序列号或 `PUB_KEY_ID_…`',
            schema: { type: 'string' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatNotification' } } },
        },
        'x-decrypted': 'WechatPaymentResult',
        responses: {
          '200': {
            description: '已接收',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatAccepted' } } },
          },
          '400': {
            description: '请求头或请求体无法解析',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '401': {
            description: '签名验证失败',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '413': {
            description: '请求体过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '415': {
            description: '类型不支持',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '429': {
            description: '请求过于频繁',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '500': {
            description: '服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '503': {
            description: '暂不可用',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
        },
      },
    },
    '/api/webhook/wechat/refund': {
      post: {
        operationId: 'receiveWechatRefund',
        tags: ['webhook'],
        summary: '退款结果通知',
        description: '规则同支付结果通知；解密后为 `WechatRefundResult`。',
        security: [{ wechatSignature: [] }],
        parameters: [
          {
            name: 'Wechatpay-Signature',
            in: 'header',
            required: true,
            description: 'Base64 签名',
            schema: { type: 'string' },
          },
          {
            name: 'Wechatpay-Timestamp',
            in: 'header',
            required: true,
            description: 'Unix 秒',
            schema: { type: 'string', pattern: '^\\d+$' },
          },
          { name: 'Wechatpay-Nonce', in: 'header', required: true, schema: { type: 'string' } },
          {
            name: 'Wechatpay-Serial',
            in: 'header',
            required: true,
            description: '平台证书序列号或 `PUB_KEY_ID_…`',
            schema: { type: 'string' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatNotification' } } },
        },
        'x-decrypted': 'WechatRefundResult',
        responses: {
          '200': {
            description: '已接收',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatAccepted' } } },
          },
          '400': {
            description: '请求头或请求体无法解析',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '401': {
            description: '签名验证失败',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '413': {
            description: '请求体过大',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '415': {
            description: '类型不支持',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '429': {
            description: '请求过于频繁',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '500': {
            description: '服务器内部错误',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
          '503': {
            description: '暂不可用',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WechatRefused' } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '管理后台登录令牌' },
      ticket: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Access-Token',
        description:
          '订单访问票据 `tk_<uuid>`；支付前只能查询本订单的支付状态，支付成功后 7 天内可绑定、取群二维码、查进度',
      },
      wechatSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'Wechatpay-Signature',
        description: '微信支付平台证书或公钥的 RSA-SHA256 签名',
      },
    },
    schemas: {
      Permissions: {
        type: 'array',
        items: { type: 'string', pattern: '^[a-z]+:(\\*|[a-z]+)$' },
        description: '权限，如 `camp:*` 或 `member:read`',
      },
      Username: {
        type: 'string',
        pattern: '^[A-Za-z0-9_.-]{3,32}$',
        description: '3–32 位字母、数字、_ . -',
      },
      NewPassword: {
        type: 'string',
        minLength: 8,
        maxLength: 128,
        description: '10–128 位，不能是常见密码，不能与用户名相同；仅演示模式接受样例中的演示密码',
      },
      Pending: {
        type: 'string',
        enum: ['password', 'totp'],
        description:
          '使用其他接口前须先完成的事：`password` 修改他人设置的初始密码，`totp` 设置角色必须使用的动态码。无须时不出现',
      },
      Code: {
        type: 'string',
        minLength: 1,
        maxLength: 64,
        description: '6 位动态码，或一个恢复码（不区分大小写，空格与连字符可省略）',
      },
      RealName: { type: 'string', minLength: 1, maxLength: 50 },
      LoginRequest: {
        type: 'object',
        required: ['username', 'password'],
        properties: {
          username: { type: 'string', minLength: 1, maxLength: 64 },
          password: { type: 'string', minLength: 1, maxLength: 128 },
          code: { $ref: '#/components/schemas/Code' },
        },
        additionalProperties: false,
      },
      LoginResult: {
        type: 'object',
        required: ['userId', 'username', 'realName', 'role', 'token', 'expiresIn', 'permissions'],
        properties: {
          userId: { $ref: '#/components/schemas/Id' },
          username: { type: 'string' },
          realName: { type: 'string' },
          role: { $ref: '#/components/schemas/Role' },
          token: { type: 'string', description: 'JWT' },
          expiresIn: { type: 'integer', minimum: 1, description: '有效期，单位秒' },
          permissions: { $ref: '#/components/schemas/Permissions' },
          pending: { $ref: '#/components/schemas/Pending' },
        },
        additionalProperties: false,
      },
      CurrentUser: {
        type: 'object',
        required: ['userId', 'username', 'realName', 'role', 'permissions'],
        properties: {
          userId: { $ref: '#/components/schemas/Id' },
          username: { type: 'string' },
          realName: { type: 'string' },
          role: { $ref: '#/components/schemas/Role' },
          permissions: { $ref: '#/components/schemas/Permissions' },
          pending: { $ref: '#/components/schemas/Pending' },
        },
        additionalProperties: false,
      },
      ChangePasswordRequest: {
        type: 'object',
        required: ['oldPassword', 'newPassword'],
        properties: {
          oldPassword: { type: 'string', minLength: 1, maxLength: 128 },
          newPassword: { $ref: '#/components/schemas/NewPassword' },
        },
        additionalProperties: false,
      },
      FreshProof: {
        type: 'object',
        properties: {
          password: { type: 'string', minLength: 1, maxLength: 128, description: '没有开启动态码时必填' },
          code: { $ref: '#/components/schemas/Code' },
        },
        additionalProperties: false,
      },
      TotpStatus: {
        type: 'object',
        properties: {
          enabled: { type: 'boolean' },
          since: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          required: { type: 'boolean', description: '角色必须使用动态码' },
          recoveryCodesLeft: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['enabled', 'since', 'required', 'recoveryCodesLeft'],
      },
      TotpEnrolment: {
        type: 'object',
        properties: {
          secret: {
            type: 'string',
            pattern: '^[A-Z2-7]{32}$',
            description: '密钥（Base32），供无法扫码时手工输入',
          },
          uri: { type: 'string', pattern: '^otpauth://totp/', description: '二维码的内容' },
        },
        additionalProperties: false,
        required: ['secret', 'uri'],
      },
      ConfirmTotpRequest: {
        type: 'object',
        required: ['code'],
        properties: { code: { type: 'string', pattern: '^\\d{6}$', description: '新密钥的动态码' } },
        additionalProperties: false,
      },
      RecoveryCodes: {
        type: 'object',
        properties: {
          codes: {
            type: 'array',
            maxItems: 10,
            items: { type: 'string', pattern: '^[a-z2-7]{6}(-[a-z2-7]{6}){3}$' },
            description: '每个只能用一次',
          },
        },
        additionalProperties: false,
        required: ['codes'],
      },
      Session: {
        type: 'object',
        properties: {
          id: { type: 'string', format: 'uuid' },
          current: { type: 'boolean', description: '是否为本次登录' },
          device: { type: ['string', 'null'], description: '浏览器与系统，如 Chrome 142 · Windows' },
          ip: { type: ['string', 'null'], description: '登录时的地址' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          lastSeenAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'current', 'device', 'ip', 'createdAt', 'lastSeenAt'],
      },
      SessionList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/Session' } } },
        additionalProperties: false,
        required: ['list'],
      },
      EndedSessions: {
        type: 'object',
        properties: { ended: { $ref: '#/components/schemas/Count' } },
        additionalProperties: false,
        required: ['ended'],
      },
      User: {
        type: 'object',
        required: ['id', 'username', 'realName', 'role', 'status', 'lastLoginTime', 'createdAt'],
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          username: { type: 'string' },
          realName: { type: 'string' },
          role: { $ref: '#/components/schemas/Role' },
          status: { $ref: '#/components/schemas/UserStatus' },
          lastLoginTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          totp: { type: 'boolean', description: '是否开启了动态码' },
        },
        additionalProperties: false,
      },
      UserPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/User' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      CreateUserRequest: {
        type: 'object',
        required: ['username', 'password', 'realName', 'role'],
        properties: {
          username: { $ref: '#/components/schemas/Username' },
          password: { $ref: '#/components/schemas/NewPassword' },
          realName: { $ref: '#/components/schemas/RealName' },
          role: { $ref: '#/components/schemas/Role' },
        },
        additionalProperties: false,
      },
      CreatedUser: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          username: { type: 'string' },
          realName: { type: 'string' },
          role: { $ref: '#/components/schemas/Role' },
          status: { $ref: '#/components/schemas/UserStatus' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'username', 'realName', 'role', 'status', 'createdAt'],
      },
      UpdateUserRequest: {
        type: 'object',
        minProperties: 1,
        properties: {
          realName: { $ref: '#/components/schemas/RealName' },
          role: { $ref: '#/components/schemas/Role' },
          status: { $ref: '#/components/schemas/UserStatus' },
          password: { $ref: '#/components/schemas/NewPassword' },
          oldPassword: { type: 'string', minLength: 1, maxLength: 128, description: '修改自己的密码时必填' },
        },
        additionalProperties: false,
      },
      CampNeed: {
        type: 'string',
        enum: [
          'name',
          'posterUrl',
          'groupQrcodeUrl',
          'deposit',
          'startDate',
          'endDate',
          'requiredDays',
          'planetProjectId',
        ],
      },
      CampMissing: {
        type: 'array',
        items: { $ref: '#/components/schemas/CampNeed' },
        description: '草稿尚未填写的字段，其值为占位，不应显示；发布后为空',
      },
      CampDraftRequest: {
        type: 'object',
        properties: {
          name: { type: ['string', 'null'], maxLength: 100 },
          posterUrl: { type: ['string', 'null'], format: 'uri', pattern: '^https?://', maxLength: 500 },
          description: { type: ['string', 'null'], maxLength: 5000 },
          deposit: { type: ['number', 'null'], format: 'yuan', minimum: 0.01, maximum: 50000 },
          startDate: { type: ['string', 'null'], format: 'date' },
          endDate: { type: ['string', 'null'], format: 'date' },
          requiredDays: { type: ['integer', 'null'], minimum: 1, maximum: 3660 },
          groupQrcodeUrl: { type: ['string', 'null'], format: 'uri', pattern: '^https?://', maxLength: 500 },
          planetProjectId: { type: ['string', 'null'], maxLength: 64 },
          planetGroupId: { $ref: '#/components/schemas/PlanetGroupIdOrNull' },
          coachIds: { $ref: '#/components/schemas/StaffIds' },
          volunteerIds: { $ref: '#/components/schemas/StaffIds' },
          rules: { $ref: '#/components/schemas/CampRules' },
        },
        additionalProperties: false,
      },
      CorrectPlanetProjectRequest: {
        type: 'object',
        required: ['planetProjectId'],
        properties: {
          planetProjectId: {
            type: 'string',
            pattern: '^\\d{1,20}$',
            description: '知识星球打卡项目 ID，只有数字',
          },
          planetGroupId: { $ref: '#/components/schemas/PlanetGroupIdOrNull', description: '不给则不变' },
        },
        additionalProperties: false,
      },
      CorrectedPlanetProject: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          planetProjectId: { type: 'string' },
          planetGroupId: { $ref: '#/components/schemas/TextOrNull' },
          removedCheckins: { $ref: '#/components/schemas/Count', description: '作废的打卡记录' },
        },
        additionalProperties: false,
        required: ['id', 'planetProjectId', 'planetGroupId', 'removedCheckins'],
      },
      PlanetProject: {
        type: 'object',
        properties: {
          planetProjectId: { type: 'string' },
          planetGroupId: { type: 'string', description: '查询的星球' },
          title: { $ref: '#/components/schemas/TextOrNull', description: '项目名称；没有答案为 null' },
          state: { $ref: '#/components/schemas/PlanetProjectStateOrNull' },
          problem: { $ref: '#/components/schemas/PlanetProjectProblemOrNull' },
        },
        additionalProperties: false,
        required: ['planetProjectId', 'planetGroupId', 'title', 'state', 'problem'],
      },
      PlanetProjectStateOrNull: {
        type: ['string', 'null'],
        enum: ['ongoing', 'closed', 'over', null],
        description: '进行中、已关闭、已结束；知识星球没有说明为 null',
      },
      PlanetProjectProblemOrNull: {
        type: ['string', 'null'],
        enum: ['not_found', 'cookie', 'busy', 'unavailable', null],
        description:
          'not_found 没有这个项目或登录账号看不到；cookie 登录凭证未设置或已失效；busy 知识星球限流或排队超时；unavailable 无应答或应答异常；\n有答案为 null',
      },
      CreateCampRequest: {
        type: 'object',
        required: [
          'name',
          'posterUrl',
          'deposit',
          'startDate',
          'endDate',
          'requiredDays',
          'groupQrcodeUrl',
          'planetProjectId',
        ],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100, description: '训练营名称' },
          posterUrl: { $ref: '#/components/schemas/HttpUrl', description: '海报图片 URL' },
          description: { type: ['string', 'null'], maxLength: 5000, description: '训练营介绍' },
          deposit: { $ref: '#/components/schemas/Deposit' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate', description: '晚于 startDate；当天不计入打卡' },
          requiredDays: { $ref: '#/components/schemas/RequiredDays' },
          groupQrcodeUrl: { $ref: '#/components/schemas/HttpUrl', description: '群二维码 URL' },
          planetProjectId: { $ref: '#/components/schemas/PlanetProjectId' },
          planetGroupId: { $ref: '#/components/schemas/PlanetGroupIdOrNull' },
          coachIds: { $ref: '#/components/schemas/StaffIds' },
          volunteerIds: { $ref: '#/components/schemas/StaffIds' },
          rules: { $ref: '#/components/schemas/CampRules' },
        },
        additionalProperties: false,
      },
      UpdateCampRequest: {
        type: 'object',
        minProperties: 1,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100 },
          posterUrl: { $ref: '#/components/schemas/HttpUrl' },
          description: { type: ['string', 'null'], maxLength: 5000 },
          deposit: { $ref: '#/components/schemas/Deposit' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          requiredDays: { $ref: '#/components/schemas/RequiredDays' },
          groupQrcodeUrl: { $ref: '#/components/schemas/HttpUrl' },
          planetProjectId: { $ref: '#/components/schemas/PlanetProjectId' },
          planetGroupId: { $ref: '#/components/schemas/PlanetGroupIdOrNull' },
          coachIds: { $ref: '#/components/schemas/StaffIds' },
          volunteerIds: { $ref: '#/components/schemas/StaffIds' },
          rules: { $ref: '#/components/schemas/CampRules' },
        },
        additionalProperties: false,
      },
      Deposit: {
        type: 'number',
        format: 'yuan',
        minimum: 0.01,
        maximum: 50000,
        description: '押金，单位元，0.01–50000，最多两位小数',
      },
      RequiredDays: { type: 'integer', minimum: 1, maximum: 3660, description: '要求打卡天数，不超过总天数' },
      PlanetProjectId: { type: 'string', minLength: 1, maxLength: 64, description: '知识星球打卡项目 ID' },
      PlanetGroupIdOrNull: {
        type: ['string', 'null'],
        minLength: 1,
        maxLength: 64,
        description: '知识星球 ID；null 用系统配置 `planet.groupId`',
      },
      StaffIds: {
        type: 'array',
        items: { $ref: '#/components/schemas/Id' },
        uniqueItems: true,
        maxItems: 100,
        description: '用户 ID 列表，角色须相符',
      },
      CampRules: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 200 },
        maxItems: 50,
        description: '打卡规则，仅展示',
      },
      CreatedCamp: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          posterUrl: { $ref: '#/components/schemas/HttpUrl' },
          description: { $ref: '#/components/schemas/TextOrNull' },
          deposit: { $ref: '#/components/schemas/Yuan' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          totalDays: { $ref: '#/components/schemas/Count' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          groupQrcodeUrl: { $ref: '#/components/schemas/HttpUrl' },
          planetProjectId: { type: 'string' },
          planetGroupId: { $ref: '#/components/schemas/TextOrNull' },
          rules: { $ref: '#/components/schemas/CampRules' },
          missing: { $ref: '#/components/schemas/CampMissing' },
          status: { $ref: '#/components/schemas/CampStatus' },
          enrollUrl: { $ref: '#/components/schemas/EnrollUrlOrNull' },
          memberCount: { $ref: '#/components/schemas/Count' },
          paidAmount: { $ref: '#/components/schemas/Yuan' },
          refundedAmount: { $ref: '#/components/schemas/Yuan' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'name',
          'posterUrl',
          'description',
          'deposit',
          'startDate',
          'endDate',
          'totalDays',
          'requiredDays',
          'groupQrcodeUrl',
          'planetProjectId',
          'planetGroupId',
          'rules',
          'missing',
          'status',
          'enrollUrl',
          'memberCount',
          'paidAmount',
          'refundedAmount',
          'createdAt',
          'updatedAt',
        ],
      },
      EnrollUrlOrNull: { type: ['string', 'null'], format: 'uri', description: '报名链接，发布前为 null' },
      CampSummary: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          deposit: { $ref: '#/components/schemas/Yuan' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          totalDays: { $ref: '#/components/schemas/Count' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          missing: { $ref: '#/components/schemas/CampMissing' },
          status: { $ref: '#/components/schemas/CampStatus' },
          memberCount: { $ref: '#/components/schemas/Count' },
          paidAmount: { $ref: '#/components/schemas/Yuan' },
          refundedAmount: { $ref: '#/components/schemas/Yuan' },
          matchedCount: { $ref: '#/components/schemas/Count' },
          pendingMatchCount: { $ref: '#/components/schemas/Count', description: '会员数 − 已匹配数' },
          money: { $ref: '#/components/schemas/CampMoneyOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'name',
          'deposit',
          'startDate',
          'endDate',
          'totalDays',
          'requiredDays',
          'missing',
          'status',
          'memberCount',
          'paidAmount',
          'refundedAmount',
          'matchedCount',
          'pendingMatchCount',
          'money',
          'createdAt',
        ],
      },
      CampPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/CampSummary' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          money: { $ref: '#/components/schemas/CampMoneyOrNull', description: '全部符合筛选的训练营合计' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'money'],
      },
      CampMoney: {
        type: 'object',
        description:
          '来自总账的押金去向，单位元。received = inHand + refunded + income，手工分录把押金转入其他科目时除外； 含报名重复等没有形成会员、而以押金入账的支付，不含多付（迟到、重复支付）与未归属收款',
        properties: {
          received: { $ref: '#/components/schemas/Yuan', description: '已收押金' },
          inHand: {
            $ref: '#/components/schemas/Yuan',
            description: '在手押金：尚未退还、也未确认为收入；科目 deposit 的余额',
          },
          owed: {
            $ref: '#/components/schemas/Yuan',
            description: '应退押金：在手押金中已列入退款、尚未到账的部分',
          },
          refunded: { $ref: '#/components/schemas/Yuan', description: '已退押金：已到账，含线下退款' },
          income: { $ref: '#/components/schemas/Yuan', description: '已确认收入：科目 income 的余额' },
        },
        additionalProperties: false,
        required: ['received', 'inHand', 'owed', 'refunded', 'income'],
      },
      CampMoneyOrNull: { anyOf: [{ $ref: '#/components/schemas/CampMoney' }, { type: 'null' }] },
      CampDetail: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          posterUrl: { $ref: '#/components/schemas/HttpUrl' },
          description: { $ref: '#/components/schemas/TextOrNull' },
          deposit: { $ref: '#/components/schemas/Yuan' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          totalDays: { $ref: '#/components/schemas/Count' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          groupQrcodeUrl: { $ref: '#/components/schemas/HttpUrl' },
          planetProjectId: { type: 'string' },
          planetGroupId: { $ref: '#/components/schemas/TextOrNull' },
          rules: { $ref: '#/components/schemas/CampRules' },
          missing: { $ref: '#/components/schemas/CampMissing' },
          status: { $ref: '#/components/schemas/CampStatus' },
          enrollUrl: { $ref: '#/components/schemas/EnrollUrlOrNull' },
          memberCount: { $ref: '#/components/schemas/Count' },
          paidAmount: { $ref: '#/components/schemas/Yuan', description: '形成会员的支付总额，单位元' },
          refundedAmount: {
            $ref: '#/components/schemas/Yuan',
            description: '上述支付中已成功退款的总额，单位元',
          },
          money: { $ref: '#/components/schemas/CampMoney' },
          statistics: { $ref: '#/components/schemas/CampStatistics' },
          coaches: { type: 'array', items: { $ref: '#/components/schemas/StaffMember' } },
          volunteers: { type: 'array', items: { $ref: '#/components/schemas/StaffMember' } },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'name',
          'posterUrl',
          'description',
          'deposit',
          'startDate',
          'endDate',
          'totalDays',
          'requiredDays',
          'groupQrcodeUrl',
          'planetProjectId',
          'planetGroupId',
          'rules',
          'missing',
          'status',
          'enrollUrl',
          'memberCount',
          'paidAmount',
          'refundedAmount',
          'money',
          'statistics',
          'coaches',
          'volunteers',
          'createdAt',
          'updatedAt',
        ],
      },
      CampStatistics: {
        type: 'object',
        properties: {
          totalMembers: { $ref: '#/components/schemas/Count' },
          matchedMembers: { $ref: '#/components/schemas/Count' },
          pendingMatchMembers: { $ref: '#/components/schemas/Count' },
          joinedGroupMembers: { $ref: '#/components/schemas/Count' },
          eligibleForRefund: { $ref: '#/components/schemas/Count', description: '达标人数' },
          avgCheckinRate: {
            $ref: '#/components/schemas/Percent',
            description: '打卡总数 / (会员数 × currentDay)',
          },
        },
        additionalProperties: false,
        required: [
          'totalMembers',
          'matchedMembers',
          'pendingMatchMembers',
          'joinedGroupMembers',
          'eligibleForRefund',
          'avgCheckinRate',
        ],
      },
      StaffMember: {
        type: 'object',
        properties: { id: { $ref: '#/components/schemas/Id' }, name: { type: 'string' } },
        additionalProperties: false,
        required: ['id', 'name'],
      },
      UpdatedCamp: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'name', 'updatedAt'],
      },
      PublishedCamp: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          status: { type: 'string', const: 'enrolling' },
          enrollUrl: { $ref: '#/components/schemas/HttpUrl' },
          dynamicQrcodeUrl: { $ref: '#/components/schemas/HttpUrl' },
          publishedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['id', 'status', 'enrollUrl', 'dynamicQrcodeUrl', 'publishedAt'],
      },
      CreatePersonalLinksRequest: {
        type: 'object',
        required: ['planetUserIds'],
        properties: {
          planetUserIds: {
            type: 'array',
            items: { $ref: '#/components/schemas/GivenPlanetUserId' },
            minItems: 1,
            maxItems: 200,
            uniqueItems: true,
            description: '知识星球用户 ID，1–200 个',
          },
        },
        additionalProperties: false,
      },
      PersonalLinks: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          list: { type: 'array', maxItems: 200, items: { $ref: '#/components/schemas/PersonalLink' } },
        },
        additionalProperties: false,
        required: ['campId', 'list'],
      },
      PersonalLink: {
        type: 'object',
        properties: {
          planetUserId: { $ref: '#/components/schemas/PlanetUserId' },
          url: { type: 'string', format: 'uri', pattern: '^https?://', description: '专属报名链接' },
        },
        additionalProperties: false,
        required: ['planetUserId', 'url'],
      },
      SyncResult: {
        type: 'object',
        required: ['campId', 'syncTime', 'totalUsers', 'newCheckins', 'updatedMembers', 'duration'],
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          syncTime: { $ref: '#/components/schemas/LocalDateTime' },
          totalUsers: { $ref: '#/components/schemas/Count', description: '星球用户数' },
          newCheckins: { $ref: '#/components/schemas/Count' },
          updatedMembers: { $ref: '#/components/schemas/Count' },
          skippedRows: {
            $ref: '#/components/schemas/Count',
            description: '跳过的行数：已删除、匿名、提问、没有作者或时间等',
          },
          duration: { $ref: '#/components/schemas/Count', description: '耗时，单位毫秒' },
        },
        additionalProperties: false,
      },
      SyncState: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          running: { type: 'boolean' },
          lastTryTime: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '最近一次开始同步的时间',
          },
          lastSyncTime: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '最近一次成功同步的时间',
          },
          failCode: { $ref: '#/components/schemas/SyncFailCode' },
          failReason: {
            type: ['string', 'null'],
            description: '失败时知识星球的原话；错误码为 500、最近一次成功或正在同步时为 null',
          },
          failReasonCode: { $ref: '#/components/schemas/SentenceCodeOrNull' },
          failReasonParams: { $ref: '#/components/schemas/SentenceParams' },
          resumeTime: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '上次没有读完时的断点：比它新的已保存，下次从这里继续',
          },
          skippedRows: { $ref: '#/components/schemas/Count', description: '最近一次同步跳过的行数' },
        },
        additionalProperties: false,
        required: [
          'campId',
          'running',
          'lastTryTime',
          'lastSyncTime',
          'failCode',
          'failReason',
          'failReasonCode',
          'failReasonParams',
          'resumeTime',
          'skippedRows',
        ],
      },
      SyncFailCode: {
        type: ['integer', 'null'],
        enum: [1202, 1203, 500, null],
        description: '最近一次失败的错误码；最近一次成功或正在同步时为 null',
      },
      SyncTaskList: {
        type: 'object',
        properties: {
          list: { type: 'array', maxItems: 10, items: { $ref: '#/components/schemas/SyncTask' } },
        },
        additionalProperties: false,
        required: ['list'],
      },
      StartedSync: {
        type: 'object',
        properties: {
          taskId: { $ref: '#/components/schemas/SyncTaskId' },
          campCount: { $ref: '#/components/schemas/Count' },
          status: { type: 'string', const: 'processing' },
          startTime: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['taskId', 'campCount', 'status', 'startTime'],
      },
      SyncTaskId: { type: 'string', pattern: '^sync_', maxLength: 64 },
      SyncTask: {
        type: 'object',
        properties: {
          taskId: { $ref: '#/components/schemas/SyncTaskId' },
          status: {
            type: 'string',
            enum: ['processing', 'completed', 'failed'],
            description: '全部失败才为 failed',
          },
          campCount: { $ref: '#/components/schemas/Count' },
          finishedCount: { $ref: '#/components/schemas/Count' },
          startTime: { $ref: '#/components/schemas/LocalDateTime' },
          endTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          camps: { type: 'array', items: { $ref: '#/components/schemas/SyncTaskCamp' } },
        },
        additionalProperties: false,
        required: ['taskId', 'status', 'campCount', 'finishedCount', 'startTime', 'endTime', 'camps'],
      },
      SyncTaskCamp: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          status: { type: 'string', enum: ['waiting', 'processing', 'completed', 'failed'] },
          newCheckins: { $ref: '#/components/schemas/Count' },
          updatedMembers: { $ref: '#/components/schemas/Count' },
          failCode: { $ref: '#/components/schemas/SyncFailCode' },
          failReason: { type: ['string', 'null'], description: '失败时知识星球的原话' },
          failReasonCode: { $ref: '#/components/schemas/SentenceCodeOrNull' },
          failReasonParams: { $ref: '#/components/schemas/SentenceParams' },
        },
        additionalProperties: false,
        required: [
          'campId',
          'campName',
          'status',
          'newCheckins',
          'updatedMembers',
          'failCode',
          'failReason',
          'failReasonCode',
          'failReasonParams',
        ],
      },
      CheckinStats: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          currentDay: { $ref: '#/components/schemas/Count' },
          totalDays: { $ref: '#/components/schemas/Count' },
          totalMembers: { $ref: '#/components/schemas/Count' },
          todayCheckins: { $ref: '#/components/schemas/Count' },
          todayCheckinRate: { $ref: '#/components/schemas/Percent' },
          avgCheckinRate: { $ref: '#/components/schemas/Percent' },
          eligibleCount: { $ref: '#/components/schemas/Count' },
          eligibleRate: { $ref: '#/components/schemas/Percent' },
          distribution: { type: 'array', items: { $ref: '#/components/schemas/CheckinBucket' } },
          dailyStats: { type: 'array', items: { $ref: '#/components/schemas/DailyCheckins' } },
          lastSyncTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: [
          'campId',
          'campName',
          'currentDay',
          'totalDays',
          'totalMembers',
          'todayCheckins',
          'todayCheckinRate',
          'avgCheckinRate',
          'eligibleCount',
          'eligibleRate',
          'distribution',
          'dailyStats',
          'lastSyncTime',
        ],
      },
      CheckinBucket: {
        type: 'object',
        properties: {
          checkinDays: {
            type: 'string',
            pattern: '^\\d+-\\d+$',
            description: '0-5、6-10、11-15…；末段只有一两天时并入前一段',
          },
          count: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['checkinDays', 'count'],
      },
      DailyCheckins: {
        type: 'object',
        properties: {
          date: { $ref: '#/components/schemas/LocalDate' },
          checkinCount: { $ref: '#/components/schemas/Count', description: '当天打卡的会员数' },
          rate: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['date', 'checkinCount', 'rate'],
      },
      CheckinRecord: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/Id' },
          memberId: { $ref: '#/components/schemas/IdOrNull', description: '尚未匹配到会员时为 null' },
          planetNickname: { type: 'string' },
          checkinDate: { $ref: '#/components/schemas/LocalDate' },
          checkinTime: { $ref: '#/components/schemas/LocalDateTime' },
          checkinContent: { type: 'string', description: '可为空' },
          syncedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'campId',
          'memberId',
          'planetNickname',
          'checkinDate',
          'checkinTime',
          'checkinContent',
          'syncedAt',
        ],
      },
      CheckinRecordPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/CheckinRecord' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      Id: { type: 'integer', minimum: 1, maximum: 9007199254740991, description: '数字 ID，小于 2^53' },
      IdOrNull: { type: ['integer', 'null'], minimum: 1, maximum: 9007199254740991 },
      Count: { type: 'integer', minimum: 0, description: '数量' },
      Yuan: { type: 'number', format: 'yuan', minimum: 0, description: '金额，单位元，最多两位小数' },
      Percent: {
        type: 'number',
        format: 'percent',
        minimum: 0,
        maximum: 100,
        description: '百分比 0–100，最多两位小数',
      },
      LocalDate: { type: 'string', format: 'date', description: '日期 yyyy-MM-dd（北京时间）' },
      LocalDateTime: {
        type: 'string',
        format: 'local-date-time',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$',
        description: '时间 yyyy-MM-ddTHH:mm:ss（北京时间，不带时区）',
      },
      LocalDateTimeOrNull: {
        type: ['string', 'null'],
        format: 'local-date-time',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$',
      },
      Timestamp: { type: 'integer', minimum: 0, description: '响应时间，Unix 秒' },
      YearMonth: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: '月份 yyyy-MM' },
      HttpUrl: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 500 },
      TextOrNull: { type: ['string', 'null'] },
      OrderNo: {
        type: 'string',
        pattern: '^ord_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
        description: '订单号 `ord_<uuid v4>`（样例中的 `CAMP_…` 是旧格式）',
      },
      AccessToken: {
        type: 'string',
        pattern: '^tk_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
        description: '访问票据 `tk_<uuid v4>`，作为 `X-Access-Token` 传回',
      },
      PlanetUserId: {
        type: 'string',
        minLength: 1,
        maxLength: 64,
        description: '知识星球用户 ID（字符串，可超过 2^53）',
      },
      GivenPlanetUserId: {
        type: 'string',
        pattern: '^[0-9]{1,20}$',
        description:
          '知识星球用户 ID，一串数字（可超过 2^53，故为字符串）。复制时带来的空白、不可见字符与全角数字会被整理掉',
      },
      Nickname: { type: 'string', minLength: 1, maxLength: 100 },
      Confidence: { type: 'integer', minimum: 0, maximum: 100, description: '匹配置信度 0–100' },
      CampStatus: {
        type: 'string',
        enum: ['draft', 'enrolling', 'ongoing', 'finished'],
        description: '草稿、报名中、进行中、已结束',
      },
      PublicCampStatus: { type: 'string', enum: ['enrolling', 'ongoing', 'finished'] },
      PayStatus: {
        type: 'string',
        enum: ['pending', 'success', 'closed', 'refunding', 'refunded'],
        description:
          '待支付、已支付、已关闭、退款中、已退款（迟到或重复的支付自动全额退回，或核实身份后退还）',
      },
      BindStatus: {
        type: 'string',
        enum: ['pending', 'completed', 'expired'],
        description: '待绑定、已绑定、绑定已过期',
      },
      MatchStatus: {
        type: 'string',
        enum: ['pending', 'matched', 'failed'],
        description: '待匹配、已匹配、匹配失败',
      },
      MatchMethod: {
        type: 'string',
        enum: ['dynamic_qrcode', 'user_fill', 'smart_match', 'manual'],
        description: '专属链接、用户填写、智能匹配、人工匹配',
      },
      MatchMethodOrNull: {
        type: ['string', 'null'],
        enum: ['dynamic_qrcode', 'user_fill', 'smart_match', 'manual', null],
      },
      IdentityOrNull: {
        type: ['string', 'null'],
        enum: ['signed', 'proved', 'typed', null],
        description: '身份等级：专属链接、验证码验证、仅凭填写；未匹配或由人工匹配时为 null',
      },
      IdentityReview: {
        type: ['string', 'null'],
        enum: ['contested', 'displaced', 'rival', 'returned', null],
        description:
          '待核实的原因：填写的星球 ID 已有另一位付款人在用（contested）、原先填写的星球 ID 被他人验证取走（displaced）、\n已验证或来自专属链接，但该 ID 属于另一位已确认身份的会员（rival）；核实后押金已由工作人员退还为 returned；没有时为 null。\n待核实期间押金不计为收入',
      },
      AuditStatus: {
        type: 'string',
        enum: ['pending', 'approved', 'rejected'],
        description: '待审核、已通过、已拒绝',
      },
      AuditStatusOrNull: { type: ['string', 'null'], enum: ['pending', 'approved', 'rejected', null] },
      RefundStatus: {
        type: 'string',
        enum: ['pending', 'processing', 'success', 'failed', 'rejected'],
        description: '待退款、退款中（含结果未明）、已退款、退款失败、已拒绝',
      },
      RefundStatusOrNull: {
        type: ['string', 'null'],
        enum: ['pending', 'processing', 'success', 'failed', 'rejected', null],
      },
      Role: {
        type: 'string',
        enum: ['admin', 'manager', 'coach', 'volunteer', 'finance'],
        description: '超级管理员、管理员、教练、志愿者、财务',
      },
      UserStatus: { type: 'string', enum: ['active', 'disabled'], description: '正常、停用' },
      CampCode: {
        type: 'integer',
        enum: [
          400, 401, 403, 404, 409, 413, 415, 429, 500, 503, 1001, 1002, 1003, 1004, 1005, 1006, 1101, 1102,
          1103, 1201, 1202, 1203, 1301, 1302, 1303, 1304, 1305, 1401, 1402, 1403, 1404, 1405,
        ],
        description: '错误码，说明与 HTTP 状态见 `x-error-codes`',
      },
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
      LoginReason: {
        type: 'object',
        properties: { reason: { type: 'string', const: 'totp_required', description: '登录须给出动态码' } },
        additionalProperties: false,
        required: ['reason'],
      },
      LoginReasonOrNull: { oneOf: [{ $ref: '#/components/schemas/LoginReason' }, { type: 'null' }] },
      FieldError: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: { type: 'string', description: '字段路径，如 `deposit` 或 `refundIds.3`' },
          message: { type: 'string', minLength: 1, description: '中文原因' },
          code: { type: 'string', description: '该句的代码，见 docs/error-codes.md；没有代码的不出现' },
          params: { $ref: '#/components/schemas/SentenceParams' },
        },
        additionalProperties: false,
      },
      SentenceCodeOrNull: {
        type: ['string', 'null'],
        description: '系统自己的话在 docs/error-codes.md 中的代码，供以其他语言显示；他人的原话为 null',
      },
      SentenceParams: {
        type: 'array',
        items: { type: ['string', 'number'] },
        description: '句中的数字与名称，按出现的顺序',
      },
      Finding: {
        type: 'object',
        properties: {
          message: { type: 'string', minLength: 1, description: '中文' },
          code: { type: 'string', description: '该句的代码，见 docs/error-codes.md' },
          params: { $ref: '#/components/schemas/SentenceParams' },
        },
        additionalProperties: false,
        required: ['message', 'code', 'params'],
      },
      FieldErrors: {
        type: 'object',
        properties: { errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } } },
        additionalProperties: false,
        required: ['errors'],
      },
      FieldErrorsOrNull: { anyOf: [{ $ref: '#/components/schemas/FieldErrors' }, { type: 'null' }] },
      BindHint: {
        type: 'object',
        properties: { bindUrl: { type: 'string', const: '/api/h5/payments/bind' } },
        additionalProperties: false,
        required: ['bindUrl'],
      },
      ErrorEnvelope: {
        type: 'object',
        required: ['code', 'message', 'data', 'timestamp'],
        description: '任意错误响应；未知路径等不属于某个接口的错误也是此格式',
        properties: {
          code: { $ref: '#/components/schemas/CampCode' },
          message: { type: 'string', minLength: 1, description: '中文说明；业务错误码的文字固定' },
          data: {
            anyOf: [
              { $ref: '#/components/schemas/FieldErrors' },
              { $ref: '#/components/schemas/BindHint' },
              { type: 'null' },
            ],
          },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
          messageCode: {
            type: 'string',
            description: '说明不是错误码自己的文字时，该句的代码，见 docs/error-codes.md',
          },
          messageParams: { $ref: '#/components/schemas/SentenceParams' },
        },
        additionalProperties: false,
      },
      CreatePaymentRequest: {
        type: 'object',
        required: ['campId', 'planetUserId', 'planetNickname'],
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          planetUserId: { $ref: '#/components/schemas/GivenPlanetUserId' },
          planetNickname: { $ref: '#/components/schemas/Nickname' },
          wechatNickname: { $ref: '#/components/schemas/Nickname' },
          sig: { type: 'string', maxLength: 128, description: '专属链接签名' },
          consentVersion: {
            $ref: '#/components/schemas/NoticeVersion',
            description: '会员同意的个人信息处理说明的版本；不带则记为没有征得同意，不是当前版本为 400',
          },
          consentLanguage: { $ref: '#/components/schemas/NoticeLanguage' },
        },
        additionalProperties: false,
      },
      CreatedPayment: {
        type: 'object',
        properties: {
          orderId: { $ref: '#/components/schemas/Id' },
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { type: 'string', const: 'pending' },
          expireTime: { $ref: '#/components/schemas/LocalDateTime', description: '支付截止时间（30 分钟）' },
          payUrl: { type: 'string', pattern: '^/api/h5/payments/\\d+/params$' },
          accessToken: { $ref: '#/components/schemas/AccessToken' },
        },
        additionalProperties: false,
        required: ['orderId', 'orderNo', 'amount', 'status', 'expireTime', 'payUrl', 'accessToken'],
      },
      PayScene: {
        type: 'string',
        enum: ['jsapi', 'native', 'h5'],
        description: '微信内支付、扫码支付、手机浏览器支付',
      },
      PaymentParams: {
        type: 'object',
        description: 'jsapi 填 payParams，native 填 qrcodeUrl，h5 填 h5Url，其余为 null',
        properties: {
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          amount: { $ref: '#/components/schemas/Yuan' },
          description: { type: 'string' },
          payType: { type: 'string', const: 'wechat_work' },
          payParams: { anyOf: [{ $ref: '#/components/schemas/JsapiPayParams' }, { type: 'null' }] },
          qrcodeUrl: { type: ['string', 'null'], format: 'uri', description: '二维码内容，约 2 小时有效' },
          h5Url: { type: ['string', 'null'], format: 'uri', description: '手机浏览器支付页，约 5 分钟有效' },
          expireTime: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'orderNo',
          'amount',
          'description',
          'payType',
          'payParams',
          'qrcodeUrl',
          'h5Url',
          'expireTime',
        ],
      },
      JsapiPayParams: {
        type: 'object',
        properties: {
          appId: { type: 'string' },
          timeStamp: { type: 'string', pattern: '^\\d+$', description: 'Unix 秒（字符串）' },
          nonceStr: { type: 'string' },
          package: { type: 'string', pattern: '^prepay_id=' },
          signType: { type: 'string', const: 'RSA' },
          paySign: { type: 'string' },
        },
        additionalProperties: false,
        required: ['appId', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'],
      },
      PaymentStatus: {
        type: 'object',
        required: ['orderNo', 'payStatus', 'bindStatus', 'bindMethod', 'payTime', 'memberId', 'showQrcode'],
        properties: {
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          payStatus: { $ref: '#/components/schemas/PayStatus' },
          bindStatus: { $ref: '#/components/schemas/BindStatus' },
          bindMethod: { $ref: '#/components/schemas/MatchMethodOrNull' },
          payTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          memberId: { $ref: '#/components/schemas/IdOrNull', description: '绑定完成后才有' },
          identityReview: { $ref: '#/components/schemas/IdentityReview' },
          showQrcode: { type: 'boolean', description: '是否可取群二维码' },
          bindDeadline: { $ref: '#/components/schemas/LocalDateTime', description: '已支付待绑定时才有' },
          bindUrl: { type: 'string', const: '/api/h5/payments/bind', description: '已支付待绑定时才有' },
          refund: { anyOf: [{ $ref: '#/components/schemas/MemberRefund' }, { type: 'null' }] },
        },
        additionalProperties: false,
      },
      BindPaymentRequest: {
        type: 'object',
        required: ['orderNo', 'planetUserId', 'planetNickname'],
        properties: {
          orderNo: { type: 'string', minLength: 1, maxLength: 64 },
          planetUserId: { $ref: '#/components/schemas/GivenPlanetUserId' },
          planetNickname: { $ref: '#/components/schemas/Nickname' },
          consentVersion: { $ref: '#/components/schemas/NoticeVersion', description: '同下单' },
          consentLanguage: { $ref: '#/components/schemas/NoticeLanguage' },
        },
        additionalProperties: false,
      },
      BoundPayment: {
        type: 'object',
        properties: {
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          bindStatus: { type: 'string', const: 'completed' },
          bindMethod: { type: 'string', const: 'user_fill' },
          memberId: { $ref: '#/components/schemas/Id' },
          showQrcode: { type: 'boolean' },
        },
        additionalProperties: false,
        required: ['orderNo', 'bindStatus', 'bindMethod', 'memberId', 'showQrcode'],
      },
      ClaimPaymentRequest: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          transactionId: { type: 'string', pattern: '^\\d{28,32}$', description: '微信支付交易单号' },
        },
        additionalProperties: false,
        required: ['campId', 'transactionId'],
      },
      ClaimStatus: {
        type: 'string',
        enum: ['processing', 'to_bind', 'bound', 'bind_expired', 'unallocated', 'returned'],
        description:
          '已到账处理中、待绑定、已绑定、绑定已过期、已到账待工作人员归属（金额或时间不符）、已退回或正在退回',
      },
      ClaimedPayment: {
        type: 'object',
        properties: {
          orderId: { $ref: '#/components/schemas/Id' },
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          status: { $ref: '#/components/schemas/ClaimStatus' },
          payTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          accessToken: { anyOf: [{ $ref: '#/components/schemas/AccessToken' }, { type: 'null' }] },
          expiresAt: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '票据有效期（实际时间）',
          },
        },
        additionalProperties: false,
        required: ['orderId', 'orderNo', 'status', 'payTime', 'accessToken', 'expiresAt'],
      },
      GroupQrcode: {
        type: 'object',
        properties: {
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          campName: { type: 'string' },
          groupQrcodeUrl: { $ref: '#/components/schemas/HttpUrl' },
          memberInfo: { $ref: '#/components/schemas/GroupQrcodeMember' },
          tips: { type: 'string' },
        },
        additionalProperties: false,
        required: ['orderNo', 'campName', 'groupQrcodeUrl', 'memberInfo', 'tips'],
      },
      GroupQrcodeMember: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          planetNickname: { type: 'string' },
          planetUserId: { $ref: '#/components/schemas/PlanetUserId' },
          amount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['memberId', 'planetNickname', 'planetUserId', 'amount'],
      },
      CheckedPlanetId: {
        type: 'object',
        properties: {
          planetUserId: { $ref: '#/components/schemas/TextOrNull' },
          known: { type: ['boolean', 'null'], description: '知识星球有没有这个 ID；没有核对为 null' },
          nickname: { $ref: '#/components/schemas/TextOrNull', description: '这个 ID 在知识星球的昵称' },
        },
        additionalProperties: false,
        required: ['planetUserId', 'known', 'nickname'],
      },
      CorrectPlanetIdRequest: {
        type: 'object',
        required: ['planetUserId', 'planetNickname'],
        properties: {
          planetUserId: { $ref: '#/components/schemas/GivenPlanetUserId' },
          planetNickname: { type: 'string', minLength: 1, maxLength: 100 },
        },
        additionalProperties: false,
      },
      CorrectedPlanetId: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          planetUserId: { type: 'string' },
          identityReview: { $ref: '#/components/schemas/IdentityReview' },
        },
        additionalProperties: false,
        required: ['memberId', 'planetUserId', 'identityReview'],
      },
      IdentityCode: {
        type: 'object',
        properties: {
          code: { type: 'string', pattern: '^YJ-[0-9A-Z]{5}-[0-9A-Z]{5}$' },
          planetUserId: { type: 'string', description: '由哪个星球用户发出才有效' },
          expiresAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['code', 'planetUserId', 'expiresAt'],
      },
      PublicCampSummary: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          posterUrl: { $ref: '#/components/schemas/HttpUrl' },
          description: { $ref: '#/components/schemas/TextOrNull' },
          deposit: { $ref: '#/components/schemas/Yuan' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          totalDays: { $ref: '#/components/schemas/Count' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          memberCount: { $ref: '#/components/schemas/Count' },
          status: { $ref: '#/components/schemas/PublicCampStatus' },
          enrollUrl: { $ref: '#/components/schemas/HttpUrl' },
        },
        additionalProperties: false,
        required: [
          'id',
          'name',
          'posterUrl',
          'description',
          'deposit',
          'startDate',
          'endDate',
          'totalDays',
          'requiredDays',
          'memberCount',
          'status',
          'enrollUrl',
        ],
      },
      PublicCampPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/PublicCampSummary' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      PublicCampDetail: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          posterUrl: { $ref: '#/components/schemas/HttpUrl' },
          description: { $ref: '#/components/schemas/TextOrNull' },
          deposit: { $ref: '#/components/schemas/Yuan' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate', description: '结束日，当天不计入打卡' },
          totalDays: { $ref: '#/components/schemas/Count', description: '总天数 = endDate − startDate' },
          requiredDays: { $ref: '#/components/schemas/Count', description: '退押金要求的打卡天数' },
          groupQrcodeUrl: { type: 'null', description: '公开详情恒为 null，绑定后由群二维码接口返回' },
          memberCount: { $ref: '#/components/schemas/Count' },
          status: { $ref: '#/components/schemas/PublicCampStatus' },
          rules: { type: 'array', items: { type: 'string' }, description: '打卡规则，仅展示' },
          prefillInfo: {
            anyOf: [{ $ref: '#/components/schemas/PrefillInfo' }, { type: 'null' }],
            description: '链接未带 planetUserId 时为 null',
          },
        },
        additionalProperties: false,
        required: [
          'id',
          'name',
          'posterUrl',
          'description',
          'deposit',
          'startDate',
          'endDate',
          'totalDays',
          'requiredDays',
          'groupQrcodeUrl',
          'memberCount',
          'status',
          'rules',
          'prefillInfo',
        ],
      },
      PrefillInfo: {
        type: 'object',
        properties: {
          planetUserId: { $ref: '#/components/schemas/PlanetUserId' },
          planetNickname: {
            $ref: '#/components/schemas/TextOrNull',
            description: '仅签名链接返回，未签名时为 null',
          },
          editable: { type: 'boolean', description: '昵称能否修改' },
          signed: {
            type: 'boolean',
            description: '链接的签名是否有效；带了 `sig` 而为 false 的链接不完整或被改动过',
          },
        },
        additionalProperties: false,
        required: ['planetUserId', 'planetNickname', 'editable', 'signed'],
      },
      PageSettings: {
        type: 'object',
        properties: {
          appId: { type: 'string', description: '微信网页授权的 appid' },
          authorizeUrl: { $ref: '#/components/schemas/HttpUrl', description: '微信网页授权地址，不含参数' },
          wechatOnly: { type: 'boolean', description: '授权页是否只能在微信内打开' },
          cashierUrl: {
            type: ['string', 'null'],
            format: 'uri',
            description: '沙箱里代替扫码的收银台，真实微信下为 null',
          },
          now: { $ref: '#/components/schemas/LocalDateTime', description: '服务器的业务时间' },
          contact: {
            $ref: '#/components/schemas/TextOrNull',
            description: '会员有问题找谁（设置 `member.contact`），未设置为 null',
          },
        },
        additionalProperties: false,
        required: ['appId', 'authorizeUrl', 'wechatOnly', 'cashierUrl', 'now', 'contact'],
      },
      WechatSignInRequest: {
        type: 'object',
        required: ['code'],
        properties: {
          code: { type: 'string', minLength: 1, maxLength: 512, description: '微信网页授权 code' },
        },
        additionalProperties: false,
      },
      WechatSession: {
        type: 'object',
        properties: { tickets: { type: 'array', items: { $ref: '#/components/schemas/OrderTicket' } } },
        additionalProperties: false,
        required: ['tickets'],
      },
      OrderTicket: {
        type: 'object',
        properties: {
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          accessToken: { $ref: '#/components/schemas/AccessToken' },
          expiresAt: {
            $ref: '#/components/schemas/LocalDateTime',
            description: '票据失效时间（真实时间，7 天）',
          },
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          memberId: { $ref: '#/components/schemas/IdOrNull', description: '绑定完成后才有' },
          bindStatus: { $ref: '#/components/schemas/BindStatus' },
          payTime: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'orderNo',
          'accessToken',
          'expiresAt',
          'campId',
          'campName',
          'memberId',
          'bindStatus',
          'payTime',
        ],
      },
      MemberProgress: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          planetNickname: { type: 'string' },
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          currentDay: {
            $ref: '#/components/schemas/Count',
            description: '第几天，从 1 起，不超过 totalDays，开始前为 0',
          },
          totalDays: { $ref: '#/components/schemas/Count' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          checkinCount: { $ref: '#/components/schemas/Count', description: '已打卡天数' },
          checkinRate: { $ref: '#/components/schemas/Percent', description: 'checkinCount / currentDay' },
          remainingDays: { $ref: '#/components/schemas/Count', description: 'totalDays − currentDay' },
          gap: {
            $ref: '#/components/schemas/Count',
            description: '还差天数 = max(0, requiredDays − checkinCount)',
          },
          status: { $ref: '#/components/schemas/PublicCampStatus' },
          eligibleForRefund: { type: 'boolean' },
          refundStatus: { $ref: '#/components/schemas/RefundStatusOrNull' },
          refund: { anyOf: [{ $ref: '#/components/schemas/MemberRefund' }, { type: 'null' }] },
          checkinCalendar: { type: 'array', items: { $ref: '#/components/schemas/CheckinDay' } },
          lastCheckinTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          lastSyncTime: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '打卡数据最近一次同步完成的时间',
          },
          amount: { $ref: '#/components/schemas/Yuan', description: '已付押金' },
          identity: { $ref: '#/components/schemas/IdentityOrNull' },
          identityReview: { $ref: '#/components/schemas/IdentityReview' },
          planetUserId: { $ref: '#/components/schemas/TextOrNull', description: '填写或匹配的星球 ID' },
          planetIdCorrectable: { type: 'boolean', description: '会员现在能否自己改正星球 ID' },
        },
        additionalProperties: false,
        required: [
          'memberId',
          'campId',
          'campName',
          'planetNickname',
          'startDate',
          'endDate',
          'currentDay',
          'totalDays',
          'requiredDays',
          'checkinCount',
          'checkinRate',
          'remainingDays',
          'gap',
          'status',
          'eligibleForRefund',
          'refundStatus',
          'refund',
          'checkinCalendar',
          'lastCheckinTime',
          'lastSyncTime',
          'amount',
          'identity',
          'identityReview',
          'planetUserId',
          'planetIdCorrectable',
        ],
      },
      MemberRefund: {
        type: 'object',
        description: '会员的押金退到哪一步；系统因匹配变更或打卡项目更正而关闭的记录不算',
        properties: {
          id: { $ref: '#/components/schemas/Id', description: '退款记录编号，与管理后台一致' },
          amount: { $ref: '#/components/schemas/Yuan' },
          auditStatus: { $ref: '#/components/schemas/AuditStatus' },
          refundStatus: { $ref: '#/components/schemas/RefundStatus' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime', description: '提交审核的时间' },
          auditTime: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '通过或拒绝的时间' },
          executeTime: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '到账时间' },
          wechatRefundId: {
            $ref: '#/components/schemas/TextOrNull',
            description: '微信退款单号，渠道受理后才有',
          },
          reason: {
            $ref: '#/components/schemas/TextOrNull',
            description: '被拒绝的原因；只有拒绝的人知道会员会看到（`tellMember`）才有',
          },
        },
        additionalProperties: false,
        required: [
          'id',
          'amount',
          'auditStatus',
          'refundStatus',
          'createdAt',
          'auditTime',
          'executeTime',
          'wechatRefundId',
          'reason',
        ],
      },
      CheckinDay: {
        type: 'object',
        properties: { date: { $ref: '#/components/schemas/LocalDate' }, checked: { type: 'boolean' } },
        additionalProperties: false,
        required: ['date', 'checked'],
      },
      MemberSummary: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          filledPlanetNickname: { $ref: '#/components/schemas/TextOrNull' },
          filledPlanetUserId: { $ref: '#/components/schemas/TextOrNull' },
          filledWechatNickname: { $ref: '#/components/schemas/TextOrNull' },
          matchStatus: { $ref: '#/components/schemas/MatchStatus' },
          matchConfidence: { $ref: '#/components/schemas/Confidence' },
          matchedPlanetNickname: { $ref: '#/components/schemas/TextOrNull' },
          identity: { $ref: '#/components/schemas/IdentityOrNull' },
          identityReview: { $ref: '#/components/schemas/IdentityReview' },
          joinedGroup: { type: 'boolean' },
          joinedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          checkinCount: { $ref: '#/components/schemas/Count' },
          checkinRate: { $ref: '#/components/schemas/Percent' },
          eligibleForRefund: { type: 'boolean' },
          payAmount: { $ref: '#/components/schemas/Yuan' },
          payTime: { $ref: '#/components/schemas/LocalDateTime' },
          refundStatus: { $ref: '#/components/schemas/RefundStatusOrNull' },
          refundAuditStatus: {
            $ref: '#/components/schemas/AuditStatusOrNull',
            description: '同一条退款记录的审核状态；待审核时 `refundStatus` 为 pending',
          },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'campId',
          'campName',
          'filledPlanetNickname',
          'filledPlanetUserId',
          'filledWechatNickname',
          'matchStatus',
          'matchConfidence',
          'matchedPlanetNickname',
          'identity',
          'identityReview',
          'joinedGroup',
          'joinedAt',
          'checkinCount',
          'checkinRate',
          'eligibleForRefund',
          'payAmount',
          'payTime',
          'refundStatus',
          'refundAuditStatus',
          'createdAt',
        ],
      },
      MemberPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/MemberSummary' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      MemberDetail: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          filledInfo: { $ref: '#/components/schemas/FilledInfo' },
          matchInfo: { $ref: '#/components/schemas/MatchInfo' },
          groupInfo: { $ref: '#/components/schemas/GroupInfo' },
          checkinInfo: { $ref: '#/components/schemas/CheckinInfo' },
          paymentInfo: { $ref: '#/components/schemas/PaymentInfo' },
          refundInfo: { anyOf: [{ $ref: '#/components/schemas/RefundInfo' }, { type: 'null' }] },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'campId',
          'campName',
          'filledInfo',
          'matchInfo',
          'groupInfo',
          'checkinInfo',
          'paymentInfo',
          'refundInfo',
          'createdAt',
          'updatedAt',
        ],
      },
      FilledInfo: {
        type: 'object',
        properties: {
          planetNickname: { $ref: '#/components/schemas/TextOrNull' },
          planetUserId: { $ref: '#/components/schemas/TextOrNull' },
          wechatNickname: { $ref: '#/components/schemas/TextOrNull' },
        },
        additionalProperties: false,
        required: ['planetNickname', 'planetUserId', 'wechatNickname'],
      },
      MatchInfo: {
        type: 'object',
        properties: {
          status: { $ref: '#/components/schemas/MatchStatus' },
          confidence: { $ref: '#/components/schemas/Confidence' },
          method: { $ref: '#/components/schemas/MatchMethodOrNull' },
          matchedPlanetUser: {
            anyOf: [{ $ref: '#/components/schemas/MatchedPlanetUser' }, { type: 'null' }],
          },
          matchTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          nicknameMismatch: {
            type: 'boolean',
            description: '手填 ID 的星球昵称与填写的不一致，批量审核会跳过',
          },
          identity: { $ref: '#/components/schemas/IdentityOrNull' },
          identityReview: { $ref: '#/components/schemas/IdentityReview' },
          identityClaims: {
            type: 'array',
            maxItems: 20,
            description: '本营用同一个星球用户的其他会员：现在的持有人在前，然后是待核实的',
            items: { $ref: '#/components/schemas/IdentityClaim' },
          },
          findings: {
            type: 'array',
            items: { $ref: '#/components/schemas/Finding' },
            description: '与所匹配星球用户的评分依据，未匹配为空',
          },
        },
        additionalProperties: false,
        required: [
          'status',
          'confidence',
          'method',
          'matchedPlanetUser',
          'matchTime',
          'nicknameMismatch',
          'identity',
          'identityReview',
          'identityClaims',
          'findings',
        ],
      },
      IdentityClaim: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          planetNickname: { $ref: '#/components/schemas/TextOrNull' },
          identity: { $ref: '#/components/schemas/IdentityOrNull' },
          identityReview: { $ref: '#/components/schemas/IdentityReview' },
          holds: { type: 'boolean', description: '是否现在的持有人' },
        },
        additionalProperties: false,
        required: ['memberId', 'planetNickname', 'identity', 'identityReview', 'holds'],
      },
      MatchedPlanetUser: {
        type: 'object',
        required: ['id', 'planetUserId', 'planetNickname'],
        properties: {
          id: { $ref: '#/components/schemas/Id', description: '星球用户表 ID' },
          planetUserId: { $ref: '#/components/schemas/PlanetUserId' },
          planetNickname: { type: 'string' },
          wechatNickname: { $ref: '#/components/schemas/TextOrNull', description: '会员详情中才有' },
        },
        additionalProperties: false,
      },
      GroupInfo: {
        type: 'object',
        properties: {
          joined: { type: 'boolean' },
          joinedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: ['joined', 'joinedAt'],
      },
      CheckinInfo: {
        type: 'object',
        properties: {
          count: { $ref: '#/components/schemas/Count' },
          rate: { $ref: '#/components/schemas/Percent' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          lastCheckinTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          eligible: { type: 'boolean' },
          startDate: { $ref: '#/components/schemas/LocalDate', description: '营期开始日期' },
          endDate: { $ref: '#/components/schemas/LocalDate', description: '营期结束日期（不含）' },
          dates: {
            type: 'array',
            items: { $ref: '#/components/schemas/LocalDate' },
            description: '打卡日期，每天一次，从早到晚；未匹配为空',
          },
        },
        additionalProperties: false,
        required: [
          'count',
          'rate',
          'requiredDays',
          'lastCheckinTime',
          'eligible',
          'startDate',
          'endDate',
          'dates',
        ],
      },
      PaymentInfo: {
        type: 'object',
        properties: {
          orderId: { $ref: '#/components/schemas/Id' },
          orderNo: { $ref: '#/components/schemas/OrderNo' },
          amount: { $ref: '#/components/schemas/Yuan' },
          status: { $ref: '#/components/schemas/PayStatus' },
          payTime: { $ref: '#/components/schemas/LocalDateTime' },
          bindStatus: { $ref: '#/components/schemas/BindStatus' },
          bindMethod: { $ref: '#/components/schemas/MatchMethodOrNull' },
          identity: {
            type: ['string', 'null'],
            enum: ['signed', 'typed', null],
            description: '星球 ID 的来源：签名链接、手填；固定码支付为 null',
          },
        },
        additionalProperties: false,
        required: [
          'orderId',
          'orderNo',
          'amount',
          'status',
          'payTime',
          'bindStatus',
          'bindMethod',
          'identity',
        ],
      },
      RefundInfo: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          refundAmount: { $ref: '#/components/schemas/Yuan' },
          auditStatus: { $ref: '#/components/schemas/AuditStatus' },
          refundStatus: { $ref: '#/components/schemas/RefundStatus' },
          auditor: { $ref: '#/components/schemas/TextOrNull' },
          auditTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          executeTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          reason: { $ref: '#/components/schemas/TextOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'refundId',
          'refundAmount',
          'auditStatus',
          'refundStatus',
          'auditor',
          'auditTime',
          'executeTime',
          'reason',
          'createdAt',
        ],
      },
      MatchMemberRequest: {
        type: 'object',
        required: ['planetUserId'],
        properties: {
          planetUserId: {
            $ref: '#/components/schemas/Id',
            description: '星球用户表 ID（不是知识星球的用户 ID）',
          },
        },
        additionalProperties: false,
      },
      MatchedMember: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          matchStatus: { type: 'string', const: 'matched' },
          matchConfidence: { type: 'integer', const: 100 },
          matchMethod: { type: 'string', const: 'manual' },
          matchedPlanetUser: { $ref: '#/components/schemas/MatchedPlanetUser' },
        },
        additionalProperties: false,
        required: ['memberId', 'matchStatus', 'matchConfidence', 'matchMethod', 'matchedPlanetUser'],
      },
      UnmatchMemberRequest: {
        type: 'object',
        required: ['reason'],
        properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
        additionalProperties: false,
      },
      UnmatchedMember: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          matchStatus: { $ref: '#/components/schemas/MatchStatus' },
          matchConfidence: { $ref: '#/components/schemas/Confidence' },
          matchMethod: { type: 'null' },
        },
        additionalProperties: false,
        required: ['memberId', 'matchStatus', 'matchConfidence', 'matchMethod'],
      },
      SettleReviewRequest: {
        type: 'object',
        required: ['favour', 'reason'],
        properties: {
          favour: { type: 'string', enum: ['member', 'holder'], description: '该会员、现在的持有人' },
          reason: { type: 'string', minLength: 1, maxLength: 500 },
        },
        additionalProperties: false,
      },
      SettledReview: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          identityReview: { type: 'null' },
          matchStatus: { $ref: '#/components/schemas/MatchStatus' },
          displacedMemberId: { $ref: '#/components/schemas/IdOrNull', description: '转为待核实的原持有人' },
        },
        additionalProperties: false,
        required: ['memberId', 'identityReview', 'matchStatus', 'displacedMemberId'],
      },
      ReturnDepositRequest: {
        type: 'object',
        required: ['reason'],
        properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
        additionalProperties: false,
      },
      ReturnedDeposit: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          identityReview: { type: 'string', const: 'returned' },
          refundId: { $ref: '#/components/schemas/Id' },
          refundAmount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['memberId', 'identityReview', 'refundId', 'refundAmount'],
      },
      MatchCandidates: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          list: { type: 'array', maxItems: 50, items: { $ref: '#/components/schemas/MatchCandidate' } },
        },
        additionalProperties: false,
        required: ['memberId', 'list'],
      },
      MatchCandidate: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id', description: '星球用户表 ID，用于手动匹配' },
          planetUserId: { $ref: '#/components/schemas/PlanetUserId' },
          planetNickname: { type: 'string' },
          wechatNickname: {
            $ref: '#/components/schemas/TextOrNull',
            description: '所属会员填写的微信昵称，未匹配为 null',
          },
          score: { $ref: '#/components/schemas/Confidence' },
          evidence: { type: 'array', items: { type: 'string' }, description: '评分依据（中文）' },
          findings: {
            type: 'array',
            items: { $ref: '#/components/schemas/Finding' },
            description: '同样的依据，附代码',
          },
          checkinCount: { $ref: '#/components/schemas/Count' },
          matchedMemberId: { $ref: '#/components/schemas/IdOrNull', description: '已属于的会员' },
        },
        additionalProperties: false,
        required: [
          'id',
          'planetUserId',
          'planetNickname',
          'wechatNickname',
          'score',
          'evidence',
          'findings',
          'checkinCount',
          'matchedMemberId',
        ],
      },
      JoinedMember: {
        type: 'object',
        properties: {
          memberId: { $ref: '#/components/schemas/Id' },
          joinedGroup: { type: 'boolean', const: true },
          joinedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['memberId', 'joinedGroup', 'joinedAt'],
      },
      UnallocatedStatus: {
        type: 'string',
        enum: ['pending', 'assigned', 'refunding', 'refunded'],
        description: '待处理、已归属、退款中、已退款',
      },
      UnallocatedPayment: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          status: { $ref: '#/components/schemas/UnallocatedStatus' },
          outTradeNo: { type: 'string', description: '商户单号' },
          transactionId: { type: 'string', description: '微信支付单号' },
          amount: { $ref: '#/components/schemas/Yuan' },
          payTime: { $ref: '#/components/schemas/LocalDateTime' },
          campId: { $ref: '#/components/schemas/IdOrNull', description: '由商户单号推断的训练营' },
          campName: { $ref: '#/components/schemas/TextOrNull' },
          reason: { type: 'string', description: '未能归属的原因' },
          reasonCode: {
            type: ['string', 'null'],
            enum: ['no_camp', 'wrong_amount', 'camp_begun', null],
            description:
              '同上的代码：找不到训练营、金额与押金不符、支付时已开营；更早的记录若有其他原因为 null',
          },
          orderNo: { type: 'string', description: '订单号' },
          member: {
            oneOf: [{ $ref: '#/components/schemas/NamedMember' }, { type: 'null' }],
            description: '归属给了哪位会员',
          },
          payerMember: {
            oneOf: [{ $ref: '#/components/schemas/NamedMember' }, { type: 'null' }],
            description: '同一付款人的其他订单中最近的一位会员；没有的为 null',
          },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'status',
          'outTradeNo',
          'transactionId',
          'amount',
          'payTime',
          'campId',
          'campName',
          'reason',
          'reasonCode',
          'orderNo',
          'member',
          'payerMember',
          'createdAt',
        ],
      },
      NamedMember: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { $ref: '#/components/schemas/TextOrNull', description: '昵称' },
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
        },
        additionalProperties: false,
        required: ['id', 'name', 'campId', 'campName'],
      },
      UnallocatedPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/UnallocatedPayment' } },
          more: { type: 'boolean', description: '叫这个名字的太多，只找了其中 500 个订单：请写得更完整' },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'more', 'total', 'page', 'pageSize', 'totalPages'],
      },
      AssignUnallocatedRequest: {
        type: 'object',
        required: ['campId'],
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          planetUserId: { $ref: '#/components/schemas/GivenPlanetUserId' },
          planetNickname: { $ref: '#/components/schemas/Nickname' },
        },
        additionalProperties: false,
      },
      AssignedPayment: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          status: { type: 'string', const: 'assigned' },
          campId: { $ref: '#/components/schemas/Id' },
          memberId: { $ref: '#/components/schemas/Id' },
        },
        additionalProperties: false,
        required: ['id', 'status', 'campId', 'memberId'],
      },
      RefundUnallocatedRequest: {
        type: 'object',
        required: ['reason'],
        properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
        additionalProperties: false,
      },
      RefundedUnallocated: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          status: { type: 'string', const: 'refunding' },
          refundId: { $ref: '#/components/schemas/Id', description: '退款记录 ID' },
        },
        additionalProperties: false,
        required: ['id', 'status', 'refundId'],
      },
      NotificationStatus: {
        type: 'string',
        enum: ['received', 'applied', 'ignored', 'quarantined', 'unreadable'],
        description: '已接收、已处理、无需处理、已隔离（金额、商户或付款人不符）、无法解析',
      },
      GatewayNotification: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          gateway: { type: 'string', examples: ['wechat_v3'] },
          eventId: { type: 'string', description: '渠道的通知 ID，重复通知相同' },
          eventType: { type: 'string' },
          status: { $ref: '#/components/schemas/NotificationStatus' },
          reason: { $ref: '#/components/schemas/TextOrNull' },
          orderNo: { type: ['string', 'null'], description: '对应的订单号' },
          outTradeNo: { $ref: '#/components/schemas/TextOrNull' },
          outRefundNo: { $ref: '#/components/schemas/TextOrNull' },
          receivedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'gateway',
          'eventId',
          'eventType',
          'status',
          'reason',
          'orderNo',
          'outTradeNo',
          'outRefundNo',
          'receivedAt',
        ],
      },
      NotificationPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/GatewayNotification' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      SignedYuan: { type: 'number', format: 'yuan', description: '金额，单位元，可为负' },
      LedgerEntry: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          transactionId: { type: 'string', description: '同一笔业务的分录相同' },
          account: { type: 'string', examples: ['deposit_liability', 'gateway_clearing', 'income'] },
          amount: { $ref: '#/components/schemas/SignedYuan' },
          kind: { type: 'string', description: '业务类型，如支付、退款、押金转收入' },
          kindCode: {
            type: 'string',
            description: '业务类型的代码，如 payment、refund、forfeit；文字见 `kind`',
          },
          orderNo: { $ref: '#/components/schemas/TextOrNull' },
          campId: { $ref: '#/components/schemas/IdOrNull' },
          campName: { $ref: '#/components/schemas/TextOrNull' },
          memberId: { $ref: '#/components/schemas/IdOrNull', description: '尚不知道是谁的为 null' },
          memberName: { $ref: '#/components/schemas/TextOrNull', description: '会员的称呼' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'transactionId',
          'account',
          'amount',
          'kind',
          'kindCode',
          'orderNo',
          'campId',
          'campName',
          'memberId',
          'memberName',
          'createdAt',
        ],
      },
      LedgerBalance: {
        type: 'object',
        properties: { account: { type: 'string' }, balance: { $ref: '#/components/schemas/SignedYuan' } },
        additionalProperties: false,
        required: ['account', 'balance'],
      },
      LedgerPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/LedgerEntry' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
          balances: {
            type: 'array',
            items: { $ref: '#/components/schemas/LedgerBalance' },
            description: '全部符合筛选的分录按科目合计',
          },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'balances'],
      },
      NoticeLanguage: { type: 'string', enum: ['zh', 'en'], default: 'zh', description: '说明的语言' },
      NoticeVersion: { type: 'string', minLength: 1, maxLength: 32, examples: ['2026-11-29'] },
      PrivacyNotice: {
        type: 'object',
        properties: {
          version: { $ref: '#/components/schemas/NoticeVersion' },
          language: { $ref: '#/components/schemas/NoticeLanguage' },
          title: { type: 'string' },
          sections: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                title: { type: 'string' },
                paragraphs: { type: 'array', items: { type: 'string' } },
              },
              additionalProperties: false,
              required: ['title', 'paragraphs'],
            },
          },
        },
        additionalProperties: false,
        required: ['version', 'language', 'title', 'sections'],
      },
      Consent: {
        type: 'object',
        description: '会员同意过的一个版本',
        properties: {
          version: { $ref: '#/components/schemas/NoticeVersion' },
          language: { $ref: '#/components/schemas/NoticeLanguage' },
          time: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['version', 'language', 'time'],
      },
      HeldOrder: {
        type: 'object',
        description: '一个订单保存的个人信息',
        properties: {
          orderNo: { type: 'string' },
          campName: { type: 'string' },
          amount: { $ref: '#/components/schemas/Yuan' },
          orderTime: { $ref: '#/components/schemas/LocalDateTime' },
          payTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          openid: { $ref: '#/components/schemas/TextOrNull' },
          planetUserId: { $ref: '#/components/schemas/TextOrNull' },
          planetNickname: { $ref: '#/components/schemas/TextOrNull' },
          matchedNickname: { $ref: '#/components/schemas/TextOrNull' },
          wechatNickname: { $ref: '#/components/schemas/TextOrNull' },
          memberId: { type: ['integer', 'null'] },
          consents: { type: 'array', items: { $ref: '#/components/schemas/Consent' } },
          refunds: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                amount: { $ref: '#/components/schemas/Yuan' },
                status: { type: 'string' },
                time: { $ref: '#/components/schemas/LocalDateTime' },
              },
              additionalProperties: false,
              required: ['amount', 'status', 'time'],
            },
          },
          checkins: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                time: { $ref: '#/components/schemas/LocalDateTime' },
                content: { type: 'string' },
              },
              additionalProperties: false,
              required: ['time', 'content'],
            },
          },
          checkinsWithheld: {
            type: 'integer',
            description:
              '不显示、也不随删除清空的打卡条数：星球 ID 只是填写的，没有专属链接、验证码或人工匹配证明是本人',
          },
          openReason: {
            $ref: '#/components/schemas/TextOrNull',
            description: '尚未完成、因而还不能删除的事项',
          },
        },
        additionalProperties: false,
        required: [
          'orderNo',
          'campName',
          'amount',
          'orderTime',
          'payTime',
          'openid',
          'planetUserId',
          'planetNickname',
          'matchedNickname',
          'wechatNickname',
          'memberId',
          'consents',
          'refunds',
          'checkins',
          'checkinsWithheld',
          'openReason',
        ],
      },
      MyData: {
        type: 'object',
        properties: {
          orderNo: { type: 'string' },
          campName: { type: 'string' },
          amount: { $ref: '#/components/schemas/Yuan' },
          orderTime: { $ref: '#/components/schemas/LocalDateTime' },
          payTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          openid: { $ref: '#/components/schemas/TextOrNull' },
          planetUserId: { $ref: '#/components/schemas/TextOrNull' },
          planetNickname: { $ref: '#/components/schemas/TextOrNull' },
          matchedNickname: { $ref: '#/components/schemas/TextOrNull' },
          wechatNickname: { $ref: '#/components/schemas/TextOrNull' },
          memberId: { type: ['integer', 'null'] },
          consents: { type: 'array', items: { $ref: '#/components/schemas/Consent' } },
          refunds: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                amount: { $ref: '#/components/schemas/Yuan' },
                status: { type: 'string' },
                time: { $ref: '#/components/schemas/LocalDateTime' },
              },
              additionalProperties: false,
              required: ['amount', 'status', 'time'],
            },
          },
          checkins: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                time: { $ref: '#/components/schemas/LocalDateTime' },
                content: { type: 'string' },
              },
              additionalProperties: false,
              required: ['time', 'content'],
            },
          },
          checkinsWithheld: {
            type: 'integer',
            description:
              '不显示、也不随删除清空的打卡条数：星球 ID 只是填写的，没有专属链接、验证码或人工匹配证明是本人',
          },
          openReason: {
            $ref: '#/components/schemas/TextOrNull',
            description: '尚未完成、因而还不能删除的事项',
          },
          signedIn: { type: 'boolean', description: '浏览器已登录微信；未登录时 `others` 为空' },
          others: {
            type: 'array',
            maxItems: 50,
            items: { $ref: '#/components/schemas/HeldOrder' },
            description: '同一微信付款的其他订单',
          },
        },
        additionalProperties: false,
        required: [
          'orderNo',
          'campName',
          'amount',
          'orderTime',
          'payTime',
          'openid',
          'planetUserId',
          'planetNickname',
          'matchedNickname',
          'wechatNickname',
          'memberId',
          'consents',
          'refunds',
          'checkins',
          'checkinsWithheld',
          'openReason',
          'signedIn',
          'others',
        ],
      },
      ErasedOrder: {
        type: 'object',
        properties: {
          orderNo: { type: 'string' },
          campName: { type: 'string' },
          erased: { type: 'boolean' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '没有删除的原因' },
        },
        additionalProperties: false,
        required: ['orderNo', 'campName', 'erased', 'reason'],
      },
      ErasedData: {
        type: 'object',
        properties: {
          orderNo: { type: 'string' },
          erased: { type: 'boolean', description: '票据所属订单是否已删除' },
          orders: { type: 'array', items: { $ref: '#/components/schemas/ErasedOrder' } },
        },
        additionalProperties: false,
        required: ['orderNo', 'erased', 'orders'],
      },
      RelatedOrder: {
        type: 'object',
        properties: {
          orderNo: { type: 'string' },
          campName: { type: 'string' },
          memberId: { $ref: '#/components/schemas/IdOrNull' },
          by: { type: 'string', enum: ['payer', 'planet'], description: '同一微信付款，或同一星球用户' },
        },
        additionalProperties: false,
        required: ['orderNo', 'campName', 'memberId', 'by'],
      },
      PersonalData: {
        type: 'object',
        properties: {
          data: { $ref: '#/components/schemas/HeldOrder' },
          erasedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '已删除的时间' },
          related: {
            type: 'array',
            maxItems: 50,
            items: { $ref: '#/components/schemas/RelatedOrder' },
            description: '可能属于同一人的其他报名，由工作人员核实',
          },
        },
        additionalProperties: false,
        required: ['data', 'erasedAt', 'related'],
      },
      PendingRefund: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          memberId: { $ref: '#/components/schemas/Id' },
          planetNickname: { type: 'string' },
          refundAmount: { $ref: '#/components/schemas/Yuan' },
          auditStatus: { type: 'string', const: 'pending' },
          matchConfidence: { $ref: '#/components/schemas/Confidence' },
          matchMethod: { $ref: '#/components/schemas/MatchMethod' },
          nicknameMismatch: {
            type: 'boolean',
            description: '手填 ID 的星球昵称与填写的不一致，批量审核会跳过',
          },
          identity: { $ref: '#/components/schemas/IdentityOrNull' },
          identityDisputed: {
            type: 'boolean',
            description: '仅凭填写，且还有待核实的会员用同一个星球用户，批量审核会跳过',
          },
          lane: { $ref: '#/components/schemas/ReviewLane' },
          checkinCount: { $ref: '#/components/schemas/Count' },
          requiredDays: { $ref: '#/components/schemas/Count' },
          payTime: { $ref: '#/components/schemas/LocalDateTime' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'campId',
          'campName',
          'memberId',
          'planetNickname',
          'refundAmount',
          'auditStatus',
          'matchConfidence',
          'matchMethod',
          'nicknameMismatch',
          'identity',
          'identityDisputed',
          'lane',
          'checkinCount',
          'requiredDays',
          'payTime',
          'createdAt',
        ],
      },
      PendingRefundPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/PendingRefund' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 1000 },
          totalPages: { $ref: '#/components/schemas/Count' },
          summary: { $ref: '#/components/schemas/PendingRefundSummary' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'summary'],
      },
      PendingRefundSummary: {
        type: 'object',
        description: '全部符合筛选的待审核记录',
        properties: {
          totalAmount: { $ref: '#/components/schemas/Yuan' },
          highConfidenceCount: { $ref: '#/components/schemas/Count', description: '置信度 ≥ 80' },
          lowConfidenceCount: { $ref: '#/components/schemas/Count', description: '置信度 < 80' },
          lanes: { $ref: '#/components/schemas/ReviewLanes' },
        },
        additionalProperties: false,
        required: ['totalAmount', 'highConfidenceCount', 'lowConfidenceCount', 'lanes'],
      },
      ReviewLane: {
        type: 'string',
        enum: ['ready', 'check', 'low'],
        description:
          '审核通道，每条记录恰好属于一个：置信度 < 80 为 low；否则昵称不一致或身份仅凭填写（含有争议）为 check；其余为 ready。 minConfidence 为 80、includeUnproved 为 false 的批量审核恰好通过 ready 的记录',
      },
      ReviewLanes: {
        type: 'object',
        description: '符合 lane 以外全部筛选的待审核记录，按审核通道',
        properties: {
          ready: { $ref: '#/components/schemas/ReviewLaneFigures' },
          check: { $ref: '#/components/schemas/ReviewLaneFigures' },
          low: { $ref: '#/components/schemas/ReviewLaneFigures' },
        },
        additionalProperties: false,
        required: ['ready', 'check', 'low'],
      },
      ReviewLaneFigures: {
        type: 'object',
        properties: {
          count: { $ref: '#/components/schemas/Count' },
          amount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['count', 'amount'],
      },
      ApproveRefundRequest: {
        type: 'object',
        properties: { comment: { type: 'string', maxLength: 500, description: '审核备注' } },
        additionalProperties: false,
      },
      ApprovedRefund: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          auditStatus: { type: 'string', const: 'approved' },
          refundStatus: { type: 'string', const: 'pending' },
          auditor: { type: 'string' },
          auditTime: { $ref: '#/components/schemas/LocalDateTime' },
          executeAfter: {
            $ref: '#/components/schemas/LocalDateTime',
            description:
              '此后才生效（退款、通知会员、记收入），在此之前可以撤回；见设置 `refund.graceMinutes`',
          },
          canUndo: { type: 'boolean', description: '现在可以撤回' },
        },
        additionalProperties: false,
        required: [
          'refundId',
          'auditStatus',
          'refundStatus',
          'auditor',
          'auditTime',
          'executeAfter',
          'canUndo',
        ],
      },
      RejectRefundRequest: {
        type: 'object',
        required: ['reason'],
        properties: {
          reason: { type: 'string', minLength: 1, maxLength: 500, description: '拒绝原因' },
          tellMember: {
            type: 'boolean',
            default: false,
            description: '会员页面是否显示这个原因；填写的人须知道',
          },
        },
        additionalProperties: false,
      },
      RejectedRefund: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          auditStatus: { type: 'string', const: 'rejected' },
          refundStatus: { type: 'string', const: 'rejected' },
          reason: { type: 'string' },
          auditor: { type: 'string' },
          auditTime: { $ref: '#/components/schemas/LocalDateTime' },
          executeAfter: {
            $ref: '#/components/schemas/LocalDateTime',
            description:
              '此后才生效（退款、通知会员、记收入），在此之前可以撤回；见设置 `refund.graceMinutes`',
          },
          canUndo: { type: 'boolean', description: '现在可以撤回' },
        },
        additionalProperties: false,
        required: [
          'refundId',
          'auditStatus',
          'refundStatus',
          'reason',
          'auditor',
          'auditTime',
          'executeAfter',
          'canUndo',
        ],
      },
      BatchApproveRefundsRequest: {
        type: 'object',
        required: ['refundIds'],
        properties: {
          refundIds: {
            type: 'array',
            items: { $ref: '#/components/schemas/Id' },
            minItems: 1,
            maxItems: 1000,
            uniqueItems: true,
            description: '退款记录 ID，1–1000 个',
          },
          minConfidence: {
            type: 'integer',
            minimum: 50,
            maximum: 100,
            default: 80,
            description: '最低置信度',
          },
          includeUnproved: {
            type: 'boolean',
            default: true,
            description: '是否也通过身份仅凭填写（typed）的会员；为 false 时跳过',
          },
          comment: { type: 'string', maxLength: 500, description: '审核备注' },
        },
        additionalProperties: false,
      },
      BatchApproval: {
        type: 'object',
        properties: {
          total: { $ref: '#/components/schemas/Count' },
          approved: { $ref: '#/components/schemas/Count' },
          skipped: { $ref: '#/components/schemas/Count' },
          skippedDetails: { type: 'array', items: { $ref: '#/components/schemas/SkippedRefund' } },
          auditor: { type: 'string' },
          auditTime: { $ref: '#/components/schemas/LocalDateTime' },
          executeAfter: {
            $ref: '#/components/schemas/LocalDateTime',
            description:
              '此后才生效（退款、通知会员、记收入），在此之前可以撤回；见设置 `refund.graceMinutes`',
          },
          canUndo: { type: 'boolean', description: '现在可以撤回' },
        },
        additionalProperties: false,
        required: [
          'total',
          'approved',
          'skipped',
          'skippedDetails',
          'auditor',
          'auditTime',
          'executeAfter',
          'canUndo',
        ],
      },
      SkippedRefund: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          reason: { type: 'string', minLength: 1 },
          reasonCode: { $ref: '#/components/schemas/SentenceCodeOrNull' },
          reasonParams: { $ref: '#/components/schemas/SentenceParams' },
        },
        additionalProperties: false,
        required: ['refundId', 'reason', 'reasonCode', 'reasonParams'],
      },
      UndoneRefund: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          auditStatus: { type: 'string', const: 'pending' },
          refundStatus: { type: 'string', const: 'pending' },
        },
        additionalProperties: false,
        required: ['refundId', 'auditStatus', 'refundStatus'],
      },
      UndoRefundsRequest: {
        type: 'object',
        required: ['refundIds'],
        properties: {
          refundIds: {
            type: 'array',
            items: { $ref: '#/components/schemas/Id' },
            minItems: 1,
            maxItems: 1000,
            uniqueItems: true,
            description: '退款记录 ID，1–1000 个',
          },
        },
        additionalProperties: false,
      },
      UndoneRefunds: {
        type: 'object',
        properties: {
          total: { $ref: '#/components/schemas/Count' },
          undone: { $ref: '#/components/schemas/Count', description: '已撤回，回到待审核' },
          skipped: { $ref: '#/components/schemas/Count' },
          skippedDetails: { type: 'array', items: { $ref: '#/components/schemas/SkippedRefund' } },
        },
        additionalProperties: false,
        required: ['total', 'undone', 'skipped', 'skippedDetails'],
      },
      RetriedRefund: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          refundStatus: { type: 'string', const: 'processing' },
          retryCount: { $ref: '#/components/schemas/Count' },
          lastRetryTime: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['refundId', 'refundStatus', 'retryCount', 'lastRetryTime'],
      },
      NotifiedRefund: {
        type: 'object',
        properties: {
          refundId: { $ref: '#/components/schemas/Id' },
          notified: { type: 'boolean' },
          notifyTime: { $ref: '#/components/schemas/LocalDateTime' },
          notifyError: { $ref: '#/components/schemas/NotifyErrorOrNull' },
        },
        additionalProperties: false,
        required: ['refundId', 'notified', 'notifyTime', 'notifyError'],
      },
      NotifyErrorOrNull: { anyOf: [{ $ref: '#/components/schemas/NotifyError' }, { type: 'null' }] },
      NotifyError: {
        type: 'object',
        description: '微信没有接受最近一次通知的原因',
        properties: {
          code: { type: 'string', description: '微信返回的 errcode；没有明确应答时为 NO_ANSWER' },
          message: { type: 'string', description: '微信返回的 errmsg' },
          time: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'time'],
      },
      RefundRecord: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          campId: { $ref: '#/components/schemas/IdOrNull', description: '未归属收款的退款为 null' },
          campName: { $ref: '#/components/schemas/TextOrNull' },
          memberId: { $ref: '#/components/schemas/IdOrNull', description: '未形成会员的自动退款为 null' },
          planetNickname: { $ref: '#/components/schemas/TextOrNull' },
          identity: { $ref: '#/components/schemas/IdentityOrNull' },
          refundAmount: { $ref: '#/components/schemas/Yuan' },
          auditStatus: { $ref: '#/components/schemas/AuditStatus' },
          refundStatus: { $ref: '#/components/schemas/RefundStatus' },
          auditor: {
            $ref: '#/components/schemas/TextOrNull',
            description: '审核人用户名，自动退款为 system',
          },
          auditTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          comment: { $ref: '#/components/schemas/TextOrNull', description: '审核备注' },
          reason: { $ref: '#/components/schemas/TextOrNull', description: '拒绝或自动退款的原因' },
          reasonCode: { $ref: '#/components/schemas/RefundReasonCodeOrNull' },
          executeAfter: {
            $ref: '#/components/schemas/LocalDateTimeOrNull',
            description: '审核此后才生效，在此之前可以撤回；尚未审核、自动退款为 null',
          },
          canUndo: { type: 'boolean', description: '审核现在可以撤回' },
          executeTime: { $ref: '#/components/schemas/LocalDateTimeOrNull', description: '到账时间' },
          wechatRefundId: { $ref: '#/components/schemas/TextOrNull' },
          failCode: { $ref: '#/components/schemas/RefundFailCodeOrNull' },
          failReason: { $ref: '#/components/schemas/TextOrNull', description: '支付渠道给出的原因' },
          failReasonCode: {
            type: ['string', 'null'],
            enum: ['INSUFFICIENT', 'ABNORMAL', 'CLOSED', 'MERCHANT', 'EXCEEDS', null],
            description:
              '由本系统给出的原因：余额始终不足被渠道关闭、会员账户异常、渠道关闭、退回商户账户、可退余额不足；`failReason` 为渠道原话时为 null',
          },
          retryCount: { $ref: '#/components/schemas/Count' },
          notified: { type: 'boolean', description: '是否已通知会员' },
          notifyTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          notifyError: {
            $ref: '#/components/schemas/NotifyErrorOrNull',
            description: '最近一次通知被微信拒绝的原因；没有时为 null',
          },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
          orderNo: { type: 'string', description: '退款所属的订单' },
          canRetry: { type: 'boolean', description: '失败了，且钱没有退回商户账户：可以重试' },
          hold: { $ref: '#/components/schemas/RefundHoldOrNull' },
          pause: { $ref: '#/components/schemas/RefundPauseOrNull' },
        },
        additionalProperties: false,
        required: [
          'id',
          'campId',
          'campName',
          'memberId',
          'planetNickname',
          'identity',
          'refundAmount',
          'auditStatus',
          'refundStatus',
          'auditor',
          'auditTime',
          'comment',
          'reason',
          'reasonCode',
          'executeAfter',
          'canUndo',
          'executeTime',
          'wechatRefundId',
          'failCode',
          'failReason',
          'failReasonCode',
          'retryCount',
          'notified',
          'notifyTime',
          'notifyError',
          'createdAt',
          'orderNo',
          'canRetry',
          'hold',
          'pause',
        ],
      },
      RefundHold: {
        type: 'object',
        description: '审核通过、尚未发出的退款为什么还在等待；状态不变',
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
      RefundPause: {
        type: 'object',
        description: '商户余额不足，这个渠道的退款暂停发出；充值后可由 `/api/admin/pay/refunds/go-on` 继续',
        properties: {
          gateway: { type: 'string', description: '支付渠道' },
          until: { $ref: '#/components/schemas/LocalDateTime', description: '此时自动试发一笔（真实时间）' },
        },
        additionalProperties: false,
        required: ['gateway', 'until'],
      },
      RefundPauseOrNull: { oneOf: [{ $ref: '#/components/schemas/RefundPause' }, { type: 'null' }] },
      RefundHoldOrNull: { oneOf: [{ $ref: '#/components/schemas/RefundHold' }, { type: 'null' }] },
      RefundReasonCodeOrNull: {
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
          'match_changed',
          'project_changed',
          null,
        ],
        description:
          '系统给出的原因，文字见 `reason`：重复支付、超时支付、渠道自行退回、未能入账、重复报名、重复支付或已取消、未归属、押金退还、任务的两种（训练营没有）、匹配变更、打卡项目更正；人填写的原因为 null',
      },
      RefundFailCodeOrNull: {
        type: ['integer', 'null'],
        enum: [1303, 1304, 1305, null],
        description: '最近一次退款失败的业务错误码',
      },
      RefundRecordPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/RefundRecord' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 1000 },
          totalPages: { $ref: '#/components/schemas/Count' },
          pauses: {
            type: 'array',
            maxItems: 20,
            items: { $ref: '#/components/schemas/RefundPause' },
            description: '正在暂停的渠道',
          },
          summary: { $ref: '#/components/schemas/RefundRecordSummary' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages', 'pauses', 'summary'],
      },
      RefundKind: { type: 'string', enum: ['deposit', 'other'] },
      RefundRecordSummary: {
        type: 'object',
        description: '全部符合筛选的记录',
        properties: {
          totalRefunded: { $ref: '#/components/schemas/Yuan', description: '已成功退款总额，单位元' },
          successCount: { $ref: '#/components/schemas/Count' },
          failedCount: { $ref: '#/components/schemas/Count' },
          pendingCount: { $ref: '#/components/schemas/Count', description: '待退款 + 退款中，含待审核' },
          reviewCount: { $ref: '#/components/schemas/Count', description: '其中待审核' },
          depositRefunded: { $ref: '#/components/schemas/Yuan', description: 'totalRefunded 中的押金' },
          otherRefunded: {
            $ref: '#/components/schemas/Yuan',
            description: 'totalRefunded 中的多付、未归属或挂账款项',
          },
          depositOwed: {
            $ref: '#/components/schemas/Yuan',
            description: '尚未到账的押金，按总账仍在手的部分',
          },
        },
        additionalProperties: false,
        required: [
          'totalRefunded',
          'successCount',
          'failedCount',
          'pendingCount',
          'reviewCount',
          'depositRefunded',
          'otherRefunded',
          'depositOwed',
        ],
      },
      MoveClockRequest: {
        type: 'object',
        required: ['now'],
        properties: {
          now: {
            $ref: '#/components/schemas/LocalDateTime',
            description: '目标时间（北京时间），不早于当前',
          },
        },
        additionalProperties: false,
      },
      DemoClock: {
        type: 'object',
        properties: { now: { $ref: '#/components/schemas/LocalDateTime' } },
        additionalProperties: false,
        required: ['now'],
      },
      RunningVersion: {
        type: 'object',
        required: ['version', 'commit', 'started'],
        properties: {
          version: { type: 'string' },
          commit: { type: ['string', 'null'], description: '构建所用的提交；开发环境下为空' },
          started: { $ref: '#/components/schemas/LocalDateTime', description: '进程启动时间（北京时间）' },
        },
        additionalProperties: false,
      },
      HealthReport: {
        type: 'object',
        required: ['status'],
        additionalProperties: true,
        properties: { status: { type: 'string', enum: ['ok', 'error', 'shutting_down'] } },
      },
      StatsOverview: {
        type: 'object',
        properties: {
          summary: { $ref: '#/components/schemas/OverviewSummary' },
          money: { $ref: '#/components/schemas/CampMoney' },
          dueThisWeek: { $ref: '#/components/schemas/DueMoney' },
          recentCamps: { type: 'array', items: { $ref: '#/components/schemas/RecentCamp' } },
          trend: { $ref: '#/components/schemas/OverviewTrend' },
          generatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['summary', 'money', 'dueThisWeek', 'recentCamps', 'trend', 'generatedAt'],
      },
      OverviewSummary: {
        type: 'object',
        properties: {
          totalCamps: { $ref: '#/components/schemas/Count' },
          activeCamps: { $ref: '#/components/schemas/Count', description: '报名中 + 进行中' },
          totalMembers: { $ref: '#/components/schemas/Count' },
          totalPaid: { $ref: '#/components/schemas/Yuan', description: '形成会员的支付总额，单位元' },
          totalRefunded: {
            $ref: '#/components/schemas/Yuan',
            description: '上述支付中已成功退款的总额，单位元',
          },
          netIncome: { $ref: '#/components/schemas/Yuan', description: 'totalPaid − totalRefunded，单位元' },
        },
        additionalProperties: false,
        required: ['totalCamps', 'activeCamps', 'totalMembers', 'totalPaid', 'totalRefunded', 'netIncome'],
      },
      DueMoney: {
        type: 'object',
        description: '结束日期在本周（周一至周日）的训练营的在手押金',
        properties: {
          amount: { $ref: '#/components/schemas/Yuan' },
          from: { $ref: '#/components/schemas/LocalDate' },
          to: { $ref: '#/components/schemas/LocalDate' },
        },
        additionalProperties: false,
        required: ['amount', 'from', 'to'],
      },
      RecentCamp: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          status: { $ref: '#/components/schemas/CampStatus' },
          memberCount: { $ref: '#/components/schemas/Count' },
          avgCheckinRate: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['id', 'name', 'status', 'memberCount', 'avgCheckinRate'],
      },
      OverviewTrend: {
        type: 'object',
        description: '最近 12 个月',
        properties: {
          members: { type: 'array', items: { $ref: '#/components/schemas/MonthlyMembers' } },
          revenue: { type: 'array', items: { $ref: '#/components/schemas/MonthlyRevenue' } },
        },
        additionalProperties: false,
        required: ['members', 'revenue'],
      },
      MonthlyMembers: {
        type: 'object',
        properties: {
          date: { $ref: '#/components/schemas/YearMonth' },
          count: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['date', 'count'],
      },
      MonthlyRevenue: {
        type: 'object',
        properties: {
          date: { $ref: '#/components/schemas/YearMonth' },
          amount: { $ref: '#/components/schemas/Yuan' },
        },
        additionalProperties: false,
        required: ['date', 'amount'],
      },
      CampStats: {
        type: 'object',
        properties: {
          campId: { $ref: '#/components/schemas/Id' },
          campName: { type: 'string' },
          status: { $ref: '#/components/schemas/CampStatus' },
          period: { $ref: '#/components/schemas/CampPeriod' },
          enrollment: { $ref: '#/components/schemas/EnrollmentStats' },
          checkin: { $ref: '#/components/schemas/CampCheckinStats' },
          finance: { $ref: '#/components/schemas/FinanceStats' },
          money: { $ref: '#/components/schemas/CampMoney' },
          refund: { $ref: '#/components/schemas/RefundStats' },
          dailyTrend: { type: 'array', items: { $ref: '#/components/schemas/DailyTrend' } },
          generatedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'campId',
          'campName',
          'status',
          'period',
          'enrollment',
          'checkin',
          'finance',
          'money',
          'refund',
          'dailyTrend',
          'generatedAt',
        ],
      },
      CampPeriod: {
        type: 'object',
        properties: {
          startDate: { $ref: '#/components/schemas/LocalDate' },
          endDate: { $ref: '#/components/schemas/LocalDate' },
          totalDays: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['startDate', 'endDate', 'totalDays'],
      },
      EnrollmentStats: {
        type: 'object',
        properties: {
          totalMembers: { $ref: '#/components/schemas/Count' },
          matchedMembers: { $ref: '#/components/schemas/Count' },
          matchRate: { $ref: '#/components/schemas/Percent' },
          joinedGroupMembers: { $ref: '#/components/schemas/Count' },
          joinRate: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['totalMembers', 'matchedMembers', 'matchRate', 'joinedGroupMembers', 'joinRate'],
      },
      CampCheckinStats: {
        type: 'object',
        properties: {
          avgCheckinRate: { $ref: '#/components/schemas/Percent' },
          eligibleMembers: { $ref: '#/components/schemas/Count' },
          eligibleRate: { $ref: '#/components/schemas/Percent' },
          distribution: { type: 'array', items: { $ref: '#/components/schemas/CheckinRange' } },
        },
        additionalProperties: false,
        required: ['avgCheckinRate', 'eligibleMembers', 'eligibleRate', 'distribution'],
      },
      CheckinRange: {
        type: 'object',
        properties: {
          range: { type: 'string', pattern: '^\\d+-\\d+天$', description: '分段与打卡统计相同' },
          count: { $ref: '#/components/schemas/Count' },
          percentage: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['range', 'count', 'percentage'],
      },
      FinanceStats: {
        type: 'object',
        properties: {
          totalPaid: { $ref: '#/components/schemas/Yuan' },
          totalRefunded: { $ref: '#/components/schemas/Yuan' },
          netIncome: { $ref: '#/components/schemas/Yuan' },
          refundRate: { $ref: '#/components/schemas/Percent', description: 'totalRefunded / totalPaid' },
        },
        additionalProperties: false,
        required: ['totalPaid', 'totalRefunded', 'netIncome', 'refundRate'],
      },
      RefundStats: {
        type: 'object',
        properties: {
          totalRefunds: { $ref: '#/components/schemas/Count' },
          successRefunds: { $ref: '#/components/schemas/Count' },
          failedRefunds: { $ref: '#/components/schemas/Count' },
          successRate: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['totalRefunds', 'successRefunds', 'failedRefunds', 'successRate'],
      },
      DailyTrend: {
        type: 'object',
        properties: {
          date: { $ref: '#/components/schemas/LocalDate' },
          checkinCount: { $ref: '#/components/schemas/Count' },
          checkinRate: { $ref: '#/components/schemas/Percent' },
        },
        additionalProperties: false,
        required: ['date', 'checkinCount', 'checkinRate'],
      },
      ConfigItem: {
        type: 'object',
        properties: {
          key: { type: 'string', examples: ['planet.cookie'] },
          value: { type: ['string', 'null'], description: '敏感项为掩码，未设置为 null' },
          secret: { type: 'boolean' },
          description: { type: 'string' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
        },
        additionalProperties: false,
        required: ['key', 'value', 'secret', 'description', 'updatedAt'],
      },
      ConfigList: {
        type: 'object',
        properties: { list: { type: 'array', items: { $ref: '#/components/schemas/ConfigItem' } } },
        additionalProperties: false,
        required: ['list'],
      },
      UpdateConfigRequest: {
        type: 'object',
        required: ['key', 'value'],
        properties: {
          key: { type: 'string', minLength: 1, maxLength: 100 },
          value: { type: 'string', maxLength: 20000, description: '首尾空白会去掉；为空则清除' },
        },
        additionalProperties: false,
      },
      UpdatedConfig: {
        type: 'object',
        properties: {
          key: { type: 'string' },
          updatedAt: { $ref: '#/components/schemas/LocalDateTime' },
          tested: { type: 'boolean', description: '保存之前已用新值实际调用过外部接口，并被接受' },
        },
        additionalProperties: false,
        required: ['key', 'updatedAt', 'tested'],
      },
      TestConfigRequest: {
        type: 'object',
        required: ['target'],
        properties: { target: { $ref: '#/components/schemas/ConfigTestTarget' } },
        additionalProperties: false,
      },
      ConfigTestTarget: {
        type: 'string',
        enum: ['planet', 'wechat', 'wecom'],
        description: '知识星球 Cookie、微信支付商户、企业微信群机器人',
      },
      ConfigTest: {
        type: 'object',
        properties: {
          target: { $ref: '#/components/schemas/ConfigTestTarget' },
          ok: { type: 'boolean' },
          message: { type: 'string', minLength: 1, description: '结果与处理办法' },
          messageCode: { $ref: '#/components/schemas/SentenceCodeOrNull' },
          messageParams: { $ref: '#/components/schemas/SentenceParams' },
          checkedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['target', 'ok', 'message', 'messageCode', 'messageParams', 'checkedAt'],
      },
      AuditLog: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          userId: { $ref: '#/components/schemas/IdOrNull', description: '系统操作为 null' },
          username: { type: 'string', description: '系统操作为 system' },
          action: { type: 'string', examples: ['camp.publish'] },
          targetType: { $ref: '#/components/schemas/TextOrNull' },
          targetId: { $ref: '#/components/schemas/TextOrNull' },
          before: {
            type: ['object', 'null'],
            additionalProperties: true,
            description: '变更前（敏感值已掩码）',
          },
          after: {
            type: ['object', 'null'],
            additionalProperties: true,
            description: '变更后（敏感值已掩码）',
          },
          ip: { $ref: '#/components/schemas/TextOrNull' },
          createdAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'id',
          'userId',
          'username',
          'action',
          'targetType',
          'targetId',
          'before',
          'after',
          'ip',
          'createdAt',
        ],
      },
      AuditLogPage: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { $ref: '#/components/schemas/AuditLog' } },
          total: { $ref: '#/components/schemas/Count' },
          page: { type: 'integer', minimum: 1 },
          pageSize: { type: 'integer', minimum: 1, maximum: 100 },
          totalPages: { $ref: '#/components/schemas/Count' },
        },
        additionalProperties: false,
        required: ['list', 'total', 'page', 'pageSize', 'totalPages'],
      },
      UploadImageRequest: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary', description: '图片文件' } },
        additionalProperties: false,
      },
      UploadedImage: {
        type: 'object',
        properties: {
          url: { $ref: '#/components/schemas/HttpUrl' },
          contentType: { type: 'string', enum: ['image/png', 'image/jpeg', 'image/webp'] },
          width: { $ref: '#/components/schemas/Count', description: '像素' },
          height: { $ref: '#/components/schemas/Count', description: '像素' },
          size: { $ref: '#/components/schemas/Count', description: '字节' },
          qrText: {
            $ref: '#/components/schemas/TextOrNull',
            description: '二维码的内容；用途不是 groupQrcode 为 null',
          },
        },
        additionalProperties: false,
        required: ['url', 'contentType', 'width', 'height', 'size', 'qrText'],
      },
      SystemHealth: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['up', 'degraded', 'down'] },
          version: { type: 'string' },
          uptime: { $ref: '#/components/schemas/Count', description: '已运行秒数' },
          checks: { type: 'array', items: { $ref: '#/components/schemas/SystemCheck' } },
          waitingJobs: { $ref: '#/components/schemas/Count' },
          failedJobs: { $ref: '#/components/schemas/Count' },
          refundsPaused: { type: 'boolean', description: '商户余额不足时暂停' },
          planetCookie: {
            type: 'string',
            enum: ['valid', 'expired', 'unknown'],
            description: '知识星球 Cookie 状态',
          },
          lastSyncTime: { $ref: '#/components/schemas/LocalDateTimeOrNull' },
          retention: {
            type: 'array',
            items: { $ref: '#/components/schemas/RetentionStep' },
            description: '每晚清理的结果',
          },
          checkedAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: [
          'status',
          'version',
          'uptime',
          'checks',
          'waitingJobs',
          'failedJobs',
          'refundsPaused',
          'planetCookie',
          'lastSyncTime',
          'retention',
          'checkedAt',
        ],
      },
      RetentionStep: {
        type: 'object',
        properties: {
          name: { type: 'string', examples: ['camp.identities', 'pay.orders', 'uploads'] },
          lastRows: { $ref: '#/components/schemas/Count', description: '上次清理的行数' },
          totalRows: { $ref: '#/components/schemas/Count', description: '累计清理的行数' },
          waitingRows: {
            type: ['integer', 'null'],
            minimum: 0,
            maximum: 10000,
            description: '到期而尚未清理的行数，至多数到 10000；不计数的为空',
          },
          failed: { type: 'boolean', description: '上次清理是否中途失败' },
          ranAt: { $ref: '#/components/schemas/LocalDateTime' },
        },
        additionalProperties: false,
        required: ['name', 'lastRows', 'totalRows', 'waitingRows', 'failed', 'ranAt'],
      },
      SystemCheck: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
            examples: ['database', 'redis', 'wechat', 'alipay', 'planet', 'masterKey'],
          },
          status: { type: 'string', enum: ['up', 'degraded', 'down', 'disabled'] },
          message: { $ref: '#/components/schemas/TextOrNull' },
          findings: {
            type: 'array',
            items: { $ref: '#/components/schemas/Finding' },
            description: '`message` 由这些句子组成',
          },
        },
        additionalProperties: false,
        required: ['name', 'status', 'message', 'findings'],
      },
      WechatNotification: {
        type: 'object',
        additionalProperties: true,
        properties: {
          id: { type: 'string', description: '通知 ID，重复通知相同' },
          create_time: { type: 'string' },
          event_type: {
            type: 'string',
            description: 'TRANSACTION.SUCCESS、REFUND.SUCCESS、REFUND.ABNORMAL、REFUND.CLOSED',
          },
          resource_type: { type: 'string' },
          summary: { type: 'string' },
          resource: { $ref: '#/components/schemas/WechatResource' },
        },
        required: ['id', 'create_time', 'event_type', 'resource_type', 'summary', 'resource'],
      },
      WechatResource: {
        type: 'object',
        description: 'AES-256-GCM 密文',
        additionalProperties: true,
        required: ['algorithm', 'ciphertext', 'nonce'],
        properties: {
          original_type: { type: 'string' },
          algorithm: { type: 'string' },
          ciphertext: { type: 'string', description: 'Base64，末 16 字节为认证标签' },
          associated_data: { type: 'string' },
          nonce: { type: 'string' },
        },
      },
      WechatPaymentResult: {
        type: 'object',
        description: '支付通知解密后的内容；金额单位分',
        additionalProperties: true,
        required: [
          'mchid',
          'appid',
          'out_trade_no',
          'transaction_id',
          'trade_state',
          'success_time',
          'payer',
          'amount',
        ],
        properties: {
          mchid: { type: 'string' },
          appid: { type: 'string' },
          out_trade_no: { type: 'string', description: '6–32 位商户单号' },
          transaction_id: { type: 'string' },
          trade_type: { type: 'string' },
          trade_state: { type: 'string' },
          trade_state_desc: { type: 'string' },
          bank_type: { type: 'string' },
          attach: { type: 'string', description: '下单时的附言，仅供参考' },
          success_time: { type: 'string', description: '带时区的 ISO 8601' },
          payer: {
            type: 'object',
            additionalProperties: true,
            properties: { openid: { type: 'string' } },
            required: ['openid'],
          },
          amount: {
            type: 'object',
            additionalProperties: true,
            required: ['total', 'currency'],
            properties: {
              total: { type: 'integer', description: '分' },
              payer_total: { type: 'integer', description: '分' },
              currency: { type: 'string' },
              payer_currency: { type: 'string' },
            },
          },
        },
      },
      WechatRefundResult: {
        type: 'object',
        description: '退款通知解密后的内容；金额单位分',
        additionalProperties: true,
        required: [
          'mchid',
          'out_trade_no',
          'transaction_id',
          'out_refund_no',
          'refund_id',
          'refund_status',
          'amount',
        ],
        properties: {
          mchid: { type: 'string' },
          out_trade_no: { type: 'string' },
          transaction_id: { type: 'string' },
          out_refund_no: { type: 'string' },
          refund_id: { type: 'string' },
          refund_status: { type: 'string' },
          success_time: { type: 'string', description: '带时区的 ISO 8601，成功时才有' },
          user_received_account: { type: 'string' },
          amount: {
            type: 'object',
            additionalProperties: true,
            required: ['total', 'refund'],
            properties: {
              total: { type: 'integer', description: '分' },
              refund: { type: 'integer', description: '分' },
              payer_total: { type: 'integer', description: '分' },
              payer_refund: { type: 'integer', description: '分' },
            },
          },
        },
      },
      WechatAccepted: {
        type: 'object',
        properties: { code: { type: 'string', const: 'SUCCESS' }, message: { type: 'string' } },
        additionalProperties: false,
        required: ['code', 'message'],
      },
      WechatRefused: {
        type: 'object',
        properties: { code: { type: 'string', const: 'FAIL' }, message: { type: 'string', minLength: 1 } },
        additionalProperties: false,
        required: ['code', 'message'],
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
          data: { $ref: '#/components/schemas/LoginReasonOrNull' },
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
        description: '请求与当前状态冲突',
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
      Error1001: {
        type: 'object',
        description: '您已报名该训练营，无需重复报名',
        properties: {
          code: { type: 'integer', const: 1001 },
          message: { type: 'string', const: '您已报名该训练营，无需重复报名' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1002: {
        type: 'object',
        description: '该订单已绑定其他星球用户',
        properties: {
          code: { type: 'integer', const: 1002 },
          message: { type: 'string', const: '该订单已绑定其他星球用户' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1003: {
        type: 'object',
        description: '绑定已过期，请联系管理员处理',
        properties: {
          code: { type: 'integer', const: 1003 },
          message: { type: 'string', const: '绑定已过期，请联系管理员处理' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1004: {
        type: 'object',
        description: '请先完成星球信息绑定',
        properties: {
          code: { type: 'integer', const: 1004 },
          message: { type: 'string', const: '请先完成星球信息绑定' },
          data: { $ref: '#/components/schemas/BindHint' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1005: {
        type: 'object',
        description: '订单不存在或已取消',
        properties: {
          code: { type: 'integer', const: 1005 },
          message: { type: 'string', const: '订单不存在或已取消' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1006: {
        type: 'object',
        description: '训练营不在报名期',
        properties: {
          code: { type: 'integer', const: 1006 },
          message: { type: 'string', const: '训练营不在报名期' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1101: {
        type: 'object',
        description: '该训练营已有会员报名，无法删除',
        properties: {
          code: { type: 'integer', const: 1101 },
          message: { type: 'string', const: '该训练营已有会员报名，无法删除' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1102: {
        type: 'object',
        description: '训练营状态不允许此操作',
        properties: {
          code: { type: 'integer', const: 1102 },
          message: { type: 'string', const: '训练营状态不允许此操作' },
          data: { $ref: '#/components/schemas/FieldErrorsOrNull' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1103: {
        type: 'object',
        description: '训练营信息不完整，无法发布',
        properties: {
          code: { type: 'integer', const: 1103 },
          message: { type: 'string', const: '训练营信息不完整，无法发布' },
          data: { $ref: '#/components/schemas/FieldErrors' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1201: {
        type: 'object',
        description: '同步进行中，请稍后再试',
        properties: {
          code: { type: 'integer', const: 1201 },
          message: { type: 'string', const: '同步进行中，请稍后再试' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1202: {
        type: 'object',
        description: '知识星球Cookie已过期，请更新',
        properties: {
          code: { type: 'integer', const: 1202 },
          message: { type: 'string', const: '知识星球Cookie已过期，请更新' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1203: {
        type: 'object',
        description: '知识星球API调用失败',
        properties: {
          code: { type: 'integer', const: 1203 },
          message: { type: 'string', const: '知识星球API调用失败' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1301: {
        type: 'object',
        description: '退款记录不存在',
        properties: {
          code: { type: 'integer', const: 1301 },
          message: { type: 'string', const: '退款记录不存在' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1302: {
        type: 'object',
        description: '退款状态不允许此操作',
        properties: {
          code: { type: 'integer', const: 1302 },
          message: { type: 'string', const: '退款状态不允许此操作' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1303: {
        type: 'object',
        description: '商户余额不足',
        properties: {
          code: { type: 'integer', const: 1303 },
          message: { type: 'string', const: '商户余额不足' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1304: {
        type: 'object',
        description: '退款API调用失败',
        properties: {
          code: { type: 'integer', const: 1304 },
          message: { type: 'string', const: '退款API调用失败' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1305: {
        type: 'object',
        description: '退款金额超过原支付金额',
        properties: {
          code: { type: 'integer', const: 1305 },
          message: { type: 'string', const: '退款金额超过原支付金额' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1401: {
        type: 'object',
        description: '用户名已存在',
        properties: {
          code: { type: 'integer', const: 1401 },
          message: { type: 'string', const: '用户名已存在' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1402: {
        type: 'object',
        description: '用户不存在',
        properties: {
          code: { type: 'integer', const: 1402 },
          message: { type: 'string', const: '用户不存在' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1403: {
        type: 'object',
        description: '原密码错误',
        properties: {
          code: { type: 'integer', const: 1403 },
          message: { type: 'string', const: '原密码错误' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1404: {
        type: 'object',
        description: '配置项不存在',
        properties: {
          code: { type: 'integer', const: 1404 },
          message: { type: 'string', const: '配置项不存在' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
      Error1405: {
        type: 'object',
        description: '密码或动态码错误',
        properties: {
          code: { type: 'integer', const: 1405 },
          message: { type: 'string', const: '密码或动态码错误' },
          data: { type: 'null' },
          timestamp: { $ref: '#/components/schemas/Timestamp' },
        },
        additionalProperties: false,
        required: ['code', 'message', 'data', 'timestamp'],
      },
    },
  },
};
