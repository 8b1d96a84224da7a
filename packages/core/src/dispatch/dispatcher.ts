import type { DispatchReport } from '@quarterdeck/contract/board';
import type { EventKind } from '@quarterdeck/contract/event';
import { wakeScheduled } from '../board/index.ts';
import { createLoop, type EventFeed, type LiveBus } from '../events/index.ts';
import type { DispatchDeps } from './ports.ts';
import { createWaitingBoard } from './show-waiting.ts';
import { claimReadyTasks } from './use-cases/claim-ready-tasks.ts';
import { runPass } from './use-cases/run-pass.ts';
import { sweepRuns } from './use-cases/sweep-runs.ts';

/** Facts after which a task that could not run before may run now. */
const WAKING: ReadonlySet<EventKind> = new Set<EventKind>([
  'task.created',
  'task.promoted',
  'task.review_requested',
  'task.changes_requested',
  'task.unblocked',
  'task.released',
  'task.assigned',
  'task.edited',
  'task.scheduled',
  'run.claimed',
  'run.starting',
  'run.started',
  'run.reported',
  'run.stopping',
  'run.ended',
  'runner.connected',
  'project.changed',
  'profile.changed',
]);
/** Claims per transaction, so that a long queue never holds the database for long. */
const BATCH = 200;
/** Safety net for a clock that jumps; every ordinary wake-up is timed or caused by an event. */
const LONGEST_SLEEP_MS = 60_000;

interface DispatcherDeps extends DispatchDeps {
  readonly feed: EventFeed;
  readonly live: LiveBus;
  /** Hears of a turn that threw; the dispatcher goes on with the next. */
  readonly onError: (error: unknown) => void;
}

export interface Dispatcher {
  start(): void;
  stop(): Promise<void>;
  /** Asks for a turn soon, for facts that are not in the event log (a runner's agents changed). */
  poke(): void;
  /** One pass now on a person's word. */
  pass(options: { readonly dryRun: boolean; readonly max: number }): Promise<DispatchReport>;
}

/**
 * Gives ready tasks to agents as soon as a committed fact makes it possible, and acts on deadlines and leases when they are due.
 * There is no tick: between facts it sleeps until the next time something is due.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const showWaiting = createWaitingBoard(deps);
  const loop = createLoop({
    turn: async (isStopped) => {
      await sweepRuns(deps);
      await wakeScheduled(deps);
      for (let claimed = BATCH; claimed === BATCH && !isStopped(); ) {
        const result = await claimReadyTasks(deps, BATCH);
        claimed = result.ok ? result.value.length : 0;
      }
      await showWaiting();
    },
    sleepMs: () => untilNextDue(deps),
    onError: deps.onError,
  });
  let unsubscribe: (() => void) | undefined;
  return {
    start() {
      unsubscribe = deps.feed.subscribe((events) => {
        if (events.some((event) => WAKING.has(event.kind))) loop.poke();
      });
      loop.start();
    },
    async stop() {
      unsubscribe?.();
      await loop.stop();
    },
    poke: loop.poke,
    pass: (options) => runPass(deps, options),
  };
}

async function untilNextDue(deps: DispatchDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.db.read(async (ports) => [
    await ports.runs.nextDueAt(),
    await ports.tasks.nextDueAt(now),
    ...(await ports.runs.pauses(now)).values(),
  ]);
  const next = Math.min(...due.map((at) => at ?? Number.POSITIVE_INFINITY));
  return Math.max(1, Math.min(LONGEST_SLEEP_MS, next - now));
}
