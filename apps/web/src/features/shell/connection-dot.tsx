import { type ConnectionView, connectionView } from '../../connection/connection-view.ts';
import { useLive } from '../../connection/live-store.ts';
import styles from './connection-dot.module.css';

const WORDS: Readonly<Record<ConnectionView, { readonly word: string; readonly meaning: string }>> = {
  live: { word: 'Live', meaning: 'What you see is what is happening.' },
  'catching-up': {
    word: 'Catching up',
    meaning: 'The connection is being made; what you see may be a moment old.',
  },
  polling: {
    word: 'Polling',
    meaning: 'The live connection does not come back. The board is asked for every 3 seconds.',
  },
  offline: { word: 'Offline', meaning: 'No connection to Quarterdeck. What you see may be out of date.' },
};

/** How current the page is. */
export function ConnectionDot() {
  const view = useLive(({ phase, connection }) =>
    phase === 'failed' ? 'offline' : connectionView(connection),
  );
  const { word, meaning } = WORDS[view];
  return (
    <div className={styles.connection} data-connection={view} title={meaning} role="status">
      <i className={styles.dot} />
      <span>{word}</span>
    </div>
  );
}
