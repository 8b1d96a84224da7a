import { z } from 'zod';
import type { Program } from '../program/start-program.ts';

/** Where a client written for the seed finds the board. */
export const SEED_MOUNT = '/api/plugins/kanban';

interface SeedAnswer {
  readonly status: number;
  readonly reply: unknown;
}

/** Sends one request as the seed's dashboard does, with the token as the only addition, and reads the JSON answer. */
export async function ask(
  program: Pick<Program, 'url' | 'token'>,
  request: `${'GET' | 'POST' | 'PATCH' | 'DELETE'} ${string}`,
  body?: unknown,
): Promise<SeedAnswer> {
  const [method = 'GET', path = ''] = request.split(' ');
  const response = await fetch(`${program.url}${SEED_MOUNT}${path}`, {
    method,
    headers: { authorization: `Bearer ${program.token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, reply: await response.json() };
}

/** A refusal in the seed's shape, with this status and text. */
export function refused(status: number, detail: unknown): SeedAnswer {
  return { status, reply: { detail } };
}

const count = z.int().min(0);
/** Whole seconds since the epoch; a time in milliseconds is far beyond. */
const seconds = z.int().min(1_600_000_000).max(4_000_000_000);
const text = z.string().nullable();
const noneOr = <T extends z.ZodType>(type: T) => type.nullable();

/** Every field of the seed's task with its type. Further fields are ours, and its clients do not look at them. */
export const SeedTask = z.looseObject({
  id: z.string().regex(/^t_[0-9a-f]{8}$/),
  title: z.string().min(1),
  body: text,
  assignee: text,
  status: z.enum([
    'triage',
    'todo',
    'scheduled',
    'ready',
    'running',
    'review',
    'blocked',
    'done',
    'archived',
  ]),
  priority: z.int(),
  tenant: text,
  created_by: z.string(),
  created_at: seconds,
  started_at: noneOr(seconds),
  completed_at: noneOr(seconds),
  workspace_kind: z.enum(['scratch', 'dir', 'worktree']),
  workspace_path: text,
  claim_lock: text,
  claim_expires: noneOr(seconds),
  result: text,
  idempotency_key: text,
  age: z.strictObject({
    created_age_seconds: count,
    started_age_seconds: noneOr(count),
    time_to_complete_seconds: noneOr(count),
  }),
});
type SeedTask = z.infer<typeof SeedTask>;

const SeedCard = SeedTask.extend({
  link_counts: z.strictObject({ parents: count, children: count }),
  comment_count: count,
  progress: noneOr(z.strictObject({ done: count, total: count })),
});

const SeedBoard = z.looseObject({
  columns: z.array(z.strictObject({ name: z.string(), tasks: z.array(SeedCard) })),
  tenants: z.array(z.string()),
  assignees: z.array(z.string()),
  latest_event_id: count,
  now: seconds,
});
type SeedBoard = z.infer<typeof SeedBoard>;

export const SeedEvent = z.strictObject({
  id: z.int().min(1),
  task_id: z.string(),
  kind: z.string(),
  payload: noneOr(z.record(z.string(), z.unknown())),
  created_at: seconds,
});

const SeedDetail = z.looseObject({
  task: SeedTask,
  comments: z.array(
    z.strictObject({
      id: z.int(),
      task_id: z.string(),
      author: z.string(),
      body: z.string(),
      created_at: seconds,
    }),
  ),
  events: z.array(SeedEvent),
  links: z.strictObject({ parents: z.array(z.string()), children: z.array(z.string()) }),
});
type SeedDetail = z.infer<typeof SeedDetail>;

/** Creates a task, and reads the reply as the seed's. */
export async function create(program: Program, fields: Readonly<Record<string, unknown>>): Promise<SeedTask> {
  const { status, reply } = await ask(program, 'POST /tasks', { title: 'A task', ...fields });
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(reply)}`);
  return z.object({ task: SeedTask }).parse(reply).task;
}

/** A task with its comments, events and links. */
export async function detailOf(program: Program, taskId: string): Promise<SeedDetail> {
  return SeedDetail.parse((await ask(program, `GET /tasks/${taskId}`)).reply);
}

/** The board. */
export async function boardOf(program: Program, query = ''): Promise<SeedBoard> {
  return SeedBoard.parse((await ask(program, `GET /board${query}`)).reply);
}

/** The ids in one column of the board, from top to bottom. */
export function idsIn(board: SeedBoard, name: string): string[] | undefined {
  return board.columns.find((column) => column.name === name)?.tasks.map(({ id }) => id);
}

/** Paths of numbers too large to be seconds: times that were not turned round. */
export function millisIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return value > 100_000_000_000 ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, content]) => millisIn(content, `${path}.${name}`));
}
