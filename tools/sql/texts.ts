/**
 * Reads which texts an expression of TypeScript can stand for, without running it: constants, templates, fragments that functions
 * make, and what the callers of a function hand to it.
 */
import ts from 'typescript';
import { conditionsText, ENQUEUING, jobText } from './known.ts';
import {
  Callers,
  COUNTED,
  Declared,
  isWrapped,
  lastName,
  literalsOf,
  NeedsCaller,
  nameOf,
  numbered,
  returned,
  Unreadable,
} from './syntax.ts';

/** More ways than this to put a text together are not all looked at. */
const MOST = 48;
/** A function that calls itself is not followed for ever. */
const DEEPEST = 60;
/** A text, and the file that put it together: that of the outermost of the callers whose arguments are in it. */
export interface Form {
  text: string;
  file: string;
}
/** An argument, and what the names in it stand for. */
interface Given {
  node: ts.Expression | null;
  names: Names;
}
/** An expression, and what the names in it stand for. */
interface Meant {
  node: ts.Expression;
  names: Names;
}
type Names = ReadonlyMap<ts.Symbol, Given>;
const NONE: Names = new Map();

export class Texts {
  private depth = 0;
  /** What the callers that are being looked at hand to the functions around the statement. */
  private around = new Map<ts.Symbol, ts.Expression | null>();
  private readonly checker: ts.TypeChecker;
  private readonly callers: Callers;
  private readonly declared: Declared;

