import { join } from 'node:path';
import { type PostgresDatabase, startPostgres } from '@quarterdeck/testkit/store/start-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardsOf, createTask, transcriptOf, waitForStatus } from '../program/board-view.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

const AGENT = join(import.meta.dirname, '../../fixtures/agents/bad-agent.ts');
const HOSTILE = {
  id: 'hostile',
  name: 'Hostile',
  initials: 'H',
  command: process.execPath,
  args: [AGENT, 'hostile'],
};

describe('the program on PostgreSQL', () => {
  let database: PostgresDatabase;
  let program: Program;
  beforeAll(async () => {
    database = await (await startPostgres()).takeDatabase();
    const env = { QUARTERDECK_DATABASE_URL: database.url, QUARTERDECK_DEMO_SPEED: '0.3' };
    program = await startProgram({ env, profiles: [HOSTILE] });
  });
  afterAll(async () => {
    await program[Symbol.asyncDispose]();
    await database.giveBack();
  });

  async function allowWhatIsAsked(): Promise<void> {
    const list = await program.client.call('approval.list', { query: { status: 'pending' } });
    for (const { id } of list.ok ? list.value.proposals : []) {
      await program.client.call('approval.rule', { params: { proposalId: id }, body: { decision: 'allow' } });
    }
  }

  async function killServerAtWork(): Promise<void> {
    await waitUntil('an agent at work', async () => {
      const cards = await cardsOf(program.client);
      return cards.some((card) => card.status === 'running' && card.run?.activity);
    });
    const before = await program.pidOf('server');
    process.kill(before, 'SIGKILL');
    await waitUntil('a new server', async () => (await program.pidOf('server')) !== before);
    await waitUntil('the board', async () => (await program.client.call('board.stats')).ok);
  }

  it('works the demo to its end although its server is killed twice: nothing is lost or doubled', async () => {
    await killServerAtWork();
    await killServerAtWork();
    const cards = await waitUntil(
      'the demo to be done',
      async () => {
        await allowWhatIsAsked();
        const all = await cardsOf(program.client);
        return (
          all.length === 6 && all.every((card) => card.status === 'done' || card.status === 'review') && all
        );
      },
      { timeoutMs: 100_000, everyMs: 200 },
    );
    const events = await program.events();
    const numbers = events.map((event) => event.seq);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((left, right) => left - right));
    expect(cards.filter((card) => card.status === 'review')).toHaveLength(1);
    for (const { id, status } of cards) {
      const { runs } = await detailOf(program.client, id);
      const isReviewed = status === 'review';
      expect(runs.map((run) => run.outcome)).toEqual([isReviewed ? 'review_requested' : 'completed']);
      const kinds = events.filter((event) => event.taskId === id).map((event) => event.kind);
      for (const kind of [
        'run.claimed',
        'run.started',
        'run.reported',
        'run.ended',
        isReviewed ? 'task.review_requested' : 'task.completed',
      ] as const)
        expect([id, kind, kinds.filter((it) => it === kind).length]).toEqual([id, kind, 1]);
      const items = await transcriptOf(program.client, id);
      expect(new Set(items.map((item) => item.itemId)).size).toBe(items.length);
      const isWhole = (item: (typeof items)[number]) => item.kind !== 'message' || item.isComplete;
      expect(items.every(isWhole)).toBe(true);
    }
  });

  it('takes text that its database cannot hold as it is', async () => {
    const taskId = await createTask(program.client, { title: 'Says what it likes', assignee: 'hostile' });
    await waitUntil('its question', async () => {
      await allowWhatIsAsked();
      return (await detailOf(program.client, taskId)).task.status === 'done';
    });
    const card = await waitForStatus(program.client, taskId, 'done');
    expect(card.result).toContain('<script>alert(1)</script>');
    expect(card.result).toContain('\uFFFD');
  });

  it('refuses a NUL with a reason', async () => {
    const refused = await program.client.call('task.create', { body: { title: 'a\0b' } });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
  });
});
