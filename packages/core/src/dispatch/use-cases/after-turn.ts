import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunRecord } from '../../runs/index.ts';
import { MAX_NUDGES } from '../domain/decide-outcome.ts';
import { NUDGE } from '../domain/write-brief.ts';
import { REVIEW_NUDGE } from '../domain/write-review-brief.ts';
import type { DispatchTransaction } from '../ports.ts';

/**
 * What happens when an agent's turn ends: nothing when it has reported or a person interrupted it, else it is asked to report,
 * twice at most; then the run is closed as `no_report`.
 */
export async function afterTurn(
  ports: Pick<DispatchTransaction, 'commands' | 'ids'>,
  turn: { readonly run: RunRecord; readonly stopReason: string | null; readonly now: number },
): Promise<RunRecord> {
  const { run, stopReason, now } = turn;
  const isOpen = run.status === 'working' && run.reportedOutcome === null && run.failureHint === null;
  if (!isOpen || stopReason === 'cancelled') return run;
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
  return { ...run, nudges, error: isLast ? 'the agent stopped without reporting a result' : run.error };
}
