import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseDollars } from '@quarterdeck/contract/budget-text';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { WORKSPACE_KINDS } from '@quarterdeck/contract/status';
import type { TaskCreate } from '@quarterdeck/contract/task';
import { type Context, print } from '../../command/context.ts';
import { choice, defineCommand, flag, list, number, text } from '../../command/define-command.ts';
import { findProject } from '../../lookup/find-project.ts';
import { findTaskIds } from '../../lookup/find-task.ts';
import { parseTime } from '../../lookup/parse-time.ts';
import { taskLine } from '../../output/task-text.ts';

const options = {
  body: text('<text>', 'what to do, in as many words as it takes; - reads standard input'),
  bodyFile: text('<path>', 'read the text from a file; - reads standard input'),
  assignee: text('<name>', 'an agent such as opencode, or a person'),
  reviewer: text('<name>', 'who reviews the work: an agent or a person'),
  project: text('<project>', 'id or name of the project'),
  parent: list('<id>', 'a task that has to be done first; may be repeated'),
  priority: number('<n>', 'higher runs first; 0 when unset'),
  label: list('<label>', 'what it is about; may be repeated'),
  triage: flag('put it into triage instead of todo'),
  at: text('<time>', 'not before: +2h, 18:30 or 2026-05-01T09:00'),
  workspace: choice(
    WORKSPACE_KINDS,
    'where the agent works: on a branch, in a copy, in place, or in an empty folder',
  ),
  budget: text('<dollars>', 'what all its runs together may cost, such as 2.50'),
  model: text('<model>', 'the model that works on it, as the agent names it'),
  effort: text('<effort>', 'how hard it thinks, as the agent names it, such as low or high'),
  path: text('<folder>', "the folder for --workspace dir; the project's own when left out"),
} as const;

export const taskCreate = defineCommand({
  summary: 'Create a task',
  arguments: { title: { about: 'one line that says what to do' } },
  options,
  examples: [
    'quarterdeck task create "Say hello in French" --label docs --label "good first task"',
    'quarterdeck task create "Fix the flaky settlement test" --assignee opencode',
    'quarterdeck task create "Write the release notes" --parent t_77aa --body-file notes.md',
    'quarterdeck task create "Sort the photos" --project photos --workspace dir',
    'git log -5 | quarterdeck task create "Summarise these commits" --body -',
  ],
  async run(context, { args, options: given }) {
    const body = await readBody(context, given.body, given.bodyFile);
    if (!body.ok) return body;
    const placed = await readPlace(context, given.project, given.parent);
    if (!placed.ok) return placed;
    const at = given.at === undefined ? ok(null) : parseTime(given.at, context.terminal.now());
    if (!at.ok) return at;
    const budget = given.budget === undefined ? ok(null) : parseDollars(given.budget);
    if (!budget.ok) return budget;
    const task: TaskCreate = {
      ...placed.value,
      title: args.title,
      body: body.value,
      assignee: given.assignee ?? null,
      reviewer: given.reviewer ?? null,
      priority: given.priority ?? 0,
      labels: [...given.label],
      triage: given.triage,
      scheduledAt: at.value,
      budgetMicros: budget.value,
      model: given.model ?? null,
      effort: given.effort ?? null,
      ...(given.workspace && { workspaceKind: given.workspace }),
      workspacePath: given.path === undefined ? null : resolve(given.path),
    };
    const reply = await context.client.call('task.create', { body: task });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});

async function readPlace({ client }: Context, project: string | undefined, parents: readonly string[]) {
  const found = project === undefined ? ok(null) : await findProject(client, project);
  if (!found.ok) return found;
  const ids = await findTaskIds(client, parents);
  return ids.ok ? ok({ projectId: found.value?.id ?? null, parents: [...ids.value] }) : ids;
}

async function readBody(
  { terminal }: Context,
  body: string | undefined,
  file: string | undefined,
): Promise<Result<string | null>> {
  if (body !== undefined && file !== undefined) {
    return refuse('invalid_input', { reason: 'give either --body or --body-file, not both' });
  }
  if (body === '-' || file === '-') return ok(await terminal.readInput());
  if (file === undefined) return ok(body ?? null);
  return readFile(file, 'utf8').then(ok, (cause: Error) =>
    refuse('invalid_input', { reason: `cannot read ${file}: ${cause.message}` }),
  );
}
