import type { Agent } from '@quarterdeck/contract/fleet';
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { useAgents } from '../agents/use-agents.ts';
import { completeMention, type MentionDraft, mentionAt, mentionChoices } from './mention-choices.ts';

export interface Mention {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly listId: string;
  /** The option that Enter takes, by its id; undefined without options. */
  readonly activeId: string | undefined;
  readonly choices: readonly Agent[];
  readonly active: number;
  /** Looks where the caret is now. */
  readonly follow: () => void;
  readonly close: () => void;
  readonly pick: (profile: string) => void;
  /** Whether the list took the key. */
  readonly takeKey: (event: KeyboardEvent) => boolean;
}

/** Completes `@` with the agents, by key and by finger. */
export function useMention(text: string, setText: (text: string) => void): Mention {
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const agents = useAgents();
  const [draft, setDraft] = useState<MentionDraft | null>(null);
  const [active, setActive] = useState(0);
  const choices = draft ? mentionChoices(agents, draft) : [];
  const follow = () => {
    const { value = '', selectionStart = 0, selectionEnd = 0 } = box.current ?? {};
    setDraft(selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null);
    setActive(0);
  };
  const pick = (profile: string) => {
    if (!draft) return;
    const done = completeMention(text, draft, profile);
    setText(done.text);
    setDraft(null);
    // The caret can go there only when the text is there.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(done.caret, done.caret);
    });
  };
  const takeKey = (event: KeyboardEvent): boolean => {
    const chosen = choices[active];
    if (!chosen || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return false;
    if (event.key === 'ArrowDown') setActive((active + 1) % choices.length);
    else if (event.key === 'ArrowUp') setActive((active + choices.length - 1) % choices.length);
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen.profile);
    else if (event.key === 'Escape') setDraft(null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const activeId = choices.length > 0 ? `${listId}-${active}` : undefined;
  return { box, listId, activeId, choices, active, follow, close: () => setDraft(null), pick, takeKey };
}
