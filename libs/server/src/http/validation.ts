import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { invalid, type FieldError } from '../business-error.js';

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
const FRAMEWORK_RULES: Record<string, string> = {
  whitelistValidation: '不认识的字段',
  unknownValue: '格式不正确',
  isObject: '应为对象',
};

function fieldErrors(error: ValidationError, path: string): FieldError[] {
  const name = error.property.slice(0, MOST_NAME);
  const field = path ? `${path}.${name}` : name;
  if (error.children && error.children.length > 0)
    return error.children.flatMap((child) => fieldErrors(child, field));
  const [rule = '', message = ''] = Object.entries(error.constraints ?? {})[0] ?? [];
  return [{ field, message: FRAMEWORK_RULES[rule] ?? (message || '格式不正确') }];
}
