import type { EventDraft } from '@quarterdeck/contract/event';
import type { CommandId } from '@quarterdeck/contract/ids';
import { ok, type Result } from '@quarterdeck/contract/result';
import { moveEvent } from '../../board/index.ts';
import { publicRun, type QueuedCommand } from '../../runs/index.ts';
import type { Assignment, Places } from '../domain/assign-runs.ts';
import type { DispatchDeps, DispatchTransaction } from '../ports.ts';
import { chooseReady, openPlaces } from './choose-ready.ts';
import { chooseReviews } from './choose-reviews.ts';
import { composeOrders } from './compose-orders.ts';
import { type Claim, makeClaim } from './make-claim.ts';
import { readFacts } from './read-facts.ts';

const ACTOR = 'dispatcher';

/**
 * Claims up to `max` ready tasks and reviews for free agents, highest priority first, and puts their start orders on the way, all in one
 * transaction: a task is claimed with its lease, its run, its conversation and its order, or not at all.
 */
export async function claimReadyTasks(deps: DispatchDeps, max: number): Promise<Result<Claim[]>> {
  return deps.db.write(async (transaction) => {
    const ports: DispatchTransaction = { ...transaction, ids: deps.ids };
    const now = deps.clock.now();
    await ports.claims.lock();
    const assignments = await chooseTasks(ports, { max, now });
    if (assignments.length === 0) return ok([]);
    const attempts = await ports.runs.attemptsOf(assignments.map((it) => it.task.id));
    const earlier = await readEarlierWork(ports, assignments, attempts);
    const claims = assignments.map((it) => {
      const attempt = (attempts.get(it.task.id) ?? 0) + 1;
      return makeClaim(it, { ids: deps.ids, attempt, earlierWork: earlier.get(it.task.id) ?? null, now });
    });
    await writeClaims(ports, { claims, now });
    return ok(claims);
  });
}

/** The last attempts at those of these tasks that have been worked on. */
async function readEarlierWork(
  ports: DispatchTransaction,
  assignments: readonly Assignment[],
  attempts: ReadonlyMap<string, number>,
) {
  const again = assignments.map((it) => it.task.id).filter((taskId) => attempts.has(taskId));
  return new Map((await ports.runs.lastEnded(again)).map((work) => [work.taskId, work]));
}

/** The tasks that would be claimed now and by whom, without claiming them. */
export async function chooseTasks(
  ports: Omit<DispatchTransaction, 'ids'>,
  pass: { readonly max: number; readonly now: number },
): Promise<Assignment[]> {
  const { facts, connected, projects, live } = await readFacts(ports, { now: pass.now });
  const limit = Math.min(pass.max, facts.freePlaces);
  if (limit <= 0) return [];
  const places: Places = {
    runners: connected.map(({ runner, free }) => ({ id: runner.id, agents: runner.agents, free })),
    profileFree: new Map(
      [...facts.agents].map(([profile, agent]) => [
        profile,
        facts.pauses.has(profile) || agent.isPaused
          ? 0
          : agent.maxConcurrentRuns - (live.byProfile.get(profile) ?? 0),
      ]),
    ),
    projectFree: new Map(
      [...projects].map(([id, it]) => [id, it.max === null ? Number.POSITIVE_INFINITY : it.max - it.live]),
    ),
    budgets: facts.budgets,
  };
  const pick = { ports, places, now: pass.now };
  const { assignees: reviewers, exceptProjects } = openPlaces(places);
  const reviews = await chooseReviews(ports, { places, reviewers, exceptProjects, now: pass.now });
  // One place at a time is the reviewers': work that nobody reviews piles up. Beyond it ready tasks come first.
  const first = reviews.isNoneLive ? reviews.assign(Math.min(1, limit)) : [];
  const ready = await chooseReady(pick, limit - first.length);
  return [...first, ...ready, ...reviews.assign(limit - first.length - ready.length)];
}

async function writeClaims(
  ports: DispatchTransaction,
  { claims, now }: { readonly claims: readonly Claim[]; readonly now: number },
): Promise<void> {
  await ports.tasks.saveMany(claims.map((claim) => claim.task));
  await ports.runs.insertMany(claims.map((claim) => claim.run));
  await ports.sessions.insertMany(claims.map((claim) => claim.session));
  const orders = await composeOrders(ports, claims);
  const commands = orders.map(
    ({ claim, order }): QueuedCommand => ({
      commandId: ports.ids.next('c') as CommandId,
      runId: claim.run.id,
      runnerId: claim.run.runnerId,
      command: { kind: 'start', order },
    }),
  );
  await ports.commands.enqueue(commands, now);
  await ports.events.append(claims.flatMap(claimEvents), now);
}

function claimEvents({ assignment, task, run }: Claim): EventDraft[] {
  const moved = { before: assignment.task, after: task, actor: ACTOR, byPerson: false, runId: run.id };
  const subject = { actor: ACTOR, taskId: task.id, projectId: task.projectId, runId: run.id };
  return [moveEvent('claim', moved), { ...subject, kind: 'run.claimed', payload: { run: publicRun(run) } }];
}
