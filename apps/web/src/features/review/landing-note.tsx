import type { TaskCard } from '@quarterdeck/contract/task';
import { GitMerge, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Callout, CalloutActions } from '../../ui/callout.tsx';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './landing-note.module.css';
import { askToResolve } from './review-actions.ts';

/** How the last landing went, and what to do when it did not work. */
export function LandingNote({ card }: { readonly card: TaskCard }) {
  const now = useNow(60_000);
  const [isBusy, setBusy] = useState(false);
  const { landing } = card;
  if (!landing) return null;
  const { status, into, commit, by, at, files, message } = landing;
  if (status === 'landed') {
    return (
      <Callout tone="done" icon={<GitMerge aria-hidden="true" />}>
        <p>
          Landed in <code>{into}</code> as <code>{commit?.slice(0, 10)}</code> by {by}, {momentText(at, now)}
        </p>
      </Callout>
    );
  }
  const canAsk = status === 'conflict' && (card.status === 'review' || card.status === 'done');
  return (
    <Callout tone="blocked" icon={<TriangleAlert aria-hidden="true" />} role="status">
      <strong>{status === 'conflict' ? `Conflicts with ${into}` : 'It was not landed'}</strong>
      <p>{message}</p>
      {files.length > 1 && (
        <ul className={styles.files}>
          {files.map((file) => (
            <li key={file}>
              <code>{file}</code>
            </li>
          ))}
        </ul>
      )}
      {canAsk && (
        <CalloutActions>
          <Button
            size="small"
            disabled={isBusy}
            onClick={() => {
              setBusy(true);
              void askToResolve(card, landing).finally(() => setBusy(false));
            }}
          >
            Ask the agent to resolve it
          </Button>
        </CalloutActions>
      )}
    </Callout>
  );
}
