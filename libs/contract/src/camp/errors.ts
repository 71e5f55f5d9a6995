import type { CampCode } from './types.gen.js';

/**
 * What each code of the camp line says to people and which HTTP status carries it. Business codes answer with exactly
 * this message; a generic code may say something more precise. A state that forbids the request is 409, something
 * that does not exist 404, and another system that refuses or fails us 502.
 */
export const campErrors: Readonly<Record<CampCode, { message: string; status: number }>> = {
  400: { message: '请求参数错误', status: 400 },
  401: { message: '未认证或Token过期', status: 401 },
  403: { message: '无权限', status: 403 },
  404: { message: '资源不存在', status: 404 },
  409: { message: '请求与当前状态冲突', status: 409 },
  413: { message: '请求内容过大', status: 413 },
  415: { message: '不支持的内容类型', status: 415 },
  429: { message: '请求过于频繁，请稍后再试', status: 429 },
  500: { message: '服务器内部错误', status: 500 },
  503: { message: '服务暂不可用，请稍后再试', status: 503 },

  1001: { message: '您已报名该训练营，无需重复报名', status: 409 },
  1002: { message: '该订单已绑定其他星球用户', status: 409 },
  1003: { message: '绑定已过期，请联系管理员处理', status: 409 },
  1004: { message: '请先完成星球信息绑定', status: 409 },
  1005: { message: '订单不存在或已取消', status: 404 },
  1006: { message: '训练营不在报名期', status: 409 },

  1101: { message: '该训练营已有会员报名，无法删除', status: 409 },
  1102: { message: '训练营状态不允许此操作', status: 409 },
  1103: { message: '训练营信息不完整，无法发布', status: 422 },

  1201: { message: '同步进行中，请稍后再试', status: 409 },
  1202: { message: '知识星球Cookie已过期，请更新', status: 502 },
  1203: { message: '知识星球API调用失败', status: 502 },

  1301: { message: '退款记录不存在', status: 404 },
  1302: { message: '退款状态不允许此操作', status: 409 },
  1303: { message: '商户余额不足', status: 409 },
  1304: { message: '退款API调用失败', status: 502 },
  1305: { message: '退款金额超过原支付金额', status: 409 },

  1401: { message: '用户名已存在', status: 409 },
  1402: { message: '用户不存在', status: 404 },
  1403: { message: '原密码错误', status: 403 },
  1404: { message: '配置项不存在', status: 404 },
  1405: { message: '密码或动态码错误', status: 403 },
};
