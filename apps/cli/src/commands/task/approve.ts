import type { LandingStrategy } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { print } from '../../command/context.ts';
import { defineCommand, flag, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { readSeen } from '../../lookup/seen-span.ts';
import { landingLine } from '../../output/landing-text.ts';
import { taskLine } from '../../output/task-text.ts';

const WAYS = { merge: 'merge', squash: 'squash', ff: 'fast-forward' } as const;

export const taskApprove = defineCommand({
  summary: 'Approve work under review',
  detail:
    'With --merge, --squash or --ff its branch is brought into the base branch first; when that fails the task stays in review.',
  arguments: { task: { about: 'id, or its beginning' } },
  options: {
    merge: flag('land it with a merge commit'),
    squash: flag('land it as one commit'),
    ff: flag('land it by moving the base branch forward'),
    message: text('<text>', 'text of the commit that a merge or squash makes'),
    seen: text('<base>..<head>', 'what "task diff" showed; anything else is refused'),
  },
  examples: [
    'quarterdeck task approve t_77aa',
    'quarterdeck task approve t_77aa --squash --message "Mend the door"',
  ],
  async run(context, { args, options }) {
    const land = chosenWay(options);
    if (!land.ok) return land;
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const seen = readSeen(options.seen);
    if (!seen.ok) return seen;
    const body = { land: land.value, message: options.message ?? null, ...seen.value };
    const reply = await context.client.call('task.approve', { params: { taskId: taskId.value }, body });
    if (!reply.ok) return reply;
    const { task } = reply.value;
    return print(context, reply.value, () => `${taskLine(context, task)}${landingLine(context, task)}`);
  },
});

function chosenWay(
  options: {
    readonly [way in keyof typeof WAYS]: boolean;
  },
): Result<LandingStrategy | null> {
  const chosen = (Object.keys(WAYS) as (keyof typeof WAYS)[]).filter((way) => options[way]);
  const [way] = chosen;
  if (chosen.length > 1)
    return refuse('invalid_input', {
      reason: `choose one of ${chosen.map((each) => `--${each}`).join(', ')}`,
    });
  return ok(way === undefined ? null : WAYS[way]);
}
