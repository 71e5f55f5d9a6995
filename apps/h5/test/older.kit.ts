import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'acorn';
import { ancestor, type AncestorVisitors } from 'acorn-walk';
import { parse as parseStyles, type Declaration } from 'postcss';

const OLDER = path.join(__dirname, '../../../tools/older');

/** What iOS 14 or Chrome 87 does not have; made by tools/older/newer-apis.ts. */
export const NEWER = fs.readFileSync(path.join(OLDER, 'newer-apis.txt'), 'utf8');

/** The same of styles, one a line: `aspect-ratio`, `overflow-wrap: anywhere`, `gap of flex`, `min()`, `1dvh`, `:is`, `@layer`. */
const NEWER_STYLES = new Set(
  fs.readFileSync(path.join(OLDER, 'newer-styles.txt'), 'utf8').trim().split('\n'),
);

/**
 * Both know logical assignment and numeric separators, which came in 2021 (https://github.com/tc39/proposals/blob/main/finished-proposals.md);
 * iOS 14 knows nothing of the years after, whose class fields are Safari 14.1's: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Classes/Public_class_fields#browser_compatibility
 */
const LANGUAGE = 2021;

const lines = NEWER.trim()
  .split('\n')
  .map((line) => line.split(': '));
const globals = new Set(
  lines.flatMap(([owner = '', members]) =>
    members === undefined ? [owner] : owner === 'Window' ? named(members) : [],
  ),
);
/** Nothing older is called so; names marked with `~` are used by something older, too. */
const methods = new Set(lines.flatMap(([, members]) => (members === undefined ? [] : named(members))));

/** Of whom a newer member is called by the owner's name: `AbortSignal.any`. */
const statics = new Set(
  lines.flatMap(([owner = '', members = '']) =>
    members.split(' ').map((member) => `${owner}.${nameOf(member)}`),
  ),
);

function nameOf(member: string): string {
  return member.replace('~', '').replace('_static', '');
}

function named(members: string): string[] {
  return members
    .split(' ')
    .filter((member) => !member.startsWith('~'))
    .map(nameOf);
}

/**
 * What a file of the built pages asks of a browser that the oldest ones do not have: syntax, calls of newer methods, newer globals
 * that it has not asked for by `typeof`, and patterns that iOS cannot read.
 */
export function newerIn(source: string): string[] {
  let program;
  try {
    program = parse(source, { ecmaVersion: LANGUAGE, sourceType: 'module' });
  } catch (error) {
    return [`syntax: ${error instanceof Error ? error.message : String(error)}`];
  }
  const found = new Set<string>();
  const asked = new Set<string>();
  const visitors: AncestorVisitors<unknown> = {
    CallExpression({ callee, optional }) {
      if (callee.type !== 'MemberExpression' || callee.computed || optional) return;
      if (callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      const owner = callee.object.type === 'Identifier' ? callee.object.name : '';
      if (methods.has(name) || statics.has(`${owner}.${name}`)) found.add(`.${name}()`);
    },
    UnaryExpression({ operator, argument }) {
      if (operator === 'typeof' && argument.type === 'Identifier') asked.add(argument.name);
    },
    Identifier({ name }) {
      if (globals.has(name)) found.add(name);
    },
    Literal({ regex, raw }) {
      // Safari reads looking behind from 16.4 on: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Regular_expressions/Lookbehind_assertion
      if (regex && (/\(\?<[=!]/.test(regex.pattern) || /[dv]/.test(regex.flags))) found.add(`pattern ${raw}`);
    },
  };
  ancestor(program, visitors);
  return [...found].filter((name) => !asked.has(name));
}

/**
 * What a file of styles asks of a browser that the oldest ones do not have. What is only for those that have it (`@supports`) is let
 * through, and what has an older value or a prefixed property before it.
 */
export function newerStylesIn(source: string): string[] {
  const root = parseStyles(source);
  root.walkAtRules('supports', (rule) => {
    if (!rule.params.startsWith('not')) rule.remove();
  });
  const found: string[] = [];
  root.walkAtRules(({ name }) => void found.push(`@${name}`));
  root.walkRules(({ selector }) => {
    for (const [, name = ''] of selector.matchAll(/::?([a-z-]+)/g)) found.push(`:${name}`);
  });
  root.walkDecls((style) => {
    if (!hasOlder(style)) found.push(...askedBy(style));
  });
  return [...new Set(found)].filter((name) => NEWER_STYLES.has(name));
}

/** A file of styles as the oldest browsers read it, which leave out what they do not know. */
export function oldStyles(source: string): string {
  const root = parseStyles(source);
  root.walkAtRules('supports', (rule) => {
    if (rule.params.startsWith('not')) rule.replaceWith(rule.nodes ?? []);
    else rule.remove();
  });
  root.walkDecls((style) => {
    if (askedBy(style).some((name) => NEWER_STYLES.has(name))) style.remove();
  });
  return root.toString();
}

function askedBy(style: Declaration): string[] {
  const { prop } = style;
  if (prop.startsWith('--')) return [];
  const value = style.value.replace(/"[^"]*"|url\([^)]*\)/g, '');
  const words = [...value.matchAll(/([a-z-]+)(\(?)/g)];
  const units = [...value.matchAll(/\d([a-z]+)/g)];
  return [
    prop,
    ...(siblings(style).some((other) => other.prop === 'display' && other.value === 'grid')
      ? []
      : [`${prop} of flex`]),
    ...words.map(([, word, call]) => (call ? `${word}()` : `${prop}: ${word}`)),
    ...units.map(([, unit]) => `1${unit}`),
  ];
}

function hasOlder(style: Declaration): boolean {
  const all = siblings(style);
  return (
    all.some(({ prop }) => prop === `-webkit-${style.prop}`) ||
    all.slice(0, all.indexOf(style)).some(({ prop }) => prop === style.prop)
  );
}

function siblings({ parent }: Declaration): Declaration[] {
  return (parent?.nodes ?? []).flatMap((node) => (node.type === 'decl' ? node : []));
}

/** Runs in the page, before anything of it: takes away what the oldest browsers do not have. */
export function growOld(newer: string): void {
  type Owner = Record<string, unknown> & { prototype?: Record<string, unknown> };
  const top = globalThis as unknown as Record<string, Owner | undefined>;
  const remove = (owner: object | undefined, name: string): void => {
    if (owner) Reflect.deleteProperty(owner, name);
  };
  for (const line of newer.trim().split('\n')) {
    const [owner = '', members] = line.split(': ');
    const [outer = '', inner] = owner.split('.');
    if (members === undefined) {
      remove(inner === undefined ? top : top[outer], inner ?? outer);
      continue;
    }
    const object = inner === undefined ? top[outer] : (top[outer]?.[inner] as Owner | undefined);
    for (const each of members.split(' ')) {
      const member = each.replace('~', '').replace('_static', '');
      remove(object, member);
      if (!each.endsWith('_static')) remove(object?.prototype, member);
      if (owner === 'Window') remove(top, member);
    }
  }
}
