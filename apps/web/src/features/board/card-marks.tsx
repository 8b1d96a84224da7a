import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { TaskCard } from '@quarterdeck/contract/task';
import { CardMarker } from '../diagnostics/card-marker.tsx';
import { CardLabels } from '../labels/card-labels.tsx';
import styles from './card.module.css';

interface CardMarksProps {
  readonly card: TaskCard;
  /** What is wrong with it, worst first. */
  readonly wrong: readonly Diagnostic[];
}

/** What sets a card apart: what is wrong with it, and its labels. */
export function CardMarks({ card, wrong }: CardMarksProps) {
  if (wrong.length === 0 && card.labels.length === 0) return null;
  return (
    <div className={styles.marks}>
      <CardMarker wrong={wrong} />
      <CardLabels labels={card.labels} />
    </div>
  );
}
