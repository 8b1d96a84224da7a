import { z } from 'zod';
import {
  Board,
  BoardConfig,
  BoardQuery,
  BoardStats,
  BulkPatch,
  BulkResults,
  DispatchReport,
} from './board.ts';
import { EventFrame } from './event.ts';
import { Fleet } from './fleet.ts';
import { Key, KeyCreate, Me, SignIn, Ticket } from './identity.ts';
import { ApproveInput, ChangesInput, LandInput } from './landing.ts';
import { Project, ProjectAdd, ProjectPatch } from './project.ts';
import { Proposal, Ruling } from './proposal.ts';
import { Run } from './run.ts';
import { LogTail, WorkspaceDiff } from './runner-protocol.ts';
import { PromptInput, Session, Transcript } from './session.ts';
import { ProposalStatus, type Role } from './status.ts';
import { Comment, Link, TaskCard, TaskCreate, TaskDetail, TaskPatch } from './task.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api`; `:name` is a path parameter. */
  readonly path: string;
  /** The least role of a person; `open` needs nobody. */
  readonly access: Role | 'open';
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
  /** Also served on the seed's mount `/api/plugins/kanban`, in the seed's spelling. */
  readonly seed?: true;
}

const empty = z.object({ ok: z.literal(true) });
const taskReply = z.object({ task: TaskCard });

