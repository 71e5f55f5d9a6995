import type { BillForm } from '../money/bill.js';

export type Values = (string | number | null)[];

export function line(values: Values): string {
  return values.map((value) => `\`${String(value ?? '').replace(/[\r\n]+/g, ' ')}`).join(',');
}

/**
 * A file as it comes on a good day, or as it was made to come.
 * @param table headings, details, and two lines of totals
 */
export function formed(table: string[], forms: ReadonlySet<BillForm>): string {
  const [details, end] = [table.slice(0, -2), table.slice(-2)];
  const shaped = details.map((text, index) => {
    const column = index === 0 ? `${text},新的一列` : `${text},\`-`;
    return forms.has('unknownColumn') ? column : text;
  });
  const written = [...shaped, ...end].map((text) => (forms.has('fullWidth') ? fullWidth(text) : text));
  const whole = `${written.join(forms.has('lf') ? '\n' : '\r\n')}${forms.has('lf') ? '\n' : '\r\n'}`;
  const said = forms.has('cutOff') ? whole.slice(0, Math.floor(whole.length * 0.6)) : whole;
  return (forms.has('noBom') ? '' : '\uFEFF') + (forms.has('repeated') ? said + said : said);
}

/** Commas of the headings, and the signs of numbers and times: what somebody typed with a Chinese keyboard. */
function fullWidth(text: string): string {
  if (!text.startsWith('`')) return text.replaceAll(',', '，');
  return text.replace(/`[\d. :-]{4,20}(?=,|$)/g, (value) =>
    value.replaceAll('.', '．').replaceAll(':', '：'),
  );
}
