import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import styles from './budget-edit.module.css';

interface BudgetEditProps {
  /** What it is the budget of, for people who cannot see where it stands. */
  readonly name: string;
  /** As it stands, in the words a person would write; empty for none. */
  readonly text: string;
  readonly hint: string;
  /** Saves what was written, empty for none; what is wrong with it, or null. */
  readonly onSave: (text: string) => Promise<string | null>;
  readonly children: ReactNode;
}

/** A budget in words, and a field in its place when somebody changes it. */
export function BudgetEdit({ name, text, hint, onSave, children }: BudgetEditProps) {
  const [draft, setDraft] = useState<string | null>(null);
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
          onClick={() => setDraft(text)}
        >
          {text === '' ? 'Set budget' : 'Change budget'}
        </Button>
      </div>
    );
  }
  const save = async () => {
    const wrong = draft.trim() === text ? null : await onSave(draft.trim());
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
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
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
