/** What makes a spreadsheet compute a field instead of showing it; full-width and small forms count as well. */
const FORMULA = /^[\t\r\n]|^\s*[-=+@－＝＋＠﹣﹦﹢﹫]/u;
/**
 * What one may take for a number, a date, a time or a truth, in either width: digits with nothing but what stands in such. Excel keeps
 * fifteen digits of a number (https://learn.microsoft.com/office/troubleshoot/excel/last-digits-changed-to-zeros) and drops leading
 * zeros, and makes dates of `1-2` and `MAR1`.
 */
const VALUE = /^[\d\sA-Za-z.,:;/\\()%‰¥$€£'+年月日号时分秒点上下午-]+$/u;
const TRUTH = /^\s*(?:true|false)\s*$/i;
/** Excel takes no longer text within a formula: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const LONGEST_LITERAL = 255;

/**
 * Somebody's text for a field of a CSV file, so that spreadsheets show it whole: a leading apostrophe before what would be computed,
 * and a formula that is nothing but the text, `="0071"`, for what would become a number or a date. Tried with Gnumeric, and
 * Excel by its documents; no other program was tried, and one that does not compute formulas as it reads a file shows the formula. A blank
 * or a tab beside it does not keep Gnumeric from making a number of it, and quotes keep nobody.
 */
export function csvText(text: string): string {
  if (FORMULA.test(text)) return `'${text}`;
  const narrow = text.normalize('NFKC');
  if (!(VALUE.test(narrow) && /\d/.test(narrow)) && !TRUTH.test(narrow)) return text;
  // Neither pattern has a quote, which would end the text.
  return text.length > LONGEST_LITERAL ? `'${text}` : `="${text}"`;
}

/** A line of a CSV file (RFC 4180): every field quoted. */
export function csvLine(fields: string[]): string {
  return `${fields.map((field) => `"${field.replace(/"/g, '""')}"`).join(',')}\r\n`;
}

/** What a field says that `csvText` may have written. */
export function csvTextOf(field: string): string {
  return /^="([^"]*)"$/.exec(field)?.[1] ?? field;
}
