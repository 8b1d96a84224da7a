import { WorkspaceList } from '../workspace.ts';
import { doneReply, type Route } from './route.ts';

/** Folders that hold the work of tasks. */
export const WORKSPACE_ROUTES = {
  'workspace.list': {
    method: 'GET',
    path: '/workspaces',
    access: 'viewer',
    summary: 'The workspaces of all runners, newest first, with what they take on disk',
    reply: WorkspaceList,
  },
  'workspace.remove': {
    method: 'DELETE',
    path: '/tasks/:taskId/workspace',
    access: 'admin',
    summary: 'Take the workspace of a task away; refused while work in it would be lost',
    reply: doneReply,
  },
} as const satisfies Record<string, Route>;
