import { ChevronDown, Files } from 'lucide-react';
import { useState } from 'react';
import { countText } from '../../ui/amount-text.ts';
import type { ChangedFiles } from './changed-files.ts';
import { FileTree } from './file-tree.tsx';
import styles from './files-panel.module.css';

interface FilesPanelProps extends ChangedFiles {
  readonly current: string | null;
  readonly isViewed: (path: string) => boolean;
  readonly onPick: (path: string) => void;
}

/** The tree of changed files: beside the diffs where there is room, else a bar above them that opens it. */
export function FilesPanel({ tree, files, current, isViewed, onPick }: FilesPanelProps) {
  const [isOpen, setOpen] = useState(false);
  const viewed = files.filter(({ path }) => isViewed(path)).length;
  const pick = (path: string) => {
    setOpen(false);
    onPick(path);
  };
  return (
    <nav
      className={styles.panel}
      data-open={isOpen}
      aria-label="Changed files"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
      }}
    >
      <button type="button" className={styles.bar} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Files aria-hidden="true" />
        <span className={styles.current}>{current ?? countText(files.length, 'file')}</span>
        <span className={styles.progress}>
          {viewed} of {files.length} viewed
        </span>
        <ChevronDown aria-hidden="true" />
      </button>
      <div className={styles.tree}>
        <div className={styles.head}>
          <strong>Files</strong>
          <span className={styles.progress}>
            {viewed} of {files.length} viewed
          </span>
        </div>
        <FileTree nodes={tree} current={current} isViewed={isViewed} onPick={pick} />
      </div>
    </nav>
  );
}
