import type { Store } from '@quarterdeck/store';
import { lineOf } from '../programs/scripted-lines.ts';

export interface TakenIn {
  readonly lines: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
}

/** Compares what the store has of scripted agents with what they posted: `last` lines each, kept in the order of their numbers. */
export async function checkTakeIn(store: Store, last: number): Promise<TakenIn> {
  const found = { lines: 0, lost: 0, doubled: 0, outOfOrder: 0 };
  const expected = expectedItems(last);
  for (const run of await store.read((ports) => ports.runs.live())) {
    found.lines += run.journalSeq;
    found.lost += Math.max(0, last - run.journalSeq);
    found.doubled += Math.max(0, run.journalSeq - last);
    const stored = await store.read((ports) => ports.sessions.itemsSince(run.sessionId, 0));
    const items = stored.flatMap(({ item }) =>
      item.kind === 'tool' ? [`${item.itemId} ${item.status}`] : [],
    );
    found.lost += expected.filter((item) => !items.includes(item)).length;
    found.doubled += items.length - new Set(items).size;
    found.outOfOrder += items.filter((item, index) => item !== expected[index]).length;
    found.lost += run.activity === expectedActivity(last) ? 0 : 1;
  }
  return found;
}

function expectedItems(last: number): string[] {
  const items = new Map<string, string>();
  for (let seq = 1; seq <= last; seq += 1) {
    const { entry } = lineOf(seq, 0);
    if (entry.kind === 'item' && entry.item.kind === 'tool') items.set(entry.item.itemId, entry.item.status);
  }
  return [...items].map(([itemId, status]) => `${itemId} ${status}`);
}

function expectedActivity(last: number): string | null {
  for (let seq = last; seq > 0; seq -= 1) {
    const { entry } = lineOf(seq, 0);
    if (entry.kind === 'activity') return entry.text;
  }
  return null;
}
