import { makeProject } from '@quarterdeck/testkit/factories/make-project';
import { makeAgent, makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { okValue, openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import { LEASE_MS, START_DEADLINE_MS } from '../domain/deadlines.ts';
import { chooseTasks, claimReadyTasks } from './claim-ready-tasks.ts';
import { runPass } from './run-pass.ts';

const claim = async (board: TestBoard, max = 100) =>
  okValue(await claimReadyTasks(board, max)).map((it) => it.task.id);
const setRunners = (board: TestBoard, ...runners: ReturnType<typeof makeRunner>[]) =>
  change(board.db, async (ports) => {
    for (const runner of runners) await ports.runners.save(runner);
  });
const many = (profile: string) => makeAgent(profile, { maxConcurrentRuns: 100 });

describe.each(TEST_DATABASES)('K16 claiming on %s', (database) => {
  it('writes the claim, its lease, its run, its conversation and its order, or nothing', async () => {
    await using board = await openTestBoard(database);
    const task = await board.add({ title: 'Mend the door' });
    board.takeKinds();
    const [made] = okValue(await claimReadyTasks(board, 8));
    const now = board.clock.now();
    expect(await board.task(task.id)).toMatchObject({
      status: 'running',
      currentRunId: made?.run.id,
      claimLock: `m_test:${made?.run.id}`,
      claimExpiresAt: now + LEASE_MS,
      startedAt: now,
    });
    expect(made && (await board.run(made.run.id))).toMatchObject({
      status: 'claimed',
      attempt: 1,
      leaseExpiresAt: now + LEASE_MS,
      deadlineAt: now + START_DEADLINE_MS,
    });
    await board.db.read(async (ports) => {
      expect(made && (await ports.sessions.find(made.session.id))).toMatchObject({ title: 'Mend the door' });
      const [command] = await ports.commands.pendingFor('m_test' as never);
      expect(command).toMatchObject({
        runId: made?.run.id,
        command: { kind: 'start', order: { token: '' } },
      });
    });
    expect(board.takeKinds()).toEqual(['task.claimed', 'run.claimed']);
  });

  it('gives the highest priority first, each task once, however many claim at once', async () => {
    await using board = await openTestBoard(database);
    await setRunners(board, makeRunner({ capacity: 100, agents: [many('alpha')] }));
    for (let index = 0; index < 30; index += 1) await board.add({ priority: index % 3 });
    const other = { ...board, db: await board.openServer() };
    const claims = await Promise.all([board, other, board, other].map((server) => claim(server, 5)));
    expect(new Set(claims.flat()).size).toBe(20);
    const left = await board.db.read((ports) => ports.tasks.ready(100));
    expect(left.map((task) => task.priority)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(await board.db.read((ports) => ports.runs.live())).toHaveLength(20);
  });

  it('never goes over the places of an agent, a project or a runner, from two servers at once', async () => {
    await using board = await openTestBoard(database);
    await change(board.db, (ports) =>
      ports.projects.insert(makeProject({ id: 'p_small', maxConcurrentRuns: 1 })),
    );
    await setRunners(board, makeRunner({ capacity: 5, agents: [makeAgent('alpha'), many('beta')] }));
    for (let index = 0; index < 6; index += 1) {
      await board.add({ assignee: 'alpha' });
      await board.add({ assignee: 'beta', projectId: 'p_small' as never });
      await board.add({ assignee: 'beta', priority: -1 });
    }
    const other = { ...board, db: await board.openServer() };
    await Promise.all([claim(board), claim(other), claim(board), claim(other)]);
    const { byProfile, byProject, byRunner } = await board.db.read((ports) => ports.runs.countLive());
    expect(byProfile.get('alpha')).toBe(2);
    expect(byProject.get('p_small')).toBe(1);
    expect(byRunner.get('m_test')).toBe(5);
  });
});

describe('K16 claiming', () => {
  it('does not let others wait behind the queue of an agent that is full', async () => {
    await using board = await openTestBoard('sqlite');
    for (let index = 0; index < 6; index += 1) await board.add({ assignee: 'alpha', priority: 9 });
    const last = await board.add({ assignee: 'beta' });
    const claimed = await claim(board);
    expect(claimed).toHaveLength(3);
    expect(claimed).toContain(last.id);
  });

  it('does not let others wait behind an agent whose runner is full', async () => {
    await using board = await openTestBoard('sqlite');
    const full = makeRunner({ id: 'm_full', capacity: 1, agents: [many('alpha')] });
    await setRunners(board, full, makeRunner({ capacity: 2, agents: [many('beta')] }));
    for (let index = 0; index < 6; index += 1) await board.add({ assignee: 'alpha', priority: 9 });
    expect(await claim(board)).toHaveLength(1);
    const next = await board.add({ assignee: 'beta' });
    expect(await claim(board)).toEqual([next.id]);
  });

  it('leaves what cannot run: nobody, people, back-off, agents not signed in, a task whose old agent still lives', async () => {
    await using board = await openTestBoard('sqlite');
    const agents = [makeAgent('alpha', { isSignedIn: false }), makeAgent('beta')];
    await setRunners(board, makeRunner({ agents }));
    await board.add({ assignee: '' });
    await board.add({ assignee: 'Ada' });
    await board.add({ assignee: 'alpha' });
    const run = await board.addClaimed({ assignee: 'beta' });
    await updateTask(board, { taskId: run.taskId, patch: { status: 'ready' }, actor: 'ada' });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready' });
    const paused = await board.add({ assignee: 'beta' });
    const retryAt = board.clock.now() + 1000;
    await change(board.db, (ports) => ports.tasks.save({ ...paused, retryAt }));
    expect(await claim(board)).toEqual([]);
    board.clock.advance(1000);
    expect(await claim(board)).toEqual([paused.id]);
  });

  it('claims nothing without a connected runner', async () => {
    await using board = await openTestBoard('sqlite');
    await setRunners(board, makeRunner({ isConnected: false }));
    await board.add();
    expect(await claim(board)).toEqual([]);
  });

  it('tells the agent what came before it', async () => {
    await using board = await openTestBoard('sqlite');
    const parent = await board.add({ title: 'Find the oil', assignee: '' });
    const patch = { status: 'done', result: 'in the shed' };
    await updateTask(board, { taskId: parent.id, patch, actor: 'ada' });
    const branch = 'quarterdeck/oil';
    await change(board.db, async (ports) => {
      const done = await ports.tasks.find(parent.id);
      if (done) await ports.tasks.save({ ...done, branch });
    });
    await board.addClaimed({ title: 'Oil the door', parents: [parent.id], body: 'Gently.' });
    const [command] = await board.db.read((ports) => ports.commands.pendingFor('m_test' as never));
    expect(command?.command).toMatchObject({
      order: { title: 'Oil the door', workspace: { startFrom: [branch] } },
    });
    expect(command?.command.kind === 'start' && command.command.order.prompt).toContain('in the shed');
  });

  it('K12 a dry pass says what a pass would do, and does nothing', async () => {
    await using board = await openTestBoard('sqlite');
    const [first, nobody] = [await board.add(), await board.add({ assignee: '' })];
    board.takeKinds();
    const dry = await runPass(board, { dryRun: true, max: 8 });
    expect(dry.claimed).toEqual([{ taskId: first.id, runId: null, profile: 'alpha' }]);
    expect(dry.skipped).toMatchObject([{ taskId: nobody.id, code: 'no_assignee' }]);
    expect(board.takeKinds()).toEqual([]);
    const chosen = await board.db.read((ports) => chooseTasks(ports, { max: 8, now: board.clock.now() }));
    expect(chosen).toHaveLength(1);
    const wet = await runPass(board, { dryRun: false, max: 8 });
    expect(wet).toMatchObject({
      dryRun: false,
      claimed: [{ taskId: first.id }],
      spawned: [expect.any(String)],
    });
  });
});
