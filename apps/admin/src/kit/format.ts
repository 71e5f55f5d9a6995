/** Yuan as people read them: ¥1,234.50. */
export function money(yuan: number): string {
  return `¥${yuan.toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** With its sign before the currency. */
export function signed(yuan: number): string {
  return yuan < 0 ? `−${money(-yuan)}` : money(yuan);
}

/** `2026-11-21T06:30:05` as `2026-11-21 06:30`; a dash for nothing. */
export function time(local: string | null | undefined, withSeconds = false): string {
  return local ? local.replace('T', ' ').slice(0, withSeconds ? 19 : 16) : '—';
}

export function count(value: number): string {
  return value.toLocaleString('zh-CN');
}

export function percent(value: number): string {
  return `${value.toFixed(value % 1 === 0 ? 0 : 2)}%`;
}
