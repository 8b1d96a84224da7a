import { z } from 'zod';
import { Board, BoardConfig, BoardQuery, BoardStats, BulkPatch, BulkResults } from '../board.ts';
import { EventFrame } from '../event.ts';
import { Woken } from '../mention.ts';
import { Comment, Link, TaskCreate, TaskDetail, TaskPatch } from '../task.ts';
import { doneReply, type Route, taskReply } from './route.ts';

/** Tasks, links and the board. */
export const BOARD_ROUTES = {
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
    reply: doneReply.extend({ comment: Comment, woken: z.array(Woken).default([]) }),
    seed: true,
  },
  'link.create': {
    method: 'POST',
    path: '/links',
    access: 'admin',
    summary: 'Make a task wait for another',
    body: z.object({ parentId: z.string(), childId: z.string() }),
    reply: doneReply.extend({ link: Link }),
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
} as const satisfies Record<string, Route>;
