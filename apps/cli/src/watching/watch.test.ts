import { glanceAt } from '@quarterdeck/contract/run';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { expect, test } from 'vitest';
import { endedRun, fixtureRun, fixtureTask, NOW, storedItem, toolItem } from '../testing/fixture-objects.ts';
import { createFixtureTerminal, type TerminalFixture } from '../testing/fixture-terminal.ts';
import { type FixtureReader, startFixtureService } from '../testing/start-fixture-service.ts';

type Run = ReturnType<typeof fixtureRun>;
type Stored = ReturnType<typeof storedItem>;

const session = {
  id: 's_talk0001',
  runId: 'r_run00001',
  taskId: 't_77aa0001',
  profile: 'opencode',
  title: 'talk',
  createdAt: NOW,
  rev: 0,
  turn: 'working',
};

const prompt = storedItem(1, { kind: 'prompt', author: 'quarterdeck', text: 'Fix it.\nAll of it.' });
const message = (rev: number, text: string, isComplete: boolean) =>
  storedItem(rev, { kind: 'message', text, isComplete }, 2);
const tool = (rev: number, status: string) => storedItem(rev, toolItem({ title: 'npm test', status }), 3);
const permission = (rev: number, outcome: string, decidedBy: string | null) =>
  storedItem(
    rev,
    { kind: 'permission', requestId: 'q', proposalId: 'a_ask00001', title: 'Run it', outcome, decidedBy },
    4,
  );
const hello: StreamFrame = { type: 'hello', cursor: 7, heartbeatMs: 10_000 };
const live: StreamFrame = { type: 'live', cursor: 7 };
const item = (stored: Stored): StreamFrame => ({ type: 'item', sessionId: 's_talk0001', stored });
const delta = (offset: number, text: string): StreamFrame => ({
  type: 'delta',
  delta: { sessionId: session.id as never, itemId: 'i2', kind: 'message', offset, text },
});

function runEvent(seq: number, kind: 'run.claimed' | 'run.ended', run: Run): StreamFrame {
  const end = kind === 'run.ended' ? { outcome: run.outcome, diffStat: run.diffStat } : {};
  const event = {
    seq,
    at: NOW,
    kind,
    actor: 'x',
    taskId: run.taskId,
    projectId: run.projectId,
    runId: run.id,
    payload: { run, ...end },
  };
  return { type: 'event', event } as StreamFrame;
}

interface Scene {
  readonly runs: readonly Run[];
  readonly status?: string;
  /** What the transcript holds when it is asked for. */
  readonly stored?: () => readonly Stored[];
  readonly onReader?: (reader: FixtureReader) => void;
  readonly terminal?: TerminalFixture;
}

