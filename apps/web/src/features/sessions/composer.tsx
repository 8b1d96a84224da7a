import type { TaskCard } from '@quarterdeck/contract/task';
import { CirclePause, SendHorizontal, Square } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { Button } from '../../ui/button.tsx';
import { MOD_KEY } from '../../ui/mod-key.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { moveTask } from '../board/move-task.ts';
import styles from './composer.module.css';
import { interruptRun } from './interrupt-run.ts';

interface ComposerProps {
  readonly card: TaskCard;
  readonly sessionId: string;
  readonly isLive: boolean;
  readonly isWorking: boolean;
}

/** Where one talks to a live agent, ends its turn or stops its run. */
export function Composer({ card, sessionId, isLive, isWorking }: ComposerProps) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  if (!isLive) return <Ended card={card} />;
  const send = async () => {
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    const reply = await client.call('session.prompt', { params: { sessionId }, body: { text: text.trim() } });
    setBusy(false);
    if (!reply.ok) toastRefusal('The message was not sent', reply.refusal);
    else setText('');
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={1}
        aria-label="Message to the agent"
        placeholder={isWorking ? 'Message the agent; it reads it after this step' : 'Message the agent'}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          void send();
        }}
      />
      <div className={styles.row}>
        {isWorking && card.run && (
          <Button size="small" look="quiet" onClick={() => void interruptRun(card.run?.id ?? null)}>
            <CirclePause aria-hidden="true" />
            End this turn
          </Button>
        )}
        <Button size="small" look="quiet" onClick={() => moveTask(card.id, 'todo')}>
          <Square aria-hidden="true" />
          Stop the run
        </Button>
        <span className={styles.space} />
        <Button
          size="small"
          look="primary"
          type="submit"
          shortcut={`${MOD_KEY}↵`}
          disabled={text.trim() === '' || isBusy}
        >
          <SendHorizontal aria-hidden="true" />
          Send
        </Button>
      </div>
    </form>
  );
}

function Ended({ card }: { readonly card: TaskCard }) {
  const text =
    card.run?.status === 'finishing' || card.run?.status === 'stopping'
      ? 'The run is ending; what it did is being kept.'
      : ['ready', 'done', 'archived'].includes(card.status)
        ? 'This run has ended.'
        : 'This run has ended. Move the task to Ready for another attempt.';
  return <p className={styles.ended}>{text}</p>;
}
