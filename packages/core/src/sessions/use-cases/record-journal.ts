import type { RunId } from '@quarterdeck/contract/ids';
import type { JournalLine } from '@quarterdeck/contract/journal';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { glanceAt } from '@quarterdeck/contract/run';
import type { SessionDeps, SessionPorts } from '../ports.ts';
import { type Intake, takeInLine } from './take-in-line.ts';

interface RecordJournal {
  readonly runId: RunId;
  readonly lines: readonly JournalLine[];
}

/**
 * Takes in lines of an agent host's journal, in order and once each: lines the run already has are skipped, a gap leaves the rest
 * for the runner to send again. Everything the lines cause is in the same transaction. Returns the last line taken in.
 */
export async function recordJournal<P extends SessionPorts>(
  deps: SessionDeps<P>,
  input: RecordJournal,
): Promise<Result<number>> {
  let done: Intake<P> | null = null;
  const result = await deps.db.write(async (ports) => {
    done = null;
    const run = await ports.runs.find(input.runId);
    const session = run && (await ports.sessions.find(run.sessionId));
    if (!run || !session) return refuse('run_not_found', { runId: input.runId });
    const fresh = nextLines(input.lines, run.journalSeq);
    const last = fresh.at(-1);
    if (last === undefined) return ok(run.journalSeq);
    const intake: Intake<P> = {
      ports: { ...ports, ids: deps.ids },
      afterTurn: deps.afterTurn,
      prices: deps.prices,
      now: deps.clock.now(),
      run: { ...run, heartbeatAt: deps.clock.now() },
      session,
      stored: [],
    };
    for (const line of fresh) await takeInLine(intake, line);
    await ports.runs.save({ ...intake.run, journalSeq: last.seq });
    await ports.sessions.save(intake.session);
    done = intake;
    return ok(last.seq);
  });
  if (result.ok && done) show(deps, done);
  return result;
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
