import { z } from 'zod';
import { DispatchReport } from '../board.ts';
import { Run } from '../run.ts';
import { LogTail } from '../runner-protocol.ts';
import { PromptInput, Session, Transcript } from '../session.ts';
import { doneReply, type Route } from './route.ts';

/** Runs, their conversations, and the dispatcher. */
export const RUNS_ROUTES = {
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
    reply: doneReply,
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
    reply: doneReply,
  },
} as const satisfies Record<string, Route>;
