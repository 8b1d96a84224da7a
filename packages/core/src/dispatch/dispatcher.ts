import type { DispatchReport } from '@quarterdeck/contract/board';
import type { EventKind } from '@quarterdeck/contract/event';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { wakeScheduled } from '../board/index.ts';
import type { EventFeed, LiveBus } from '../events/index.ts';
import { explainWaiting } from './domain/explain-waiting.ts';
import type { DispatchDeps } from './ports.ts';
import { chooseTasks, claimReadyTasks } from './use-cases/claim-ready-tasks.ts';
import { readFacts } from './use-cases/read-facts.ts';
import { sweepRuns } from './use-cases/sweep-runs.ts';

/** Facts after which a task that could not run before may run now. */
const WAKING: ReadonlySet<EventKind> = new Set<EventKind>([
  'task.created',
  'task.promoted',
  'task.unblocked',
  'task.released',
  'task.assigned',
  'task.edited',
  'task.scheduled',
  'run.ended',
  'runner.connected',
  'project.changed',
]);
/** Claims per transaction, so that a long queue never holds the database for long. */
const BATCH = 200;
/** Cards whose waiting reason is kept fresh while they are shown; the rest get theirs with the next snapshot. */
const EXPLAINED = 200;
/** Safety net for a clock that jumps; every ordinary wake-up is timed or caused by an event. */
const LONGEST_SLEEP_MS = 60_000;

interface DispatcherDeps extends DispatchDeps {
  readonly feed: EventFeed;
  readonly live: LiveBus;
  /** Hears of a pass that threw; the dispatcher goes on. */
  readonly onError: (error: unknown) => void;
}

export interface Dispatcher {
  start(): void;
  stop(): Promise<void>;
  /** Asks for a pass soon, for facts that are not in the event log (a runner's agents changed). */
  poke(): void;
  /** One pass now on a person's word. */
  pass(options: { readonly dryRun: boolean; readonly max: number }): Promise<DispatchReport>;
}

/**
 * Gives ready tasks to agents as soon as a committed fact makes it possible, and acts on deadlines and leases when they are due.
 * There is no tick: between facts it sleeps until the next time something is due.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  let isStopped = true;
  let isWanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;
  const shown = new Map<string, string>();

  function poke(): void {
    isWanted = true;
    if (isStopped || working) return;
    working = work().finally(() => {
      working = null;
    });
  }

  async function work(): Promise<void> {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        await turn();
      } catch (error) {
        deps.onError(error);
      }
    }
    if (!isStopped) await sleep();
  }

  async function turn(): Promise<void> {
    await sweepRuns(deps);
    await wakeScheduled(deps);
    for (let claimed = BATCH; claimed === BATCH && !isStopped; ) {
      const result = await claimReadyTasks(deps, BATCH);
      claimed = result.ok ? result.value.length : 0;
    }
    await showWaiting();
  }

  async function sleep(): Promise<void> {
    const now = deps.clock.now();
    const due = await deps.db.read(async (ports) => [
      await ports.runs.nextDueAt(),
      await ports.tasks.nextDueAt(now),
    ]);
    const next = Math.min(...due.map((at) => at ?? Number.POSITIVE_INFINITY));
    clearTimeout(timer);
    timer = setTimeout(poke, Math.max(1, Math.min(LONGEST_SLEEP_MS, next - now)));
  }

  async function showWaiting(): Promise<void> {
    const reasons = await deps.db.read(async (ports) => {
      const { facts } = await readFacts(ports, deps.clock.now());
      const tasks = await ports.tasks.ready(EXPLAINED);
      return new Map(tasks.map((task) => [task.id as string, explainWaiting(task, facts, [])[0] ?? null]));
    });
    publishChanges(reasons);
  }

  function publishChanges(reasons: ReadonlyMap<string, WaitingReason | null>): void {
    for (const [taskId, waiting] of reasons) {
      const text = waiting?.message ?? '';
      if (shown.get(taskId) === text) continue;
      shown.set(taskId, text);
      deps.live.publish({ type: 'waiting', taskId, waiting });
    }
    for (const taskId of shown.keys()) if (!reasons.has(taskId)) shown.delete(taskId);
  }

  return {
    start() {
      isStopped = false;
      unsubscribe = deps.feed.subscribe((events) => {
        if (events.some((event) => WAKING.has(event.kind))) poke();
      });
      poke();
    },
    async stop() {
      isStopped = true;
      unsubscribe?.();
      clearTimeout(timer);
      await working;
      clearTimeout(timer);
    },
    poke,
    pass: (options) => runPass(deps, options),
  };
}

async function runPass(
  deps: DispatchDeps,
  options: { readonly dryRun: boolean; readonly max: number },
): Promise<DispatchReport> {
  const { dryRun, max } = options;
  const reclaimed = dryRun ? [] : await sweepRuns(deps);
  const claimed = dryRun ? await previewClaims(deps, max) : await claimNow(deps, max);
  const skipped = await deps.db.read(async (ports) => {
    const { facts } = await readFacts(ports, deps.clock.now());
    const taken = new Set(claimed.map((claim) => claim.taskId));
    const waiting = (await ports.tasks.ready(1000)).filter((task) => !taken.has(task.id));
    return waiting.flatMap((task) =>
      explainWaiting(task, facts, [])
        .slice(0, 1)
        .map(({ code, message }) => ({ taskId: task.id, code, message })),
    );
  });
  return {
    dryRun,
    claimed,
    spawned: claimed.flatMap((claim) => claim.runId ?? []),
    reclaimed,
    promoted: [],
    skipped,
  };
}

async function claimNow(deps: DispatchDeps, max: number): Promise<DispatchReport['claimed']> {
  const result = await claimReadyTasks(deps, max);
  return result.ok
    ? result.value.map(({ task, run }) => ({ taskId: task.id, runId: run.id, profile: run.profile }))
    : [];
}

async function previewClaims(deps: DispatchDeps, max: number): Promise<DispatchReport['claimed']> {
  const chosen = await deps.db.read((ports) => chooseTasks(ports, { max, now: deps.clock.now() }));
  return chosen.map(({ task, agent }) => ({ taskId: task.id, runId: null, profile: agent.profile }));
}
