import type { BoardStats } from '@quarterdeck/contract/board';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import { type Context, print } from '../command/context.ts';
import { defineCommand } from '../command/define-command.ts';
import { durationText } from '../output/amount-text.ts';
import { taskMark } from '../output/status-mark.ts';
import { type Cell, renderTable } from '../output/table.ts';

export const stats = defineCommand({
  summary: 'Count tasks by status and by who has them',
  examples: ['quarterdeck stats'],
  async run(context) {
    const reply = await context.client.call('board.stats');
    return reply.ok ? print(context, reply.value, () => statsText(context, reply.value)) : reply;
  },
});

function statsText(
  { paint, terminal }: Context,
  { byStatus, byAssignee, oldestReadyAgeSeconds }: BoardStats,
): string {
  const used = TASK_STATUSES.filter((status) => (byStatus[status] ?? 0) > 0);
  const columns = [
    { title: '' },
    ...used.map((status) => ({ title: status.toUpperCase(), align: 'right' as const })),
  ];
  const row = (name: string, counts: Readonly<Record<string, number>>): readonly Cell[] => [
    { text: name },
    ...used.map((status) => ({ text: String(counts[status] ?? ''), tone: taskMark(status).tone })),
  ];
  const rows = [
    row('all', byStatus),
    ...Object.entries(byAssignee).map(([name, counts]) => row(name, counts)),
  ];
  if (used.length === 0) return 'The board is empty.';
  const table = renderTable({ paint, width: terminal.stdout.columns }, columns, rows);
  if (oldestReadyAgeSeconds === null) return table;
  return `${table}\n\nThe oldest ready task has waited for ${durationText(oldestReadyAgeSeconds * 1000)}.`;
}
