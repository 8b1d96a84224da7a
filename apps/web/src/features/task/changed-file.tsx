import { ChevronRight } from 'lucide-react';
import type { FileData } from 'react-diff-view';
import 'react-diff-view/style/index.css';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import type { ChangedFileFacts } from '../review/changed-files.ts';
import { ReviewableDiff } from '../review/reviewable-diff.tsx';
import styles from './changed-file.module.css';

const WORDS: Readonly<Record<FileData['type'], string | null>> = {
  add: 'new',
  delete: 'deleted',
  rename: 'renamed',
  copy: 'copied',
  modify: null,
};

interface ChangedFileProps {
  readonly facts: ChangedFileFacts;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly isViewed: boolean;
  readonly onViewed: (isViewed: boolean) => void;
  readonly taskId: string;
  readonly canRemark: boolean;
}

/** One changed file: its name, whether it was looked at, and its diff. */
export function ChangedFile(props: ChangedFileProps) {
  const { facts, isOpen, taskId, canRemark } = props;
  const { file, path } = facts;
  return (
    <section className={styles.file} id={`file-${path}`} aria-label={path}>
      <FileHead {...props} />
      {isOpen && file.isBinary && <p className={styles.note}>A binary file; its content is not shown.</p>}
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

function FileHead({ facts, isOpen, onOpen, isViewed, onViewed }: ChangedFileProps) {
  const { file, path, added, removed } = facts;
  const word = WORDS[file.type];
  return (
    <div className={styles.head}>
      <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
        <ChevronRight aria-hidden="true" />
        <span className={styles.path}>
          {file.type === 'rename' ? `${file.oldPath} → ${file.newPath}` : path}
        </span>
        {word && <em>{word}</em>}
        <ChangeCounts added={added} removed={removed} />
      </button>
      <label className={styles.viewed}>
        <input
          type="checkbox"
          checked={isViewed}
          aria-label={`Viewed ${path}`}
          onChange={(event) => onViewed(event.target.checked)}
        />
        Viewed
      </label>
    </div>
  );
}
