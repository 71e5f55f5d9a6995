/**
 * How deep a JSON text nests, and how many keys and commas it has, found in one pass and without building anything. A text that is no JSON
 * gets figures, too; whoever parses it will say so.
 */
export function outline(json: string): { depth: number; keys: number; commas: number } {
  let [level, depth, keys, commas] = [0, 0, 0, 0];
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (quoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) quoted = false;
    } else if (character === QUOTE) quoted = true;
    else if (character === COLON) keys += 1;
    else if (character === COMMA) commas += 1;
    else if (character === BRACE || character === BRACKET) {
      level += 1;
      if (level > depth) depth = level;
      // Whoever asks has seen enough.
      if (depth > FAR) break;
    } else if (character === END_BRACE || character === END_BRACKET) level -= 1;
  }
  return { depth, keys, commas };
}

/** Far deeper than anybody allows. */
const FAR = 1000;
const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [BRACE, END_BRACE, BRACKET, END_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
