import styles from './key-cap.module.css';

export function KeyCap({ children }: { readonly children: string }) {
  return <kbd className={styles.key}>{children}</kbd>;
}
