import { classes } from '../../ui/classes.ts';
import styles from './board-skeleton.module.css';

const COLUMNS = [3, 2, 4, 2, 3];

/** The shape of the board while it loads. */
export function BoardSkeleton() {
  return (
    <div className={styles.board} role="status" aria-label="Loading the board">
      {COLUMNS.map((cards, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed picture
        <div key={column} className={styles.column}>
          <div className={classes(styles.bone, styles.head)} />
          {Array.from({ length: cards }, (_, card) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed picture
            <div key={card} className={classes(styles.bone, styles.card)} />
          ))}
        </div>
      ))}
    </div>
  );
}
