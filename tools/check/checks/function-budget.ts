import { type ESTree, Visitor } from 'vite';
import type { Check } from '../check.ts';
import { lineAt, parseSource } from '../parse-source.ts';
import type { SourceFile } from '../source-file.ts';
import { codeFiles, isGeneratedFile } from '../source-repository.ts';

const LIMIT = 60;
const COMPONENT_LIMIT = 120;

type AnyFunction = ESTree.Function | ESTree.ArrowFunctionExpression;

/** Functions are at most 60 lines, React components 120, `describe` blocks without limit. */
export const functionBudget: Check = {
  name: 'function budget',
  run: async (repository) => ({
    problems: codeFiles(repository)
      .filter((file) => !isGeneratedFile(file.path))
      .flatMap(findLongFunctions),
  }),
};

/** Every function of the file that is over its limit. */
export function findLongFunctions(file: SourceFile): readonly string[] {
  const groups = new Set<number>();
  const names = new Map<number, string>();
  const functions: AnyFunction[] = [];
  new Visitor({
    CallExpression: (call) => {
      if (isTestGroup(file.text.slice(call.callee.start, call.callee.end))) {
        for (const argument of call.arguments) groups.add(argument.start);
      }
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init) names.set(init.start, id.name);
    },
    FunctionDeclaration: (node) => void functions.push(node),
    FunctionExpression: (node) => void functions.push(node),
    ArrowFunctionExpression: (node) => void functions.push(node),
  }).visit(parseSource(file).program);
  return functions
    .filter((node) => !groups.has(node.start))
    .map((node) => judge(file, node, nameOf(node) ?? names.get(node.start)))
    .filter((problem) => problem !== undefined);
}

function isTestGroup(callee: string): boolean {
  return /^(describe|suite)\b/.test(callee);
}

function nameOf(node: AnyFunction): string | undefined {
  return node.type === 'ArrowFunctionExpression' ? undefined : node.id?.name;
}

function judge(file: SourceFile, node: AnyFunction, name: string | undefined): string | undefined {
  const first = lineAt(file.text, node.start);
  const lines = lineAt(file.text, node.end) - first + 1;
  const isComponent = file.path.endsWith('.tsx') && /^[A-Z]/.test(name ?? '');
  const limit = isComponent ? COMPONENT_LIMIT : LIMIT;
  if (lines <= limit) return undefined;
  return `${file.path}:${first} ${name ?? 'a function'} has ${lines} lines; the limit is ${limit}`;
}
