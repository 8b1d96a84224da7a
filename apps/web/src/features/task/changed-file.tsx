import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Diff, type FileData, Hunk } from 'react-diff-view';
import 'react-diff-view/style/index.css';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import styles from './changes-tab.module.css';

const MANY_LINES = 1500;

/** The path a change is known by: the new one, or the old one of a deleted file. */
export function changedPath(file: FileData): string {
  return file.type === 'delete' ? file.oldPath : file.newPath;
}

export function countFile(file: FileData): { readonly added: number; readonly removed: number } {
  const changes = file.hunks.flatMap((hunk) => hunk.changes);
  return {
    added: changes.filter(({ type }) => type === 'insert').length,
    removed: changes.filter(({ type }) => type === 'delete').length,
  };
}

const WORDS: Readonly<Record<FileData['type'], string | null>> = {
  add: 'new',
  delete: 'deleted',
  rename: 'renamed',
  copy: 'copied',
  modify: null,
};

export function ChangedFile({
  file,
  isOpenAtFirst,
}: {
  readonly file: FileData;
  readonly isOpenAtFirst: boolean;
}) {
  const { added, removed } = countFile(file);
  const [isOpen, setOpen] = useState(isOpenAtFirst && added + removed < MANY_LINES);
  const path = changedPath(file);
  const word = WORDS[file.type];
  return (
    <section className={styles.file} id={`file-${path}`} aria-label={path}>
      <button
        type="button"
        className={styles.fileHead}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight aria-hidden="true" />
        <span className={styles.path}>
          {file.type === 'rename' ? `${file.oldPath} → ${file.newPath}` : path}
        </span>
        {word && <em>{word}</em>}
        <ChangeCounts added={added} removed={removed} />
      </button>
      {isOpen && file.isBinary && <p className={styles.cut}>A binary file; its content is not shown.</p>}
      {isOpen && !file.isBinary && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <div className={styles.code} tabIndex={0} data-kind={file.type}>
          <Diff viewType="unified" diffType={file.type} hunks={file.hunks}>
            {(hunks) => hunks.map((hunk) => <Hunk key={hunk.content} hunk={hunk} />)}
          </Diff>
        </div>
      )}
    </section>
  );
}
