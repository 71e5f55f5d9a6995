/** The SQL statements of the product's source, with what the code believes of their rows and parameters. */
import ts from 'typescript';
import { lastName, Unreadable } from './syntax.ts';
import { Texts, type Form } from './texts.ts';

/** How statements are run, and which argument holds the text: see libs/server/src/database.ts. */
const RUNNERS: Readonly<Record<string, number>> = { rows: 1, onlyRow: 1, maybeRow: 1 };
/** … and how queries are handed over to be a part of another statement: see libs/payment/src/ledger.ts and the exports of camps. */
const TAKERS: Readonly<Record<string, number>> = { postSelected: 1, cursorBatches: 1 };

export interface Statement {
  /** `file:line` */
  place: string;
  /** The file that it stands in. */
  file: string;
  /** The table that an entity describes, or the view, which is for others; null for what is run. */
  described: { name: string; isView: boolean } | null;
  /** Every form that it can take. */
  forms: Form[];
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
      const name = lastName(node.expression);
      const index = RUNNERS[name] ?? TAKERS[name];
      const text = index === undefined ? undefined : node.arguments[index];
      if (text) take(node, text);
    }
    if (ts.isClassDeclaration(node)) {
      const statement = entityStatement(node, checker);
      const file = node.getSourceFile().fileName;
      if (statement) found.statements.push({ place: placeOf(node), file, ...statement });
    }
    ts.forEachChild(node, visit);
  };
  const take = (call: ts.CallExpression, text: ts.Expression): void => {
    const place = placeOf(call);
    try {
      found.statements.push({
        place,
        file: call.getSourceFile().fileName,
        described: null,
        forms: texts.of(text),
        row: lastName(call.expression) in RUNNERS ? rowOf(call, checker) : rowArgument(call, checker),
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

/** The decorators of what describes a table or a view. */
const DESCRIBING = ['Entity', 'ViewEntity'];

/** Reads what an entity describes: its properties are then held against the columns that libs/server/src/row.ts makes of them. */
function entityStatement(
  node: ts.ClassDeclaration,
  checker: ts.TypeChecker,
): Omit<Statement, 'place' | 'file'> | null {
  const calls = (ts.getDecorators(node) ?? [])
    .map(({ expression }) => expression)
    .filter(ts.isCallExpression);
  const call = calls.find(({ expression }) => DESCRIBING.includes(lastName(expression)));
  const [table] = call?.arguments ?? [];
  if (!call || !table || !ts.isStringLiteral(table)) return null;
  const row = checker.getTypeAtLocation(node);
  const columns = checker
    .getPropertiesOfType(row)
    .map(({ name }) => `${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS "${name}"`);
  const file = node.getSourceFile().fileName;
  return {
    described: { name: table.text, isView: lastName(call.expression) === 'ViewEntity' },
    forms: [{ text: `SELECT ${columns.join(', ')} FROM ${table.text}`, file }],
    row,
    parameters: [],
  };
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

/** Of a function that answers its rows otherwise: `cursorBatches<Row>(…)`. */
function rowArgument({ typeArguments }: ts.CallExpression, checker: ts.TypeChecker): ts.Type | null {
  const [row] = typeArguments ?? [];
  return row ? checker.getTypeFromTypeNode(row) : null;
}

function parametersOf(node: ts.Expression | undefined, checker: ts.TypeChecker): ts.Type[] | null {
  if (!node) return [];
  if (!ts.isArrayLiteralExpression(node) || node.elements.some((each) => ts.isSpreadElement(each)))
    return null;
  return node.elements.map((each) => checker.getTypeAtLocation(each));
}