  /** @param files where the callers of a function are looked for */
  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.checker = checker;
    this.callers = new Callers(checker, files);
    this.declared = new Declared(checker);
  }

  /** Every text that `node` can be, and whose. @throws Unreadable if a part of it is known at run time only */
  of(node: ts.Expression): Form[] {
    this.around = new Map();
    const found = this.fromCallers(node, node.getSourceFile().fileName);
    const forms = found.map(({ text, file }) => ({ text: numbered(text), file }));
    return [...new Map(forms.map((form) => [`${form.file}\n${form.text}`, form])).values()];
  }

  private fromCallers(node: ts.Expression, file: string): Form[] {
    try {
      this.depth = 0;
      return this.read(node, NONE).map((text) => ({ text, file }));
    } catch (error) {
      if (!(error instanceof NeedsCaller)) throw error;
      const before = this.around;
      const found = this.callers.of(error.owner).flatMap((call) => {
        this.around = new Map(before);
        for (const [index, { name, initializer }] of error.owner.parameters.entries()) {
          const symbol = this.checker.getSymbolAtLocation(name);
          if (symbol) this.around.set(symbol, call.arguments[index] ?? initializer ?? null);
          for (const part of ts.isObjectBindingPattern(name) ? name.elements : []) {
            const inner = this.checker.getSymbolAtLocation(part.name);
            if (inner) this.around.set(inner, call.arguments[index] ?? initializer ?? null);
          }
        }
        return this.fromCallers(node, call.getSourceFile().fileName);
      });
      this.around = before;
      if (found.length === 0) throw new Unreadable(`nobody calls ${nameOf(error.owner) ?? 'the function'}`);
      return found.slice(0, MOST);
    }
  }

  private read(node: ts.Expression, names: Names): string[] {
    if (this.depth > DEEPEST) throw new Unreadable(`goes too deep: ${node.getText()}`);
    this.depth += 1;
    try {
      return [...new Set(this.expression(node, names))].slice(0, MOST);
    } finally {
      this.depth -= 1;
    }
  }

  private expression(node: ts.Expression, names: Names): string[] {
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
    if (ts.isTemplateExpression(node)) return this.template(node, names);
    if (isWrapped(node)) return this.read(node.expression, names);
    if (ts.isConditionalExpression(node))
      return this.branches(node, names).flatMap((branch) => this.read(branch, names));
    if (this.isNumber(node)) return this.byType(node);
    if (ts.isIdentifier(node)) return this.named(node, names);
    if (ts.isPropertyAccessExpression(node)) return this.property(node, names);
    if (ts.isElementAccessExpression(node)) return this.element(node, names);
    if (ts.isCallExpression(node)) return this.called(node, names);
    if (ts.isBinaryExpression(node)) return this.binary(node, names);
    return this.byType(node);
  }

  /** The branches that can be taken: where the condition is a text that may be left out, that says which. */
  private branches(
    { condition, whenTrue, whenFalse }: ts.ConditionalExpression,
    names: Names,
  ): ts.Expression[] {
    const asked = this.checker.getTypeAtLocation(condition);
    const isText = (this.checker.getNonNullableType(asked).flags & ts.TypeFlags.StringLike) !== 0;
    if (!isText || !(ts.isIdentifier(condition) || ts.isPropertyAccessExpression(condition)))
      return [whenTrue, whenFalse];
    const found = this.read(condition, names);
    return [
      ...(found.some((text) => text !== '') ? [whenTrue] : []),
      ...(found.length === 0 || found.includes('') ? [whenFalse] : []),
    ];
  }

  private template(node: ts.TemplateExpression, names: Names): string[] {
    return node.templateSpans.reduce<string[]>(
      (texts, { expression, literal }) => {
        const counted = this.isNumber(expression) && texts.every((text) => text.endsWith('$'));
        const parts = counted ? [COUNTED] : this.read(expression, names);
        return texts.flatMap((text) => parts.map((part) => text + part + literal.text)).slice(0, MOST);
      },
      [node.head.text],
    );
  }

  private binary(node: ts.BinaryExpression, names: Names): string[] {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken)
      return [...this.read(node.left, names), ...this.read(node.right, names)];
    if (kind !== ts.SyntaxKind.PlusToken || this.isNumber(node)) return this.byType(node);
    const right = this.read(node.right, names);
    return this.read(node.left, names).flatMap((left) => right.map((text) => left + text));
  }

  private named(node: ts.Identifier, names: Names): string[] {
    const found = this.meaning(node, names);
    if (found === null) return [];
    if (found.node !== node) return this.read(found.node, found.names);
    const declaration = this.declared.symbol(node)?.valueDeclaration;
    if (declaration && ts.isBindingElement(declaration)) return this.takenApart(declaration, names);
    return this.byType(node);
  }

  /**
   * What a name stands for: what a caller gave, or the value of a constant; null if a caller gave nothing; the name itself if
   * neither is known.
   */
  private meaning(node: ts.Identifier, names: Names): Meant | null {
    const symbol = this.declared.symbol(node);
    const itself: Meant = { node, names: NONE };
    if (!symbol) return itself;
    const declaration = symbol.valueDeclaration;
    const part = declaration && ts.isBindingElement(declaration);
    const given = names.get(symbol);
    if (given && !part) return given.node && { node: given.node, names: given.names };
    if (this.around.has(symbol) && !part) {
      const argument = this.around.get(symbol) ?? null;
      return argument && { node: argument, names: NONE };
    }
    if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer)
      return { node: declaration.initializer, names };
    if (declaration && ts.isParameter(declaration)) {
      if (literalsOf(this.checker.getTypeAtLocation(node))) return itself;
      throw new NeedsCaller(declaration.parent);
    }
    return itself;
  }

  /** `const { where } = something`, or a parameter that is taken apart. */
  private takenApart(element: ts.BindingElement, names: Names): string[] {
    const source = element.parent.parent;
    const name = (element.propertyName ?? element.name).getText();
    if (ts.isVariableDeclaration(source) && source.initializer)
      return this.member(source.initializer, name, names);
    const symbol = this.checker.getSymbolAtLocation(element.name);
    if (!symbol || !ts.isParameter(source)) throw new Unreadable(`is taken apart: ${element.getText()}`);
    const given = names.get(symbol);
    if (given) return given.node ? this.member(given.node, name, given.names) : [];
    if (!this.around.has(symbol)) {
      const literals = literalsOf(this.checker.getTypeAtLocation(element));
      if (literals) return literals;
      throw new NeedsCaller(source.parent);
    }
    const argument = this.around.get(symbol);
    return argument ? this.member(argument, name, NONE) : [];
  }

  private property(node: ts.PropertyAccessExpression, names: Names): string[] {
    const literals = literalsOf(this.checker.getTypeAtLocation(node));
    return literals ?? this.member(node.expression, node.name.text, names);
  }

  /** One of the values of a table that is written down, whichever. */
  private element(node: ts.ElementAccessExpression, names: Names): string[] {
    const object = this.declared.object(node.expression);
    if (!object) return this.byType(node);
    return object.properties.flatMap((each) =>
      ts.isPropertyAssignment(each) ? this.read(each.initializer, names) : [],
    );
  }

  /** The property `name` of what `source` stands for; no text if it has none. */
  private member(source: ts.Expression, name: string, names: Names): string[] {
    if (isWrapped(source)) return this.member(source.expression, name, names);
    if (ts.isObjectLiteralExpression(source)) return this.memberOfLiteral(source, name, names);
    if (ts.isConditionalExpression(source))
      return this.branches(source, names).flatMap((each) => this.member(each, name, names));
    if (ts.isIdentifier(source)) {
      const found = this.meaning(source, names);
      if (found === null) return [];
      if (found.node !== source) return this.member(found.node, name, found.names);
    }
    if (ts.isCallExpression(source)) return this.memberOfCall(source, name, names);
    if (ts.isPropertyAccessExpression(source)) {
      const object = this.declared.object(source);
      if (object) return this.memberOfLiteral(object, name, names);
    }
    throw new Unreadable(`is known at run time only: ${name} of ${source.getText()}`);
  }

  private memberOfLiteral(object: ts.ObjectLiteralExpression, name: string, names: Names): string[] {
    for (const each of object.properties) {
      if (ts.isSpreadAssignment(each)) {
        const found = this.member(each.expression, name, names);
        if (found.length > 0) return found;
      }
      if (each.name?.getText() !== name) continue;
      if (ts.isPropertyAssignment(each)) return this.read(each.initializer, names);
      if (ts.isShorthandPropertyAssignment(each)) return this.named(each.name, names);
    }
    return [];
  }

  private memberOfCall(call: ts.CallExpression, name: string, names: Names): string[] {
    const [first] = call.arguments;
    if (lastName(call.expression) === 'conditions' && first) return [this.conditions(first, names)];
    const declaration = this.declarationOf(call);
    const inside = this.inside(declaration, call.arguments, names);
    return returned(declaration).flatMap((each) => this.member(each, name, inside));
  }

  private conditions(list: ts.Expression, names: Names): string {
    if (!ts.isArrayLiteralExpression(list)) throw new Unreadable(`is no list: ${list.getText()}`);
    const parts = list.elements.map((each) => {
      const [text] = ts.isArrayLiteralExpression(each) ? each.elements : [];
      if (!text) throw new Unreadable(`is no condition: ${each.getText()}`);
      return this.read(text, names)[0] ?? '';
    });
    return conditionsText(parts);
  }

  private called(node: ts.CallExpression, names: Names): string[] {
    const job = this.enqueued(node, names);
    if (job !== null) return [job];
    if (ts.isPropertyAccessExpression(node.expression)) {
      const done = this.method(node.expression, node.arguments, names);
      if (done) return done;
    }
    const declaration = this.declarationOf(node);
    const inside = this.inside(declaration, node.arguments, names);
    return returned(declaration).flatMap((each) => this.read(each, inside));
  }

  /** Methods of texts and lists that fragments are put together with. */
  private method(
    callee: ts.PropertyAccessExpression,
    [first, second]: readonly ts.Expression[],
    names: Names,
  ): string[] | null {
    const one = (node: ts.Expression | undefined): string => (node ? (this.read(node, names)[0] ?? '') : '');
    switch (callee.name.text) {
      case 'replaceAll':
        return this.read(callee.expression, names).map((text) => text.replaceAll(one(first), one(second)));
      default:
        return null;
    }
  }

  /** The jobs of the product enqueue themselves by SQL. */
  private enqueued({ expression, arguments: given }: ts.CallExpression, names: Names): string | null {
    const how = ENQUEUING.find((each) => each === lastName(expression));
    if (!how || !ts.isPropertyAccessExpression(expression)) return null;
    if (this.checker.getTypeAtLocation(expression.expression).symbol?.name !== 'Job') return null;
    const [payload, more] = given;
    const fields = payload && ts.isObjectLiteralExpression(payload) ? payload.properties : [];
    const values = fields.map(
      (each) => this.member(payload!, each.name?.getText() ?? '', names)[0] ?? 'NULL',
    );
    if (how === 'addEach') return jobText(how, values, more && this.read(more, names)[0]);
    const option = (name: string): string | undefined =>
      how === 'add' && more ? this.member(more, name, names)[0] : undefined;
    return jobText(how, values, option('key'), option('runAt'));
  }

  private declarationOf(call: ts.CallExpression): ts.SignatureDeclaration {
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    if (!declaration || ts.isJSDocSignature(declaration))
      throw new Unreadable(`is not ours: ${call.getText()}`);
    return declaration;
  }

  private inside(declaration: ts.SignatureDeclaration, given: readonly ts.Expression[], names: Names): Names {
    const inside = new Map(names);
    for (const [index, { name, initializer }] of declaration.parameters.entries()) {
      const argument = { node: given[index] ?? initializer ?? null, names };
      const parts = ts.isObjectBindingPattern(name) ? name.elements.map((each) => each.name) : [name];
      for (const part of parts) {
        const symbol = this.checker.getSymbolAtLocation(part);
        if (symbol) inside.set(symbol, argument);
      }
    }
    return inside;
  }

  /** Where the type alone says which texts there are. A number is any: PostgreSQL asks the same of each. */
  private byType(node: ts.Expression): string[] {
    const found = literalsOf(this.checker.getTypeAtLocation(node));
    if (found) return found;
    throw new Unreadable(`is known at run time only: ${node.getText()}`);
  }

  private isNumber(node: ts.Expression): boolean {
    return (this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.NumberLike) !== 0;
  }
}
