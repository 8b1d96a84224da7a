import type { FileChange } from '@quarterdeck/contract/session';
import { useMemo } from 'react';
import styles from './file-diff.module.css';
import { type DiffLine, diffLines } from './line-diff.ts';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '-', skip: ' ' };

/** What a change does to one file. */
export function FileDiff({
  change,
  showsPath = true,
}: {
  readonly change: FileChange;
  readonly showsPath?: boolean;
}) {
  const lines = useMemo(() => diffLines(change.oldText, change.newText), [change]);
  return (
    <figure className={styles.file}>
      {showsPath && (
        <figcaption className={styles.path}>
          {change.path}
          {change.oldText === null && <span>new file</span>}
        </figcaption>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <pre className={styles.lines} tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one change never move
          <span key={index} className={styles[line.kind]}>
            {SIGNS[line.kind]} {line.text}
            {'\n'}
          </span>
        ))}
      </pre>
    </figure>
  );
}
