import { isSameLabel } from '@quarterdeck/contract/label';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { TASK_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import { print } from '../../command/context.ts';
import { defineCommand, list, text } from '../../command/define-command.ts';
import { findProject } from '../../lookup/find-project.ts';
import { taskTable } from '../../output/task-text.ts';

export const taskList = defineCommand({
  summary: 'List tasks in the order of the board',
  options: {
    status: list('<status>', `only these: ${TASK_STATUSES.join(', ')}`),
    assignee: text('<name>', 'only those of this agent or person'),
    project: text('<project>', 'only those of this project, by id or name'),
    label: list('<label>', 'only those with all of these labels'),
  },
  examples: [
    'quarterdeck task list',
    'quarterdeck task list --status running blocked',
    'quarterdeck task list --json',
  ],
  async run(context, { options }) {
    const statuses = readStatuses(options.status);
    if (!statuses.ok) return statuses;
    const project =
      options.project === undefined ? ok(null) : await findProject(context.client, options.project);
    if (!project.ok) return project;
    const includeArchived = String(statuses.value.includes('archived'));
    const reply = await context.client.call('board.show', {
      query: { includeArchived, ...(project.value && { project: project.value.id }) },
    });
    if (!reply.ok) return reply;
    const tasks = reply.value.columns
      .flatMap((column) => column.tasks)
      .filter((task) => statuses.value.length === 0 || statuses.value.includes(task.status))
      .filter((task) => options.label.every((wanted) => task.labels.some((it) => isSameLabel(it, wanted))))
      .filter((task) => options.assignee === undefined || task.assignee === options.assignee);
    return print(context, { tasks }, () => (tasks.length > 0 ? taskTable(context, tasks) : NOTHING));
  },
});

const NOTHING = 'No tasks here. Create one: quarterdeck task create "What to do" --assignee opencode';

function readStatuses(given: readonly string[]): Result<readonly TaskStatus[]> {
  const words = given.flatMap((each) => each.split(',')).filter((each) => each !== '');
  const known = words.filter((word): word is TaskStatus => TASK_STATUSES.includes(word as TaskStatus));
  const unknown = words.find((word) => !TASK_STATUSES.includes(word as TaskStatus));
  return unknown === undefined ? ok(known) : refuse('unknown_status', { status: unknown });
}
