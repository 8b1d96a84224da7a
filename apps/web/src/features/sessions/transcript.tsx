import type { StoredItem } from '@quarterdeck/contract/session';
import type { Silence } from '@quarterdeck/contract/silence';
import { ArrowDown } from 'lucide-react';
import { useMemo } from 'react';
import styles from './transcript.module.css';
import { TranscriptRow } from './transcript-row.tsx';
import { useStickToBottom } from './use-stick-to-bottom.ts';

interface TranscriptProps {
  readonly items: readonly StoredItem[];
  readonly isWorking: boolean;
  /** What to say when nothing has been heard of it for a while. */
  readonly silence: Silence | null;
  /** It waits for an answer of a person. */
  readonly isWaiting: boolean;
  readonly profile: string;
}

/** A conversation from its start; it follows the newest line unless one has scrolled up. */
export function Transcript({ items, isWorking, silence, isWaiting, profile }: TranscriptProps) {
  const { scroller, isAtEnd, toEnd } = useStickToBottom(items);
  const shown = useMemo(() => items.filter(isShown), [items]);
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Conversation">
        <div className={styles.items} role="log" aria-live="off">
          {shown.map(({ item }) => (
            <TranscriptRow key={item.itemId} item={item} />
          ))}
          {isWorking && (
            <div className={styles.working} data-silent={silence?.level}>
              <i />
              {silence
                ? `${profile}: ${silence.text}`
                : `${profile} ${isWaiting ? 'waits for your answer' : 'is working'}`}
            </div>
          )}
        </div>
      </section>
      {!isAtEnd && (
        <button type="button" className={styles.toEnd} onClick={toEnd}>
          <ArrowDown aria-hidden="true" />
          Newest
        </button>
      )}
    </div>
  );
}

/** The plan stands above the composer; the start of a turn says nothing the conversation does not. */
function isShown({ item }: StoredItem): boolean {
  if (item.kind === 'plan') return false;
  return item.kind !== 'turn' || (item.phase === 'ended' && !['end_turn', null].includes(item.stopReason));
}
