import { words } from '../../../kit/text.js';

type BankType =
  | 'CMB_DEBIT'
  | 'COMM_DEBIT'
  | 'ABC_DEBIT'
  | 'CCB_DEBIT'
  | 'ICBC_DEBIT'
  | 'BOC_DEBIT'
  | 'PAB_DEBIT'
  | 'SPDB_DEBIT'
  | 'CITIC_DEBIT'
  | 'CEB_DEBIT'
  | 'CMBC_DEBIT'
  | 'CIB_DEBIT'
  | 'GDB_DEBIT'
  | 'PSBC_DEBIT'
  | 'NBCB_DEBIT';

export const bankWords = words<Record<BankType, string>>(
  {
    ICBC_DEBIT: '工商银行',
    ABC_DEBIT: '农业银行',
    CCB_DEBIT: '建设银行',
    BOC_DEBIT: '中国银行',
    COMM_DEBIT: '交通银行',
    PSBC_DEBIT: '邮储银行',
    CMB_DEBIT: '招商银行',
    SPDB_DEBIT: '浦发银行',
    CITIC_DEBIT: '中信银行',
    CEB_DEBIT: '光大银行',
    CMBC_DEBIT: '民生银行',
    CIB_DEBIT: '兴业银行',
    GDB_DEBIT: '广发银行',
    PAB_DEBIT: '平安银行',
    NBCB_DEBIT: '宁波银行',
  },
  {
    ICBC_DEBIT: 'ICBC',
    ABC_DEBIT: 'Agricultural Bank of China',
    CCB_DEBIT: 'China Construction Bank',
    BOC_DEBIT: 'Bank of China',
    COMM_DEBIT: 'Bank of Communications',
    PSBC_DEBIT: 'Postal Savings Bank',
    CMB_DEBIT: 'China Merchants Bank',
    SPDB_DEBIT: 'SPD Bank',
    CITIC_DEBIT: 'China CITIC Bank',
    CEB_DEBIT: 'China Everbright Bank',
    CMBC_DEBIT: 'China Minsheng Bank',
    CIB_DEBIT: 'Industrial Bank',
    GDB_DEBIT: 'China Guangfa Bank',
    PAB_DEBIT: 'Ping An Bank',
    NBCB_DEBIT: 'Bank of Ningbo',
  },
);

