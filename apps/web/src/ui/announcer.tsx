import { create } from 'zustand';
import styles from './announcer.module.css';

const useSpoken = create<{ readonly text: string; readonly turn: number }>(() => ({ text: '', turn: 0 }));

/** Says something to a screen reader at once. */
export function announce(text: string): void {
  useSpoken.setState(({ turn }) => ({ text, turn: turn + 1 }));
}

/** The place screen readers listen to; there is one per page. */
export function Announcer() {
  const { text, turn } = useSpoken();
  return (
    <div className={styles.hidden} role="status" aria-live="assertive" aria-atomic="true">
      <span key={turn}>{text}</span>
    </div>
  );
}
