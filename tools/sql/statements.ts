/** The SQL statements of the product's source, with what the code believes of their rows and parameters. */
import ts from 'typescript';
import { lastName, Unreadable } from './syntax.ts';
import { Texts } from './texts.ts';

/** How statements are run, and which argument holds the text: see libs/server/src/database.ts. */
const RUNNERS: Readonly<Record<string, number>> = { rows: 1, onlyRow: 1, maybeRow: 1 };

export interface Statement {
  /** `file:line` */
  place: string;
  /** Every form that it can take. */
  texts: string[];
  /** What its rows are believed to be; null where nobody reads them. */
  row: ts.Type | null;
  /** What stands for `$1`, `$2`, …; null where that is put together at run time. */
  parameters: ts.Type[] | null;
}

export interface Source {
  checker: ts.TypeChecker;
  statements: Statement[];
  /** Statements whose text is known at run time only: `file:line: why`. */
  unread: string[];
}

/** @param isProduct which of the program's files are looked through */
export function statementsOf(
  program: ts.Program,
  isProduct: (file: string) => boolean,
  root: string,
): Source {
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter(({ fileName }) => isProduct(fileName));
  const texts = new Texts(checker, files);
  const found: Source = { checker, statements: [], unread: [] };
  const placeOf = (node: ts.Node): string => {
    const file = node.getSourceFile();
    return `${file.fileName.replace(`${root}/`, '')}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const index = RUNNERS[lastName(node.expression)];
      const text = index === undefined ? undefined : node.arguments[index];
      if (text) take(node, text);
    }
    if (ts.isClassDeclaration(node)) {
      const statement = entityStatement(node, checker);
      if (statement) found.statements.push({ place: placeOf(node), ...statement });
    }
    ts.forEachChild(node, visit);
  };
  const take = (call: ts.CallExpression, text: ts.Expression): void => {
    const place = placeOf(call);
    try {
      found.statements.push({
        place,
        texts: texts.of(text),
        row: rowOf(call, checker),
        parameters: parametersOf(call.arguments[2], checker),
      });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      found.unread.push(`${place}: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}`);
    }
  };
  files.forEach(visit);
  return found;
}

/** Reads what an entity describes: its properties are then held against the columns that libs/server/src/row.ts makes of them. */
function entityStatement(
  node: ts.ClassDeclaration,
  checker: ts.TypeChecker,
): Omit<Statement, 'place'> | null {
  const calls = (ts.getDecorators(node) ?? [])
    .map(({ expression }) => expression)
    .filter(ts.isCallExpression);
  const [table] = calls.find(({ expression }) => lastName(expression) === 'Entity')?.arguments ?? [];
  if (!table || !ts.isStringLiteral(table)) return null;
  const row = checker.getTypeAtLocation(node);
  const columns = checker
    .getPropertiesOfType(row)
    .map(({ name }) => `${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS "${name}"`);
  return { texts: [`SELECT ${columns.join(', ')} FROM ${table.text}`], row, parameters: [] };
}

function rowOf(call: ts.CallExpression, checker: ts.TypeChecker): ts.Type | null {
  const signature = checker.getResolvedSignature(call);
  const answer = signature && checker.getReturnTypeOfSignature(signature);
  const promised = answer && checker.getAwaitedType(answer);
  if (!promised) return null;
  const row = checker.getNonNullableType(
    checker.getIndexTypeOfType(promised, ts.IndexKind.Number) ?? promised,
  );
  return row.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Never) ? null : row;
}

function parametersOf(node: ts.Expression | undefined, checker: ts.TypeChecker): ts.Type[] | null {
  if (!node) return [];
  if (!ts.isArrayLiteralExpression(node) || node.elements.some((each) => ts.isSpreadElement(each)))
    return null;
  return node.elements.map((each) => checker.getTypeAtLocation(each));
}
