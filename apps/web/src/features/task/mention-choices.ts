import type { Agent } from '@quarterdeck/contract/fleet';

/** What is being written after an `@`: where it begins and the letters so far. */
export interface MentionDraft {
  readonly at: number;
  readonly letters: string;
}

const MOST_CHOICES = 6;

/** The mention the caret is in; null when it is in none. */
export function mentionAt(text: string, caret: number): MentionDraft | null {
  const [, letters] = /(?<![\w@./+-])@([a-z0-9-]*)$/i.exec(text.slice(0, caret)) ?? [];
  return letters === undefined ? null : { at: caret - letters.length - 1, letters: letters.toLowerCase() };
}

/** Agents whose name or profile begins with the letters. */
export function mentionChoices(agents: readonly Agent[], { letters }: MentionDraft): readonly Agent[] {
  const fits = ({ profile, name }: Agent) =>
    profile.startsWith(letters) || name.toLowerCase().startsWith(letters);
  return agents.filter(fits).slice(0, MOST_CHOICES);
}

/** The text with the mention completed, and where the caret is then. */
export function completeMention(
  text: string,
  { at, letters }: MentionDraft,
  profile: string,
): { readonly text: string; readonly caret: number } {
  const written = `@${profile} `;
  const rest = text.slice(at + 1 + letters.length).replace(/^ /, '');
  return { text: `${text.slice(0, at)}${written}${rest}`, caret: at + written.length };
}
