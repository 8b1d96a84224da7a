import type { TaskCard } from '@quarterdeck/contract/task';
import { useState } from 'react';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { sendEdit } from './edit-task.ts';

type TextField = 'title' | 'body' | 'blockReason';

interface Draft {
  readonly text: string;
  /** The task as it was when the editing began: what a save replaces. */
  readonly saw: TaskCard;
  readonly isSaving: boolean;
  /** What the server said of the last save, when somebody else had been first. */
  readonly refused: string | null;
}

/** A text of a task while a person edits it in its place. */
export interface TextEdit {
  readonly text: string;
  readonly isSaving: boolean;
  /** Somebody else changed it meanwhile: who did, as far as it is known, and what it is now. */
  readonly conflict: { readonly said: string | null; readonly theirs: string } | null;
  readonly write: (text: string) => void;
  /** Saves it and ends the editing; goes on with it when somebody else was first, or the server refuses. */
  readonly save: () => void;
  /** Saves it over what somebody else wrote, which this person has been shown. */
  readonly keepMine: () => void;
  /** Ends the editing; what is there stays. */
  readonly leave: () => void;
}

/** Edits a text of a task without ever writing over what somebody else wrote meanwhile unseen; null while nobody edits it. */
export function useTextEdit(
  card: TaskCard,
  field: TextField,
): { readonly edit: TextEdit | null; readonly begin: () => void } {
  const [draft, setDraft] = useState<Draft | null>(null);
  const now = card[field] ?? '';
  const begin = () => setDraft({ text: now, saw: card, isSaving: false, refused: null });
  if (draft === null) return { edit: null, begin };
  const save = async (saw: TaskCard): Promise<void> => {
    const text = field === 'body' ? draft.text : draft.text.trim();
    if (text === (saw[field] ?? '') || (field === 'title' && text === '')) {
      setDraft(null);
      return;
    }
    setDraft({ ...draft, saw, isSaving: true, refused: null });
    const reply = await sendEdit(saw, { [field]: text });
    if (reply.ok) {
      setDraft(null);
      return;
    }
    const isConflict = reply.refusal.code === 'changed_meanwhile';
    if (!isConflict) toastRefusal(`${saw.id} was not changed`, reply.refusal);
    setDraft({ ...draft, saw, isSaving: false, refused: isConflict ? reply.refusal.message : null });
  };
  const isStale = !draft.isSaving && now !== (draft.saw[field] ?? '');
  return {
    begin,
    edit: {
      text: draft.text,
      isSaving: draft.isSaving,
      conflict: isStale || draft.refused !== null ? { said: draft.refused, theirs: now } : null,
      write: (text) => setDraft({ ...draft, text }),
      save: () => void save(draft.saw),
      keepMine: () => void save(card),
      leave: () => setDraft(null),
    },
  };
}
