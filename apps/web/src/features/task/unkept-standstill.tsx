import type { TaskCard } from '@quarterdeck/contract/task';
import { CircleAlert } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Callout, CalloutActions } from '../../ui/callout.tsx';
import { moveTask } from '../board/move-task.ts';
import { KeepButton } from '../review/keep-button.tsx';
import styles from './standstill.module.css';

/** The agent says that it is done, but not all of it is in a commit: three ways on. */
export function UnkeptStandstill({ card }: { readonly card: TaskCard }) {
  return (
    <Callout tone="blocked" icon={<CircleAlert aria-hidden="true" />}>
      <strong>Blocked: its work is done but not kept</strong>
      <p className={styles.reason}>{card.blockReason ?? 'No reason was given.'}</p>
      <CalloutActions>
        <KeepButton card={card} />
        <Button size="small" onClick={() => moveTask(card.id, 'done')}>
          Mark done without it
        </Button>
        <Button size="small" onClick={() => moveTask(card.id, 'ready')}>
          Start a new attempt
        </Button>
      </CalloutActions>
    </Callout>
  );
}
