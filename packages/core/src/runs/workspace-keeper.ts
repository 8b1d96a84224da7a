import type { Event, EventKind } from '@quarterdeck/contract/event';
import type { RunId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import { createLoop, type EventFeed } from '../events/index.ts';
import type { Retention } from './domain/retention.ts';
import type { WorkspaceDeps } from './ports.ts';
import { type Swept, sweepWorkspaces } from './use-cases/sweep-workspaces.ts';

/** Safety net for a clock that jumps, and for what another server did. */
const LONGEST_SLEEP_MS = 60 * 60_000;
/** Many facts in a row cause one turn. */
const SETTLE_MS = 200;
/** Facts from which on a workspace may go, and how long after them. */
const RESTING: Readonly<Partial<Record<EventKind, keyof Retention>>> = {
  'task.archived': 'archivedDays',
  'task.landed': 'landedDays',
  'task.completed': 'doneDays',
};

interface KeeperDeps extends WorkspaceDeps {
  readonly feed: EventFeed;
  readonly retention: Retention;
  readonly onError: (error: unknown) => void;
}

export interface WorkspaceKeeper {
  start(): void;
  stop(): Promise<void>;
  /** A runner has carried out a removal; `kept` says why the workspace is still there. */
  noteCleaned(runId: RunId, kept: string | null): Promise<void>;
  /** Why the workspace that this run left was kept; null when nobody tried to take it away since the server started. */
  keptBecause(runId: RunId): string | null;
}

/** Takes away workspaces when their time has come. Between two it sleeps. */
export function createWorkspaceKeeper(deps: KeeperDeps): WorkspaceKeeper {
  const asked = new Map<RunId, number>();
  const reasons = new Map<RunId, string>();
  let swept: Swept = { nextDueAt: null, inUse: new Set() };
  const loop = createLoop({
    turn: async () => {
      swept = await sweepWorkspaces({ ...deps, asked });
    },
    sleepMs: async () => {
      const wait = (swept.nextDueAt ?? Number.POSITIVE_INFINITY) - deps.clock.now();
      return Math.max(1, Math.min(LONGEST_SLEEP_MS, wait));
    },
    onError: deps.onError,
  });
  const turnSoon = () => {
    soon = undefined;
    loop.poke();
  };
  const isDueNow = ({ kind, taskId }: Event): boolean => {
    if (kind === 'run.ended') return taskId !== null && swept.inUse.has(taskId);
    const days = RESTING[kind];
    return days !== undefined && deps.retention[days] === 0;
  };
  let unsubscribe: (() => void) | undefined;
  let soon: NodeJS.Timeout | undefined;
  return {
    start() {
      unsubscribe = deps.feed.subscribe((events) => {
        if (events.some(isDueNow)) soon ??= setTimeout(turnSoon, SETTLE_MS);
      });
      loop.start();
    },
    async stop() {
      unsubscribe?.();
      clearTimeout(soon);
      await loop.stop();
    },
    async noteCleaned(runId, kept) {
      if (kept !== null) {
        reasons.set(runId, kept);
        return;
      }
      reasons.delete(runId);
      await deps.db.write(async (ports) => {
        const run = await ports.runs.find(runId);
        if (run) await ports.workspaces.forget(run);
        return ok(null);
      });
    },
    keptBecause: (runId) => reasons.get(runId) ?? null,
  };
}
