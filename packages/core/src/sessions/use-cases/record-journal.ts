import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { SessionDeps, SessionPorts } from '../ports.ts';
import { type JournalPart, recordJournals } from './record-journals.ts';

/** Takes in lines of one agent host's journal, as `recordJournals` does. Returns the last line taken in. */
export async function recordJournal<P extends SessionPorts>(
  deps: SessionDeps<P>,
  part: JournalPart,
): Promise<Result<number>> {
  const { runId } = part;
  const recorded = await recordJournals(deps, [part]);
  if (!recorded.ok) return recorded;
  const seq = recorded.value.get(runId);
  return seq === undefined ? refuse('run_not_found', { runId }) : ok(seq);
}
