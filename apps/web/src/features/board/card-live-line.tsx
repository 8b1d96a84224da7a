import type { RunGlance } from '@quarterdeck/contract/run';
import { silenceOf } from '@quarterdeck/contract/silence';
import { tokensText } from '../../ui/amount-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { runWord } from '../sessions/run-word.ts';
import styles from './card.module.css';

const LOOK_EVERY_MS = 10_000;

/** What the agent does right now, or since when nothing is heard of it. */
export function CardLiveLine({ run, needsYou }: { readonly run: RunGlance; readonly needsYou: boolean }) {
  const now = useNow(LOOK_EVERY_MS);
  const silence = needsYou ? null : silenceOf({ ...run, pendingApprovals: 0 }, now);
  return (
    <div className={styles.live} data-silent={silence?.level}>
      <i className={styles.dot} />
      <span className={styles.activity} title={silence?.text}>
        {silence?.text ?? activityText(run, needsYou)}
      </span>
      {needsYou ? (
        <span className={styles.needs}>needs you</span>
      ) : (
        run.tokens !== null && run.costMicros !== null && <span>{tokensText(run.tokens)}</span>
      )}
    </div>
  );
}

/** Beside “needs you” there is room only for what is asked. */
function activityText({ activity, status, purpose, profile }: RunGlance, needsYou: boolean): string {
  const doing = activity ?? runWord(status);
  const text = purpose === 'review' ? `${profile} reviews: ${doing}` : doing;
  return needsYou ? text.replace(/^Asks for permission: /, '') : text;
}
