import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { FileData } from 'react-diff-view';
import 'react-diff-view/style/index.css';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { ReviewableDiff } from '../review/reviewable-diff.tsx';
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

interface ChangedFileProps {
  readonly file: FileData;
  readonly isOpenAtFirst: boolean;
  readonly taskId: string;
  readonly canRemark: boolean;
}

export function ChangedFile({ file, isOpenAtFirst, taskId, canRemark }: ChangedFileProps) {
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
        <ReviewableDiff
          file={file}
          path={path}
          taskId={taskId}
          canRemark={canRemark}
          className={styles.code}
        />
      )}
    </section>
  );
}
