export interface FitFolder {
  readonly isFit: true;
  readonly path: string;
  readonly kind: 'git' | 'folder';
  /** Where agents work in the repository, relative to its top; null for the top itself. */
  readonly subfolder: string | null;
  /** The branch that work starts from; null when none is checked out, or outside git. */
  readonly branch: string | null;
  /** What a person should know about it, one sentence or two each. */
  readonly notes: readonly string[];
}

export type FolderVerdict = FitFolder | { readonly isFit: false; readonly reason: string };
