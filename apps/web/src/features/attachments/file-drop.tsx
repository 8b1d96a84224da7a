import type { ReactNode } from 'react';
import styles from './attachments.module.css';
import { attachFiles } from './uploads.ts';
import { useFileDrop } from './use-file-drop.ts';

interface FileDropProps {
  readonly taskId: string;
  /** Shows where the files go. */
  readonly onAttach: () => void;
  readonly children: ReactNode;
}

/** Whatever is dropped onto the task, or pasted while it is open, is attached to it. */
export function FileDrop({ taskId, onAttach, children }: FileDropProps) {
  const { isOver, handlers } = useFileDrop((files) => {
    onAttach();
    void attachFiles(taskId, files);
  });
  return (
    <div className={styles.drop} data-over={isOver} {...handlers}>
      {children}
      {isOver && <div className={styles.hint}>Drop to attach</div>}
    </div>
  );
}
