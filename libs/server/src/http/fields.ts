import { applyDecorators } from '@nestjs/common';
import {
  fenFromYuan,
  isBlank,
  isBroken,
  isBusinessDate,
  planetIdOf,
  sentence,
  tidyText,
  type Fen,
  type ParamsOf,
  type Sentence,
  type SentenceCode,
} from '@yajin/core';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';

type Decorator = PropertyDecorator;
const MAX_ID = Number.MAX_SAFE_INTEGER;

/** What a rule has for who answers a request: the sentence that it says. */
export interface RuleContext {
  said: Sentence | ((value: unknown) => Sentence | null);
}

interface SentenceOptions {
  message: string;
  context: RuleContext;
}

/** The options of a rule that says a sentence of ours. */
export function says<Code extends SentenceCode>(code: Code, ...params: ParamsOf<Code>): SentenceOptions {
  const said = sentence(code, ...params);
  return { message: said.message, context: { said } };
}

export interface TextOptions {
  max: number;
  /** Defaults to 1: text of which nothing is seen is refused. */
  min?: number;
  each?: boolean;
}

/** Text without control characters, unseen marks, or blanks at its ends. */
export function Text({ max, min = 1, each = false }: TextOptions): Decorator {
  return applyDecorators(
    Transform(({ value }) => eachText(value as unknown, tidyText)),
    IsString({ each, ...says('not_text') }),
    MinLength(min, { each, ...(min === 1 ? says('blank') : says('too_short', min)) }),
    MaxLength(max, { each, ...says('too_long', max) }),
    check('whole', (value) => typeof value === 'string' && !isBroken(value), {
      each,
      ...says('broken_text'),
    }),
    ...(min > 0
      ? [
          check('seen', (value) => typeof value === 'string' && !isBlank(value), {
            each,
            ...says('blank'),
          }),
        ]
      : []),
  );
}

/** A zsxq user's id, or a list of them, in digits; unseen marks and blanks that were copied along are dropped. */
export function PlanetId({ each = false } = {}): Decorator {
  return applyDecorators(
    Transform(({ value }) => eachText(value as unknown, (text) => planetIdOf(text) ?? text)),
    check('planetId', (value) => typeof value === 'string' && planetIdOf(value) === value, {
      each,
      ...says('not_planet_id'),
    }),
  );
}

function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  return Array.isArray(value) ? value.map((item: unknown) => eachText(item, change)) : value;
}

/** An id in a JSON body. */
export function Id(): Decorator {
  return Whole({ min: 1, max: MAX_ID });
}

/** At most `max` different ids. One rule, so that a list of thousands is not looked at by each of several. */
export function Ids(max: number): Decorator {
  const problem = (value: unknown): Sentence | null => {
    if (!Array.isArray(value)) return sentence('not_array');
    if (value.length > max) return sentence('too_many', max);
    if (!value.every((each) => Number.isInteger(each))) return sentence('not_whole');
    if (!value.every((each) => each >= 1 && each <= MAX_ID)) return sentence('not_id');
    return new Set(value).size === value.length ? null : sentence('repeated');
  };
  const validate = (value: unknown): boolean => problem(value) === null;
  const defaultMessage = (about?: { value: unknown }): string => problem(about?.value)?.message ?? '';
  const context: RuleContext = { said: problem };
  return ValidateBy({ name: 'ids', validator: { validate, defaultMessage } }, { context });
}

/** No two alike, found in one pass. */
export function Distinct(): Decorator {
  const distinct = (value: unknown): boolean => Array.isArray(value) && new Set(value).size === value.length;
  return ValidateBy({ name: 'distinct', validator: { validate: distinct } }, says('repeated'));
}

/** A whole number in a JSON body. */
export function Whole({ min, max }: { min: number; max: number }): Decorator {
  return applyDecorators(
    IsInt(says('not_whole')),
    Min(min, says('below', min)),
    Max(max, says('above', max)),
  );
}

/** A whole number in a path or query, where everything arrives as text. */
export function WholeText(range: { min: number; max: number }): Decorator {
  return applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : (value as unknown),
    ),
    Whole(range),
  );
}

export function IdText(): Decorator {
  return WholeText({ min: 1, max: MAX_ID });
}

/** Ids in a query, separated by commas. */
export function IdsText(max: number): Decorator {
  return applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && /^\d{1,15}(,\d{1,15})*$/.test(value)
        ? value.split(',').map(Number)
        : (value as unknown),
    ),
    Ids(max),
  );
}

export function OneOf(values: readonly string[]): Decorator {
  return IsIn([...values], says('not_one_of', values.join('、')));
}

/** `true` or `false` in a query. */
export function FlagText(): Decorator {
  return applyDecorators(
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown))),
    IsBoolean(says('not_flag')),
  );
}

/** A date that exists, `yyyy-MM-dd`. */
export function DateText(): Decorator {
  return check('dateText', (value) => typeof value === 'string' && isBusinessDate(value), says('not_date'));
}

/** Yuan as a JSON number with at most two decimals, within limits given in fen. */
export function Yuan({ minFen, maxFen }: { minFen: number; maxFen: number }): Decorator {
  return check(
    'yuan',
    (value) => inRange(value, minFen, maxFen),
    says('not_yuan', minFen / 100, maxFen / 100),
  );
}

/** An absolute http(s) address. What a browser's address bar would encode, such as Chinese, is encoded. */
export function WebAddress(): Decorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? encodeAddress(value.trim()) : (value as unknown))),
    Text({ max: 500 }),
    check('webAddress', (value) => typeof value === 'string' && isWebAddress(value), {
      ...says('not_web_address'),
    }),
  );
}

export const Optional = (): Decorator => IsOptional();

/** `page` and `pageSize` of every list. @param most rows a page; more than 100 for what is chosen by the thousand only */
export function PageQuery(
  defaultSize: number,
  most = 100,
): abstract new () => { page: number; pageSize: number } {
  class Paged {
    @IsOptional()
    @WholeText({ min: 1, max: 1_000_000 })
    page: number = 1;

    @IsOptional()
    @WholeText({ min: 1, max: most })
    pageSize: number = defaultSize;
  }
  return Paged;
}

/** A list that can be narrowed to business dates, both ends included. */
export function DatedPageQuery(
  defaultSize: number,
  most = 100,
): abstract new () => { page: number; pageSize: number; startDate?: string; endDate?: string } {
  class Dated extends PageQuery(defaultSize, most) {
    @IsOptional()
    @DateText()
    startDate?: string;

    @IsOptional()
    @DateText()
    endDate?: string;
  }
  return Dated;
}

function check(name: string, test: (value: unknown) => boolean, options: ValidationOptions): Decorator {
  return ValidateBy({ name, validator: { validate: test } }, options);
}

function inRange(value: unknown, minFen: number, maxFen: number): boolean {
  if (typeof value !== 'number') return false;
  try {
    const amount: Fen = fenFromYuan(value);
    return amount >= minFen && amount <= maxFen;
  } catch {
    return false;
  }
}

/** RFC 3986: nothing but what an address may be made of. */
const ADDRESS = /^https?:\/\/(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-Fa-f]{2})+$/;

function encodeAddress(text: string): string {
  return ADDRESS.test(text) || !URL.canParse(text) ? text : new URL(text).href;
}

function isWebAddress(text: string): boolean {
  return ADDRESS.test(text) && URL.canParse(text);
}
