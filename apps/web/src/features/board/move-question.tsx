import type { TaskCard } from '@quarterdeck/contract/task';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { canReview } from '../review/can-review.ts';
import { useBoardUi } from './board-ui.ts';
import styles from './move-question.module.css';
import { carryOut } from './move-task.ts';
import { useGoBoard } from './use-go-board.ts';

const close = () => useBoardUi.setState({ question: null });

/** Asks what a move needs to know before it is made. */
export function MoveQuestion() {
  const question = useBoardUi((state) => state.question);
  if (!question) return null;
  const card = question.saw;
  if (question.kind === 'stop') {
    return (
      <Modal
        title={`Stop the agent on ${card.id}?`}
        description={`Moving it to ${STATUS_WORD[question.to]} ends the run of ${card.run?.profile ?? 'its agent'}. What it has done so far is kept.`}
        onClose={close}
      >
        <div className={styles.row}>
          <Button look="quiet" onClick={close}>
            Keep it running
          </Button>
          <Button
            look="danger"
            onClick={() => {
              close();
              void carryOut(card, { status: question.to });
            }}
          >
            Stop and move to {STATUS_WORD[question.to]}
          </Button>
        </div>
      </Modal>
    );
  }
  if (question.kind === 'no-way-back') return <AskReopen card={card} />;
  return <AskTime card={card} />;
}

/** What can be done about work that was approved by mistake. */
function AskReopen({ card }: { readonly card: TaskCard }) {
  const go = useGoBoard();
  return (
    <Modal
      title={`Reopen ${card.id}?`}
      description="A finished task does not go back to Review. Request changes, and its agent goes on where it stopped; or put it in Todo, where it waits for you."
      onClose={close}
    >
      <div className={styles.row}>
        <Button look="quiet" onClick={close}>
          Keep it done
        </Button>
        <Button
          onClick={() => {
            close();
            void carryOut(card, { status: 'todo' });
          }}
        >
          Put in Todo
        </Button>
        {canReview(card) && (
          <Button
            look="primary"
            onClick={() => {
              close();
              go({ task: card.id, tab: 'changes' }, true);
            }}
          >
            Request changes
          </Button>
        )}
      </div>
    </Modal>
  );
}

function AskTime({ card }: { readonly card: TaskCard }) {
  const [value, setValue] = useState(() => localInput(Date.now() + 3_600_000));
  const at = new Date(value).getTime();
  const isPast = !(at > Date.now());
  return (
    <Modal
      title={`When may ${card.id} start?`}
      description="It becomes ready by itself at that time."
      onClose={close}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          close();
          void carryOut(card, { status: 'scheduled', scheduledAt: at });
        }}
      >
        <Field label="Start at" error={isPast ? 'Choose a time in the future.' : null}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              type="datetime-local"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <div className={styles.row}>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={isPast}>
            Schedule
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** A point in time as a `datetime-local` field wants it, in this browser's zone. */
function localInput(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
