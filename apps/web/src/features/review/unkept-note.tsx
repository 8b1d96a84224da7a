import type { Run } from '@quarterdeck/contract/run';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { TaskCard } from '@quarterdeck/contract/task';
import { TriangleAlert } from 'lucide-react';
import { Callout, CalloutActions } from '../../ui/callout.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { leftOutLines } from './beside-the-work.ts';
import { KeepButton } from './keep-button.tsx';
import styles from './note-list.module.css';

interface UnkeptNoteProps {
  readonly card: TaskCard;
  readonly run: Run;
  readonly diff: Pick<WorkspaceDiff, 'leftOut'>;
}

/** What is in no commit, beside the changes that are: nobody reviews or lands it with them. */
export function UnkeptNote({ card, run, diff }: UnkeptNoteProps) {
  const unkept = run.status === 'ended' ? run.unkept : null;
  const lines = leftOutLines(unkept ?? { failure: null, leftOut: diff.leftOut });
  if (lines.length === 0) return null;
  return (
    <Callout tone="blocked" icon={<TriangleAlert aria-hidden="true" />} role="note">
      <strong>
        {run.headCommit === null ? 'These changes are in no commit' : 'Not among what would land'}
      </strong>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={line}>
            <InlineCode text={line} />
          </li>
        ))}
      </ul>
      {unkept?.remedy && <code className={styles.command}>{unkept.remedy}</code>}
      {unkept && (
        <CalloutActions>
          <KeepButton card={card} />
        </CalloutActions>
      )}
    </Callout>
  );
}
