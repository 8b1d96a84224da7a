import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import styles from './budget-edit.module.css';

interface BudgetEditProps<Owner> {
  /** What it is the budget of, for people who cannot see where it stands. */
  readonly name: string;
  /** Whose budget it is. What is saved replaces the budget it had when the editing began. */
  readonly owner: Owner;
  /** As it stands, in the words a person would write; empty for none. */
  readonly text: string;
  readonly hint: string;
  /** Saves what was written, empty for none, over what this person saw; what is wrong with it, or null. */
  readonly onSave: (text: string, saw: Owner) => Promise<string | null>;
  readonly children: ReactNode;
}

/** A budget in words, and a field in its place when somebody changes it. */
export function BudgetEdit<Owner>({ name, owner, text, hint, onSave, children }: BudgetEditProps<Owner>) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly saw: Owner } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const close = () => {
    setDraft(null);
    setError(null);
  };
  if (draft === null) {
    return (
      <div className={styles.line}>
        {children}
        <Button
          size="small"
          look="quiet"
          aria-label={`${text === '' ? 'Set budget' : 'Change budget'} of ${name}`}
          onClick={() => setDraft({ text, saw: owner })}
        >
          {text === '' ? 'Set budget' : 'Change budget'}
        </Button>
      </div>
    );
  }
  const save = async () => {
    const written = draft.text.trim();
    const wrong = written === text ? null : await onSave(written, draft.saw);
    if (wrong === null) close();
    else setError(sentence(wrong));
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit
        autoFocus
        aria-label={`Budget of ${name} in dollars`}
        aria-invalid={error !== null}
        inputMode="decimal"
        placeholder="none"
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      />
      <Button size="small" look="primary" type="submit">
        Save
      </Button>
      <Button size="small" look="quiet" onClick={close}>
        Cancel
      </Button>
      <p className={styles.note} data-wrong={error !== null} role={error === null ? undefined : 'alert'}>
        {error ?? hint}
      </p>
    </form>
  );
}
