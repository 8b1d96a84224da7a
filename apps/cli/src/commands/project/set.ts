import type { Budget } from '@quarterdeck/contract/budget';
import { parseBudget } from '@quarterdeck/contract/budget-text';
import type { ProjectPatch } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { WORKSPACE_KINDS } from '@quarterdeck/contract/status';
import { print } from '../../command/context.ts';
import { choice, defineCommand, text } from '../../command/define-command.ts';
import { findProject } from '../../lookup/find-project.ts';
import { projectTable } from '../../output/project-text.ts';

export const projectSet = defineCommand({
  summary: 'Change settings of a project',
  detail: 'The word "none" takes a setting away.',
  arguments: { project: { about: 'name, id, or the beginning of the id' } },
  options: {
    name: text('<name>', 'what to call it'),
    profile: text('<agent|none>', 'agent for tasks that name none'),
    baseBranch: text('<branch|none>', 'branch that work starts from'),
    setup: text('<command|none>', 'shell command run once in every fresh workspace'),
    maxRuns: text('<n|none>', 'how many runs of this project may go at once'),
    workspace: choice([...WORKSPACE_KINDS, 'none'], 'where agents work on tasks that do not say it'),
    budget: text('<dollars|none>', 'what all its runs may cost: 20/day, 300/month, or 50 in all'),
  },
  examples: [
    'quarterdeck project set shop --max-runs 2',
    'quarterdeck project set shop --budget 20/day',
    'quarterdeck project set p_1a2b --setup none',
  ],
  async run(context, { args, options }) {
    const maxRuns = readLimit(options.maxRuns);
    if (!maxRuns.ok) return maxRuns;
    const budget = readBudget(options.budget);
    if (!budget.ok) return budget;
    const body: ProjectPatch = {
      name: options.name,
      defaultProfile: orNone(options.profile),
      baseBranch: orNone(options.baseBranch),
      setupCommand: orNone(options.setup),
      maxConcurrentRuns: maxRuns.value,
      budget: budget.value,
      workspaceKind: options.workspace === 'none' ? null : options.workspace,
    };
    if (Object.values(body).every((value) => value === undefined)) {
      return refuse('invalid_input', { reason: 'say what to change, for example --max-runs 2' });
    }
    const project = await findProject(context.client, args.project);
    if (!project.ok) return project;
    const reply = await context.client.call('project.update', {
      params: { projectId: project.value.id },
      body,
    });
    return reply.ok ? print(context, reply.value, () => projectTable(context, [reply.value.project])) : reply;
  },
});

function orNone(value: string | undefined): string | null | undefined {
  return value === 'none' ? null : value;
}

function readBudget(value: string | undefined): Result<Budget | null | undefined> {
  if (value === undefined) return ok(undefined);
  return value === 'none' ? ok(null) : parseBudget(value);
}

function readLimit(value: string | undefined): Result<number | null | undefined> {
  if (value === undefined) return ok(undefined);
  if (value === 'none') return ok(null);
  if (/^\d+$/.test(value)) return ok(Number(value));
  return refuse('invalid_input', { reason: `--max-runs takes a whole number or none, not "${value}"` });
}
