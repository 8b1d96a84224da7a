import { z } from 'zod';
import { Budget } from './budget.ts';
import { Millis, ProjectId } from './ids.ts';

export const Project = z.object({
  id: ProjectId,
  name: z.string(),
  /** Absolute path of the repository or folder on the runner's machine. */
  path: z.string(),
  kind: z.enum(['git', 'folder']),
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
