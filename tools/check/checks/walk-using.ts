import { Visitor } from '@swc/core/Visitor.js';

type Statement = Parameters<Visitor['visitStatement']>[0];
type Expression = Parameters<Visitor['visitExpression']>[0];

interface UsingDeclaration {
  readonly type: 'UsingDeclaration';
  readonly decls: readonly { readonly init?: Expression }[];
}

/** Teaches the walker that dependency-cruiser reads TypeScript with about `using`, at which it stops with an error. */
export function walkUsingDeclarations(): void {
  const { visitStatement } = Visitor.prototype;
  Visitor.prototype.visitStatement = function visit(statement: Statement | UsingDeclaration): Statement {
    if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
    for (const { init } of statement.decls) if (init) this.visitExpression(init);
    return { type: 'EmptyStatement', span: { start: 0, end: 0, ctxt: 0 } };
  };
}
