/**
 * What a stranger's text may be, in one place: whatever is signed, stored, matched or shown has been through here.
 * Every expression reads a text once.
 */

/**
 * Marks that show nothing and change how the rest is read: directions (U+202D turns 1844 into 4481 for the eye), zero-width
 * blanks, the byte order mark. Joiners and variation selectors stay: emoji are made of them.
 */
const UNSEEN =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;
/** Blanks, marks and letters that are drawn as nothing: a name needs something else. */
const BLANK = /^[\p{Z}\p{C}\p{M}\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]*$/u;
/** Control characters other than tab and line breaks; PostgreSQL cannot store the first of them. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const PLANET_ID = /^\d{1,20}$/;
/** Enough for an id with a mark before each digit; more is not worth looking at. */
const MOST_ID = 256;

/** Without what shows nothing, and without blanks at either end. */
export function tidyText(text: string): string {
  return text.replace(UNSEEN, '').trim();
}

/** Half a surrogate pair, which is no character and which neither UTF-8 nor a database takes, or a control character. */
export function isBroken(text: string): boolean {
  return !text.isWellFormed() || CONTROL.test(text);
}

/** Whether a reader sees nothing of it. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** A number as copied from wherever: in one width, and without the blanks and unseen marks that came along. */
export function tidyNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Cf}\p{Z}\s\u{FE00}-\u{FE0F}]/gu, '');
}

/**
 * A zsxq user's id: digits, as copied from wherever, in either width and with whatever unseen marks and blanks came along.
 * @returns null when it is none
 */
export function planetIdOf(text: string): string | null {
  if (text.length > MOST_ID || !text.isWellFormed()) return null;
  const digits = tidyNumber(text);
  return PLANET_ID.test(digits) ? digits : null;
}

/** Accents, and what turns a sign into a picture. */
const FOLDED_AWAY = /[\u0300-\u036F\u200C\u200D\uFE00-\uFE0F]/g;

/** As texts are compared and looked for: in one width and case, without accents and unseen marks. `folded` in SQL does the same. */
export function foldText(text: string): string {
  return tidyText(text).normalize('NFKD').replace(FOLDED_AWAY, '').toLowerCase();
}

/** Marks and letters that change how what stands beside them is read. */
const DIRECTED =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** What ends a paragraph, and with it whatever was begun in it. */
const PARAGRAPH_END = /[\n\r\u001C-\u001E\u0085\u2029]/;
const [FIRST_STRONG, POP] = ['\u2068', '\u2069'];

/**
 * Somebody else's text for amid words of ours: whatever directions it sets end with it (Unicode's FSI and PDI). Elements
 * alone do not do that: a PDI that nothing began gets out of a `<bdi>`, too, so that goes.
 */
export function isolated(text: string): string {
  if (!DIRECTED.test(text)) return text;
  let kept = '';
  let open = 0;
  for (const sign of text) {
    if (sign === POP && open === 0) continue;
    if (sign === POP) open -= 1;
    else if (sign >= '\u2066' && sign <= FIRST_STRONG) open += 1;
    kept += PARAGRAPH_END.test(sign) ? ' ' : sign;
  }
  return FIRST_STRONG + kept + POP.repeat(open + 1);
}
