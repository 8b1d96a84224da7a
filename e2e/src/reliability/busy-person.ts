import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@quarterdeck/client/call';
import type { TaskCard } from '@quarterdeck/contract/task';
import { cardsOf } from '../program/board-view.ts';
import type { Program } from '../program/start-program.ts';
import type { SeededRandom } from './seeded-random.ts';
import { writeScript } from './work-load.ts';

const PAUSE_MS = 150;
/** Begins what is said once only. */
export const ONCE = 'Once:';

interface BusyPerson extends AsyncDisposable {
  /** Landings that were asked for and not answered yet. */
  landings(): number;
}

/** Someone who answers, reviews, lands and starts again whatever the board shows, until disposed of. */
export function startBusyPerson({ client }: Program, random: SeededRandom): BusyPerson {
  let isLeaving = false;
  let said = 0;
  const landing = new Map<string, Promise<unknown>>();

  async function look(): Promise<void> {
    const approvals = await client.call('approval.list', { query: { status: 'pending' } });
    for (const { id } of approvals.ok ? approvals.value.proposals : [])
      await client.call('approval.rule', { params: { proposalId: id }, body: { decision: 'allow' } });
    const cards = await cardsOf(client);
    for (const card of cards) await attend(card);
    said += 1;
    await speak(client, { cards, said, random });
  }

  async function attend(card: TaskCard): Promise<void> {
    const params = { taskId: card.id };
    // A server that dies in between refuses nothing and says nothing: the next look shows what came of it.
    if (card.status === 'review' && !landing.has(card.id)) {
      if (random.next() < 0.25) return sendBack(card.id);
      const approval = client.call('task.approve', {
        params,
        body: { land: random.pick(['merge', 'squash'] as const) },
      });
      landing.set(
        card.id,
        approval.finally(() => landing.delete(card.id)),
      );
    }
    const status = nextStatus(card);
    if (status !== null) await client.call('task.update', { params, body: { status } });
    if (card.run?.status === 'working' && random.next() < 0.01)
      await client.call('run.stop', { params: { runId: card.run.id }, body: {} });
  }

  async function sendBack(taskId: string): Promise<void> {
    const summary = `Once more. ${writeScript(random, 'review')}`;
    await client.call('task.requestChanges', { params: { taskId }, body: { summary } });
  }

  const live = async () => {
    while (!isLeaving) {
      await look().catch(() => undefined);
      await wait(PAUSE_MS);
    }
    await Promise.allSettled(landing.values());
  };
  const over = live();
  return {
    landings: () => landing.size,
    async [Symbol.asyncDispose]() {
      isLeaving = true;
      await over;
    },
  };
}

/** What failed or was stopped is tried again; what waits for a person's word gets it. */
function nextStatus({ status, blockKind, isHeld, assignee }: TaskCard): 'ready' | 'done' | null {
  if (status === 'ready' && assignee === null) return 'done';
  if (status === 'blocked') return blockKind === 'failures' ? 'ready' : 'done';
  return status === 'todo' && isHeld ? 'ready' : null;
}

/** Wishes and remarks, each with words of its own: said again after a lost answer, they must not be there twice. */
async function speak(
  client: Client,
  {
    cards,
    said,
    random,
  }: { readonly cards: readonly TaskCard[]; readonly said: number; readonly random: SeededRandom },
): Promise<void> {
  if (said % 3 === 0)
    await client.call('task.create', { body: { title: `${ONCE} wish ${said}`, assignee: '' } });
  if (cards.length === 0 || said % 2 === 1) return;
  const params = { taskId: random.pick(cards).id };
  await client.call('task.comment', { params, body: { body: `${ONCE} remark ${said}` } });
}
