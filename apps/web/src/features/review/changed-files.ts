import type { FileData } from 'react-diff-view';
import { buildFileTree, filesInOrder, type TreeNode } from './build-file-tree.ts';
import { markOf } from './viewed-files.ts';

/** A changed file with what is worked out from its diff once. */
export interface ChangedFileFacts {
  readonly file: FileData;
  /** The path a change is known by: the new one, or the old one of a deleted file. */
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  /** Changes when its diff changes. */
  readonly mark: string;
}

export interface ChangedFiles {
  readonly tree: readonly TreeNode[];
  /** In the order of the tree. */
  readonly files: readonly ChangedFileFacts[];
}

/** The files of a diff, and the tree they are in. */
export function readChangedFiles(diff: readonly FileData[]): ChangedFiles {
  const byPath = new Map(diff.map(factsOf).map((facts) => [facts.path, facts]));
  const tree = buildFileTree([...byPath.values()]);
  return { tree, files: filesInOrder(tree).flatMap((path) => byPath.get(path) ?? []) };
}

function factsOf(file: FileData): ChangedFileFacts {
  const changes = file.hunks.flatMap((hunk) => hunk.changes);
  return {
    file,
    path: file.type === 'delete' ? file.oldPath : file.newPath,
    added: changes.filter(({ type }) => type === 'insert').length,
    removed: changes.filter(({ type }) => type === 'delete').length,
    mark: markOf(changes.map(({ type, content }) => `${type[0]}${content}`).join('\n')),
  };
}
