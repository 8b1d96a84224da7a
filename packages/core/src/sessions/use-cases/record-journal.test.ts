import type { JournalEntry, JournalLine } from '@quarterdeck/contract/journal';
import type { Ruling } from '@quarterdeck/contract/proposal';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import {
  CLEAN_REPORT,
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { afterTurn, callAgentTool, settleRun, stopOverBudget } from '../../dispatch/index.ts';
import { createLiveBus } from '../../events/index.ts';
import { type RunRecord, STALE_AGE_MS } from '../../runs/index.ts';
import { ruleOnProposal } from '../../supervision/index.ts';
import { promptSession } from './prompt-session.ts';
import { readTranscript } from './read-transcript.ts';
import { recordJournal } from './record-journal.ts';

const lines = (first: number, ...entries: JournalEntry[]): JournalLine[] =>
  entries.map((entry, index) => ({ seq: first + index, at: 5, entry }));
const message = (itemId: string, text: string): JournalEntry => ({
  kind: 'item',
  item: { kind: 'message', itemId, at: 5, text, isComplete: true },
});
const started: JournalEntry = { kind: 'started', pid: 1, agentName: 'alpha', agentVersion: '1.2' };
const ended: JournalEntry = { kind: 'turn', phase: 'ended', stopReason: 'end_turn' };
const exited: JournalEntry = { kind: 'exited', code: 3, signal: null, errorTail: 'no key' };
const ask = (requestId: string, fields = {}): JournalEntry => ({
  kind: 'permission',
  requestId,
  detail: makeDetail(fields),
});

const record = (board: TestBoard, run: RunRecord, sent: readonly JournalLine[], live = createLiveBus()) =>
  recordJournal(
    { ...board, live, prices: { estimate: async () => 42 }, afterTurn, afterCosts: stopOverBudget },
    { runId: run.id, lines: sent },
  );
const items = async (board: TestBoard, run: RunRecord) =>
  okValue(await readTranscript(board, { sessionId: run.sessionId, since: 0 })).items.map((it) => it.item);
const commands = async (board: TestBoard, run: RunRecord) =>
  (await board.db.read((ports) => ports.commands.pendingFor(run.runnerId))).map((it) => it.command);

describe.each(TEST_DATABASES)('R4 the journal on %s', (database) => {
  it('is taken in once, in order: known lines are skipped, a gap leaves the rest', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const [first, second, third] = lines(1, message('a', '1'), message('b', '2'), message('c', '3')) as [
      JournalLine,
      JournalLine,
      JournalLine,
    ];
    expect(okValue(await record(board, run, [first]))).toBe(1);
    expect(okValue(await record(board, run, [first, third]))).toBe(1);
    expect(okValue(await record(board, run, [first, second, third]))).toBe(3);
    expect(okValue(await record(board, run, [second]))).toBe(3);
    expect((await items(board, run)).map((it) => it.itemId)).toEqual(['a', 'b', 'c']);
    expect(await board.run(run.id)).toMatchObject({ journalSeq: 3, heartbeatAt: board.clock.now() });
  });

  it('of a run that has ended tells what was said and leaves the run as it ended', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    const before = await board.run(run.id);
    board.takeKinds();
    const failure: JournalEntry = { kind: 'failure', hint: 'crashed', message: 'no', resetAt: null };
    await record(board, run, lines(1, started, message('a', '1'), failure));
    expect(board.takeKinds()).toEqual([]);
    expect(await board.run(run.id)).toEqual({
      ...before,
      journalSeq: 3,
      heartbeatAt: board.clock.now(),
    });
    expect((await items(board, run)).map((it) => it.itemId)).toContain('a');
  });

  it('sent twice at once is still taken in once', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const sent = lines(1, started, message('a', '1'), ask('q1'), message('a', '2'));
    const other = { ...board, db: await board.openServer() };
    await Promise.all([record(board, run, sent), record(other, run, sent), record(board, run, sent)]);
    expect((await items(board, run)).map((it) => it.itemId)).toEqual(['started', 'a', 'permission:q1']);
    expect(await board.db.read((ports) => ports.proposals.list({ limit: 9 }))).toHaveLength(1);
    expect(board.takeKinds().filter((kind) => kind === 'run.started')).toHaveLength(1);
  });
});

