// Which further commands a person means who allows one "from now on". A prefix is only safe where the first words say what is
// done, whatever follows: so programs and their subcommands are listed, and every other command stands for itself alone.

/** Words without anything that a shell reads as more than words. */
const PLAIN = /^[A-Za-z0-9_@+,./: \t=-]+$/;

const PACKAGE_SCRIPTS = ['run', 'run-script'];
const PREFIXED: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['test', 't', 'ci', 'install', 'i', 'ls', 'outdated', 'audit', ...PACKAGE_SCRIPTS]],
  ['pnpm', ['test', 't', 'install', 'i', 'list', 'outdated', 'audit', ...PACKAGE_SCRIPTS]],
  ['yarn', ['test', 'install', 'list', 'outdated', 'audit', 'run']],
  ['bun', ['test', 'install', 'run']],
  ['cargo', ['bench', 'build', 'check', 'clippy', 'doc', 'fmt', 'test', 'tree']],
  ['go', ['build', 'fmt', 'list', 'mod', 'test', 'vet']],
  ['dotnet', ['build', 'format', 'restore', 'test']],
  ['mvn', ['compile', 'package', 'test', 'verify']],
  ['gradle', ['assemble', 'build', 'check', 'test']],
  ['swift', ['build', 'test']],
  ['composer', ['install', 'validate']],
  ['bundle', ['install', 'check']],
  ['pip', ['freeze', 'list', 'show']],
  ['git', ['add', 'blame', 'branch', 'commit', 'diff', 'log', 'push', 'show', 'status', 'switch', 'tag']],
]);

/** Programs whose second word is a name that the project gave to one of its own jobs. */
const WITH_TARGETS = ['make', 'just', 'rake'];
const NAME = /^[A-Za-z0-9][\w:.-]*$/;

/** Options with which git itself writes files, leaves the repository or runs another program; git takes any beginning of them. */
const GIT_BEYOND = /^--(exe|ext|no-i|o|rec|text|up)/;
/** Options with which a builder runs another program or works in another folder. */
const BUILD_BEYOND =
  /^(-C|-f|-I|-exec|-toolexec|-overlay|-modfile|--(config|cwd|dir|exec|file|init-script|makefile|manifest-path|prefix|project|script-shell|workdir).*)$/;

/**
 * The words that a command must share with an allowed one to be covered by it: program and subcommand, for scripts of a package the
 * script too. Null when only the very same command is meant: wrappers, interpreters, shell syntax, options or assignments in front.
 */
export function prefixOf(command: string): string | null {
  if (!PLAIN.test(command)) return null;
  const words = command.split(/[ \t]+/).filter((word) => word !== '');
  const [program = '', subcommand = '', script = ''] = words;
  const isTarget = WITH_TARGETS.includes(program) && NAME.test(subcommand);
  if (!isTarget && !PREFIXED.get(program)?.includes(subcommand)) return null;
  const isScript = !isTarget && PACKAGE_SCRIPTS.includes(subcommand);
  if (isScript && !NAME.test(script)) return null;
  const length = isScript ? 3 : 2;
  if (words.slice(length).some((word) => leadsBeyond(program, word))) return null;
  return words.slice(0, length).join(' ');
}

function leadsBeyond(program: string, word: string): boolean {
  if (word.includes('=') || /^[/:]/.test(word) || /(^|[/:])\.\.(\/|$)/.test(word) || /:\/\//.test(word))
    return true;
  // To git a colon can part a place from a path, or a helper from what it shall run.
  return program === 'git' ? word.includes(':') || GIT_BEYOND.test(word) : BUILD_BEYOND.test(word);
}
