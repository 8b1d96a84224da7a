import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as acp from '@agentclientprotocol/sdk';
import { expect, test } from 'vitest';
import { DEMO_REPOSITORY } from './demo-repository.ts';
import { DEMO_TASKS } from './demo-story.ts';
import { brief, commandsDone, messages, startDemo, temporaryProject, testsPass } from './drive-demo.ts';
import { startFakeBoard } from './fake-board.ts';

test('the demo tasks are a chain, on a repository whose tests pass', async () => {
  await using project = await temporaryProject();
  expect(testsPass(project.path)).toBe(true);
  expect(DEMO_TASKS.map((task) => task.parents)).toEqual([[], [0], [1], [2], [3], [4]]);
});

test('all six scripts do real work, one on top of the other, and every state passes its tests', {
  timeout: 60_000,
}, async () => {
  await using project = await temporaryProject();
  await using board = await startFakeBoard();
  const asked: string[] = [];
  for (const { title } of DEMO_TASKS) {
    await using demo = await startDemo({
      cwd: project.path,
      board,
      onAsk: ({ toolCall }) => {
        asked.push(`${title}: ${toolCall.title}`);
        return { outcome: 'selected', optionId: 'allow' };
      },
    });
    expect(await demo.prompt(brief(title))).toEqual({ stopReason: 'end_turn' });
    expect(messages(demo.updates)).toMatch(/no model is involved/);
    const failed = demo.updates.filter((update) => 'status' in update && update.status === 'failed');
    expect(failed).toEqual([]);
    expect(commandsDone(demo.updates), title).toContain('node --test');
    expect(await demo.end()).toBe(0);
  }
  expect(testsPass(project.path)).toBe(true);
  expect(asked).toEqual(['Bring the old logs into the new form: node scripts/migrate.js --apply']);
  expect(board.calls.filter(({ tool }) => tool === 'task_complete')).toHaveLength(5);
  expect(board.calls.at(-1)?.tool).toBe('task_request_review');
  expect(board.calls.filter(({ tool }) => tool === 'task_block')).toEqual([]);
  expect(await project.read('data/2026-03-14.txt')).toContain('06:40 Seagull arrives at berth 3');
  expect(JSON.parse(await project.read('package.json'))).toMatchObject({
    version: '0.2.0',
    bin: 'bin/harbour-log.js',
  });
  const report = spawnSync(process.execPath, ['bin/harbour-log.js', 'data/2026-03-14.txt'], {
    cwd: project.path,
  });
  const shown = report.stdout.toString().split('\n').slice(1, -1).join('\n');
  expect(await project.read('README.md')).toContain(shown);
});

test('it shows its plan, its thoughts, its edits as diffs and what commands print', async () => {
  await using project = await temporaryProject();
  await using board = await startFakeBoard();
  await using demo = await startDemo({ cwd: project.path, board });
  await demo.prompt(brief(DEMO_TASKS[0]?.title ?? ''));
  const kinds = new Set(demo.updates.map((update) => update.sessionUpdate));
  expect([...kinds].sort()).toEqual([
    'agent_message_chunk',
    'agent_thought_chunk',
    'plan',
    'tool_call',
    'tool_call_update',
  ]);
  const diffs = demo.updates.flatMap((update) =>
    update.sessionUpdate === 'tool_call_update'
      ? (update.content ?? []).filter(({ type }) => type === 'diff')
      : [],
  );
  expect(diffs).toEqual([
    {
      type: 'diff',
      path: join(project.path, 'src/parse.js'),
      oldText: null,
      newText: await project.read('src/parse.js'),
    },
    {
      type: 'diff',
      path: join(project.path, 'test/parse.test.js'),
      oldText: null,
      newText: await project.read('test/parse.test.js'),
    },
  ]);
  expect(JSON.stringify(demo.updates)).toContain('a bad line is named');
  const plan = demo.updates.findLast((update) => update.sessionUpdate === 'plan');
  expect(plan?.entries.every((entry) => entry.status === 'completed')).toBe(true);
});

test('a refused permission blocks the task with a reason, and nothing was changed', async () => {
  await using project = await temporaryProject(3);
  await using board = await startFakeBoard();
  await using demo = await startDemo({
    cwd: project.path,
    board,
    onAsk: () => ({ outcome: 'selected', optionId: 'reject' }),
  });
  expect(await demo.prompt(brief(DEMO_TASKS[3]?.title ?? ''))).toEqual({ stopReason: 'end_turn' });
  expect(await project.read('data/2026-03-14.txt')).toBe(DEMO_REPOSITORY['data/2026-03-14.txt']);
  expect(board.calls.at(-1)).toMatchObject({
    tool: 'task_block',
    input: { kind: 'needs_input', reason: expect.stringContaining('was not allowed') },
  });
  expect(testsPass(project.path)).toBe(true);
});

test('asked to review it looks at the work, changes nothing, and leaves the judgement to a person', async () => {
  await using project = await temporaryProject(1);
  await using board = await startFakeBoard();
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.path });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Read the lines');
  await using demo = await startDemo({ cwd: project.path, board });
  await demo.prompt('You are reviewing the work on task t_0001.\n\n# What was asked for: Read the lines');
  expect(commandsDone(demo.updates)).toEqual(['git log --stat --max-count=3']);
  expect(board.calls.at(-1)).toMatchObject({ tool: 'task_block', input: { kind: 'capability' } });
  expect(git('status', '--porcelain').stdout.toString()).toBe('');
});

