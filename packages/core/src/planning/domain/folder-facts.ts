/** What the machine with the projects knows about a path that somebody wants to add, before anything is decided. */
export interface FolderFacts {
  /** In its canonical form, without links. */
  readonly path: string;
  /** Why its entries cannot be read; null when they can. */
  readonly unreadable: string | null;
  /** The folders that no project may be, or hold: where the person lives and where Quarterdeck keeps its own things. */
  readonly personHome: string;
  readonly ownHome: string;
  readonly git: GitFacts;
}

export type GitFacts =
  /** git says that no repository is here or above. */
  | { readonly state: 'none' }
  | { readonly state: 'not_installed' }
  | { readonly state: 'too_old'; readonly version: string; readonly least: string }
  /** It belongs to another user, and git will not touch it. */
  | { readonly state: 'foreign'; readonly repository: string }
  /** There is something that should be a repository, and git cannot use it. */
  | { readonly state: 'broken'; readonly at: string; readonly reason: string }
  /** The path lies in the folder that git keeps for itself. */
  | { readonly state: 'inside_git'; readonly repository: string }
  | ({ readonly state: 'repository' } & RepositoryFacts);

export interface RepositoryFacts {
  /** The top of the work tree; null for a bare repository. */
  readonly top: string | null;
  /** The branch that is checked out, whether it has a commit or not; null when none is. */
  readonly checkedOut: string | null;
  /** Local branches with a commit, at most a few. */
  readonly branches: readonly string[];
  /** What work would start from: the wanted branch, else what is checked out. */
  readonly base: BaseFacts;
  /** The repository that has this one as a submodule; null when none has. */
  readonly superproject: string | null;
  /** The repository whose linked worktree this is; null when it is none. */
  readonly linkedTo: string | null;
  readonly isShallow: boolean;
  /** How many files of the base are not on this machine, in a partial clone. */
  readonly missingFiles: number;
  /** What the base has at the path, for a path below the top. */
  readonly atPath: 'folder' | 'nothing' | 'submodule' | 'other';
  readonly isIgnored: boolean;
}

export interface BaseFacts {
  /** Null when no branch was asked for and none is checked out. */
  readonly branch: string | null;
  readonly found: 'local' | 'remote' | 'detached' | 'none';
}
