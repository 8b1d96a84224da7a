import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { projectTable } from '../../output/project-text.ts';

export const projectList = defineCommand({
  summary: 'List projects',
  examples: ['quarterdeck project list'],
  async run(context) {
    const reply = await context.client.call('project.list');
    if (!reply.ok) return reply;
    const { projects } = reply.value;
    const nothing = 'No projects yet. Add one: quarterdeck project add .';
    return print(context, reply.value, () =>
      projects.length > 0 ? projectTable(context, projects) : nothing,
    );
  },
});
