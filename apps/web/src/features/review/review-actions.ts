import type { Landing, LandingStrategy } from '@quarterdeck/contract/landing';
import type { Refusal, Result } from '@quarterdeck/contract/result';
import type { TaskCard } from '@quarterdeck/contract/task';
import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { announce } from '../../ui/announcer.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { takeReply } from '../board/move-task.ts';
import { clearDraft, type ReviewDraft } from './review-draft.ts';

/** The run and the commits that are on the screen. */
export interface Seen {
  readonly runId: string | null;
  readonly base: string | null;
  readonly head: string | null;
}

/** What is to be done after a decision: look at the changes again when they were not those on the screen. */
export type Aftermath = 'none' | 'look_again';

/** Approves work under review, after landing it when a strategy is given. */
export async function approve(card: TaskCard, land: LandingStrategy | null, seen: Seen): Promise<Aftermath> {
  const call = { params: { taskId: card.id }, body: { land, ...seen } };
  const reply = await client.call('task.approve', call);
  return settle(reply, { done: land ? `${card.id} is approved and landed` : `${card.id} is approved`, card });
}

/** Asks somebody for a review; an empty name leaves it to any person. What was said of the work before is forgotten. */
export async function askForReview(card: TaskCard, reviewer: string): Promise<void> {
  const reply = await client.call('task.requestReview', { params: { taskId: card.id }, body: { reviewer } });
  const who = reviewer === '' ? 'any person' : reviewer;
  settle(reply, { done: `${card.id} waits for a review by ${who}`, card });
}

/** Lands work that is done. */
export async function land(card: TaskCard, strategy: LandingStrategy, seen: Seen): Promise<Aftermath> {
  const reply = await client.call('task.land', { params: { taskId: card.id }, body: { strategy, ...seen } });
  return settle(reply, { done: `${card.id} has landed`, card });
}

/** Sends the draft to the agent; it is kept when that fails. */
export async function requestChanges(card: TaskCard, draft: ReviewDraft): Promise<Aftermath> {
  const { summary, remarks } = draft;
  const call = { params: { taskId: card.id }, body: { summary, comments: [...remarks] } };
  const reply = await client.call('task.requestChanges', call);
  if (reply.ok) clearDraft(card.id);
  return settle(reply, { done: `${card.id} goes back to its agent`, card });
}

/** Sends a conflict back to the agent that can resolve it. */
export async function askToResolve(card: TaskCard, { into, files, strategy }: Landing): Promise<void> {
  const which = files.map((file) => `\`${file}\``).join(', ');
  const inCopy = `${which} in ${into} changed while you worked on a copy. What is there now has been taken into your copy where it could be. Compare both, resolve what is left so that both changes keep their meaning, and hand it in again.`;
  const onBranch = `Your branch conflicts with ${into} in ${which}. Please bring your branch up to date: run \`git merge ${into}\`, resolve the conflicts so that both changes keep their meaning, run the tests, and hand it in again.`;
  await requestChanges(card, { summary: strategy === 'copy' ? inCopy : onBranch, remarks: [] });
}

/** Commits again what the last attempt left in its workspace. */
export async function keepAgain(card: TaskCard): Promise<void> {
  const reply = await client.call('task.keep', { params: { taskId: card.id }, body: {} });
  settle(reply, { done: `All the work of ${card.id} is kept`, card });
}

function settle(
  reply: Result<{ task: TaskCard }>,
  { done, card }: { readonly done: string; readonly card: TaskCard },
): Aftermath {
  if (reply.ok) {
    takeReply(reply.value.task);
    toast(done);
    announce(done);
    return 'none';
  }
  refuseFor(card, reply.refusal);
  return reply.refusal.code === 'review_outdated' ? 'look_again' : 'none';
}

function refuseFor(card: TaskCard, refusal: Refusal): void {
  const what = refusal.code === 'landing_conflict' ? `${card.id} conflicts` : `${card.id} stays as it is`;
  toastRefusal(what, refusal);
}
