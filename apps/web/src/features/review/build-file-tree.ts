/** What a tree shows of a changed file. */
export interface TreeFile {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

export interface Folder {
  readonly kind: 'folder';
  readonly path: string;
  /** Its name below the folder it is in; several names where nothing else is between them. */
  readonly name: string;
  readonly nodes: readonly TreeNode[];
  /** Of all files below it. */
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

export type TreeNode = Folder | (TreeFile & { readonly kind: 'file'; readonly name: string });

/** Changed files as folders and files, folders first. A folder that holds only another folder is one with it. */
export function buildFileTree(files: readonly TreeFile[], below = ''): readonly TreeNode[] {
  const groups = Map.groupBy(files, ({ path }) => {
    const rest = path.slice(below.length);
    const end = rest.indexOf('/');
    return end < 0 ? null : rest.slice(0, end);
  });
  const leaves = (groups.get(null) ?? []).map(
    (file): TreeNode => ({ ...file, kind: 'file', name: file.path.slice(below.length) }),
  );
  const folders = [...groups].flatMap(([name, inside]) =>
    name === null ? [] : [buildFolder(`${below}${name}/`, name, inside)],
  );
  return [...folders.sort(byName), ...leaves.sort(byName)];
}

function buildFolder(path: string, name: string, inside: readonly TreeFile[]): Folder {
  const nodes = buildFileTree(inside, path);
  const [only] = nodes;
  if (nodes.length === 1 && only?.kind === 'folder') return { ...only, name: `${name}/${only.name}` };
  const sum = (pick: 'added' | 'removed') => inside.reduce((total, file) => total + file[pick], 0);
  return {
    kind: 'folder',
    path,
    name,
    nodes,
    files: inside.length,
    added: sum('added'),
    removed: sum('removed'),
  };
}

/** The files of a tree from top to bottom, as they are drawn. */
export function filesInOrder(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap((node) => (node.kind === 'file' ? [node.path] : filesInOrder(node.nodes)));
}

function byName(left: TreeNode, right: TreeNode): number {
  return left.name.localeCompare(right.name);
}
