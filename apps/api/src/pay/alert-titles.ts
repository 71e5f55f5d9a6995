import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import type { KernelAlert } from '@yajin/payment';
import { Alerts } from '@yajin/server';

/** What operators are pushed, and what the console calls it in Chinese: `alert-words.ts` says the same. */
export const TITLES = {
  'trade-unusable': '查询到的支付无法处理，已隔离',
  suspense: '有一笔款项需人工归属或退回',
  'registrations-refused': '支付渠道接连拒绝下单，会员无法付款',
  'delivery-failing': '业务线无法处理一笔款项的变化',
  'due-work-failing': '后台处理出错',
  'returned-by-gateway': '一笔付款已由网关自行退回',
  'returned-beyond-remainder': '网关已退回一笔付款的部分款项，账上已无可退余额，请人工核实',
  'returned-beside-refunds': '网关已退回一笔付款的部分款项，本系统的退款仍在途，请人工核实',
  'settled-outside-and-returned': '已线下处理的退款又由网关退回，请追回',
  'notification-quarantined': '支付通知无法处理，已隔离',
  'unknown-key': '支付渠道用了未知的密钥签名，请补充它的公钥或证书',
  'key-file-unreadable': '支付渠道的密钥文件无法读取',
  'certificate-expires': '支付渠道的平台证书即将到期，请更换',
  'refund-not-found': '退款在网关侧查不到',
  'refund-slow': '退款超过一天没有结果，请人工核实',
  'refund-result-odd': '退款结果无法处理',
  'refund-failed': '退款失败，需人工处理',
  'refunds-paused': '商户余额不足，退款已暂停',
  'refund-starved': '商户余额长期不足，渠道关闭了退款，请充值',
  'payouts-stopped': '已止付：退款与转账停止发出，解除后自动继续',
  'second-person': '有退款或转账待第二人确认',
  'transfer-not-found': '转账在网关侧查不到',
  'transfer-slow': '转账超过一天没有结果，请人工核实',
  'transfer-result-odd': '转账结果无法处理',
  'transfer-failed': '转账失败，需人工处理',
  'bill-unreadable': '渠道账单无法读取',
  'statement-unreadable': '商户账户的资金账单无法读取',
  'withdrawal-unconfirmed': '提现未确认到账，请核实银行流水',
  'differences-found': '对账发现差异，请核实',
  'job-failing': '后台任务反复失败',
  'system-audit-broken': '操作日志校验失败，可能被改动',
  'system-audit-late': '操作日志有记录长时间未入链',
  'system-audit-keys-gone': '操作日志从中间某条起才有密钥校验',
  'system-login-failed': '登录失败集中出现',
  'system-code-failed': '密码正确但动态码错误集中出现',
  'system-locked-out': '登录锁定集中出现',
  'system-proof-failed': '已登录用户多次输错密码或动态码',
  'system-denied': '越权访问集中出现',
  'system-calls-failing': '对外调用连续失败，请按健康页所示处理',
  'system-clock-skewed': '本机时钟与对方不一致，请校准时间',
  'system-database-silent': '数据库没有应答，服务不可用',
  'camp-identity-proved-away': '会员的星球身份被他人验证取走，请核实',
  'camp-identity-linked-away': '会员的星球身份被专属链接取走，请核实',
  'camp-identity-rival': '两位会员验证了同一个星球身份，请人工核实',
  'camp-identity-contested': '两位会员用同一个星球 ID 报名，请核实',
  'camp-refund-exceeds': '退款金额超过可退余额',
  'camp-unallocated': '固定码收款未能归属，请人工处理',
  'camp-cookie-expired': '知识星球Cookie已过期，请更新',
  'camp-sync-failed': '知识星球同步失败',
} as const satisfies Record<Console.PayAlertKind | KernelAlert, string>;

/** Nobody can pay, money may be lost, or somebody is at the doors. */
const CRITICAL = [
  'trade-unusable',
  'registrations-refused',
  'returned-beyond-remainder',
  'settled-outside-and-returned',
  'notification-quarantined',
  'unknown-key',
  'key-file-unreadable',
  'refund-not-found',
  'refunds-paused',
  'refund-starved',
  'transfer-not-found',
  'system-audit-broken',
  'system-audit-keys-gone',
  'system-code-failed',
  'system-calls-failing',
  'system-clock-skewed',
  'system-database-silent',
] as const satisfies readonly Console.PayAlertKind[];

export function isAlertKind(kind: string): kind is Console.PayAlertKind {
  return Object.hasOwn(TITLES, kind);
}

/** Says what is alerted of in words, whoever raises it. */
@Injectable()
export class AlertTitles implements OnModuleInit {
  constructor(private readonly alerts: Alerts) {}

  onModuleInit(): void {
    this.alerts.entitle(TITLES, CRITICAL);
  }
}