async function watching(
  { runs, status = 'running', stored = () => [], onReader, terminal }: Scene,
  ...args: string[]
) {
  const service = await startFixtureService(
    {
      'task.show': () => ({
        task: fixtureTask({ status }),
        comments: [],
        links: { parents: [], children: [] },
        runs: [...runs],
        waiting: [],
        attachments: [],
        diagnostics: [],
        seq: 7,
      }),
      'session.transcript': ({ query }) => {
        const items = stored().filter((each) => each.rev > Number(query['since']));
        return {
          session: session as never,
          items: [...items],
          rev: Math.max(Number(query['since']), ...items.map(({ rev }) => rev)),
        };
      },
    },
    onReader,
  );
  const shell = createFixtureTerminal({ ...terminal, env: { QUARTERDECK_URL: service.url } });
  const ended = shell.run('task', 'watch', 't_77aa0001', ...args);
  return { ...shell, ended, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

test('merges what is stored with what is being written, each character once', async () => {
  const history = [prompt, message(2, 'I look', false)];
  let readerUrl: URL | undefined;
  await using watch = await watching({
    runs: [fixtureRun()],
    stored: () => history,
    onReader: ({ send, url }) => {
      readerUrl = url;
      send(hello);
      send(live);
      send(delta(4, 'ok at'));
      send(delta(9, ' the test'));
      send(item(message(3, 'I look at the test.', true)));
      send(item(tool(4, 'in_progress')));
      send(item(tool(5, 'completed')));
      send(item(tool(5, 'completed')));
      send(runEvent(8, 'run.ended', endedRun()));
    },
  });
  expect(await watch.ended).toBe(0);
  expect(readerUrl?.searchParams.getAll('session')).toEqual(['s_talk0001']);
  expect(watch.written.out).toBe(
    [
      't_77aa0001  r_run00001  opencode  ◐ working',
      '› quarterdeck  Fix it.  (1 more line)',
      'I look at the test.',
      '✓ npm test  3 s',
      '✓ completed  2 min, 2 files +9 -4',
      'It is green.',
      '',
    ].join('\n'),
  );
});

test('shows what was stored while the connection was lost, and waits for text after a gap', async () => {
  let visits = 0;
  const history: Stored[] = [prompt];
  await using watch = await watching({
    runs: [fixtureRun()],
    stored: () => history,
    onReader: ({ send, close }) => {
      visits += 1;
      send(hello);
      send(live);
      if (visits === 1) {
        send(delta(10, 'after a gap'));
        history.push(message(2, 'all of it, after a gap', true), tool(3, 'failed'));
        close();
      } else {
        send(
          runEvent(8, 'run.ended', endedRun({ outcome: 'crashed', error: 'It fell over.', summary: null })),
        );
      }
    },
  });
  expect(await watch.ended).toBe(1);
  expect(watch.written.out).toContain('all of it, after a gap\n✕ failed npm test');
  expect(watch.written.out).toContain('✕ crashed');
  expect(watch.written.err).toContain('Connection lost');
});

test('shows how to answer a permission request, then who decided', async () => {
  await using watch = await watching({
    runs: [fixtureRun()],
    onReader: ({ send }) => {
      send(hello);
      send(live);
      send(item(permission(1, 'pending', null)));
      send(item(permission(2, 'allowed', 'mia')));
      send(runEvent(8, 'run.ended', endedRun()));
    },
  });
  await watch.ended;
  expect(watch.written.out).toContain('? needs you  Run it\n    quarterdeck approval allow a_ask00001');
  expect(watch.written.out).toContain('✓ allowed by mia  Run it\n');
});

test('removes escape sequences of an agent', async () => {
  await using watch = await watching({
    runs: [fixtureRun()],
    onReader: ({ send }) => {
      send(hello);
      send(live);
      send(item(message(1, 'a\u001b[2Jb\u001b]0;title\u0007c\r\u0008', true)));
      send(runEvent(8, 'run.ended', endedRun()));
    },
  });
  await watch.ended;
  expect(watch.written.out).toContain('\nabc\n');
});

test('Ctrl-C erases the status line and leaves an empty line', async () => {
  await using watch = await watching({
    runs: [fixtureRun()],
    terminal: { isTTY: true, columns: 40 },
    onReader: ({ send }) => {
      send(hello);
      send(live);
      send(item(tool(1, 'in_progress')));
    },
  });
  await watch.until((both) => both.endsWith('◐ npm test'));
  watch.signals.emit('SIGINT');
  expect(await watch.ended).toBe(130);
  expect(watch.written.out.endsWith('◐ npm test\r\u001b[2K')).toBe(true);
});

test('prints one JSON object per line, each item once, and the end', async () => {
  await using watch = await watching(
    {
      runs: [fixtureRun()],
      stored: () => [prompt],
      onReader: ({ send }) => {
        send(hello);
        send(live);
        send(item(prompt));
        send(item(message(2, 'Done.', true)));
        send(runEvent(8, 'run.ended', endedRun()));
      },
    },
    '--json',
  );
  expect(await watch.ended).toBe(0);
  const lines = watch.written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StreamFrame | { type: 'end' });
  expect(lines.map(({ type }) => type)).toEqual(['item', 'item', 'end']);
});

test('of a finished task the last run is shown', async () => {
  await using watch = await watching({
    status: 'done',
    runs: [endedRun({ outcome: 'crashed' }), endedRun({ id: 'r_run00002', attempt: 2 })],
    stored: () => [prompt],
  });
  expect(await watch.ended).toBe(0);
  expect(watch.written.out).toContain('r_run00002  opencode, attempt 2  ✓ completed');
  expect(watch.written.out).not.toContain('r_run00001');
});

test('waits for a task that does not run yet, and with --follow for the run after', async () => {
  const first = fixtureRun();
  const second = fixtureRun({ id: 'r_run00002', attempt: 2 });
  const script: readonly (readonly StreamFrame[])[] = [
    [runEvent(8, 'run.claimed', first)],
    [runEvent(9, 'run.ended', endedRun({ outcome: 'no_report' }))],
    [runEvent(10, 'run.claimed', second)],
    [runEvent(11, 'run.ended', endedRun({ id: 'r_run00002', attempt: 2 }))],
  ];
  const cursors: (string | null)[] = [];
  await using watch = await watching(
    {
      status: 'ready',
      runs: [],
      onReader: ({ send, url }) => {
        send(hello);
        send(live);
        for (const frame of script[cursors.length] ?? []) send(frame);
        cursors.push(url.searchParams.get('since'));
      },
    },
    '--follow',
  );
  await watch.until(
    (both) => both.includes('✓ completed') && both.split('Waiting for an agent').length === 4,
  );
  watch.signals.emit('SIGINT');
  expect(await watch.ended).toBe(130);
  expect(cursors.slice(0, 4)).toEqual(['7', '8', '9', '10']);
});

test('stops waiting when a person finishes the task without an agent', async () => {
  const event = {
    seq: 8,
    at: NOW,
    kind: 'task.completed',
    actor: 'mia',
    taskId: 't_77aa0001',
    projectId: null,
    runId: null,
  };
  const payload = { task: fixtureTask({ status: 'done' }), from: 'ready', summary: null };
  await using watch = await watching({
    status: 'ready',
    runs: [],
    onReader: ({ send }) => {
      send(hello);
      send({ type: 'event', event: { ...event, payload } } as unknown as StreamFrame);
    },
  });
  expect(await watch.ended).toBe(0);
  expect(watch.written.err).toContain('t_77aa0001 was finished without a run.');
});

test('A9: tells on its last line of a silence, until the agent is heard of again', async () => {
  const startedAt = NOW - 600_000;
  const run = fixtureRun({ startedAt, activeAt: NOW, progress: { turnSince: startedAt, tools: [] } });
  await using watch = await watching({
    runs: [run],
    terminal: { isTTY: true },
    onReader: ({ send }) => {
      send(hello);
      send(live);
      send({ type: 'heartbeat', cursor: 7, at: NOW + 30_000 });
      send({ type: 'heartbeat', cursor: 7, at: NOW + 120_000 });
      send({
        type: 'activity',
        taskId: run.taskId,
        run: { ...glanceAt(run), activeAt: NOW + 130_000, activity: 'reads' },
      });
      send({ type: 'heartbeat', cursor: 7, at: NOW + 135_000 });
      send(runEvent(8, 'run.ended', endedRun()));
    },
  });
  expect(await watch.ended).toBe(0);
  const lines = watch.written.out.split('\r\u001b[2K').map((line) => line.split('\n').at(-1));
  expect(lines).toContain('◐ nothing from the agent for 2 min; perhaps its model does not answer');
  expect(lines).toContain('◐ reads');
  expect(watch.written.out.match(/nothing from/g)).toHaveLength(1);
});
