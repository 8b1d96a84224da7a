import { resolve } from 'node:path';
import { parseBudget } from '@quarterdeck/contract/budget-text';
import type { ProjectAdd } from '@quarterdeck/contract/project';
import { ok } from '@quarterdeck/contract/result';
import { WORKSPACE_KINDS } from '@quarterdeck/contract/status';
import { print } from '../../command/context.ts';
import { choice, defineCommand, number, text } from '../../command/define-command.ts';
import { projectTable } from '../../output/project-text.ts';

export const projectAdd = defineCommand({
  summary: 'Add a git repository or a folder, so that agents can work in it',
  detail:
    'A repository, a folder of one, a bare repository or a plain folder. In a repository agents work on branches of their own; in a plain folder on copies of it, or in place.',
  arguments: { path: { about: "folder on the runner's machine; a relative path starts here" } },
  options: {
    name: text('<name>', "what to call it; the folder's name when unset"),
    profile: text('<agent>', 'agent for tasks that name none'),
    baseBranch: text('<branch>', 'branch that work starts from; the one checked out now when unset'),
    setup: text('<command>', 'shell command run once in every fresh workspace, such as "npm ci"'),
    maxRuns: number('<n>', 'how many runs of this project may go at once'),
    workspace: choice(WORKSPACE_KINDS, 'where agents work on tasks that do not say it'),
    budget: text('<dollars>', 'what all its runs may cost: 20/day, 300/month, or 50 in all'),
  },
  examples: [
    'quarterdeck project add .',
    'quarterdeck project add ~/src/mono/packages/billing',
    'quarterdeck project add ~/src/shop --profile opencode --setup "npm ci"',
  ],
  async run(context, { args, options }) {
    const budget = options.budget === undefined ? ok(null) : parseBudget(options.budget);
    if (!budget.ok) return budget;
    const body: ProjectAdd = {
      path: resolve(args.path),
      ...(options.name !== undefined && { name: options.name }),
      ...(options.profile !== undefined && { defaultProfile: options.profile }),
      ...(options.baseBranch !== undefined && { baseBranch: options.baseBranch }),
      ...(options.setup !== undefined && { setupCommand: options.setup }),
      ...(options.maxRuns !== undefined && { maxConcurrentRuns: options.maxRuns }),
      ...(options.workspace !== undefined && { workspaceKind: options.workspace }),
      ...(budget.value !== null && { budget: budget.value }),
    };
    const reply = await context.client.call('project.add', { body });
    if (!reply.ok) return reply;
    const { project, notes } = reply.value;
    return print(context, reply.value, () => [projectTable(context, [project]), ...notes].join('\n'));
  },
});
