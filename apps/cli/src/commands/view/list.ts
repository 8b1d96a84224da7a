import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { renderTable } from '../../output/table.ts';

export const viewList = defineCommand({
  summary: 'List saved filters of the board',
  examples: ['quarterdeck view list', 'quarterdeck view list --json'],
  async run(context) {
    const reply = await context.client.call('view.list');
    if (!reply.ok) return reply;
    const { views } = reply.value;
    const style = { paint: context.paint, width: context.terminal.stdout.columns };
    const columns = [
      { title: 'ID' },
      { title: 'NAME' },
      { title: 'FILTERS', isElastic: true },
      { title: 'BY' },
    ] as const;
    const rows = views.map(({ id, name, query, createdBy }) => [
      { text: id },
      { text: name },
      { text: query },
      { text: createdBy },
    ]);
    const nothing = 'No saved views yet. Save one: quarterdeck view save <name> <query>.';
    return print(context, reply.value, () => (rows.length > 0 ? renderTable(style, columns, rows) : nothing));
  },
});
