import type { TaskStatus } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { openStore } from '@quarterdeck/store';
import { readyTask, seedBoard, seedLinks } from './seed-board.ts';

/** Of every twelve cards: a board in use, with most of the work done. None runs, because no runner is there. */
const STATUSES: readonly TaskStatus[] = [
  'triage',
  'todo',
  'todo',
  'ready',
  'ready',
  'ready',
  'review',
  'blocked',
  'done',
  'done',
  'done',
  'done',
];
const WORDS = ['Rotate', 'Fix', 'Document', 'Split', 'Measure', 'Retire', 'Rename'];
const THINGS = [
  'the webhook keys',
  'a flaky test',
  'the harbour map',
  'settlement rounding',
  'the tide chart',
];
const PEOPLE = ['ann', 'bo', 'opencode', 'codex', null];

/** Fills the database of a home that was never started with cards in every column and a link for every second one. */
export async function seedWebBoard(database: string, count: number): Promise<readonly Task[]> {
  const now = Date.now() - count * 60_000;
  const tasks = Array.from({ length: count }, (_, number) => cardNumber(number, now));
  const store = await openStore({ url: database, onCommit: () => undefined });
  await seedBoard(store, { tasks, runners: 0 });
  const links = tasks.flatMap((child, number) => {
    const parent = tasks[number - 12];
    return parent && number % 2 === 0 ? [{ parentId: parent.id, childId: child.id }] : [];
  });
  await seedLinks(store, links);
  await store.close();
  return tasks;
}

function cardNumber(number: number, now: number): Task {
  const status = STATUSES[number % STATUSES.length] ?? 'done';
  const at = now + number * 60_000;
  const title = `${WORDS[number % WORDS.length]} ${THINGS[number % THINGS.length]}, part ${number}`;
  return {
    ...readyTask(number, now),
    title: number % 3 === 0 ? `${title}, and say in the manual why it was done that way` : title,
    assignee: PEOPLE[number % PEOPLE.length] ?? null,
    status,
    // Held, so that the dispatcher leaves the columns as they are.
    isHeld: status === 'todo',
    blockReason: status === 'blocked' ? 'Needs the key of the lighthouse, which only the keeper has.' : null,
    createdAt: at,
    updatedAt: at,
    completedAt: status === 'done' ? at : null,
  };
}
