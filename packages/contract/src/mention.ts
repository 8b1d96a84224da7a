import { z } from 'zod';
import { TaskId } from './ids.ts';
import { proseOf } from './prose.ts';

/**
 * How a mentioned agent got a comment: `prompted` (put to its live session), `resumed` (the task it handed in is its again),
 * `in_brief` (it will read it when it starts on the task), `follow_up` (a task of its own, `taskId`).
 */
export const WAKE_WAYS = ['prompted', 'resumed', 'in_brief', 'follow_up'] as const;

/** An agent that a comment mentions, and how it got it. */
export const Woken = z.object({
  profile: z.string(),
  how: z.enum(WAKE_WAYS),
  taskId: TaskId.nullable().default(null),
});
export type Woken = z.infer<typeof Woken>;

/** An `@name` at a boundary: not inside a word, an e-mail address or a path. */
const MENTION = /(?<![\w@./+-])@([a-z][a-z0-9-]{0,63})(?![\w@]|[./-]\w)/g;

export interface TextPiece {
  readonly text: string;
  /** The profile this piece mentions; null for plain text. */
  readonly profile: string | null;
}

/** Text without code in pieces: the mentions of known profiles and what is between them. */
export function splitMentions(text: string, isKnown: (profile: string) => boolean): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(MENTION)) {
    const profile = match[1] ?? '';
    if (!isKnown(profile)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), profile: null });
    pieces.push({ text: match[0], profile });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), profile: null });
  return pieces;
}

/** The known profiles a Markdown comment mentions outside its code, each once, in their order. */
export function mentionsIn(markdown: string, isKnown: (profile: string) => boolean): string[] {
  return [...new Set(splitMentions(proseOf(markdown), isKnown).flatMap((piece) => piece.profile ?? []))];
}
