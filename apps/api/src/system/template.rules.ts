/** What a message about a refund says, field by field. Pure. */
import { localTime, yuanText, type Fen, sentence, type Sentence } from '@yajin/core';

/** How a message reaches a member: as of right, or because they subscribed to it. */
export type TemplateKind = 'template' | 'subscription';

/** What a field can hold. */
const SOURCES = ['camp', 'amount', 'time', 'order', 'result'] as const;
type Source = (typeof SOURCES)[number];

export interface RefundFacts {
  campName: string;
  amountFen: Fen;
  at: Date;
  /** The number that the payer finds in the wallet. */
  outTradeNo: string;
}

/**
 * Kinds of fields and what they take. A field's name begins with its kind:
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 */
const KINDS: Readonly<Record<string, readonly Source[]>> = {
  thing: ['camp', 'amount', 'time', 'result'],
  short_thing: ['amount', 'result'],
  amount: ['amount'],
  time: ['time'],
  date: ['time'],
  character_string: ['order'],
  phrase: ['result'],
  const: ['result'],
};
const MOST: Readonly<Record<string, number>> = { short_thing: 8, character_string: 32, phrase: 5 };
/** https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html: 20 characters, no colours. */
const MOST_CHARACTERS = 20;

/** The fields of a template that many categories have; operators name those of their own. */
export const DEFAULT_FIELDS = 'thing1=camp,amount2=amount,time3=time';

/** @returns the fields by what they hold; or what is wrong */
export function parseFields(text: string): Map<string, Source> | Sentence {
  const fields = new Map<string, Source>();
  for (const part of text.split(',')) {
    const [name = '', source = ''] = part.split('=').map((each) => each.trim());
    const kind = /^([a-z_]+?)\d{1,3}$/.exec(name)?.[1] ?? '';
    const takes = KINDS[kind];
    if (!takes) return sentence('template_field_unknown', name || part);
    const known = SOURCES.find((each) => each === source);
    if (!known) return sentence('template_source_unknown', name, SOURCES.join('、'));
    if (!takes.includes(known)) return sentence('template_source_wrong', name, source, takes.join('、'));
    if (fields.has(name)) return sentence('template_field_twice', name);
    fields.set(name, known);
  }
  return fields;
}

/** @throws Error when the fields are not of the form that `parseFields` reads */
export function fieldValues(fields: string, facts: RefundFacts): Record<string, string> {
  const parsed = parseFields(fields);
  if (!(parsed instanceof Map)) throw new Error(parsed.message);
  return Object.fromEntries([...parsed].map(([name, source]) => [name, valueOf(name, source, facts)]));
}

function valueOf(name: string, source: Source, { campName, amountFen, at, outTradeNo }: RefundFacts): string {
  const kind = name.replace(/\d+$/, '');
  return short(say(), MOST[kind] ?? MOST_CHARACTERS);

  function say(): string {
    switch (source) {
      case 'camp':
        return campName;
      case 'amount':
        return `${yuanText(amountFen)}元`;
      case 'time':
        return minuteOf(at);
      case 'order':
        return outTradeNo;
      case 'result':
        return '退款成功';
    }
  }
}

/** `2026年11月29日 09:12`, which both `time` and `date` take. */
function minuteOf(at: Date): string {
  return localTime(at).replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, '$1年$2月$3日 $4');
}

/** Characters as people count them, on one line. */
function short(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  if (characters.length <= most) return characters.join('');
  return `${characters.slice(0, most - 1).join('')}…`;
}

/** For accounts without templates. */
export function refundText({ campName, amountFen }: RefundFacts): string {
  return `您的押金已退还：${campName}，${yuanText(amountFen)} 元，已原路退回。感谢您的坚持！`;
}
