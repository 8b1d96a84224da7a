import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join, sep } from 'node:path';

// They run what they find in the folder they start in, or what a file named to them says. git starts drivers in the workspace.
const RUNNERS =
  /^([a-z]*sh|powershell|busybox|toybox|env|xargs|parallel|nice|ionice|nohup|timeout|time|sudo|doas|setsid|stdbuf|flock|script|watch|chroot|unshare|ssh|find|exec|eval|source|command|builtin|\.|python[\d.]*w?|ipython[\d.]*|pypy[\d.]*|uvx?|pipx?[\d.]*|pipenv|poetry|pdm|hatch|rye|conda|mamba|micromamba|node|nodejs|deno|bunx?|npx|npm|pnpm|pnpx|yarn|yarnpkg|corepack|volta|tsx|ts-node|ruby[\d.]*|irb|bundler?|gem|rake|perl[\d.]*|php[\d.]*|composer|luajit|lua[\d.]*|java|groovy|kotlin|scala|clojure|clj|dotnet|mono|go|cargo|rustup|Rscript|R|julia|[gmn]?awk|tclsh[\d.]*|wish[\d.]*|expect|osascript|cmd|wine|nix|nix-.*|docker|podman|g?make|cmake|ninja|just|task|mise|asdf|rtx|direnv|devbox|vim?|view|ex|nvim|emacs|ed|gdb|jupyter.*|prettier|eslint|stylelint|biome|rubocop|mvn|gradle|sbt|bazel|pre-commit|tox|nox)(\.(exe|cmd|bat|js))?$/i;

/** One program under many names, of which the one it was called by counts. */
const MANY_IN_ONE = /^(busybox|toybox)$/;
const PLAIN_WORD = /^[\w@%+:,./=^-]+$/;
const GIT_COMMANDS = new Set(['lfs', 'crypt', 'merge-file', 'stripspace']);

/**
 * Whether a command of the person's settings may be started in a workspace: one program of this machine, which the files there
 * cannot stand in for, be it by its path, by what it is told to run, or by the name of a file that git puts into the command.
 */
export async function isPlainProgram(command: string, projectPath: string): Promise<boolean> {
  const [program, ...args] = split(command) ?? [];
  if (program === undefined || program.includes('=') || RUNNERS.test(basename(program))) return false;
  if (args.some((word) => isFromFolder(program, word))) return false;
  if (basename(program) === 'git' && !GIT_COMMANDS.has(args[0] ?? '')) return false;
  const path = await findProgram(program);
  if (path === null) return false;
  const [found, project] = await Promise.all([path, projectPath].map((each) => realpath(each)));
  if (found === undefined || project === undefined) return false;
  const name = basename(found);
  if (RUNNERS.test(name) && !MANY_IN_ONE.test(name)) return false;
  return [path, found].every(
    (each) => !isWithin(each, project) && !isWithin(each, projectPath) && !/[\\/]workspaces[\\/]/.test(each),
  );
}

/** The words of a command that a shell would take as they stand; null when there is more to it. */
function split(command: string): readonly string[] | null {
  const words: string[] = [];
  for (const [word] of command.trim().matchAll(/'[^']*'(?=\s|$)|"[^"]*"(?=\s|$)|\S+/g)) {
    const inner = /^(['"])(.*)\1$/s.exec(word);
    if (inner === null && !PLAIN_WORD.test(word)) return null;
    // git quotes the names it puts in for itself: quoted once more, they are commands.
    if (inner !== null && /[%\n]/.test(inner[2] ?? '')) return null;
    if (inner?.[1] === '"' && /[$`\\!]/.test(inner[2] ?? '')) return null;
    words.push(inner?.[2] ?? word);
  }
  return words;
}

/** Whether an argument names a file of the workspace that the program could take orders from. */
function isFromFolder(program: string, word: string): boolean {
  if (basename(program) === 'sed') return /^(-[a-zA-Z]*f|--fi)/.test(word);
  const value = word.replace(/^--?[\w-]+=/, '');
  return value.includes('/') && !isAbsolute(value);
}

/** Where a program is; null when the folder a command starts in has a say in it. */
async function findProgram(program: string): Promise<string | null> {
  if (isAbsolute(program)) return (await isRunnable(program)) ? program : null;
  if (program.includes('/') || program.includes('\\')) return null;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) return null;
    const path = join(folder, program);
    if (await isRunnable(path)) return path;
  }
  return null;
}

async function isRunnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  );
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
