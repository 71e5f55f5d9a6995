/** What is wrong with a transaction number as somebody tidied it, in words that help; null when nothing is. */
export function transactionProblem(id: string): string | null {
  if (id === '') return '请填写交易单号，不知道在哪里的话看看下面的说明';
  if (!/^\d+$/.test(id)) return '交易单号全是数字；带字母的是商户单号，请填它上面那一行';
  if (id.length < 28 || id.length > 32)
    return `交易单号是 28–32 位数字，现在有 ${id.length} 位，请再核对一下`;
  return null;
}
