import { makeAgent, makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { okValue, openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it } from 'vitest';
import { connectRunner, disconnectRunner, forgetConnections, recordAgents } from './connect-runner.ts';
import { showFleet } from './show-fleet.ts';

const connect = (board: TestBoard, id: string, ...agents: ReturnType<typeof makeAgent>[]) => {
  const { id: runnerId, name, capacity } = makeRunner({ id });
  return connectRunner(board, { runnerId, name, capacity, agents });
};

describe('the fleet', () => {
  it('knows who is connected, and what a runner that comes back still has', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    await disconnectRunner(board, run.runnerId);
    await disconnectRunner(board, run.runnerId);
    expect(await board.run(run.id)).toMatchObject({ status: 'claimed' });
    const back = okValue(await connect(board, 'm_test', makeAgent('alpha')));
    expect(back.map((it) => it.id)).toEqual([run.id]);
    const kinds = board.takeKinds().filter((kind) => kind.startsWith('runner.'));
    expect(kinds).toEqual(['runner.disconnected', 'runner.connected']);
  });

  it('offers each profile once, the best of all connected runners', async () => {
    await using board = await openTestBoard('sqlite');
    const { runnerId } = await board.addClaimed();
    const poor = makeAgent('alpha', { isSignedIn: false, remedy: 'sign in' });
    await recordAgents(board, { runnerId, agents: [poor, makeAgent('beta', { isInstalled: false })] });
    await connect(board, 'm_more', makeAgent('alpha'));
    const fleet = okValue(await showFleet(board));
    expect(fleet.agents.map((it) => [it.profile, it.isSignedIn, it.liveRuns, it.runners])).toEqual([
      ['alpha', true, 1, ['more', 'test']],
      ['beta', true, 0, ['test']],
    ]);
    expect(fleet.runners.map((it) => [it.name, it.liveRuns])).toEqual([
      ['more', 0],
      ['test', 1],
    ]);
  });

  it('starts with nobody connected', async () => {
    await using board = await openTestBoard('sqlite');
    await forgetConnections(board);
    const fleet = okValue(await showFleet(board));
    expect(fleet.agents).toEqual([]);
    expect(fleet.runners).toMatchObject([{ name: 'test', isConnected: false }]);
  });
});
