import { LANDING_STRATEGIES } from '@quarterdeck/contract/landing';
import type { TaskCard } from '@quarterdeck/contract/task';
import { Check, ChevronDown, FolderInput, GitMerge, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { countText } from '../../ui/amount-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { STRATEGY_WORDS, useStrategy } from './landing-strategy.ts';
import { type Aftermath, approve, land, requestChanges, type Seen } from './review-actions.ts';
import styles from './review-bar.module.css';
import { changeDraft, isEmpty, useReviewDraft } from './review-draft.ts';

interface ReviewBarProps {
  readonly card: TaskCard;
  readonly seen: Seen;
  /** The decision was about other changes than there are. */
  readonly onOutdated: () => void;
}

/** The decision about finished work: approve, land, or send back with what should change. */
export function ReviewBar({ card, seen, onOutdated }: ReviewBarProps) {
  const draft = useReviewDraft(card.id);
  const [isBusy, setBusy] = useState(false);
  const during = (work: Promise<Aftermath>) => {
    setBusy(true);
    void work.then((after) => after === 'look_again' && onOutdated()).finally(() => setBusy(false));
  };
  const isReview = card.status === 'review';
  const count = draft.remarks.length;
  return (
    <section className={styles.bar} aria-label="Review">
      <textarea
        rows={1}
        aria-label="What should change"
        placeholder={count > 0 ? 'Anything beside the remarks?' : 'What should change?'}
        maxLength={64_000}
        value={draft.summary}
        onChange={(event) => changeDraft(card.id, (old) => ({ ...old, summary: event.target.value }))}
      />
      <div className={styles.row}>
        <Button disabled={isBusy || isEmpty(draft)} onClick={() => during(requestChanges(card, draft))}>
          <Undo2 aria-hidden="true" />
          {count > 0 ? `Request changes (${countText(count, 'remark')})` : 'Request changes'}
        </Button>
        <span className={styles.decide}>
          {isReview && (
            <Button disabled={isBusy} onClick={() => during(approve(card, null, seen))}>
              <Check aria-hidden="true" />
              Approve
            </Button>
          )}
          {card.branch !== null && card.workspaceKind === 'worktree' && (
            <LandButton card={card} seen={seen} isBusy={isBusy} during={during} />
          )}
          {card.workspaceKind === 'copy' && (
            <Button
              look="primary"
              disabled={isBusy}
              title="Bring the changed files back into the project’s folder"
              onClick={() => during(isReview ? approve(card, 'merge', seen) : land(card, 'merge', seen))}
            >
              <FolderInput aria-hidden="true" />
              {isReview ? 'Approve and copy back' : 'Copy back'}
            </Button>
          )}
        </span>
      </div>
    </section>
  );
}

interface LandButtonProps extends Omit<ReviewBarProps, 'onOutdated'> {
  readonly isBusy: boolean;
  readonly during: (work: Promise<Aftermath>) => void;
}

function LandButton({ card, seen, isBusy, during }: LandButtonProps) {
  const [strategy, choose] = useStrategy();
  const { verb } = STRATEGY_WORDS[strategy];
  const isReview = card.status === 'review';
  const items = LANDING_STRATEGIES.map((each) => ({
    key: each,
    label: STRATEGY_WORDS[each].meaning,
    isOn: each === strategy,
    onSelect: () => choose(each),
  }));
  return (
    <span className={styles.pair}>
      <Button
        look="primary"
        disabled={isBusy}
        title={STRATEGY_WORDS[strategy].meaning}
        onClick={() => during(isReview ? approve(card, strategy, seen) : land(card, strategy, seen))}
      >
        <GitMerge aria-hidden="true" />
        {isReview ? `Approve and ${verb}` : verb.charAt(0).toUpperCase() + verb.slice(1)}
      </Button>
      <Menu
        label="How to land it"
        align="end"
        items={items}
        trigger={
          <IconButton label="How to land it" disabled={isBusy}>
            <ChevronDown />
          </IconButton>
        }
      />
    </span>
  );
}
