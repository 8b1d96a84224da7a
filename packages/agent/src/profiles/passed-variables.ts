/**
 * Never passed on by name or pattern. Quarterdeck's own hold its secrets; the others make a program load or run what it was not asked
 * to, also the git and the shells that an agent starts. A profile's `env` can still set them, because there a person writes the value.
 */
const NEVER = [
  /^QUARTERDECK_/,
  /^(LD|DYLD)_/,
  /^NODE_(OPTIONS|PATH|REPL_EXTERNAL_MODULE)$/,
  /^(BASH_ENV|ENV|PROMPT_COMMAND|SHELLOPTS|BASHOPTS|IFS|CDPATH|GLIBC_TUNABLES|GCONV_PATH)$/,
  /^GIT_/,
  /^SSH_AUTH_SOCK$/,
  /^PYTHON(STARTUP|PATH|HOME)$/,
  /^(PERL5OPT|PERL5LIB|RUBYOPT|RUBYLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS)$/,
  /^(HOME|PWD|XDG_\w+)$/,
];

/** The demo agent's speed is ours and no secret. */
const OURS = new Set(['QUARTERDECK_DEMO_SPEED']);

/** Whether a variable may be passed to an agent at all. */
export function isPassable(name: string): boolean {
  return OURS.has(name) || !NEVER.some((never) => never.test(name));
}

/** The variables of an environment that a profile's list asks for: exact names, and `PREFIX_*` for all that begin so. */
export function passedVariables(
  wanted: readonly string[],
  outer: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const exact = new Set(wanted);
  // A bare star would hand over everything.
  const prefixes = wanted.filter((name) => /^\w{2,}\*$/.test(name)).map((name) => name.slice(0, -1));
  const isWanted = (name: string) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
  return Object.fromEntries(
    Object.entries(outer).flatMap(([name, value]) =>
      value !== undefined && isWanted(name) && isPassable(name) ? [[name, value]] : [],
    ),
  );
}
