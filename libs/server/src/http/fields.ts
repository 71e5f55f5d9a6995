import { applyDecorators } from '@nestjs/common';
import { fenFromYuan, isBlank, isBroken, isBusinessDate, planetIdOf, tidyText, type Fen } from '@yajin/core';
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
    IsString({ each, message: '应为文本' }),
    MinLength(min, { each, message: min === 1 ? '不能为空' : `至少 ${min} 个字符` }),
    MaxLength(max, { each, message: `最多 ${max} 个字符` }),
    check('whole', (value) => typeof value === 'string' && !isBroken(value), {
      each,
      message: '不能含有控制字符或残缺的字符',
    }),
    ...(min > 0
      ? [
          check('seen', (value) => typeof value === 'string' && !isBlank(value), {
            each,
            message: '不能为空',
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
      message: '星球用户 ID 应为数字',
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
  const problem = (value: unknown): string | null => {
    if (!Array.isArray(value)) return '应为数组';
    if (value.length > max) return `最多 ${max} 项`;
    if (!value.every((each) => Number.isInteger(each))) return '应为整数';
    if (!value.every((each) => each >= 1 && each <= MAX_ID)) return '编号不正确';
    return new Set(value).size === value.length ? null : '不能重复';
  };
  const validate = (value: unknown): boolean => problem(value) === null;
  const defaultMessage = (about?: { value: unknown }): string => problem(about?.value) ?? '';
  return ValidateBy({ name: 'ids', validator: { validate, defaultMessage } });
}

/** No two alike, found in one pass. */
export function Distinct(): Decorator {
  const distinct = (value: unknown): boolean => Array.isArray(value) && new Set(value).size === value.length;
  return ValidateBy({ name: 'distinct', validator: { validate: distinct } }, { message: '不能重复' });
}

/** A whole number in a JSON body. */
export function Whole({ min, max }: { min: number; max: number }): Decorator {
  return applyDecorators(
    IsInt({ message: '应为整数' }),
    Min(min, { message: `不能小于 ${min}` }),
    Max(max, { message: `不能大于 ${max}` }),
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
  return IsIn([...values], { message: `应为 ${values.join('、')} 之一` });
}

/** `true` or `false` in a query. */
export function FlagText(): Decorator {
  return applyDecorators(
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown))),
    IsBoolean({ message: '应为 true 或 false' }),
  );
}

/** A date that exists, `yyyy-MM-dd`. */
export function DateText(): Decorator {
  return check('dateText', (value) => typeof value === 'string' && isBusinessDate(value), {
    message: '应为存在的日期，格式 yyyy-MM-dd',
  });
}

/** Yuan as a JSON number with at most two decimals, within limits given in fen. */
export function Yuan({ minFen, maxFen }: { minFen: number; maxFen: number }): Decorator {
  return check('yuan', (value) => inRange(value, minFen, maxFen), {
    message: `应为 ${minFen / 100} 到 ${maxFen / 100} 元，最多两位小数`,
  });
}

/** An absolute http(s) address. What a browser's address bar would encode, such as Chinese, is encoded. */
export function WebAddress(): Decorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? encodeAddress(value.trim()) : (value as unknown))),
    Text({ max: 500 }),
    check('webAddress', (value) => typeof value === 'string' && isWebAddress(value), {
      message: '应为 http(s) 网址',
    }),
  );
}

export const Optional = (): Decorator => IsOptional();

/** `page` and `pageSize` of every list. */
export function PageQuery(defaultSize: number): abstract new () => { page: number; pageSize: number } {
  class Paged {
    @IsOptional()
    @WholeText({ min: 1, max: 1_000_000 })
    page: number = 1;

    @IsOptional()
    @WholeText({ min: 1, max: 100 })
    pageSize: number = defaultSize;
  }
  return Paged;
}

/** A list that can be narrowed to business dates, both ends included. */
export function DatedPageQuery(
  defaultSize: number,
): abstract new () => { page: number; pageSize: number; startDate?: string; endDate?: string } {
  class Dated extends PageQuery(defaultSize) {
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
