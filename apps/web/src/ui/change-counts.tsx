import styles from './change-counts.module.css';

/** Lines added and removed; what is zero is left out. */
export function ChangeCounts({ added, removed }: { readonly added: number; readonly removed: number }) {
  return (
    <span className={styles.counts}>
      {added > 0 && <ins>+{added}</ins>}
      {removed > 0 && <del>−{removed}</del>}
    </span>
  );
}
