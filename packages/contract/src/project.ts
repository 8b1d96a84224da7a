import { z } from 'zod';
import { Budget } from './budget.ts';
import { Millis, ProjectId } from './ids.ts';
import { WorkspaceKind } from './status.ts';

export const Project = z.object({
  id: ProjectId,
  name: z.string(),
  /** Absolute path of the repository or folder on the runner's machine. */
  path: z.string(),
  kind: z.enum(['git', 'folder']),
  /** Where in its repository `path` lies, and agents start; null for the top of one and outside git. */
  subfolder: z.string().nullable().default(null),
  /** Where agents work on tasks that do not say it; null for a worktree in a repository, and a copy of a folder. */
  workspaceKind: WorkspaceKind.nullable().default(null),
  /** Profile for tasks that name none. */
  defaultProfile: z.string().nullable(),
  /** Branch that work starts from and lands on; null means the one checked out when the project was added. */
  baseBranch: z.string().nullable(),
  /** Shell command run once in every fresh workspace. */
  setupCommand: z.string().nullable(),
  /** How many runs of this project may go at once; null means no limit of its own. */
  maxConcurrentRuns: z.number().int().min(0).nullable(),
  /** What all its runs together may cost. */
  budget: Budget.nullable().default(null),
  createdAt: Millis,
});
export type Project = z.infer<typeof Project>;

const settings = {
  name: z.string().trim().min(1).max(120),
  defaultProfile: z.string().trim().min(1).max(64).nullable(),
  baseBranch: z.string().trim().min(1).max(250).nullable(),
  setupCommand: z.string().trim().min(1).max(4000).nullable(),
  maxConcurrentRuns: z.number().int().min(0).max(1000).nullable(),
  budget: Budget.nullable(),
  workspaceKind: WorkspaceKind.nullable(),
};

export const ProjectAdd = z
  .object({ path: z.string().min(1).max(4096), ...settings })
  .partial({
    name: true,
    defaultProfile: true,
    baseBranch: true,
    setupCommand: true,
    maxConcurrentRuns: true,
    budget: true,
    workspaceKind: true,
  })
  .strict();
export type ProjectAdd = z.infer<typeof ProjectAdd>;

export const ProjectPatch = z
  .object({
    ...settings,
    /** The values that are replaced, as the writer saw them: refused (`changed_meanwhile`) when one of them is another by now. */
    seen: z.object(settings).partial().strict(),
  })
  .partial()
  .strict();
export type ProjectPatch = z.infer<typeof ProjectPatch>;

/** What adding a project answers: it, and what a person should know about the folder. */
export const ProjectAdded = z.object({ project: Project, notes: z.array(z.string()).default([]) });
export type ProjectAdded = z.infer<typeof ProjectAdded>;

/** The repository that a project works in, which may begin above its folder; the folder itself outside git. */
export function repositoryPath({ path, subfolder }: Pick<Project, 'path' | 'subfolder'>): string {
  return subfolder === null ? path : path.slice(0, -subfolder.length - 1);
}

/** Where agents can work in a project of this kind; the first is taken when nobody says. */
export function workspaceKindsOf(kind: Project['kind']): readonly [WorkspaceKind, ...WorkspaceKind[]] {
  return kind === 'git' ? ['worktree', 'dir', 'scratch'] : ['copy', 'dir', 'scratch'];
}
