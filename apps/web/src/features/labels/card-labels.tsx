import { LabelChip } from '../../ui/label-chip.tsx';
import styles from './card-labels.module.css';

const MOST_SHOWN = 2;

/** The first labels of a card, and how many more there are. */
export function CardLabels({ labels }: { readonly labels: readonly string[] }) {
  const rest = labels.slice(MOST_SHOWN);
  return (
    <>
      {labels.slice(0, MOST_SHOWN).map((name) => (
        <LabelChip key={name} name={name} />
      ))}
      {rest.length > 0 && (
        <span className={styles.more} title={rest.join(', ')}>
          +{rest.length}
          <span className={styles.spoken}> more labels: {rest.join(', ')}</span>
        </span>
      )}
    </>
  );
}
