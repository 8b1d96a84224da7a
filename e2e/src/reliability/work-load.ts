import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import type { TaskCard } from '@quarterdeck/contract/task';
import { createTask } from '../program/board-view.ts';
import { makeRepository } from '../program/make-repository.ts';
import type { Program } from '../program/start-program.ts';
import type { SeededRandom } from './seeded-random.ts';

const AGENT = join(import.meta.dirname, '../../fixtures/agents/marked-agent.ts');
/** How many runs go at once: enough that something is at every step of its life when the blow falls. */
export const RUNS_AT_ONCE = 5;
/** Tasks that are not yet done, after a top-up. */
const OPEN_TASKS = 9;

/** The agents of the kill rounds; `marks` is the folder where each says that it is at work. */
export function markedProfile(marks: string): ProfileInput {
  return {
    id: 'marked',
    name: 'Marked',
    initials: 'M',
    command: process.execPath,
    args: [AGENT],
    env: { QD_MARKS: marks },
    maxConcurrentRuns: RUNS_AT_ONCE,
  };
}

/** A project and a steady supply of tasks for it. */
export interface WorkLoad {
  readonly repository: string;
  readonly projectId: string;
  /** Adds tasks until enough of them are open. */
  topUp(cards: readonly TaskCard[]): Promise<void>;
}

/** Makes a repository and its project; `path` must not exist. */
export async function openWorkLoad(
  { client }: Program,
  { path, random }: { readonly path: string; readonly random: SeededRandom },
): Promise<WorkLoad> {
  const repository = await makeRepository(path, { 'README.md': 'A place to work.\n' });
  const added = await client.call('project.add', { body: { path: repository, defaultProfile: 'marked' } });
  if (!added.ok) throw new Error(added.refusal.message);
  const projectId = added.value.project.id;
  let made = 0;
  return {
    repository,
    projectId,
    async topUp(cards) {
      const open = cards.filter((card) => card.projectId === projectId && card.status !== 'done');
      for (let missing = OPEN_TASKS - open.length; missing > 0; missing -= 1) {
        const parents = open.length > 0 && random.next() < 0.4 ? [random.pick(open).id] : [];
        made += 1;
        await createTask(client, { title: `Task ${made}`, body: writeScript(random), projectId, parents });
      }
    },
  };
}

/** What a task's agent is told to do: how it ends and the steps before it. */
export function writeScript(random: SeededRandom, always?: 'review'): string {
  const end = always ?? random.weigh({ complete: 11, review: 6, block: 2 });
  const words = [`script: ${end} steps=${random.between(1, 6)} pause=${random.between(20, 400)}`];
  if (random.next() < 0.2) words.push('ask');
  if (random.next() < 0.1) words.push('clings');
  return words.join(' ');
}

/** The number of steps of the last script in a text. */
export function stepsIn(text: string): number | null {
  const last = [...text.matchAll(/script: \w+ steps=(\d+)/g)].at(-1);
  return last ? Number(last[1]) : null;
}
