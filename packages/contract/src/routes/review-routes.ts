import { z } from 'zod';
import { ApproveInput, ChangesInput, LandInput } from '../landing.ts';
import { ReviewRequest } from '../review.ts';
import { WorkspaceDiff } from '../runner-protocol.ts';
import { type Route, taskReply } from './route.ts';

/** Looking at the work of a task, and ruling on it. */
export const REVIEW_ROUTES = {
  'task.diff': {
    method: 'GET',
    path: '/tasks/:taskId/diff',
    access: 'viewer',
    summary: 'What the task changed, as it would land',
    query: z.object({ own: z.stringbool().default(false) }),
    reply: WorkspaceDiff,
  },
  'task.requestReview': {
    method: 'POST',
    path: '/tasks/:taskId/review',
    access: 'admin',
    summary: 'Ask for a review of the work as it is now, by an agent or a person',
    body: ReviewRequest,
    reply: taskReply,
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
  'task.keep': {
    method: 'POST',
    path: '/tasks/:taskId/keep',
    access: 'admin',
    summary: 'Commit again what its last run left in its workspace; the task goes where its agent wanted it',
    body: z.object({}),
    reply: taskReply,
  },
} as const satisfies Record<string, Route>;