/** What is said of a refund that a gateway cannot bring to an end by itself. */
export const caseWords = words(
  {
    abnormal: '退款异常，需要处理',
    abnormalHint:
      '付款人的支付账户收不了这笔钱（例如已注销）。钱还在渠道，可改退到其他账户，或在线下退款后登记。',
    abnormalOnly: '付款人的支付账户收不了这笔钱。请在线下退款后登记。',
    merchant: '钱已退回商户账户，付款人还没有收到',
    merchantHint: '请用其他方式把这笔钱转给付款人，然后登记线下退款。渠道上的单号已经用完，不能重试。',
    failed: '退款失败',
    ownFailedHint: '钱不属于任何业务，由系统自行退回。可重试；仍失败时，在线下退款后登记。',
    retry: '重试退款',
    retryAsk: (amount: string) => `重试退款 ${amount}？`,
    retryHint: '渠道确认关闭了原退款单号时，才会换用新的单号。',
    retried: '已重新提交退款',
    failedHint: '可先在业务线的退款页重试；仍失败时，在线下退款后登记。',
    said: (failure: string) => `渠道返回：${failure}`,
    unclear: (since: string) => `退款处理超过一天没有结果（${since} 发出）`,
    unclearHint: '系统仍在查询。请先在渠道的商户平台核实；确认不会到账后，在线下退款并登记。',
    redirect: '改退到其他账户',
    redirectTitle: (amount: string) => `改退 ${amount}`,
    to: '退到',
    toPayer: '付款人的银行卡',
    toPayerHint: '由渠道直接转入，需本人的借记卡。',
    toMerchant: '商户的结算账户',
    toMerchantHint: '钱回到商户账户，由您另行转给付款人。',
    bank: '开户银行',
    account: '银行卡号',
    name: '持卡人姓名',
    secret: '卡号和姓名加密后只交给渠道，系统不保存。',
    digits: '应为 8 到 32 位数字',
    redirectDo: (amount: string) => `确认改退 ${amount}`,
    redirected: '已提交改退，结果会自动更新',
    outside: '登记线下退款',
    outsideTitle: (amount: string) => `登记线下退款 ${amount}`,
    outsideHint:
      '仅在钱已经用其他方式退给付款人之后登记。另一位同事确认后，这笔退款记为已退款，系统不再向渠道发起。',
    evidence: '凭据',
    evidenceHint: '怎样退的、什么时候、流水号',
    outsideDo: '提交登记',
    proposed: '已登记，等待另一人确认',
    waiting: '线下退款待确认',
    waitingBy: (who: string, at: string) => `${who} 于 ${at} 登记`,
    own: '须由您以外的同事确认。',
    confirm: '确认线下退款',
    confirmAsk: (amount: string) => `确认 ${amount} 已在线下退给付款人？`,
    confirmHint: '请先核对凭据。确认后不能撤回：这笔退款记为已退款，系统不再向渠道发起。',
    confirmed: '已确认线下退款',
    confirmedBy: (who: string, by: string, at: string) => `${who} 登记，${by} 于 ${at} 确认`,
    withdraw: '撤回登记',
    withdrawAsk: '撤回这条线下退款登记？',
    withdrawHint: '撤回后可以重新登记，或改用其他方式处理。',
    withdrawn: '已撤回',
  },
  {
    abnormal: 'The refund is abnormal: somebody has to see to it',
    abnormalHint:
      'The payer’s account cannot take the money, perhaps it was closed. It is still at the gateway: send it to another account, or pay it outside and say so here.',
    abnormalOnly: 'The payer’s account cannot take the money. Pay it outside and say so here.',
    merchant: 'The money went back to the merchant: the payer does not have it yet',
    merchantHint:
      'Pay it to the payer by other means, then say so here. The gateway’s number is used up: it cannot be tried again.',
    failed: 'The refund failed',
    ownFailedHint:
      'The system sends this money back by itself: no line has a use for it. Try again; if it still fails, pay it outside and say so here.',
    retry: 'Try again',
    retryAsk: (amount: string) => `Try the refund of ${amount} again?`,
    retryHint: 'It gets a new number only if the gateway has proved the old one closed.',
    retried: 'The refund is on its way again',
    failedHint: 'Try it again on its line’s page first. If it still fails, pay it outside and say so here.',
    said: (failure: string) => `The gateway said: ${failure}`,
    unclear: (since: string) => `No outcome for more than a day (sent ${since})`,
    unclearHint:
      'The system still asks. Check at the gateway first; once you are sure that it will not arrive, pay it outside and say so here.',
    redirect: 'Send to another account',
    redirectTitle: (amount: string) => `Redirect ${amount}`,
    to: 'To',
    toPayer: 'A bank card of the payer’s',
    toPayerHint: 'The gateway pays it in. It must be their own debit card.',
    toMerchant: 'The merchant’s account',
    toMerchantHint: 'The money comes back to the merchant: pass it on to the payer yourself.',
    bank: 'Bank',
    account: 'Card number',
    name: 'Card holder',
    secret: 'Number and name are encrypted for the gateway alone; nothing of them is kept.',
    digits: '8 to 32 digits',
    redirectDo: (amount: string) => `Redirect ${amount}`,
    redirected: 'Redirected; the outcome will show here',
    outside: 'Refunded outside',
    outsideTitle: (amount: string) => `${amount} refunded outside`,
    outsideHint:
      'Only once the payer has been paid by other means. When a colleague confirms it, the refund counts as done and is never sent again.',
    evidence: 'Evidence',
    evidenceHint: 'How, when, and under which number',
    outsideDo: 'Submit',
    proposed: 'Submitted; a colleague has to confirm it',
    waiting: 'Refunded outside, to be confirmed',
    waitingBy: (who: string, at: string) => `said by ${who}, ${at}`,
    own: 'Somebody other than you has to confirm it.',
    confirm: 'Confirm',
    confirmAsk: (amount: string) => `Has the payer been paid ${amount} outside?`,
    confirmHint:
      'Check the evidence first. This cannot be undone: the refund counts as done and is never sent again.',
    confirmed: 'Confirmed: refunded outside',
    confirmedBy: (who: string, by: string, at: string) => `said by ${who}, confirmed by ${by}, ${at}`,
    withdraw: 'Withdraw',
    withdrawAsk: 'Withdraw what was said?',
    withdrawHint: 'It can be said again, or the refund be seen to in another way.',
    withdrawn: 'Withdrawn',
  },
);
