import { Check, ChevronRight, FileText, Folder as FolderIcon } from 'lucide-react';
import { useState } from 'react';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { classes } from '../../ui/classes.ts';
import type { Folder, TreeNode } from './build-file-tree.ts';
import styles from './file-tree.module.css';

interface FileTreeProps {
  readonly nodes: readonly TreeNode[];
  readonly current: string | null;
  readonly isViewed: (path: string) => boolean;
  readonly onPick: (path: string) => void;
}

/** Changed files in their folders, with what changed and what was looked at. */
export function FileTree(props: FileTreeProps) {
  return (
    <ul className={styles.tree}>
      {props.nodes.map((node) => (
        <li key={node.path}>
          {node.kind === 'folder' ? (
            <FolderRow {...props} folder={node} />
          ) : (
            <FileRow {...props} file={node} />
          )}
        </li>
      ))}
    </ul>
  );
}

function FolderRow({ folder, ...props }: FileTreeProps & { readonly folder: Folder }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button
        type="button"
        className={classes(styles.row, styles.folder)}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight aria-hidden="true" className={styles.chevron} />
        <FolderIcon aria-hidden="true" />
        <span className={styles.name} title={folder.path}>
          {folder.name}
        </span>
        <span className={styles.files}>{folder.files}</span>
        {!isOpen && <ChangeCounts added={folder.added} removed={folder.removed} />}
      </button>
      {isOpen && <FileTree {...props} nodes={folder.nodes} />}
    </>
  );
}

type FileNode = Extract<TreeNode, { kind: 'file' }>;

function FileRow({ file, current, isViewed, onPick }: FileTreeProps & { readonly file: FileNode }) {
  const viewed = isViewed(file.path);
  return (
    <button
      type="button"
      className={classes(styles.row, viewed && styles.viewed)}
      aria-current={file.path === current}
      onClick={() => onPick(file.path)}
    >
      {viewed ? (
        <Check role="img" aria-hidden={false} aria-label="viewed" className={styles.check} />
      ) : (
        <FileText aria-hidden="true" />
      )}
      <span className={styles.name} title={file.path}>
        {file.name}
      </span>
      <ChangeCounts added={file.added} removed={file.removed} />
    </button>
  );
}