test('cancel ends the turn at once, also while it waits for a person, and a later prompt goes on', async () => {
  await using project = await temporaryProject(3);
  await using board = await startFakeBoard();
  const asked = Promise.withResolvers<void>();
  let answer: acp.RequestPermissionOutcome | Promise<acp.RequestPermissionOutcome> = new Promise(
    () => undefined,
  );
  const onAsk = () => {
    asked.resolve();
    return answer;
  };
  await using demo = await startDemo({ cwd: project.path, board, onAsk });
  const turn = demo.prompt(brief(DEMO_TASKS[3]?.title ?? ''));
  await asked.promise;
  await demo.cancel();
  expect(await turn).toEqual({ stopReason: 'cancelled' });
  answer = { outcome: 'selected', optionId: 'allow' };
  expect(await demo.prompt('Please go on.')).toEqual({ stopReason: 'end_turn' });
  expect(board.calls.at(-1)?.tool).toBe('task_complete');
  expect(await project.read('data/2026-03-15.txt')).toContain('05:55 Albatross arrives at berth 2');
});

test('cancel does not wait for a pause', async () => {
  await using project = await temporaryProject();
  await using demo = await startDemo({ cwd: project.path, speed: '1000' });
  const turn = demo.prompt(brief('Anything'));
  await demo.cancel();
  expect(await turn).toEqual({ stopReason: 'cancelled' });
});

test('it leaves when its input ends, also in the middle of a turn', async () => {
  await using project = await temporaryProject();
  await using demo = await startDemo({ cwd: project.path, speed: '1000' });
  const turn = demo.prompt(brief('Anything')).catch((error: Error) => error.message);
  expect(await demo.end()).toBe(0);
  expect(await turn).toMatch(/closed/);
});

test('a command is ended by cancel', async () => {
  await using project = await temporaryProject();
  await writeFile(
    join(project.path, 'test/slow.test.js'),
    "import { test } from 'node:test';\ntest('slow', { timeout: 600_000 }, () => new Promise((done) => setTimeout(done, 600_000)));\n",
  );
  await using demo = await startDemo({ cwd: project.path });
  const turn = demo.prompt(brief(DEMO_TASKS[0]?.title ?? ''));
  await demo.seen(
    (update) => update.sessionUpdate === 'tool_call_update' && update.toolCallId.startsWith('run'),
  );
  await demo.cancel();
  expect(await turn).toEqual({ stopReason: 'cancelled' });
});

test('a task without a script gets a note and an honest summary, and questions a short answer', async () => {
  await using project = await temporaryProject();
  await using board = await startFakeBoard();
  await using demo = await startDemo({ cwd: project.path, board });
  await demo.prompt(brief('Make the façade "pretty"!'));
  expect(await project.read('notes/make-the-fa-ade-pretty.md')).toContain('# Make the façade "pretty"!');
  expect(board.calls.at(-1)).toMatchObject({
    tool: 'task_complete',
    input: { summary: expect.stringContaining('was not done') },
  });
  const before = board.calls.length;
  await demo.prompt('Why not?');
  expect(messages(demo.updates)).toMatch(/without a model, so I cannot answer/);
  expect(board.calls).toHaveLength(before);
});

test('a workspace that is not as the script expects blocks the task', async () => {
  await using project = await temporaryProject();
  await using board = await startFakeBoard();
  await using demo = await startDemo({ cwd: project.path, board });
  await demo.prompt(brief(DEMO_TASKS[1]?.title ?? ''));
  expect(board.calls.at(-1)).toMatchObject({ tool: 'task_block', input: { kind: 'other' } });
});

test('a report waits for a server that restarts', async () => {
  await using project = await temporaryProject();
  const first = await startFakeBoard();
  const { port, server } = first;
  await first[Symbol.asyncDispose]();
  const away = { ...first, server };
  await using demo = await startDemo({ cwd: project.path, board: away });
  const turn = demo.prompt(brief('Anything'));
  await demo.seen(
    (update) => update.sessionUpdate === 'tool_call' && update.title === 'quarterdeck_task_complete',
  );
  await using second = await startFakeBoard(port);
  expect(await turn).toEqual({ stopReason: 'end_turn' });
  expect(second.calls.map(({ tool }) => tool)).toEqual(['task_complete']);
});

test('work that comes back with remarks is handed in again with the remarks written down', async () => {
  await using project = await temporaryProject(6);
  await using board = await startFakeBoard();
  await using demo = await startDemo({ cwd: project.path, board });
  const remark = '# Asked for since the work was handed in\n\nFrom ada:\n\n`README.md:3`\nName the harbour.';
  await demo.prompt(brief('Write the manual and the change log').replace('# How', `${remark}\n\n# How`));
  expect(await project.read('notes/review.md')).toContain('`README.md:3`\nName the harbour.');
  expect(board.calls.at(-1)).toMatchObject({
    tool: 'task_request_review',
    input: { summary: expect.stringContaining('were not followed') },
  });
});
