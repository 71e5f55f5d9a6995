/** The flat XML of WeChat Pay API v2: one root, and in it named texts. Nothing else is understood. */
import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';

import { Malformed } from '../json.js';

export type Fields = Readonly<Record<string, string>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
});

/** Far more than any message has: a document of nothing but tags is not worth reading. */
const MOST_TAGS = 400;

/**
 * Reads a message. A document type or a reference to an entity is refused before anything is parsed: an honest
 * gateway sends neither, and both are how XML is used against its reader.
 * @throws Malformed
 */
export function parseXml(text: string, root = 'xml'): Fields {
  const markup = withoutTexts(text);
  if (markup.split('<', MOST_TAGS + 2).length > MOST_TAGS + 1) throw new Malformed('XML 的标签过多');
  if (markup.includes('<!')) throw new Malformed('XML 含有文档类型声明');
  if (markup.includes('&')) throw new Malformed('XML 含有实体引用');
  const document = parse(text);
  const content = objectOf(document?.[root]);
  if (!document || !content || Object.keys(document).some((name) => name !== root && name !== '#text'))
    throw new Malformed(`XML 的根不是 ${root}`);
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(content)) {
    if (name === '#text' && String(value).trim() === '') continue;
    if (typeof value !== 'string' || !/^[A-Za-z_][\w-]*$/.test(name))
      throw new Malformed(`XML 的 ${name} 不是单个文本`);
    fields[name] = value;
  }
  return fields;
}

/** What stands outside of CDATA, in one pass. @throws Malformed when one has no end */
function withoutTexts(text: string): string {
  const parts: string[] = [];
  for (let at = 0; ;) {
    const begin = text.indexOf('<![CDATA[', at);
    parts.push(text.slice(at, begin === -1 ? undefined : begin));
    if (begin === -1) return parts.join('');
    const end = text.indexOf(']]>', begin);
    if (end === -1) throw new Malformed('XML 的 CDATA 没有结束');
    at = end + ']]>'.length;
  }
}

/** The parser reads on where XML is broken, so it is validated first; both throw, each in words of its own. */
function parse(text: string): Record<string, unknown> | null {
  try {
    SyntaxValidator.validate(text);
    return objectOf(parser.parse(text.replace(/^\s*<\?xml[^>]*\?>/, '')));
  } catch {
    throw new Malformed('不是 XML');
  }
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

export function toXml(fields: Fields): string {
  const texts = Object.entries(fields).map(
    ([name, value]) => `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`,
  );
  return `<xml>${texts.join('')}</xml>`;
}
