import type { ProfileSettings } from '@quarterdeck/contract/fleet';
import type { ProjectId, RunnerId, TaskId } from '@quarterdeck/contract/ids';
import { type Project, repositoryPath } from '@quarterdeck/contract/project';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { Comment, Task } from '@quarterdeck/contract/task';
import type { RunRecord } from '../../runs/index.ts';
import { chooseResume, spentIn, worksAmong } from '../domain/choose-resume.ts';
import { handOverFiles } from '../domain/hand-over-files.ts';
import { writeBrief, writeFollowUp } from '../domain/write-brief.ts';
import { writeReviewBrief } from '../domain/write-review-brief.ts';
import type { DispatchTransaction } from '../ports.ts';
import type { Claim } from './make-claim.ts';

/** What the orders of many claims are written from. */
interface Background {
  readonly projects: ReadonlyMap<ProjectId, Project>;
  readonly parents: ReadonlyMap<TaskId, readonly Task[]>;
  readonly earlierRuns: ReadonlyMap<TaskId, readonly RunRecord[]>;
  readonly comments: ReadonlyMap<TaskId, readonly Comment[]>;
  readonly settings: ReadonlyMap<string, ProfileSettings>;
  /** The last commit of each parent whose work is in a copy. */
  readonly parentHeads: ReadonlyMap<TaskId, string>;
}

/**
 * The orders runners get for claims, read with a few queries however many claims there are. The token of an order is filled
 * in when it is sent, so that no secret is stored.
 */
export async function composeOrders(
  ports: DispatchTransaction,
  claims: readonly Claim[],
): Promise<{ claim: Claim; order: RunOrder }[]> {
  const background = await readBackground(ports, claims);
  const taskIds = claims.map(({ task }) => task.id);
  const files = Map.groupBy(await ports.attachments.ofTasks(taskIds), (file) => file.taskId);
  return claims.map((claim) => {
    const order = composeOrder(claim, background);
    return { claim, order: handOverFiles(order, files.get(claim.task.id) ?? []) };
  });
}

async function readBackground(ports: DispatchTransaction, claims: readonly Claim[]): Promise<Background> {
  const taskIds = claims.map(({ task }) => task.id);
  const retried = claims.flatMap(({ task, run }) => (run.attempt > 1 ? [task.id] : []));
  const own = new Set(claims.map(({ run }) => run.id));
  const earlierRuns = (await ports.runs.ofTasks(retried)).filter((run) => !own.has(run.id));
  const parents = await readParents(ports, taskIds);
  return {
    projects: new Map((await ports.projects.list()).map((project) => [project.id, project])),
    parents,
    parentHeads: await readHeads(ports, [...parents.values()].flat()),
    earlierRuns: Map.groupBy(earlierRuns, (run) => run.taskId),
    settings: new Map((await ports.profileSettings.list()).map((it) => [it.profile, it])),
    comments: Map.groupBy(await ports.comments.ofTasks(taskIds), (comment) => comment.taskId),
  };
}

async function readParents(
  ports: DispatchTransaction,
  taskIds: readonly TaskId[],
): Promise<Map<TaskId, Task[]>> {
  const links = await ports.links.linksTo(taskIds);
  const found = await ports.tasks.findMany([...new Set(links.map((link) => link.parentId))]);
  const byId = new Map(found.map((task) => [task.id, task]));
  const parents = new Map<TaskId, Task[]>();
  for (const [childId, toChild] of Map.groupBy(links, (link) => link.childId)) {
    parents.set(
      childId,
      toChild.flatMap((link) => byId.get(link.parentId) ?? []),
    );
  }
  return parents;
}

function composeOrder({ assignment, task, run }: Claim, background: Background): RunOrder {
  const project = background.projects.get(task.projectId);
  if (!project) throw new Error(`task ${task.id} belongs to ${task.projectId}, which is not there`);
  const parents = background.parents.get(task.id) ?? [];
  const earlierRuns = background.earlierRuns.get(task.id) ?? [];
  const comments = background.comments.get(task.id) ?? [];
  const { id, kind, subfolder, baseBranch, setupCommand } = project;
  const isReview = run.purpose === 'review';
  const told = { task, parents, project, earlierRuns, comments };
  return {
    runId: run.id,
    taskId: task.id,
    sessionId: run.sessionId,
    title: task.title,
    profile: run.profile,
    purpose: run.purpose,
    ...chooseModel(task, run, background.settings.get(run.profile)),
    prompt: isReview ? writeReviewBrief({ ...told, span: run }) : writeBrief(told),
    // A reviewer looks with fresh eyes each time.
    resume: isReview ? null : composeResume(run, told),
    token: '',
    project: { id, path: repositoryPath(project), kind, subfolder, baseBranch, setupCommand },
    workspace: {
      kind: task.workspaceKind,
      path: task.workspacePath,
      branch: task.branch,
      base: isReview ? run.baseCommit : baseOn(run.runnerId, earlierRuns),
      head: isReview ? run.headCommit : null,
      startFrom: isReview
        ? []
        : parents.flatMap((parent) => startsFrom(parent, { task, project, heads: background.parentHeads })),
    },
    attachments: [],
    maxRuntimeMs: assignment.agent.maxRuntimeMs,
  };
}

/** What the task says is for the agent that works on it; a reviewer, and a task that says nothing, get what is set for the agent. */
function chooseModel(
  task: Task,
  run: RunRecord,
  settings: ProfileSettings | undefined,
): Pick<RunOrder, 'model' | 'effort'> {
  const own = run.purpose === 'work' ? task : null;
  return {
    model: own?.model ?? settings?.model ?? null,
    effort: own?.effort ?? settings?.effort ?? null,
  };
}

/** Where the task's changes begin on this runner: another machine has other commits. */
function baseOn(runnerId: RunnerId, earlierRuns: readonly RunRecord[]): string | null {
  const known = worksAmong(earlierRuns).filter((run) => run.runnerId === runnerId && run.baseCommit !== null);
  return known.at(-1)?.baseCommit ?? null;
}

function composeResume(
  run: RunRecord,
  told: { task: Task; earlierRuns: readonly RunRecord[]; comments: readonly Comment[] },
): RunOrder['resume'] {
  const agentSessionId = chooseResume(run, told.earlierRuns);
  if (agentSessionId === null) return null;
  return { agentSessionId, prompt: writeFollowUp(told), spent: spentIn(agentSessionId, told.earlierRuns) };
}

/** Branches tell for themselves where they are; a copy has none. */
async function readHeads(ports: DispatchTransaction, parents: readonly Task[]): Promise<Map<TaskId, string>> {
  const copied = parents.filter(({ workspaceKind }) => workspaceKind === 'copy').map(({ id }) => id);
  const runs = copied.length === 0 ? [] : await ports.runs.ofTasks([...new Set(copied)]);
  return new Map(worksAmong(runs).flatMap((run) => (run.headCommit ? [[run.taskId, run.headCommit]] : [])));
}

/** The work of a parent in the same project, unless it has landed where this task starts anyway. */
function startsFrom(
  parent: Task,
  {
    task,
    project,
    heads,
  }: { readonly task: Task; readonly project: Project; readonly heads: Background['parentHeads'] },
): string[] {
  const { landing } = parent;
  const start = project.kind === 'git' ? project.baseBranch : project.path;
  if (parent.projectId !== project.id || (landing?.status === 'landed' && landing.into === start)) return [];
  const from = task.workspaceKind === 'copy' ? heads.get(parent.id) : parent.branch;
  return from ? [from] : [];
}
