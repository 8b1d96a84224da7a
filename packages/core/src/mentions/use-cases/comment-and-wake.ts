import { mentionsIn, type Woken } from '@quarterdeck/contract/mention';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Comment } from '@quarterdeck/contract/task';
import { commentOnTaskIn } from '../../board/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import type { MentionDeps, MentionTransaction } from '../ports.ts';
import { wakeMentioned } from './wake-mentioned.ts';

interface CommentAndWake {
  readonly taskId: string;
  readonly author: string;
  /** Who really wrote it, for the log; the author unless said. */
  readonly actor?: string;
  readonly body: string;
  /** The run that comments; null for a person. */
  readonly run: RunRecord | null;
}

interface Commented {
  readonly comment: Comment;
  readonly woken: readonly Woken[];
}

/** Adds a comment and wakes the agents it mentions with it, all or nothing. */
export async function commentAndWake(
  deps: MentionDeps,
  input: Omit<CommentAndWake, 'run'>,
): Promise<Result<Commented>> {
  return deps.db.write((ports) =>
    commentAndWakeIn({ ...ports, ids: deps.ids }, { ...input, run: null, now: deps.clock.now() }),
  );
}

/** The same inside a transaction the caller owns. */
export async function commentAndWakeIn(
  ports: MentionTransaction,
  input: CommentAndWake & { readonly now: number },
): Promise<Result<Commented>> {
  const said = await commentOnTaskIn(ports, input);
  if (!said.ok) return said;
  const comment = said.value;
  const known = comment.body.includes('@') ? await knownProfiles(ports) : new Set<string>();
  const woken: Woken[] = [];
  for (const profile of mentionsIn(comment.body, (name) => known.has(name))) {
    const actor = input.actor ?? input.author;
    const wake = await wakeMentioned(ports, {
      profile,
      known,
      comment,
      run: input.run,
      actor,
      now: input.now,
    });
    if (!wake.ok) return wake;
    if (wake.value) woken.push(wake.value);
  }
  return ok({ comment, woken });
}

/** The profiles that any runner has. */
async function knownProfiles({ runners }: MentionTransaction): Promise<ReadonlySet<string>> {
  return new Set((await runners.list()).flatMap((runner) => runner.agents.map((agent) => agent.profile)));
}
