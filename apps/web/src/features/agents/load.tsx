import styles from './agents-page.module.css';

interface LoadProps {
  readonly used: number;
  readonly all: number;
  readonly text: string;
  readonly isFull?: boolean;
}

/** How much of something is used, as a bar and in words. */
export function Load({ used, all, text, isFull = false }: LoadProps) {
  return (
    <div className={styles.load}>
      <div className={styles.bar} data-full={isFull}>
        <u style={{ width: `${Math.min(100, (used / Math.max(1, all)) * 100)}%` }} />
      </div>
      <span>{text}</span>
    </div>
  );
}