describe('the journal', () => {
  it('of a run nobody knows is refused', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    expect(codeOf(await record(board, { ...run, id: 'r_gone' as never }, lines(1, started)))).toBe(
      'run_not_found',
    );
  });

  it('shows the start, what the agent does and what it spends', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const live = createLiveBus();
    const frames: string[] = [];
    live.subscribe((frame) => frames.push(frame.type));
    const usage: JournalEntry = { kind: 'usage', usage: { ...NO_USAGE, inputTokens: 7 } };
    const sent = lines(1, started, { kind: 'activity', text: 'reads a.ts' }, usage);
    okValue(await record(board, run, sent, live));
    expect(await board.run(run.id)).toMatchObject({
      status: 'working',
      startedAt: 5,
      deadlineAt: board.clock.now() + STALE_AGE_MS,
      activity: 'reads a.ts',
      usage: { inputTokens: 7, costMicros: 42, costSource: 'estimated' },
    });
    expect(frames).toEqual(['item', 'activity']);
  });

  it('asks policy first: reading inside is allowed at once, a command becomes a proposal', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const read = { toolKind: 'other', command: null, mcpTool: 'quarterdeck/task_show' };
    okValue(await record(board, run, lines(1, ask('q1', read), ask('q2'))));
    const answers = (await commands(board, run)).filter((it) => it.kind === 'answer');
    expect(answers).toEqual([
      { kind: 'answer', requestId: 'q1', decision: 'allow', option: null, by: 'policy' },
    ]);
    expect(await items(board, run)).toMatchObject([
      { outcome: 'allowed', decidedBy: 'policy: a tool of Quarterdeck itself', proposalId: null },
      { outcome: 'pending', decidedBy: null, proposalId: expect.stringMatching(/^a_/) },
    ]);
  });

  it('F12: what the agent was told counts, whatever a person or policy meant', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const own = { toolKind: 'other', command: null, mcpTool: 'quarterdeck/task_show' } as const;
    const colours = [{ id: 'blue', name: 'Blue', kind: 'colour' }];
    okValue(
      await record(
        board,
        run,
        lines(1, ask('q1', own), ask('q2'), ask('q3', { options: colours }), ask('q4')),
      ),
    );
    const [second, third, fourth] = await board.db.read((ports) => ports.proposals.list({ limit: 9 }));
    const rule = (proposalId: string | undefined, ruling: Ruling) =>
      ruleOnProposal(board, { proposalId: proposalId ?? '', ruling, actor: 'ada' });
    okValue(await rule(second?.id, { decision: 'allow' }));
    okValue(await rule(third?.id, { option: 'blue' }));
    okValue(await rule(fourth?.id, { decision: 'deny' }));
    const told = (
      requestId: string,
      outcome: 'withdrawn' | 'answered' | 'denied',
      choice: string | null = null,
    ) => ({ kind: 'permissionSettled', requestId, outcome, because: 'told so', choice }) as const;
    const entries = [
      told('q1', 'withdrawn'),
      told('q2', 'withdrawn'),
      told('q3', 'answered', 'Blue'),
      told('q4', 'denied'),
    ];
    okValue(await record(board, run, lines(5, ...entries)));
    expect(await items(board, run)).toMatchObject([
      { outcome: 'withdrawn', decidedBy: 'told so', choice: null },
      { outcome: 'withdrawn', decidedBy: 'told so', choice: null },
      { outcome: 'answered', decidedBy: 'ada', choice: 'Blue' },
      { outcome: 'denied', decidedBy: 'ada' },
    ]);
    expect(await board.db.read((ports) => ports.proposals.list({ limit: 9 }))).toMatchObject([
      { status: 'withdrawn', reason: 'told so', ruledBy: 'ada' },
      { status: 'answered', choice: { id: 'blue', name: 'Blue' } },
      { status: 'denied' },
    ]);
  });

  it.each([
    ['allowed', 'pending'],
    ['answered', 'pending'],
    ['allowed', 'denied'],
    ['allowed', 'withdrawn'],
  ] as const)(
    'S9: a run whose agent was told "%s" while the question was %s here is stopped, and says why',
    async (outcome, here) => {
      await using board = await openTestBoard('sqlite');
      const run = await board.addClaimed();
      okValue(await record(board, run, lines(1, started, ask('q1'))));
      const [proposal] = await board.db.read((ports) => ports.proposals.list({ limit: 9 }));
      if (here === 'denied')
        okValue(
          await ruleOnProposal(board, {
            proposalId: proposal?.id ?? '',
            ruling: { decision: 'deny' },
            actor: 'ada',
          }),
        );
      const settled = (told: 'allowed' | 'answered' | 'withdrawn'): JournalEntry => ({
        kind: 'permissionSettled',
        requestId: 'q1',
        outcome: told,
        because: 'owner',
        choice: null,
      });
      if (here === 'withdrawn') okValue(await record(board, run, lines(3, settled('withdrawn'))));
      okValue(await record(board, run, lines(here === 'withdrawn' ? 4 : 3, settled(outcome))));
      const stopping = await board.run(run.id);
      expect(stopping).toMatchObject({ status: 'stopping', reportedOutcome: 'stopped' });
      expect(stopping.error).toMatch(/answered with yes, but nobody did so here/);
      expect((await commands(board, run)).map((it) => it.kind)).toContain('stop');
      expect(
        (await items(board, run)).filter((it) => it.kind === 'notice' && it.level === 'error'),
      ).toHaveLength(1);
    },
  );

  it('S9: an answer that was given here stops nothing', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await record(board, run, lines(1, started, ask('q1'), ask('q2', { kind: 'read', paths: [] }))));
    for (const { id, status } of await board.db.read((ports) => ports.proposals.list({ limit: 9 })))
      if (status === 'pending')
        okValue(await ruleOnProposal(board, { proposalId: id, ruling: { decision: 'allow' }, actor: 'ada' }));
    const told = (requestId: string): JournalEntry => ({
      kind: 'permissionSettled',
      requestId,
      outcome: 'allowed',
      because: 'ada',
      choice: null,
    });
    okValue(await record(board, run, lines(4, told('q1'), told('q2'))));
    expect((await board.run(run.id)).status).toBe('working');
  });

  it('a request the agent took back, or left when it ended, waits for nobody', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const settled: JournalEntry = {
      kind: 'permissionSettled',
      requestId: 'q1',
      outcome: 'withdrawn',
      because: 'gone',
      choice: null,
    };
    okValue(await record(board, run, lines(1, started, ask('q1'), ask('q2'), settled, exited)));
    const proposals = await board.db.read((ports) => ports.proposals.list({ limit: 9 }));
    expect(proposals.map((it) => [it.requestId, it.status, it.reason])).toEqual([
      ['q1', 'withdrawn', 'gone'],
      ['q2', 'withdrawn', 'the agent has ended'],
    ]);
    expect((await items(board, run))[1]).toMatchObject({ outcome: 'withdrawn', decidedBy: 'gone' });
    expect((await board.run(run.id)).error).toContain('no key');
  });

  it('of a run that is over asks nobody', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    okValue(await record(board, run, lines(1, ask('q1'))));
    expect(await board.db.read((ports) => ports.proposals.list({ limit: 9 }))).toEqual([]);
    expect(await items(board, run)).toMatchObject([{ outcome: 'withdrawn', decidedBy: 'the run has ended' }]);
  });
});

