import { budgetText } from '@quarterdeck/contract/budget-text';
import type { Project } from '@quarterdeck/contract/project';
import type { Context } from '../command/context.ts';
import { type Cell, type Column, renderTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'ID' },
  { title: 'NAME' },
  { title: 'KIND' },
  { title: 'BASE' },
  { title: 'AGENT' },
  { title: 'AT ONCE', align: 'right' },
  { title: 'BUDGET', align: 'right' },
  { title: 'PATH' },
  { title: 'SETUP', isElastic: true },
];

/** Projects as an aligned table. */
export function projectTable({ paint, terminal }: Context, projects: readonly Project[]): string {
  const rows = projects.map((project): readonly Cell[] => [
    { text: project.id },
    { text: project.name },
    { text: project.kind, tone: 'grey' },
    { text: project.baseBranch ?? '–' },
    { text: project.defaultProfile ?? '–' },
    { text: project.maxConcurrentRuns === null ? 'no limit' : String(project.maxConcurrentRuns) },
    { text: project.budget ? `$${budgetText(project.budget)}` : '–' },
    { text: project.path },
    { text: project.setupCommand ?? '', tone: 'grey' },
  ]);
  return renderTable({ paint, width: terminal.stdout.columns }, COLUMNS, rows);
}
