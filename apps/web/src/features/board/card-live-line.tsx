import type { RunGlance } from '@quarterdeck/contract/run';
import { tokensText } from '../../ui/amount-text.ts';
import { runWord } from '../sessions/run-word.ts';
import styles from './card.module.css';

/** What the agent does right now. */
export function CardLiveLine({ run, needsYou }: { readonly run: RunGlance; readonly needsYou: boolean }) {
  return (
    <div className={styles.live}>
      <i className={styles.dot} />
      <span className={styles.activity}>{activityText(run, needsYou)}</span>
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
