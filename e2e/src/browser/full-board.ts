import type { TaskCreate, TaskPatch } from '@quarterdeck/contract/task';
import { cardsOf, createTask, waitForApproval } from '../program/board-view.ts';
import { letDaysPass } from '../program/let-days-pass.ts';
import { type Program, startProgram } from '../program/start-program.ts';

/** The demo at the moment it asks, among tasks in every column with every mark a card can have. */
export async function startFullBoard(): Promise<Program> {
  const program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '0' } });
  const projectId = (await cardsOf(program.client))[0]?.projectId;
  await waitForApproval(program.client);
  for (const task of TASKS) {
    const { moves = [], comment, isForgotten, ...fields } = task;
    const taskId = await createTask(program.client, { projectId, triage: true, ...fields });
    await settle(program, taskId, { moves, comment });
    if (isForgotten) letDaysPass(program, taskId);
  }
  return program;
}

/** The task the demo's open question belongs to. */
export async function askingTask(program: Program): Promise<string> {
  return (await waitForApproval(program.client)).taskId;
}

interface Example extends Pick<TaskCreate, 'title' | 'body' | 'assignee' | 'tenant' | 'priority' | 'labels'> {
  readonly moves?: readonly TaskPatch[];
  readonly comment?: string | undefined;
  /** Nobody has touched it for two days. */
  readonly isForgotten?: true;
}

type Place = Required<Pick<Example, 'moves'>> & Pick<Example, 'comment'>;

async function settle({ client }: Program, taskId: string, { moves, comment }: Place): Promise<void> {
  if (comment) await client.call('task.comment', { params: { taskId }, body: { body: comment } });
  for (const body of moves) {
    const moved = await client.call('task.update', { params: { taskId }, body });
    if (!moved.ok) throw new Error(moved.refusal.message);
  }
}

const LONG =
  'Explain to the harbour master why berth 4 was double-booked on the night of the storm and how it is prevented in supercalifragilisticexpialidocious_module_name.ts';

const TASKS: readonly Example[] = [
  { title: 'Colour-blind palette for the tide chart', tenant: 'design', labels: ['design'] },
  { title: LONG, priority: 30, tenant: 'a-rather-long-tenant-name-for-a-tag' },
  {
    title: 'Write the storm drill',
    assignee: 'ann',
    moves: [{ status: 'todo' }],
    comment: 'Ask the coastguard.',
  },
  {
    title: 'Renew the buoy licence',
    assignee: 'ann',
    moves: [{ status: 'scheduled', scheduledAt: Date.now() + 86_400_000 }],
  },
  { title: 'Translate the manual', assignee: 'bo', priority: 10, moves: [{ status: 'ready' }] },
  {
    title: 'Fix the foghorn timer',
    labels: ['bug', 'good first task', 'timers', 'a label as long as labels may be: fifty characters'],
    assignee: 'bo',
    body: 'It drifts by **two seconds** an hour.\n\n- [ ] measure\n- [x] `clock.ts`\n\n| buoy | drift |\n|---|---|\n| A | 2 s |\n\n```ts\nconst drift = 2;\n```',
    moves: [
      { status: 'blocked', blockReason: 'Needs the key of the lighthouse, which only the keeper has.' },
    ],
    comment: 'See [the plan](https://example.com) and `src/clock.ts`.',
  },
  {
    title: 'Review the pilot ladder rules',
    assignee: 'ann',
    labels: ['safety', 'docs'],
    moves: [{ status: 'ready' }, { status: 'review' }],
    isForgotten: true,
  },
];
