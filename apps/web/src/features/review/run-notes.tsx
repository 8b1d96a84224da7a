import type { Run } from '@quarterdeck/contract/run';
import { TriangleAlert } from 'lucide-react';
import { Callout } from '../../ui/callout.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { notesBeside } from './beside-the-work.ts';
import styles from './note-list.module.css';

/** What the last attempt left in the repository beside its work. */
export function RunNotes({ runs }: { readonly runs: readonly Run[] }) {
  const notes = notesBeside(runs);
  if (notes.length === 0) return null;
  return (
    <Callout tone="running" icon={<TriangleAlert aria-hidden="true" />} role="note">
      <strong>The last attempt left more than its work</strong>
      <ul className={styles.list}>
        {notes.map((note) => (
          <li key={note}>
            <InlineCode text={note} />
          </li>
        ))}
      </ul>
    </Callout>
  );
}
