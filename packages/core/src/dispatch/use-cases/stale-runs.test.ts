import type { JournalEntry } from '@quarterdeck/contract/journal';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import {
  CLEAN_REPORT,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { createLiveBus } from '../../events/index.ts';
import { type RunRecord, STALE_AGE_MS, STALE_SILENCE_MS } from '../../runs/index.ts';
import { promptSession, recordJournal } from '../../sessions/index.ts';
import { afterTurn } from './after-turn.ts';
import { callAgentTool } from './call-agent-tool.ts';
import { renewLeases } from './renew-leases.ts';
import { settleRun } from './settle-run.ts';
import { stopOverBudget } from './stop-over-budget.ts';
import { sweepRuns } from './sweep-runs.ts';

const say = (board: TestBoard, run: RunRecord, seq: number, entry: JournalEntry) =>
  recordJournal(
    {
      ...board,
      live: createLiveBus(),
      prices: { estimate: async () => null },
      afterTurn,
      afterCosts: stopOverBudget,
    },
    { runId: run.id, lines: [{ seq, at: board.clock.now(), entry }] },
  );
const start = async (board: TestBoard) => {
  const run = await board.addClaimed();
  await say(board, run, 1, { kind: 'started', pid: 1, agentName: 'alpha', agentVersion: '1' });
  return run;
};
/** Time goes by, with the beats of the runner. */
const wait = async (board: TestBoard, run: RunRecord, ms: number) => {
  board.clock.advance(ms);
  await renewLeases(board, { runnerId: run.runnerId, runIds: [run.id] });
  await sweepRuns(board);
  return (await board.run(run.id)).status;
};

describe.each(TEST_DATABASES)('K16 a silent run on %s', (database) => {
  it('is stopped when it is old and was silent for an hour, and its task is tried again uncounted', async () => {
    await using board = await openTestBoard(database);
    const run = await start(board);
    expect(await wait(board, run, STALE_AGE_MS - 1)).toBe('working');
    expect(await wait(board, run, 1)).toBe('stopping');
    expect(await board.task(run.taskId)).toMatchObject({ status: 'running', currentRunId: run.id });
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(await board.run(run.id)).toMatchObject({ outcome: 'stale' });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready', failureCount: 0, retryAt: null });
  });

  it('is not stale while its agent writes, calls a heartbeat or is spoken to', async () => {
    await using board = await openTestBoard(database);
    const run = await start(board);
    const beforeSilence = STALE_SILENCE_MS - 1;
    await wait(board, run, STALE_AGE_MS - 1);
    await say(board, run, 2, { kind: 'activity', text: 'reads' });
    expect(await wait(board, run, beforeSilence)).toBe('working');
    okValue(await callAgentTool(board, { runId: run.id, call: { name: 'task_heartbeat', input: {} } }));
    expect(await wait(board, run, beforeSilence)).toBe('working');
    okValue(await promptSession(board, { sessionId: run.sessionId, text: 'Well?', actor: 'ada' }));
    expect(await wait(board, run, beforeSilence)).toBe('working');
    expect(await wait(board, run, 1)).toBe('stopping');
  });

  it('that waits for a person is not stale', async () => {
    await using board = await openTestBoard(database);
    const run = await start(board);
    await say(board, run, 2, { kind: 'permission', requestId: 'q1', detail: makeDetail() });
    expect(await wait(board, run, STALE_AGE_MS * 2)).toBe('working');
  });
});