describe('K16 a turn that ends without a report', () => {
  it('is asked for one twice, then its run is closed as no_report', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await record(board, run, lines(1, started, ended)));
    okValue(await record(board, run, lines(3, ended)));
    expect((await commands(board, run)).map((it) => it.kind)).toEqual(['start', 'prompt', 'prompt']);
    okValue(await record(board, run, lines(4, ended)));
    expect((await commands(board, run)).at(-1)).toMatchObject({ kind: 'stop' });
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(await board.run(run.id)).toMatchObject({ outcome: 'no_report' });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready', failureCount: 1 });
  });

  it('A7: quotes the last line that the agent said, and asks nothing after an error', async () => {
    await using board = await openTestBoard('sqlite');
    const [told, failed] = [await board.addClaimed(), await board.addClaimed()];
    const say = (itemId: string, text: string): JournalEntry => ({
      kind: 'item',
      item: { kind: 'message', itemId, at: 1, text, isComplete: true },
    });
    const error: JournalEntry = { kind: 'turn', phase: 'ended', stopReason: 'error' };
    const said = [say('message:1', 'first'), say('message:2', 'It broke.\nI give up\n')];
    okValue(await record(board, told, lines(1, started, ...said, ended, ended, ended)));
    okValue(await record(board, failed, lines(1, started, error)));
    okValue(await settleRun(board, { runId: told.id, report: CLEAN_REPORT }));
    expect(await board.run(told.id)).toMatchObject({
      outcome: 'no_report',
      error: 'the agent stopped without reporting a result. It said last: “I give up”',
    });
    expect(await board.run(failed.id)).toMatchObject({ nudges: 0 });
    expect((await commands(board, failed)).map((it) => it.kind)).not.toContain('prompt');
  });

  it('is not asked after a report, an interruption, or a failure the host recognised', async () => {
    await using board = await openTestBoard('sqlite');
    const cancelled: JournalEntry = { kind: 'turn', phase: 'ended', stopReason: 'cancelled' };
    const failure: JournalEntry = { kind: 'failure', hint: 'rate_limited', message: 'used up', resetAt: 99 };
    const [interrupted, limited, reported] = [
      await board.addClaimed(),
      await board.addClaimed(),
      await board.addClaimed({ assignee: 'beta' }),
    ];
    const tool = { name: 'task_complete', input: { summary: 'done' } } as const;
    okValue(await record(board, reported, lines(1, started)));
    okValue(await callAgentTool(board, { runId: reported.id, call: tool }));
    okValue(await record(board, reported, lines(2, ended)));
    okValue(await record(board, interrupted, lines(1, started, cancelled)));
    okValue(await record(board, limited, lines(1, started, failure, ended)));
    expect((await commands(board, reported)).map((it) => it.kind)).not.toContain('prompt');
    expect(await board.run(limited.id)).toMatchObject({
      failureHint: 'rate_limited',
      limitResetAt: 99,
      nudges: 0,
    });
  });
});

describe('saying something to an agent', () => {
  it('reaches one that lives, and is refused for one that is over', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const say = (sessionId: string) => promptSession(board, { sessionId, text: 'hello', actor: 'ada' });
    okValue(await say(run.sessionId));
    expect((await commands(board, run)).at(-1)).toEqual({ kind: 'prompt', text: 'hello', author: 'ada' });
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(codeOf(await say(run.sessionId))).toBe('run_not_live');
    expect(codeOf(await say('s_gone'))).toBe('session_not_found');
  });
});
