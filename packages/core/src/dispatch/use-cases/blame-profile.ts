import type { RunOutcome } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { moveTask } from '../../board/index.ts';
import { saveSettings, unsetProfile } from '../../fleet/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { FAILURE_CLASSES } from '../domain/failure-classes.ts';
import { failureFingerprint, SYSTEMIC_TASKS, SYSTEMIC_WINDOW_MS } from '../domain/failure-fingerprint.ts';
import type { DispatchTransaction } from '../ports.ts';

const ACTOR = 'dispatcher';
/** As much of the error as a card and a notice can show. */
const SHOWN = 300;
const OUTCOMES = (Object.keys(FAILURE_CLASSES) as RunOutcome[]).filter(
  (outcome) => FAILURE_CLASSES[outcome]?.canBeSystemic,
);

interface Failed {
  readonly run: RunRecord;
  readonly now: number;
}

/**
 * Whether a failure is its profile's and not its task's: several tasks of the profile failed alike within minutes. Then the profile
 * is paused until a person resumes it, and what was counted against the tasks is taken back. Returns how many of the failures were
 * counted against the task of this run, or null when it is the task's own.
 */
export async function blameProfile(
  ports: DispatchTransaction,
  { run, now }: Failed,
): Promise<{ readonly counted: number } | null> {
  const own = failureFingerprint(run.outcome, run.error);
  if (own === null) return null;
  const since = now - SYSTEMIC_WINDOW_MS;
  const failures = await ports.runs.failedSince(run.profile, { outcomes: OUTCOMES, since });
  const alike = failures.filter((it) => failureFingerprint(it.outcome, it.error) === own);
  const byTask = Map.groupBy(alike, (it) => it.taskId);
  if (byTask.size < SYSTEMIC_TASKS) return null;
  const settings = (await ports.profileSettings.find(run.profile)) ?? unsetProfile(run.profile);
  if (!settings.isPaused) {
    const what = (run.error ?? run.outcome ?? '').slice(0, SHOWN);
    const pauseReason = `${byTask.size} tasks failed alike within minutes: ${what}`;
    await saveSettings(ports, { settings: { ...settings, isPaused: true, pauseReason }, actor: ACTOR, now });
    for (const [taskId, runs] of byTask) {
      const task = taskId === run.taskId ? null : await ports.tasks.find(taskId);
      if (task) await forgive(ports, { task, counted: runs.length, now });
    }
  }
  return { counted: alike.filter((it) => it.taskId === run.taskId && it.id !== run.id).length };
}

interface Forgiven {
  readonly task: Task;
  /** Failures counted against it that were its profile's. */
  readonly counted: number;
  readonly now: number;
}

/** Takes back what was counted: a task that was given up because of it is ready again. */
async function forgive(ports: DispatchTransaction, { task, counted, now }: Forgiven): Promise<void> {
  const failureCount = Math.max(0, task.failureCount - counted);
  if (task.status === 'blocked' && task.blockKind === 'failures') {
    const changes = { failureCount, retryAt: null };
    await moveTask(ports, { task, verb: 'unblock', actor: ACTOR, byPerson: false, changes, now });
    return;
  }
  if (task.failureCount === failureCount && task.retryAt === null) return;
  const forgiven: Task = { ...task, failureCount, retryAt: null, updatedAt: now };
  await ports.tasks.save(forgiven);
  const { id: taskId, projectId } = task;
  const subject = { actor: ACTOR, taskId, projectId, runId: null };
  const payload = { task: forgiven, fields: ['failureCount'] };
  await ports.events.append([{ ...subject, kind: 'task.edited', payload }], now);
}
