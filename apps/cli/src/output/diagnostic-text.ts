import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { Context } from '../command/context.ts';
import type { Tone } from './paint.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, type Column, renderTable } from './table.ts';

const TONES: Readonly<Record<Diagnostic['severity'], Tone>> = {
  critical: 'red',
  error: 'red',
  warning: 'amber',
};
const SIGNS: Readonly<Record<Diagnostic['severity'], string>> = { critical: '!!', error: '✕', warning: '!' };

const COLUMNS: readonly Column[] = [
  { title: 'SEVERITY' },
  { title: 'TASK' },
  { title: 'TITLE', isElastic: true },
  { title: 'WHAT IS WRONG', isElastic: true },
  { title: 'TYPE THIS' },
];

/** What is wrong, worst first, each with the first command that helps. */
export function diagnosticTable(context: Context, diagnostics: readonly Diagnostic[]): string {
  const rows = diagnostics.map((diagnostic): readonly Cell[] => [
    { text: `${SIGNS[diagnostic.severity]} ${diagnostic.severity}`, tone: TONES[diagnostic.severity] },
    { text: diagnostic.taskId },
    { text: diagnostic.taskTitle },
    { text: diagnostic.message },
    { text: remedyCommands(diagnostic)[0] ?? '', tone: 'faint' },
  ]);
  return renderTable({ paint: context.paint, width: context.terminal.stdout.columns }, COLUMNS, rows);
}

/**
 * What to type for each remedy, in the order in which they are worth a try. What is stopped has a budget of its own; what cannot
 * start may lack any, and the list of budgets says which.
 */
export function remedyCommands({ taskId, remedies, severity }: Diagnostic): readonly string[] {
  const words: Readonly<Record<Diagnostic['remedies'][number], string>> = {
    interrupt: `task interrupt ${taskId}`,
    stop_run: `task stop ${taskId}`,
    retry: `task move ${taskId} ready`,
    reassign: `task assign ${taskId} <agent>`,
    unblock: `task move ${taskId} ready`,
    open_approvals: `approval list --task ${taskId}`,
    request_changes: `task changes ${taskId} --say "<what to change>"`,
    open_changes: `task diff ${taskId}`,
    raise_budget: severity === 'error' ? `task budget ${taskId} <dollars>` : 'budget list',
    keep_again: `task keep ${taskId}`,
    archive: `task move ${taskId} archived`,
  };
  return remedies.map((remedy) => `quarterdeck ${words[remedy]}`);
}

/** What is wrong with one task, with every command that helps. */
export function diagnosticLines({ paint }: Context, diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .flatMap((diagnostic) => [
      `${paint(TONES[diagnostic.severity], `${SIGNS[diagnostic.severity]} ${diagnostic.severity}`)}  ${oneLine(diagnostic.message)}`,
      ...remedyCommands(diagnostic).map((command) => `    ${paint('faint', command)}`),
    ])
    .join('\n');
}
