import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { sentence, type Sentence } from '@yajin/core';
import type { ValidationError } from 'class-validator';
import { invalid, type FieldError } from '../business-error.js';
import type { RuleContext } from './fields.js';

/** More than a person reads, and than a form has. */
const MOST_ERRORS = 20;
/** Of a field that nobody named: it is said back to whoever sent it. */
const MOST_NAME = 64;

/** A parameter of a query with nothing behind it is as good as none: forms and links send them. */
class Pipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isQuery = metadata.type === 'query' && typeof value === 'object' && value !== null;
    const given = isQuery
      ? Object.fromEntries(Object.entries(value).filter(([, text]) => text !== ''))
      : value;
    return super.transform(given, metadata);
  }
}

/** Checks every body, query and path against its DTO; fields nobody named are refused. */
export function validationPipe(): ValidationPipe {
  return new Pipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      invalid(...errors.flatMap((error) => fieldErrors(error, '')).slice(0, MOST_ERRORS)),
  });
}

/** What the framework finds by itself, in our words: every other rule says its own. */
const FRAMEWORK_RULES: Record<string, Sentence> = {
  whitelistValidation: sentence('unknown_field'),
  unknownValue: sentence('malformed'),
  isObject: sentence('not_object'),
};

function fieldErrors(error: ValidationError, path: string): FieldError[] {
  const name = error.property.slice(0, MOST_NAME);
  const field = path ? `${path}.${name}` : name;
  if (error.children && error.children.length > 0)
    return error.children.flatMap((child) => fieldErrors(child, field));
  const [rule = '', message = ''] = Object.entries(error.constraints ?? {})[0] ?? [];
  const said = FRAMEWORK_RULES[rule] ?? saidOf(error.contexts?.[rule], error.value);
  if (said) return [{ field, ...said }];
  return [message ? { field, message } : { field, ...sentence('malformed') }];
}

/** What a rule says of a value: always the same, or told by the value. */
function saidOf(context: unknown, value: unknown): Sentence | null {
  const { said } = (context ?? {}) as Partial<RuleContext>;
  return typeof said === 'function' ? said(value) : (said ?? null);
}