/** Every REST route: the server refuses to start without a handler for each, and the client's types follow from here. */
export const ROUTES = {
  'board.show': {
    method: 'GET',
    path: '/board',
    access: 'viewer',
    summary: 'The whole board with its cursor',
    query: BoardQuery,
    reply: Board,
    seed: true,
  },
  'board.stats': {
    method: 'GET',
    path: '/stats',
    access: 'viewer',
    summary: 'Counts by status and assignee, age of the oldest ready task',
    reply: BoardStats,
    seed: true,
  },
  'board.config': {
    method: 'GET',
    path: '/config',
    access: 'viewer',
    summary: 'Board preferences',
    reply: BoardConfig,
    seed: true,
  },
  'task.create': {
    method: 'POST',
    path: '/tasks',
    access: 'admin',
    summary: 'Create a task',
    body: TaskCreate,
    reply: taskReply,
    seed: true,
  },
  'task.bulk': {
    method: 'POST',
    path: '/tasks/bulk',
    access: 'admin',
    summary: 'Apply one change to many tasks, each on its own',
    body: BulkPatch,
    reply: BulkResults,
    seed: true,
  },
  'task.show': {
    method: 'GET',
    path: '/tasks/:taskId',
    access: 'viewer',
    summary: 'A task with comments, links and runs',
    reply: TaskDetail,
    seed: true,
  },
  'task.update': {
    method: 'PATCH',
    path: '/tasks/:taskId',
    access: 'admin',
    summary: 'Change a task, all or nothing',
    body: TaskPatch,
    reply: taskReply,
    seed: true,
  },
  'task.events': {
    method: 'GET',
    path: '/tasks/:taskId/events',
    access: 'viewer',
    summary: 'What happened to a task, newest first',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({ events: z.array(EventFrame) }),
  },
  'task.comment': {
    method: 'POST',
    path: '/tasks/:taskId/comments',
    access: 'admin',
    summary: 'Comment on a task',
    body: z.object({
      body: z.string().max(256 * 1024),
      author: z.string().max(120).nullish(),
    }),
    reply: empty.extend({ comment: Comment }),
    seed: true,
  },
  'task.log': {
    method: 'GET',
    path: '/tasks/:taskId/log',
    access: 'viewer',
    summary: "The end of the agent's log",
    query: z.object({
      tail: z.coerce.number().int().min(1).max(2_000_000).optional(),
      run: z.string().optional(),
    }),
    reply: LogTail.extend({ taskId: z.string() }),
    seed: true,
  },
  'task.diff': {
    method: 'GET',
    path: '/tasks/:taskId/diff',
    access: 'viewer',
    summary: "What the task's workspace changed",
    reply: WorkspaceDiff,
  },
  'task.approve': {
    method: 'POST',
    path: '/tasks/:taskId/approve',
    access: 'admin',
    summary: 'Approve work under review; with a strategy its work is landed first',
    body: ApproveInput,
    reply: taskReply,
  },
  'task.requestChanges': {
    method: 'POST',
    path: '/tasks/:taskId/changes',
    access: 'admin',
    summary: 'Send work back to its agent with remarks',
    body: ChangesInput,
    reply: taskReply,
  },
  'task.land': {
    method: 'POST',
    path: '/tasks/:taskId/land',
    access: 'admin',
    summary: "Bring a task's work into the base branch",
    body: LandInput,
    reply: taskReply,
  },
  'link.create': {
    method: 'POST',
    path: '/links',
    access: 'admin',
    summary: 'Make a task wait for another',
    body: z.object({ parentId: z.string(), childId: z.string() }),
    reply: empty.extend({ link: Link }),
    seed: true,
  },
  'link.delete': {
    method: 'DELETE',
    path: '/links',
    access: 'admin',
    summary: 'Stop a task waiting for another',
    query: z.object({ parentId: z.string(), childId: z.string() }),
    reply: z.object({ ok: z.boolean() }),
    seed: true,
  },
  'dispatch.pass': {
    method: 'POST',
    path: '/dispatch',
    access: 'admin',
    summary: 'One dispatcher pass now',
    query: z.object({
      dryRun: z.stringbool().default(false),
      max: z.coerce.number().int().min(0).max(1000).default(8),
    }),
    reply: DispatchReport,
    seed: true,
  },
  'project.list': {
    method: 'GET',
    path: '/projects',
    access: 'viewer',
    summary: 'All projects',
    reply: z.object({ projects: z.array(Project) }),
  },
  'project.add': {
    method: 'POST',
    path: '/projects',
    access: 'admin',
    summary: 'Add a git repository or a folder',
    body: ProjectAdd,
    reply: z.object({ project: Project }),
  },
  'project.update': {
    method: 'PATCH',
    path: '/projects/:projectId',
    access: 'admin',
    summary: 'Change settings of a project',
    body: ProjectPatch,
    reply: z.object({ project: Project }),
  },
  'agent.list': {
    method: 'GET',
    path: '/agents',
    access: 'viewer',
    summary: 'Runners and the agents they have',
    reply: Fleet,
  },
  'run.list': {
    method: 'GET',
    path: '/runs',
    access: 'viewer',
    summary: 'Runs that have not ended',
    reply: z.object({ runs: z.array(Run) }),
  },
  'run.stop': {
    method: 'POST',
    path: '/runs/:runId/stop',
    access: 'admin',
    summary: 'Stop a run; its task goes back to todo and is held',
    body: z.object({ reason: z.string().max(4000).nullish() }),
    reply: z.object({ run: Run }),
  },
  'run.interrupt': {
    method: 'POST',
    path: '/runs/:runId/interrupt',
    access: 'admin',
    summary: "End the agent's turn; the run goes on",
    body: z.object({}),
    reply: empty,
  },
  'session.show': {
    method: 'GET',
    path: '/sessions/:sessionId',
    access: 'viewer',
    summary: 'A conversation without its items',
    reply: z.object({ session: Session }),
  },
  'session.transcript': {
    method: 'GET',
    path: '/sessions/:sessionId/transcript',
    access: 'viewer',
    summary: 'Items of a conversation written after a revision',
    query: z.object({ since: z.coerce.number().int().min(0).default(0) }),
    reply: Transcript,
  },
  'session.prompt': {
    method: 'POST',
    path: '/sessions/:sessionId/prompt',
    access: 'admin',
    summary: 'Say something to a live agent; it is queued while a turn runs',
    body: PromptInput,
    reply: empty,
  },
  'approval.list': {
    method: 'GET',
    path: '/approvals',
    access: 'viewer',
    summary: 'What agents need decided, oldest first',
    query: z.object({
      status: ProposalStatus.optional(),
      task: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({ proposals: z.array(Proposal) }),
  },
  'approval.rule': {
    method: 'POST',
    path: '/approvals/:proposalId/ruling',
    access: 'admin',
    summary: 'Allow or deny',
    body: Ruling,
    reply: z.object({ proposal: Proposal }),
  },
  'event.list': {
    method: 'GET',
    path: '/events',
    access: 'viewer',
    summary: 'Facts after a cursor',
    query: z.object({
      since: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({ events: z.array(EventFrame), cursor: z.number().int() }),
  },
  'identity.me': {
    method: 'GET',
    path: '/me',
    access: 'viewer',
    summary: 'Who is signed in',
    reply: Me,
  },
  'identity.signIn': {
    method: 'POST',
    path: '/session',
    access: 'open',
    summary: 'Turn a one-time ticket or a token into a session cookie',
    body: SignIn,
    reply: Me,
  },
  'identity.signOut': {
    method: 'DELETE',
    path: '/session',
    access: 'viewer',
    summary: 'End this session',
    reply: empty,
  },
  'identity.ticket': {
    method: 'POST',
    path: '/tickets',
    access: 'owner',
    summary: 'A one-time sign-in ticket',
    body: z.object({}),
    reply: Ticket,
  },
  'identity.keys': {
    method: 'GET',
    path: '/keys',
    access: 'owner',
    summary: 'Keys of machines, without their secrets',
    reply: z.object({ keys: z.array(Key) }),
  },
  'identity.createKey': {
    method: 'POST',
    path: '/keys',
    access: 'owner',
    summary: 'A key for a machine; its secret is shown this once',
    body: KeyCreate,
    reply: z.object({ key: Key, secret: z.string() }),
  },
  'identity.revokeKey': {
    method: 'DELETE',
    path: '/keys/:keyId',
    access: 'owner',
    summary: 'Make a key worthless',
    reply: z.object({ ok: z.boolean() }),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof PathParams<Rest>]: string }
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>;
type Of<N extends RouteName, Part extends string, Fallback> = (typeof ROUTES)[N] extends {
  readonly [K in Part]: infer S extends z.ZodType;
}
  ? S
  : Fallback;

/** What a handler gets: parsed path parameters, query and body. */
export interface RouteInput<N extends RouteName> {
  readonly params: PathParams<(typeof ROUTES)[N]['path']>;
  readonly query: z.output<Of<N, 'query', z.ZodObject>>;
  readonly body: z.output<Of<N, 'body', z.ZodUndefined>>;
}
/** What a client sends. */
export type RouteCall<N extends RouteName> = {
  readonly params: PathParams<(typeof ROUTES)[N]['path']>;
  readonly query?: z.input<Of<N, 'query', z.ZodObject>>;
  readonly body: z.input<Of<N, 'body', z.ZodUndefined>>;
};
export type RouteReply<N extends RouteName> = z.output<(typeof ROUTES)[N]['reply']>;
