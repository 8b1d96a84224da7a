import { EventEmitter } from 'node:events';
import type { ToRunner } from '@quarterdeck/contract/runner-protocol';
import { settleRun } from '@quarterdeck/core/dispatch';
import { CLEAN_REPORT, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createRunnerLink } from './runner-link.ts';
import { type Intake, takeInFrame } from './take-in-frame.ts';

it('answers a beat that names a run which is over with the word to forget it', async () => {
  await using board = await openTestBoard('sqlite');
  const [over, live] = [await board.addClaimed(), await board.addClaimed()];
  const { runnerId } = over;
  const sent: ToRunner[] = [];
  const socket = { OPEN: 1, readyState: 1, send: (text: string) => sent.push(JSON.parse(text) as ToRunner) };
  const open = Object.assign(new EventEmitter(), socket) as unknown as WebSocket;
  const link = createRunnerLink(open, runnerId, () => undefined);
  const intake = { ...board, link, runnerId } as unknown as Intake;

  await takeInFrame(intake, { type: 'beat', runs: [over.id, live.id], memory: null });
  expect(sent.map(({ type }) => type)).toEqual(['beat']);

  await settleRun(board, { runId: over.id, report: CLEAN_REPORT });
  await takeInFrame(intake, { type: 'beat', runs: [over.id, live.id], memory: null });
  expect(sent.slice(1)).toEqual([
    { type: 'beat', at: board.clock.now() },
    { type: 'forget', runId: over.id },
  ]);
});
