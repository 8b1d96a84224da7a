import type { ProjectId, RunnerId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import type { Link, Task } from '@quarterdeck/contract/task';
import type { RunnerRecord } from '@quarterdeck/core/fleet';
import type { Ports, Store } from '@quarterdeck/store';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';

export const PROJECT = 'p_bench' as ProjectId;
export const PROFILE = 'bench';
/** More than any scenario starts, so that room is never what is measured. */
const PLENTY = 1_000_000;

/** A ready task without parents; number and time make id, priority and order. */
export function readyTask(number: number, now: number): Task {
  return makeTask({
    id: `t_${number.toString(16).padStart(8, '0')}`,
    projectId: PROJECT,
    title: `Task number ${number}`,
    body: 'Change the function so that the test beside it passes.',
    assignee: PROFILE,
    priority: number % 5,
    workspaceKind: 'worktree',
    createdBy: 'bench',
    createdAt: now + number,
    updatedAt: now + number,
  });
}

/** Fills an empty store with a project, its tasks and the rows of connected runners that have room for all of them. */
export async function seedBoard(
  store: Store,
  board: { readonly tasks: readonly Task[]; readonly runners: number },
): Promise<void> {
  const written = await store.write(async (ports) => {
    await ports.projects.insert({
      id: PROJECT,
      name: 'Bench',
      path: '/bench',
      kind: 'git',
      subfolder: null,
      workspaceKind: null,
      defaultProfile: null,
      baseBranch: 'main',
      setupCommand: null,
      maxConcurrentRuns: null,
      budget: null,
      createdAt: 0,
    });
    await saveRunners(ports, board.runners);
    for (let at = 0; at < board.tasks.length; at += 1000) {
      await ports.tasks.saveMany(board.tasks.slice(at, at + 1000));
    }
    return ok(null);
  });
  if (!written.ok) throw new Error(written.refusal.message);
}

async function saveRunners(ports: Ports, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const runner: RunnerRecord = {
      id: `m_${number}` as RunnerId,
      name: `runner ${number}`,
      isConnected: true,
      memory: null,
      lastSeenAt: 0,
      capacity: PLENTY,
      agents: [
        {
          profile: PROFILE,
          name: 'Bench',
          initials: 'Be',
          description: '',
          isInstalled: true,
          isSignedIn: true,
          login: 'present' as const,
          version: null,
          remedy: null,
          warnings: [],
          maxConcurrentRuns: PLENTY,
          maxRuntimeMs: 3_600_000,
        },
      ],
    };
    await ports.runners.save(runner);
  }
}

/** Adds links straight to the rows: whether they close a cycle is the caller's business. */
export async function seedLinks(store: Store, links: readonly Link[]): Promise<void> {
  const written = await store.write(async (ports) => {
    for (const link of links) await ports.links.insert(link, 0);
    return ok(null);
  });
  if (!written.ok) throw new Error(written.refusal.message);
}
