import type { WorkspaceList } from '@quarterdeck/contract/workspace';
import { type Context, print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { countOf, relativeText, sizeText } from '../../output/amount-text.ts';
import { oneLine } from '../../output/plain-text.ts';
import { taskMark } from '../../output/status-mark.ts';
import { type Cell, type Column, renderTable } from '../../output/table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TASK' },
  { title: 'STATUS' },
  { title: 'TITLE', isElastic: true },
  { title: 'SIZE', align: 'right' },
  { title: 'USED', align: 'right' },
  { title: 'GOES', isElastic: true },
  { title: 'PATH', isElastic: true },
];

export const workspaceList = defineCommand({
  summary: 'List the folders that hold the work of tasks, and what they take on disk',
  examples: ['quarterdeck workspace list', 'quarterdeck workspace list --json'],
  async run(context) {
    const reply = await context.client.call('workspace.list');
    if (!reply.ok) return reply;
    return print(context, reply.value, () =>
      reply.value.workspaces.length > 0 ? listText(context, reply.value) : 'There are no workspaces.',
    );
  },
});

function listText(context: Context, { workspaces, totals }: WorkspaceList): string {
  const now = context.terminal.now();
  const rows = workspaces.map((it): readonly Cell[] => [
    { text: it.taskId },
    taskMark(it.taskStatus),
    { text: it.taskTitle },
    { text: sizeText(it.sizeBytes) },
    { text: relativeText(it.lastUsedAt, now), tone: 'faint' },
    { text: goes(it, now), tone: it.keptBecause === null ? 'faint' : 'amber' },
    { text: it.path, tone: 'faint' },
  ]);
  const style = { paint: context.paint, width: context.terminal.stdout.columns };
  const sums = totals.map((it) => {
    const unmeasured = it.unmeasured > 0 ? `, ${it.unmeasured} not measured` : '';
    return `${oneLine(it.runnerName)}: ${countOf(it.count, 'workspace')}, ${sizeText(it.sizeBytes)}${unmeasured}`;
  });
  return `${renderTable(style, COLUMNS, rows)}\n\n${sums.join('\n')}`;
}

function goes(it: WorkspaceList['workspaces'][number], now: number): string {
  if (it.keptBecause !== null) return `kept: ${it.keptBecause}`;
  if (it.removedAfter === null) return 'stays';
  return it.removedAfter <= now ? 'now' : relativeText(it.removedAfter, now);
}
