import path from 'node:path';
import ts from 'typescript';
import { CHINESE } from './plain-words.kit.js';

const SOURCES = path.join(__dirname, '../src');
const ROOT = path.join(__dirname, '../../..');

/** One text among the arguments of `words`, by the property that holds it. */
type Key = ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration;

/** What is wrong with the console's words as its sources use them: `file:line key`. */
export function findings(): { unused: string[]; stray: string[] } {
  const program = consoleProgram();
  const checker = program.getTypeChecker();
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => path.resolve(fileName).startsWith(SOURCES + path.sep));
  const keys = new Set(files.flatMap((file) => tables(file).flatMap(keysBelow)));
  const used = new Set<ts.Node>();
  const use = (symbol: ts.Symbol | undefined, whole: boolean): void => {
    for (const key of symbol?.declarations ?? []) {
      if (!keys.has(key as Key)) continue;
      used.add(key);
      if (whole) for (const each of keysBelow(key)) used.add(each);
    }
  };
  const named = new Set([...keys].map(nameOf));
  const bound = new Set(files.flatMap(boundNames));
  const mayRead = (node: ts.Node): boolean =>
    ts.isPropertyAccessExpression(node)
      ? named.has(node.name.text)
      : ts.isIdentifier(node)
        ? bound.has(node.text)
        : true;
  for (const file of files)
    each(file, (node) => {
      if (mayRead(node)) uses(node, checker, keys, use);
    });
  return {
    unused: [...keys].filter((key) => !used.has(key) && !leadsToUsed(key, used)).map(place),
    stray: files.flatMap(strays),
  };
}

function consoleProgram(): ts.Program {
  const file = path.join(ROOT, 'tsconfig.web.json');
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as { config: object };
  const include = ['apps/admin/src'];
  const { fileNames, options } = ts.parseJsonConfigFileContent({ ...config, include }, ts.sys, ROOT);
  return ts.createProgram(fileNames, { ...options, noEmit: true });
}

/** The Chinese side of every table without a type of its own: of those that have one, codes of the API are the keys. */
function tables(file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  each(file, (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'words' && !node.typeArguments)
      found.push(...node.arguments.slice(0, 1));
  });
  return found;
}

function nameOf(key: Key): string {
  return ts.isComputedPropertyName(key.name) ? key.name.getText() : key.name.text;
}

/** What a file calls the words that it reads. Asking the compiler about these alone takes a third of the time. */
function boundNames(file: ts.SourceFile): string[] {
  return [...file.text.matchAll(/(\w+)(?: = useWords\(|: Text\b|: typeof \w+\.zh\b)/g)].map(
    ([, name = '']) => name,
  );
}

function keysBelow(node: ts.Node): Key[] {
  const found: Key[] = [];
  each(node, (at) => {
    if (at === node) return;
    const named =
      ts.isPropertyAssignment(at) || ts.isShorthandPropertyAssignment(at) || ts.isMethodDeclaration(at);
    if (named && !withinFunction(at, node)) found.push(at);
  });
  return found;
}

function withinFunction(node: ts.Node, top: ts.Node): boolean {
  for (let at = node.parent; at !== top; at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
}

/** Marks the texts that an expression reads: by name, by a code of several names, or all of a table that is handed on. */
function uses(
  node: ts.Node,
  checker: ts.TypeChecker,
  keys: Set<ts.Node>,
  use: (symbol: ts.Symbol | undefined, whole: boolean) => void,
): void {
  const ours = (type: ts.Type): ts.Symbol[] =>
    type.getProperties().filter(({ declarations }) => declarations?.some((each) => keys.has(each)));
  if (ts.isPropertyAccessExpression(node)) {
    use(checker.getSymbolAtLocation(node.name), !isBase(node));
  } else if (ts.isElementAccessExpression(node)) {
    const of = checker.getNonNullableType(checker.getTypeAtLocation(node.expression));
    const by = checker.getTypeAtLocation(node.argumentExpression);
    const names = (by.isUnion() ? by.types : [by]).map((type) =>
      type.isStringLiteral() || type.isNumberLiteral() ? String(type.value) : null,
    );
    for (const symbol of ours(of))
      if (names.includes(null) || names.includes(symbol.name)) use(symbol, !isBase(node));
  } else if (ts.isObjectBindingPattern(node)) {
    const of = checker.getTypeAtLocation(node);
    for (const { name, propertyName } of node.elements)
      use(of.getProperty((propertyName ?? name).getText()), false);
  } else if (ts.isIdentifier(node) && ts.isExpression(node) && !isBase(node)) {
    const of = ours(checker.getTypeAtLocation(node));
    const wanted = of.length > 0 ? checker.getContextualType(node) : undefined;
    if (wanted && ours(wanted).length === 0)
      for (const symbol of of) if (wanted.getProperty(symbol.name)) use(symbol, true);
  }
}

function isBase(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
    parent.expression === node
  );
}

function leadsToUsed(key: Key, used: Set<ts.Node>): boolean {
  return keysBelow(key).some((each) => used.has(each));
}

/** Chinese that stands beside the words: an English console would show it. Comments are none of it. */
function strays(file: ts.SourceFile): string[] {
  const found: string[] = [];
  each(file, (node) => {
    const text =
      ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node) ? node.text : '';
    if (CHINESE.test(text) && !isWords(node)) found.push(`${place(node)} ${text.trim()}`);
  });
  return found;
}

/** Whether a text stands in a table of words, or in the Chinese half of a pair. */
function isWords(node: ts.Node): boolean {
  const handed = tables(node.getSourceFile()).map((table) => table.getText());
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isCallExpression(at) && at.expression.getText() === 'words') return true;
    if (ts.isVariableDeclaration(at) && handed.some((table) => mentions(table, at.name.getText())))
      return true;
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'zh') return true;
  }
  return false;
}

function mentions(table: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(table);
}

function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => each(child, visit));
}

function place(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  const name = ts.isPropertyAssignment(node) ? ` ${nameOf(node)}` : '';
  return `${path.relative(SOURCES, file.fileName)}:${line + 1}${name}`;
}
