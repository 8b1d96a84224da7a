import { EventEmitter } from 'node:events';
import type { RunId } from '@quarterdeck/contract/ids';
import type { ToRunner } from '@quarterdeck/contract/runner-protocol';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { createLiveBus } from '@quarterdeck/core/events';
import { openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createRunnerLink } from './runner-link.ts';
import { type LinesFrame, takeInLines } from './take-in-lines.ts';

const said = (runId: RunId, seq: number): LinesFrame => ({
  type: 'lines',
  runId,
  lines: [{ seq, at: 5, entry: { kind: 'activity', text: `line ${seq}` } }],
});
const unpriced = (runId: RunId, seq: number): LinesFrame => ({
  type: 'lines',
  runId,
  lines: [{ seq, at: 5, entry: { kind: 'usage', usage: NO_USAGE } }],
});

async function openIntake(board: TestBoard, runnerId: string) {
  const sent: ToRunner[] = [];
  const socket = { OPEN: 1, readyState: 1, send: (text: string) => sent.push(JSON.parse(text) as ToRunner) };
  const link = createRunnerLink(
    Object.assign(new EventEmitter(), socket) as unknown as WebSocket,
    runnerId,
    () => undefined,
  );
  const broken = { estimate: () => Promise.reject(new Error('no prices today')) };
  const intake = { ...board, link, runnerId, live: createLiveBus(), prices: broken };
  return { intake: intake as unknown as Parameters<typeof takeInLines>[0], sent };
}

describe('lines that came together', () => {
  it('are taken in for each run in order, and acknowledged once a run', async () => {
    await using board = await openTestBoard('sqlite');
    const [one, two] = [await board.addClaimed(), await board.addClaimed()];
    const { intake, sent } = await openIntake(board, one.runnerId);
    const stranger = 'r_000000000000' as RunId;
    await takeInLines(intake, [
      said(one.id, 1),
      said(two.id, 1),
      said(one.id, 2),
      said(stranger, 1),
      said(two.id, 3),
    ]);
    expect(sent).toEqual([
      { type: 'forget', runId: stranger },
      ...[one, two]
        .map(({ id }) => ({ type: 'ack', runId: id, journalSeq: id === one.id ? 2 : 1 }))
        .sort((left, right) => (left.runId < right.runId ? -1 : 1)),
    ]);
    expect(await board.run(one.id)).toMatchObject({ journalSeq: 2, activity: 'line 2' });
    expect(await board.run(two.id)).toMatchObject({ journalSeq: 1, activity: 'line 1' });
  });

  it('that cannot be taken in keep only their own run back', async () => {
    await using board = await openTestBoard('sqlite');
    const [one, two] = [await board.addClaimed(), await board.addClaimed()];
    const { intake } = await openIntake(board, one.runnerId);
    const together = [unpriced(one.id, 1), said(two.id, 1)];
    await expect(takeInLines(intake, together)).rejects.toThrow('no prices today');
    const reached = await Promise.all([one, two].map(async ({ id }) => (await board.run(id)).journalSeq));
    expect(reached).toEqual([0, 1]);
  });
});
