import { GitCompare } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Callout, CalloutActions } from '../../ui/callout.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import styles from './changed-meanwhile.module.css';
import type { TextEdit } from './use-text-edit.ts';

interface ChangedMeanwhileProps {
  readonly edit: TextEdit;
  /** What is edited, such as "the description". */
  readonly what: string;
}

/** Says that somebody else changed what is being edited, shows what it is now, and lets the person choose. */
export function ChangedMeanwhile({ edit, what }: ChangedMeanwhileProps) {
  if (edit.conflict === null) return null;
  const { said, theirs } = edit.conflict;
  return (
    <Callout tone="running" icon={<GitCompare aria-hidden="true" />} role="alert">
      <strong>
        {said === null ? `Somebody changed ${what} while you were writing` : firstSentence(said)}
      </strong>
      <p>Nothing of yours is saved yet, and nothing of theirs is lost. It is now:</p>
      <pre className={styles.theirs}>{theirs === '' ? '(empty)' : theirs}</pre>
      <CalloutActions>
        {/* The field would lose its focus before the click, and with it the choice. */}
        <Button
          size="small"
          look="primary"
          onPointerDown={(event) => event.preventDefault()}
          onClick={edit.keepMine}
        >
          Save mine over it
        </Button>
        <Button size="small" onPointerDown={(event) => event.preventDefault()} onClick={edit.leave}>
          Keep theirs
        </Button>
      </CalloutActions>
    </Callout>
  );
}

function firstSentence(said: string): string {
  return sentence(said).split('. ')[0] ?? said;
}
