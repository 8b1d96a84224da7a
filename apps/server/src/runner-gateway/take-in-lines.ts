import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { afterTurn, stopOverBudget } from '@quarterdeck/core/dispatch';
import { recordJournals } from '@quarterdeck/core/sessions';
import { isOwnRun } from './own-runs.ts';
import type { Intake } from './take-in-frame.ts';

export type LinesFrame = Extract<FromRunner, { type: 'lines' }>;

/** Takes in lines of a runner's runs in one transaction, and acknowledges them run by run. */
export async function takeInLines(
  intake: Omit<Intake, 'register' | 'flush'>,
  frames: readonly LinesFrame[],
): Promise<void> {
  const own: LinesFrame[] = [];
  for (const frame of frames) if (await isOwnRun(intake, frame.runId)) own.push(frame);
  if (own.length === 0) return;
  const taken = await recordJournals({ ...intake, afterTurn, afterCosts: stopOverBudget }, own).catch(
    (error: unknown) => {
      if (own.length === 1) throw error;
      return null;
    },
  );
  if (taken === null) return takeInEach(intake, own);
  if (!taken.ok) return;
  for (const [runId, journalSeq] of taken.value) intake.link.send({ type: 'ack', runId, journalSeq });
}

/** Lines that cannot be taken in keep only their own run back. */
async function takeInEach(intake: Parameters<typeof takeInLines>[0], frames: readonly LinesFrame[]) {
  const outcomes: PromiseSettledResult<void>[] = [];
  for (const frame of frames) outcomes.push(...(await Promise.allSettled([takeInLines(intake, [frame])])));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}
