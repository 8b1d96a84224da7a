import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunRecord } from '../../runs/index.ts';
import { MAX_NUDGES } from '../domain/decide-outcome.ts';
import { NUDGE } from '../domain/write-brief.ts';
import { REVIEW_NUDGE } from '../domain/write-review-brief.ts';
import type { DispatchTransaction } from '../ports.ts';

interface EndedTurn {
  readonly run: RunRecord;
  readonly stopReason: string | null;
  /** What the agent said last in its conversation. */
  readonly lastMessage: () => Promise<string | null>;
  readonly now: number;
}

/**
 * What happens when an agent's turn ends: nothing when it has reported or a person interrupted it, else it is asked to report,
 * twice at most; then the run is closed as `no_report`.
 */
export async function afterTurn(
  ports: Pick<DispatchTransaction, 'commands' | 'ids'>,
  turn: EndedTurn,
): Promise<RunRecord> {
  const { run, stopReason, now } = turn;
  const isOpen = run.status === 'working' && run.reportedOutcome === null && run.failureHint === null;
  // After an error its host ends the run, or has begun anew.
  if (!isOpen || stopReason === 'cancelled' || stopReason === 'error') return run;
  const nudges = run.nudges + 1;
  const isLast = nudges > MAX_NUDGES;
  const command = isLast
    ? ({ kind: 'stop', because: 'it stopped without reporting' } as const)
    : ({
        kind: 'prompt',
        text: run.purpose === 'review' ? REVIEW_NUDGE : NUDGE,
        author: 'dispatcher',
      } as const);
  const commandId = ports.ids.next('c') as CommandId;
  await ports.commands.enqueue([{ commandId, runId: run.id, runnerId: run.runnerId, command }], now);
  return { ...run, nudges, error: isLast ? withoutReport(await turn.lastMessage()) : run.error };
}

const QUOTED = 200;

/** Its last line often says why. */
function withoutReport(lastMessage: string | null): string {
  const lines = (lastMessage ?? '').split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line !== '');
  const what = 'the agent stopped without reporting a result';
  return last === undefined ? what : `${what}. It said last: “${last.slice(0, QUOTED)}”`;
}
