import type { AgentToolInput, AgentToolName } from '@quarterdeck/contract/agent-tools';
import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { commentOnTaskIn, createTaskIn, linkTasksIn } from '../../board/index.ts';
import { commentAndWakeIn } from '../../mentions/index.ts';
import { writeRemarks } from '../../review/index.ts';
import { ownsTask, publicRun, type RunRecord } from '../../runs/index.ts';
import { checkPurpose } from '../domain/check-purpose.ts';
import type { DispatchDeps, DispatchTransaction } from '../ports.ts';
import { reportRun } from './report-run.ts';

/** The tools that are a change of the board alone; `task_attach` receives a file first. */
type BoardTool = Exclude<AgentToolName, 'task_attach'>;
export type ToolInput = {
  [N in BoardTool]: { readonly name: N; readonly input: AgentToolInput<N> };
}[BoardTool];

interface Call {
  readonly ports: DispatchTransaction;
  readonly run: RunRecord;
  readonly now: number;
}
type Tools = {
  readonly [N in BoardTool]: (call: Call, input: AgentToolInput<N>) => Promise<Result<unknown>>;
};

/** Whether a run still owns its task. A superseded one is refused before anything is read or changed. */
export async function findOwningRun(
  ports: Pick<DispatchTransaction, 'runs' | 'tasks'>,
  runId: RunId,
): Promise<Result<RunRecord>> {
  const run = await ports.runs.find(runId);
  if (run === null) return refuse('run_superseded', { runId });
  const task = await ports.tasks.find(run.taskId);
  return ownsTask(run, task) ? ok(run) : refuse('run_superseded', { runId });
}

/** Carries out one tool call of an agent in the name of its run, in one transaction that begins with the fence. */
export async function callAgentTool(
  deps: DispatchDeps,
  input: { readonly runId: RunId; readonly call: ToolInput },
): Promise<Result<unknown>> {
  return deps.db.write(async (transaction) => {
    const ports: DispatchTransaction = { ...transaction, ids: deps.ids };
    const owner = await findOwningRun(ports, input.runId);
    if (!owner.ok) return owner;
    const purpose = checkPurpose(owner.value.purpose, input.call.name);
    if (!purpose.ok) return purpose;
    const now = deps.clock.now();
    const tool = tools[input.call.name] as (call: Call, toolInput: unknown) => Promise<Result<unknown>>;
    return tool({ ports, run: owner.value, now }, input.call.input);
  });
}

const tools: Tools = {
  task_show: ({ ports, run }, input) => showTask(ports, input.taskId ?? run.taskId),

  async task_comment({ ports, run, now }, input) {
    const taskId = input.taskId ?? run.taskId;
    const said = await commentAndWakeIn(ports, { taskId, author: run.profile, body: input.body, run, now });
    return said.ok ? ok({ ...said.value.comment, woken: said.value.woken }) : said;
  },

  async task_heartbeat({ ports, run, now }, input) {
    const { id: runId, taskId, projectId } = run;
    await ports.runs.save({
      ...run,
      heartbeatAt: now,
      activeAt: now,
      activity: input.note?.slice(0, 120) ?? run.activity,
    });
    if (input.note !== undefined) {
      const payload = { runId, note: input.note };
      await ports.events.append(
        [{ kind: 'run.noted', actor: run.profile, taskId, projectId, runId, payload }],
        now,
      );
    }
    return ok({ ok: true });
  },

  async task_complete({ ports, run, now }, input) {
    return reported(
      await reportRun(ports, { run, outcome: 'completed', text: input.summary, blockKind: null, now }),
    );
  },

  async task_block({ ports, run, now }, input) {
    return reported(
      await reportRun(ports, { run, outcome: 'blocked', text: input.reason, blockKind: input.kind, now }),
    );
  },

  async task_request_review({ ports, run, now }, input) {
    return reported(
      await reportRun(ports, { run, outcome: 'review_requested', text: input.summary, blockKind: null, now }),
    );
  },

  async task_approve({ ports, run, now }, input) {
    return reported(
      await reportRun(ports, { run, outcome: 'approved', text: input.summary, blockKind: null, now }),
    );
  },

  async task_request_changes({ ports, run, now }, { summary, comments = [] }) {
    const isNew = run.reportedOutcome === null;
    const report = { run, outcome: 'changes_requested', text: summary, blockKind: null, now } as const;
    const done = await reportRun(ports, report);
    if (!done.ok || !isNew) return reported(done);
    // Written with the report, so that whatever becomes of the reviewer its author gets them.
    const remarks = comments.map((it) => ({ ...it, side: 'new' as const }));
    const body = writeRemarks({ summary, comments: remarks });
    const said = await commentOnTaskIn(ports, { taskId: run.taskId, author: run.profile, body, now });
    return said.ok ? reported(done) : said;
  },

  async task_create({ ports, run, now }, input) {
    const lookup = { ...ports, projects: ports.projects };
    const task = { ...input, projectId: run.projectId };
    const made = await createTaskIn(lookup, { task, actor: run.profile, now });
    return made.ok ? ok({ taskId: made.value.id, status: made.value.status }) : made;
  },

  async task_link({ ports, run, now }, input) {
    return linkTasksIn(ports, { ...input, actor: run.profile, now });
  },
};

function reported(result: Result<RunRecord>): Result<unknown> {
  return result.ok
    ? ok({ ok: true, next: 'Reported. Stop now: end your turn without further work.' })
    : result;
}

async function showTask(ports: DispatchTransaction, taskId: string): Promise<Result<unknown>> {
  const task = await ports.tasks.find(taskId as TaskId);
  if (task === null) return refuse('task_not_found', { taskId });
  const parents = await ports.tasks.findMany(await ports.links.parentsOf(task.id));
  const { id, title, body, status, assignee, priority, labels, result, blockReason, branch } = task;
  return ok({
    task: { id, title, body, status, assignee, priority, labels, result, blockReason, branch },
    parents: parents.map((parent) => ({
      id: parent.id,
      title: parent.title,
      status: parent.status,
      result: parent.result,
    })),
    comments: (await ports.comments.ofTask(task.id)).map(({ author, body: text }) => ({ author, text })),
    attachments: (await ports.attachments.ofTasks([task.id])).map(({ name, size, createdBy }) => ({
      name,
      size,
      createdBy,
    })),
    attempts: (await ports.runs.ofTask(task.id))
      .map(publicRun)
      .map(({ attempt, profile, outcome, summary, error }) => ({
        attempt,
        profile,
        outcome,
        summary,
        error,
      })),
  });
}
