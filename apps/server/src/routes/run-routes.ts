import { actorName } from '@quarterdeck/contract/identity';
import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import { repositoryPath } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { LogTail, WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { RunPurpose } from '@quarterdeck/contract/status';
import { type Dispatcher, interruptRun, stopTaskRun } from '@quarterdeck/core/dispatch';
import { publicRun, type RunRecord } from '@quarterdeck/core/runs';
import { promptSession, readTranscript, showSession } from '@quarterdeck/core/sessions';
import { forgetRule, listRules, ruleOnProposal } from '@quarterdeck/core/supervision';
import type { Handlers } from '../http/handlers.ts';
import type { RunnerGateway } from '../runner-gateway/runner-gateway.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';

interface RunRouteDeps extends UseCaseDeps {
  readonly dispatcher: Dispatcher;
  readonly gateway: RunnerGateway;
}
type RunRoutes = Pick<
  Handlers,
  | 'task.log'
  | 'task.diff'
  | 'dispatch.pass'
  | 'run.list'
  | 'run.stop'
  | 'run.interrupt'
  | 'session.show'
  | 'session.transcript'
  | 'session.prompt'
  | 'approval.list'
  | 'approval.rule'
  | 'rule.list'
  | 'rule.forget'
>;

const DEFAULT_LOG_TAIL = 256 * 1024;
const NO_DIFF: WorkspaceDiff = {
  base: null,
  head: null,
  branch: null,
  patch: '',
  isCut: false,
  stat: { files: 0, added: 0, removed: 0 },
  hasUncommitted: false,
  leftOut: [],
  startedFrom: null,
};

/** Routes of runs, their conversations, workspaces and approvals. */
export function runRoutes(deps: RunRouteDeps): RunRoutes {
  return {
    'task.log': async ({ params, query }) => {
      const run = await latestRun(deps, { taskId: params.taskId, runId: query.run });
      if (!run.ok) return run;
      const { taskId } = params;
      if (run.value === null)
        return ok({ taskId, path: '', exists: false, sizeBytes: 0, content: '', truncated: false });
      const tailBytes = query.tail ?? DEFAULT_LOG_TAIL;
      const answer = await deps.gateway.query(run.value.runnerId, {
        kind: 'log',
        runId: run.value.id,
        tailBytes,
      });
      return answer.ok ? ok({ taskId, ...LogTail.parse(answer.value) }) : answer;
    },
    'task.diff': async ({ params, query }) => {
      const run = await latestRun(deps, { taskId: params.taskId, purpose: 'work' });
      if (!run.ok) return run;
      return run.value === null ? ok(NO_DIFF) : readDiff(deps, run.value, query.own);
    },
    'dispatch.pass': async ({ query }) => ok(await deps.dispatcher.pass(query)),
    'run.list': async () => ok({ runs: (await deps.db.read((ports) => ports.runs.live())).map(publicRun) }),
    'run.stop': async ({ params, body }, { principal }) => {
      const stopped = await stopTaskRun(deps, {
        ...params,
        reason: body.reason ?? null,
        actor: actorName(principal),
      });
      return stopped.ok ? ok({ run: publicRun(stopped.value) }) : stopped;
    },
    'run.interrupt': ({ params }, { principal }) =>
      interruptRun(deps, { ...params, actor: actorName(principal) }),
    'session.show': async ({ params }) => {
      const session = await showSession(deps, params.sessionId);
      return session.ok ? ok({ session: session.value }) : session;
    },
    'session.transcript': ({ params, query }) => readTranscript(deps, { ...params, since: query.since }),
    'session.prompt': ({ params, body }, { principal }) =>
      promptSession(deps, { ...params, text: body.text, actor: actorName(principal) }),
    'approval.list': async ({ query }) => {
      const { status, task, limit } = query;
      return ok({
        proposals: await deps.db.read((ports) => ports.proposals.list({ status, taskId: task, limit })),
      });
    },
    'approval.rule': async ({ params, body }, { principal }) => {
      const ruled = await ruleOnProposal(deps, { ...params, ruling: body, actor: actorName(principal) });
      return ruled.ok ? ok({ proposal: ruled.value }) : ruled;
    },
    'rule.list': async () => ok({ rules: await listRules(deps) }),
    'rule.forget': async ({ params }, { principal }) => {
      const gone = await forgetRule(deps, { ...params, actor: actorName(principal) });
      return gone.ok ? ok({ rule: gone.value }) : gone;
    },
  };
}

/** The run asked for, or the newest one of the task; null when it never ran. */
async function latestRun(
  deps: UseCaseDeps,
  asked: { readonly taskId: string; readonly runId?: string; readonly purpose?: RunPurpose },
): Promise<Result<RunRecord | null>> {
  return deps.db.read(async (ports) => {
    const task = await ports.tasks.find(asked.taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId: asked.taskId });
    const runs = await ports.runs.ofTask(task.id);
    const isWanted = (run: RunRecord) => asked.purpose === undefined || run.purpose === asked.purpose;
    if (asked.runId === undefined) return ok(runs.findLast(isWanted) ?? null);
    const run = runs.find((it) => it.id === (asked.runId as RunId));
    return run ? ok(run) : refuse('run_not_found', { runId: asked.runId });
  });
}

async function readDiff(deps: RunRouteDeps, run: RunRecord, isOwn: boolean): Promise<Result<WorkspaceDiff>> {
  const [project, task] = await deps.db.read(async (ports) => [
    await ports.projects.find(run.projectId),
    await ports.tasks.find(run.taskId),
  ]);
  if (project === null) return refuse('project_not_found', { projectId: run.projectId });
  if (task === null) return refuse('task_not_found', { taskId: run.taskId });
  const { id: runId, workspacePath, branch } = run;
  if (workspacePath === null && branch === null) return ok(NO_DIFF);
  const { baseBranch } = project;
  const answer = await deps.gateway.query(run.runnerId, {
    kind: 'diff',
    runId,
    taskId: task.id,
    projectId: project.id,
    workspaceKind: task.workspaceKind,
    workspacePath,
    branch,
    projectPath: repositoryPath(project),
    baseBranch,
    base: run.baseCommit,
    head: run.headCommit,
    // What is in no commit at all lies in the folder, as while the agent works.
    isLive: run.status !== 'ended' || (run.unkept !== null && run.headCommit === null),
    isOwn,
  });
  return answer.ok ? ok(WorkspaceDiff.parse(answer.value)) : answer;
}
