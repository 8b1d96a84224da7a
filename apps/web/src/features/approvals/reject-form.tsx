import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './ruling-buttons.module.css';

interface RejectFormProps {
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onReject: (reason: string) => void;
}

/** Asks why, before it is rejected. */
export function RejectForm({ isBusy, onCancel, onReject }: RejectFormProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim());
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person just chose to reject
        autoFocus
        className={styles.reason}
        aria-label="Why it is rejected; the agent reads this"
        placeholder="What should it do instead? (optional)"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button look="quiet" onClick={onCancel}>
        Back
      </Button>
      <Button look="danger" type="submit" shortcut="↵" disabled={isBusy}>
        Reject
      </Button>
    </form>
  );
}
