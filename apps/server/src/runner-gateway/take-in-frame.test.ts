import { EventEmitter } from 'node:events';
import { TaskId } from '@quarterdeck/contract/ids';
import type { ToRunner } from '@quarterdeck/contract/runner-protocol';
import { settleRun } from '@quarterdeck/core/dispatch';
import { createLiveBus } from '@quarterdeck/core/events';
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

it('A4: tells a runner which of the tasks it keeps homes for have come to rest', async () => {
  await using board = await openTestBoard('sqlite');
  const { taskId, runnerId } = await board.addClaimed();
  const sent: ToRunner[] = [];
  const link = { send: (frame: ToRunner) => sent.push(frame) };
  const gone = TaskId.parse('t_nowhere');
  const intake = { ...board, link, runnerId } as unknown as Intake;
  await takeInFrame(intake, { type: 'homes', tasks: [taskId, gone] });
  expect(sent).toEqual([{ type: 'homes', resting: [gone] }]);
});

it('K16 keeps what a beat says of memory, and lets the dispatcher look when the level changes', async () => {
  await using board = await openTestBoard('sqlite');
  const { runnerId } = await board.addClaimed();
  const socket = { OPEN: 1, readyState: 1, send: () => undefined };
  const open = Object.assign(new EventEmitter(), socket) as unknown as WebSocket;
  const link = createRunnerLink(open, runnerId, () => undefined);
  let looks = 0;
  const live = createLiveBus();
  const frames: string[] = [];
  live.subscribe((frame) => frames.push(frame.type));
  const intake = { ...board, link, runnerId, live, dispatcher: { poke: () => (looks += 1) } };
  const beat = async (gigabytes: number) => {
    const memory = { totalBytes: 16 * 1024 ** 3, availableBytes: gigabytes * 1024 ** 3 };
    await takeInFrame(intake as unknown as Intake, { type: 'beat', runs: [], memory });
    const runner = await board.db.read((ports) => ports.runners.find(runnerId));
    return [(runner?.memory?.availableBytes ?? 0) / 1024 ** 3, looks];
  };
  expect(await beat(8)).toEqual([8, 1]);
  expect(await beat(7)).toEqual([8, 1]);
  expect(await beat(0.25)).toEqual([0.25, 2]);
  board.clock.advance(10_000);
  expect(await beat(9)).toEqual([9, 3]);
  expect(frames).toEqual(['fleet', 'fleet', 'fleet']);
});
