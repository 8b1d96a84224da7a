import type { Event } from '@quarterdeck/contract/event';
import type { Comment } from '@quarterdeck/contract/task';
import { eventWords } from './event-words.ts';

export type Entry =
  | { readonly kind: 'comment'; readonly key: string; readonly at: number; readonly comment: Comment }
  | {
      readonly kind: 'event';
      readonly key: string;
      readonly at: number;
      readonly actor: string;
      readonly words: string;
    };

/** Events in words and comments, in the order they happened. */
export function activityOf(events: readonly Event[], comments: readonly Comment[]): readonly Entry[] {
  const told = events.flatMap((event): Entry[] => {
    const words = eventWords(event);
    return words
      ? [{ kind: 'event', key: `e${event.seq}`, at: event.at, actor: actorWord(event.actor), words }]
      : [];
  });
  const said = comments.map(
    (comment): Entry => ({ kind: 'comment', key: `c${comment.id}`, at: comment.createdAt, comment }),
  );
  // Events come newest first; turned round, equal times keep the order of the log.
  return [...told.toReversed(), ...said].sort((left, right) => left.at - right.at);
}

/** `run:r_…` and the like are what a person calls the agent, the runner, Quarterdeck. */
function actorWord(actor: string): string {
  if (actor.startsWith('run:')) return 'The agent';
  if (actor.startsWith('runner:')) return actor.slice('runner:'.length);
  return actor === 'system' || actor === 'dispatcher' || actor === 'quarterdeck' ? 'Quarterdeck' : actor;
}
