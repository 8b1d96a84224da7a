import { z } from 'zod';
import { Fleet } from '../fleet.ts';
import { Project, ProjectAdd, ProjectPatch } from '../project.ts';
import type { Route } from './route.ts';

/** Projects, and the machines and agents that work on them. */
export const PLANNING_ROUTES = {
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
} as const satisfies Record<string, Route>;
