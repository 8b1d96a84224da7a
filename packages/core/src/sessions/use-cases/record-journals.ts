import type { RunId, SessionId } from '@quarterdeck/contract/ids';
import type { JournalLine } from '@quarterdeck/contract/journal';
import { ok, type Result } from '@quarterdeck/contract/result';
import { glanceAt } from '@quarterdeck/contract/run';
import type { RunRecord, SessionRecord } from '../../runs/index.ts';
import type { SessionDeps, SessionPorts } from '../ports.ts';
import { type Intake, takeInLine } from './take-in-line.ts';

/** Lines of one run's journal, as they came. */
export interface JournalPart {
  readonly runId: RunId;
  readonly lines: readonly JournalLine[];
}

/**
 * Takes in lines of many agent hosts' journals in one transaction, those of a run in order and once each: lines it already has are
 * skipped, a gap leaves the rest for the runner to send again. Returns the last line taken in of each run there is.
 */
export async function recordJournals<P extends SessionPorts>(
  deps: SessionDeps<P>,
  parts: readonly JournalPart[],
): Promise<Result<ReadonlyMap<RunId, number>>> {
  const linesOf = joinByRun(parts);
  let done: Intake<P>[] = [];
  const result = await deps.db.write(async (ports) => {
    done = [];
    const opened = await openRuns(ports, [...linesOf.keys()]);
    const costs = new Map(opened.map(({ run }) => [run.id, run.usage.costMicros]));
    const taken = new Map(opened.map(({ run }) => [run.id, run.journalSeq] as const));
    for (const { run, session } of opened) {
      const fresh = nextLines(linesOf.get(run.id) ?? [], run.journalSeq);
      const last = fresh.at(-1);
      if (last === undefined) continue;
      const intake = openIntake(deps, ports, { run, session });
      for (const line of fresh) await takeInLine(intake, line);
      intake.run = { ...intake.run, journalSeq: last.seq };
      done.push(intake);
      taken.set(run.id, last.seq);
    }
    await ports.runs.saveLive(done.map(({ run }) => run));
    await ports.sessions.saveMany(done.map(({ session }) => session));
    const dearer = done.map(({ run }) => run).filter((run) => run.usage.costMicros !== costs.get(run.id));
    if (dearer.length > 0)
      await deps.afterCosts({ ...ports, ids: deps.ids }, { runs: dearer, now: deps.clock.now() });
    return ok(taken);
  });
  if (result.ok) for (const intake of done) show(deps, intake);
  return result;
}

function joinByRun(parts: readonly JournalPart[]): Map<RunId, JournalLine[]> {
  const joined = new Map<RunId, JournalLine[]>();
  for (const { runId, lines } of parts) {
    const known = joined.get(runId);
    if (known) known.push(...lines);
    else joined.set(runId, [...lines]);
  }
  return joined;
}

interface OpenedRun {
  readonly run: RunRecord;
  readonly session: SessionRecord;
}

/** Runs before conversations, always: transactions that want the same rows then wait in one order. */
async function openRuns(ports: SessionPorts, runIds: readonly RunId[]): Promise<OpenedRun[]> {
  const runs = await ports.runs.findMany(runIds);
  const sessions = await ports.sessions.findMany(runs.map((run) => run.sessionId));
  const byId = new Map<SessionId, SessionRecord>(sessions.map((session) => [session.id, session]));
  return runs.flatMap((run) => {
    const session = byId.get(run.sessionId);
    return session ? [{ run, session }] : [];
  });
}

function openIntake<P extends SessionPorts>(
  deps: SessionDeps<P>,
  ports: P,
  { run, session }: OpenedRun,
): Intake<P> {
  const now = deps.clock.now();
  return {
    ports: { ...ports, ids: deps.ids },
    afterTurn: deps.afterTurn,
    prices: deps.prices,
    now,
    run: { ...run, heartbeatAt: now, activeAt: run.status === 'ended' ? run.activeAt : now },
    session,
    stored: [],
  };
}

function nextLines(lines: readonly JournalLine[], after: number): JournalLine[] {
  const fresh: JournalLine[] = [];
  let next = after + 1;
  for (const line of lines) {
    if (line.seq === next) {
      fresh.push(line);
      next += 1;
    }
  }
  return fresh;
}

function show<P extends SessionPorts>(deps: SessionDeps<P>, { run, stored }: Intake<P>): void {
  for (const item of stored) deps.live.publish({ type: 'item', sessionId: run.sessionId, stored: item });
  deps.live.publish({ type: 'activity', taskId: run.taskId, run: glanceAt(run) });
}
