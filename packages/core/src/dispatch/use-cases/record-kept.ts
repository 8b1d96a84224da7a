import type { KeptWork } from '@quarterdeck/contract/runner-protocol';
import type { Task } from '@quarterdeck/contract/task';
import { commentOnTaskIn } from '../../board/index.ts';
import { publicRun, type RunRecord } from '../../runs/index.ts';
import { flawsOf } from '../domain/flaws-of.ts';
import { notesText, unkeptReason } from '../domain/unkept-text.ts';
import type { DispatchTransaction } from '../ports.ts';
import { handIn } from './hand-in.ts';

interface RecordKept {
  readonly run: RunRecord;
  readonly kept: KeptWork;
  readonly actor: string;
  readonly byPerson: boolean;
  readonly now: number;
}

/**
 * Writes what became of the work of an ended run when it was kept again, or when its runner came back late. A task that is blocked
 * for it moves on when all is kept, else its reason is renewed. Nothing happens once a newer attempt has begun: its report counts.
 */
export async function recordKept(ports: DispatchTransaction, record: RecordKept): Promise<void> {
  const { run, kept, actor, byPerson, now } = record;
  const runs = await ports.runs.ofTask(run.taskId);
  if (runs.findLast((it) => it.purpose === 'work')?.id !== run.id || run.status !== 'ended') return;
  const after = keptRun(run, kept);
  await ports.runs.save(after);
  const { taskId, projectId, id: runId } = run;
  const subject = { actor, taskId, projectId, runId };
  await ports.events.append([{ ...subject, kind: 'run.kept', payload: { run: publicRun(after) } }], now);
  await sayNotes(ports, { before: run, after, now });
  const task = await ports.tasks.find(taskId);
  if (task?.status === 'blocked' && task.blockKind === 'unkept') {
    if (after.unkept === null) return handIn(ports, { task, run: after, actor, byPerson, now });
    return edit(ports, { task, changes: { blockReason: unkeptReason(after, taskId) }, actor, now });
  }
  // What was said of the work was said of another commit.
  if (task?.status === 'review' && task.verdict !== null && after.headCommit !== run.headCommit)
    await edit(ports, { task, changes: { verdict: null }, actor, now });
}

function keptRun(run: RunRecord, kept: KeptWork): RunRecord {
  const flaws = flawsOf(run, kept);
  return {
    ...run,
    baseCommit: kept.base ?? run.baseCommit,
    headCommit: kept.commit ?? run.headCommit,
    diffStat: kept.diffStat ?? run.diffStat,
    unkept: flaws.unkept,
    notes: [...new Set([...run.notes, ...flaws.notes])],
    pastReview: flaws.pastReview ?? run.pastReview,
  };
}

async function sayNotes(
  ports: DispatchTransaction,
  { before, after, now }: { readonly before: RunRecord; readonly after: RunRecord; readonly now: number },
): Promise<void> {
  const notes = after.notes.filter((note) => !before.notes.includes(note));
  const pastReview = after.pastReview === before.pastReview ? null : after.pastReview;
  const body = notesText({ attempt: after.attempt, notes, pastReview });
  if (body !== null) await commentOnTaskIn(ports, { taskId: after.taskId, author: 'dispatcher', body, now });
}

interface Edit {
  readonly task: Task;
  readonly changes: Partial<Pick<Task, 'blockReason' | 'verdict'>>;
  readonly actor: string;
  readonly now: number;
}

async function edit(ports: DispatchTransaction, { task, changes, actor, now }: Edit): Promise<void> {
  const after: Task = { ...task, ...changes, updatedAt: now };
  await ports.tasks.save(after);
  const { id: taskId, projectId } = task;
  const payload = { task: after, fields: Object.keys(changes) };
  await ports.events.append([{ kind: 'task.edited', actor, taskId, projectId, runId: null, payload }], now);
}
