/** What texts.ts needs to know of the syntax of TypeScript and of SQL. */
import ts from 'typescript';

/** Raised for what only running the program would tell. */
export class Unreadable extends Error {}

/** Raised where a parameter of the function around a statement is met: each of its callers is then looked at. */
export class NeedsCaller extends Error {
  readonly owner: ts.SignatureDeclaration;
  constructor(owner: ts.SignatureDeclaration) {
    super('needs a caller');
    this.owner = owner;
  }
}

/** Stands for the number of a parameter that is counted at run time, until the whole text is known. */
export const COUNTED = '\u0001';

/** Who calls a function. */
export class Callers {
  private readonly known = new Map<ts.Node, ts.CallExpression[]>();
  private readonly checker: ts.TypeChecker;
  private readonly files: readonly ts.SourceFile[];

  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.checker = checker;
    this.files = files;
  }

  of(owner: ts.SignatureDeclaration): ts.CallExpression[] {
    const known = this.known.get(owner);
    if (known) return known;
    const found: ts.CallExpression[] = [];
    const name = nameOf(owner);
    const visit = (node: ts.Node): void => {
      if (
        ts.isCallExpression(node) &&
        lastName(node.expression) === name &&
        this.checker.getResolvedSignature(node)?.declaration === owner
      )
        found.push(node);
      ts.forEachChild(node, visit);
    };
    for (const file of this.files) if (name && file.text.includes(name)) visit(file);
    this.known.set(owner, found);
    return found;
  }
}

/** What names were declared as. */
export class Declared {
  private readonly checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /** The object that an expression stands for, where it is written down. */
  object(node: ts.Expression): ts.ObjectLiteralExpression | null {
    if (ts.isObjectLiteralExpression(node)) return node;
    if (isWrapped(node)) return this.object(node.expression);
    const symbol = ts.isIdentifier(node)
      ? this.symbol(node)
      : ts.isPropertyAccessExpression(node)
        ? this.checker.getSymbolAtLocation(node.name)
        : undefined;
    const declaration = symbol?.valueDeclaration;
    const value =
      declaration && (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration))
        ? declaration.initializer
        : undefined;
    return value ? this.object(value) : null;
  }

  symbol(node: ts.Identifier): ts.Symbol | undefined {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

/** The name by which something is called: `rows` of `rows(…)`, `query` of `db.query(…)`. */
export function lastName(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

export function nameOf(owner: ts.SignatureDeclaration): string | undefined {
  if (owner.name) return owner.name.getText();
  return ts.isVariableDeclaration(owner.parent) ? owner.parent.name.getText() : undefined;
}

/** What a function returns, each of its ways. */
export function returned(declaration: ts.SignatureDeclaration): ts.Expression[] {
  const { body } = declaration as ts.FunctionLikeDeclaration;
  if (!body) throw new Unreadable(`has no body: ${declaration.getText()}`);
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

export function isWrapped(
  node: ts.Expression,
): node is ts.ParenthesizedExpression | ts.NonNullExpression | ts.AsExpression | ts.SatisfiesExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

/** Parameters that are counted at run time come after those that are numbered. */
export function numbered(text: string): string {
  let last = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  return text.replaceAll(COUNTED, () => String((last += 1)));
}

/** The texts of a type of a few texts or numbers; of any number one, for PostgreSQL asks the same of each; null for other types. */
export function literalsOf(type: ts.Type): string[] | null {
  const parts = type.isUnion() ? type.types : [type];
  const found = parts.map((part) =>
    part.isStringLiteral() || part.isNumberLiteral()
      ? String(part.value)
      : part.flags & ts.TypeFlags.NumberLike
        ? '1'
        : null,
  );
  return found.every((text) => text !== null) ? found : null;
}
