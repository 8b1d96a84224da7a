import type { TaskCard } from '@quarterdeck/contract/task';
import { type WaitingReason, waitingText } from '@quarterdeck/contract/waiting';
import { CircleAlert, Clock, Eye } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Callout, CalloutActions } from '../../ui/callout.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { moveTask } from '../board/move-task.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import styles from './standstill.module.css';
import { UnkeptStandstill } from './unkept-standstill.tsx';
import { type TextEdit, useTextEdit } from './use-text-edit.ts';

interface StandstillProps {
  readonly card: TaskCard;
  readonly waiting: readonly WaitingReason[];
  readonly onTab: (tab: string) => void;
}

/** Why a task does not go on, and what would change that. */
export function Standstill({ card, waiting, onTab }: StandstillProps) {
  if (card.status === 'blocked')
    return card.blockKind === 'unkept' ? <UnkeptStandstill card={card} /> : <Blocked card={card} />;
  if (card.status === 'review')
    return <InReview card={card} why={card.waiting ?? waiting[0] ?? null} onTab={onTab} />;
  const known = card.waiting;
  const reasons = known ? [known, ...waiting.filter(({ code }) => code !== known.code)] : waiting;
  if (reasons.length === 0 || card.run || card.status === 'done' || card.status === 'archived') return null;
  return (
    <Callout tone="plain" icon={<Clock aria-hidden="true" />}>
      <strong>Why it is not running</strong>
      {reasons.map((reason) => (
        <p key={reason.code}>
          {sentence(waitingText(reason, Date.now()))} {reason.remedy && <InlineCode text={reason.remedy} />}
        </p>
      ))}
    </Callout>
  );
}

interface InReviewProps extends Pick<StandstillProps, 'card' | 'onTab'> {
  /** Why its reviewer does not review it now. */
  readonly why: WaitingReason | null;
}

function InReview({ card, why, onTab }: InReviewProps) {
  const isWithAgent = why !== null && why.code !== 'review_by_person';
  return (
    <Callout tone="review" icon={<Eye aria-hidden="true" />}>
      <strong>{isWithAgent ? `Waits for a review by ${card.reviewer}` : 'Waits for your decision'}</strong>
      <p>
        {why && `${sentence(waitingText(why, Date.now()))} `}
        Look at the changes; lines take remarks. Then approve it, or send it back with what should change.
      </p>
      <CalloutActions>
        <Button size="small" look="primary" onClick={() => onTab('changes')}>
          Review the changes
        </Button>
        <Button size="small" onClick={() => moveTask(card.id, 'done')}>
          Mark done
        </Button>
      </CalloutActions>
    </Callout>
  );
}

function Blocked({ card }: { readonly card: TaskCard }) {
  const { edit, begin } = useTextEdit(card, 'blockReason');
  return (
    <Callout tone="blocked" icon={<CircleAlert aria-hidden="true" />}>
      <strong>Blocked</strong>
      {edit === null ? (
        <>
          <p className={styles.reason}>{card.blockReason ?? card.lastFailure ?? 'No reason was given.'}</p>
          <CalloutActions>
            <Button size="small" look="primary" onClick={() => moveTask(card.id, 'ready')}>
              Unblock
            </Button>
            <Button size="small" onClick={begin}>
              {card.blockReason ? 'Change the reason' : 'Say why'}
            </Button>
          </CalloutActions>
        </>
      ) : (
        <ReasonForm edit={edit} />
      )}
    </Callout>
  );
}

function ReasonForm({ edit }: { readonly edit: TextEdit }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        edit.save();
      }}
    >
      <textarea
        className={styles.edit}
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit
        autoFocus
        aria-label="Why it is blocked"
        value={edit.text}
        onChange={(event) => edit.write(event.target.value)}
      />
      <ChangedMeanwhile edit={edit} what="the reason" />
      <CalloutActions>
        <Button size="small" look="primary" type="submit" disabled={edit.isSaving || edit.conflict !== null}>
          Save
        </Button>
        <Button size="small" look="quiet" onClick={edit.leave}>
          Cancel
        </Button>
      </CalloutActions>
    </form>
  );
}
