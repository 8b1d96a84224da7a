/** Folders in which agents and git keep what decides how they behave. */
const CONTROL_FOLDERS = [
  '.agents',
  '.claude',
  '.codex',
  '.copilot',
  '.cursor',
  '.gemini',
  '.opencode',
  '.qwen',
];
/** The same as single files, wherever in the workspace. */
const CONTROL_FILES = ['.mcp.json', 'opencode.json', 'opencode.jsonc'];
/** Moved or deleted as a whole they take such files along. */
const CONTROL_PARENTS = ['.github', '.vscode'];
const CONTROL_PATHS = ['.vscode/mcp.json', '.github/mcp.json', '.github/hooks', '.husky'];

/** Whether a path below the workspace lies in git's own folder, by any spelling that some file system takes for it. */
export function isGitPlace(inside: string): boolean {
  return plainSegments(inside).some((segment) => segment === '.git' || /^git~\d+$/.test(segment));
}

/** Whether a path below the workspace holds settings of agents: what may be asked, what runs by itself. */
export function isControlPlace(inside: string): boolean {
  const segments = plainSegments(inside);
  const path = `/${segments.join('/')}/`;
  return (
    segments.some((segment) => CONTROL_FOLDERS.includes(segment) || CONTROL_FILES.includes(segment)) ||
    CONTROL_PARENTS.includes(segments.at(-1) ?? '') ||
    CONTROL_PATHS.some((control) => path.includes(`/${control}/`))
  );
}

/** Some file systems do not tell capitals apart, leave out what is not seen, or dots and blanks at the end. */
function plainSegments(path: string): readonly string[] {
  return path.split(/[\\/]/).map((segment) =>
    segment
      .normalize('NFKC')
      .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
      .toLowerCase()
      .replace(/(::?\$?.*|[. ]+)$/, ''),
  );
}
