import { z } from 'zod';
import { BudgetState } from '../budget.ts';
import { Fleet, ProfileSettings, ProfileSettingsPatch } from '../fleet.ts';
import { Project, ProjectAdd, ProjectAdded, ProjectPatch } from '../project.ts';
import type { Route } from './route.ts';

/** Projects, the machines and agents that work on them, and what all may cost. */
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
    reply: ProjectAdded,
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
  'agent.update': {
    method: 'PATCH',
    path: '/agents/:profile',
    access: 'admin',
    summary: 'Pause or resume a profile, or give it a budget',
    body: ProfileSettingsPatch,
    reply: z.object({ settings: ProfileSettings }),
  },
  'budget.list': {
    method: 'GET',
    path: '/budgets',
    access: 'viewer',
    summary: 'Every budget that is set, with what is spent of it',
    reply: z.object({ budgets: z.array(BudgetState) }),
  },
} as const satisfies Record<string, Route>;
