// In the settings of a person `~` and $HOME mean the person's home; an agent has another. So they are written out.

// What git gives to a shell, beside aliases: the last part of the key tells.
const COMMAND =
  /(command|cmd|program|editor|pager|helper|textconv|driver|process|clean|smudge|askpass|gitproxy|external|difffilter|hook)$/;

/** The value of a git setting with the person's home written out where git, or the shell git starts, would put another. */
export function withPersonsPaths(key: string, value: string, personHome: string): string {
  if (isCommand(key, value)) return inShellWords(value, personHome);
  return value === '~' || value.startsWith('~/') ? personHome + value.slice(1) : value;
}

function isCommand(key: string, value: string): boolean {
  if (key.startsWith('alias.')) return value.startsWith('!');
  // A helper by name, with arguments, goes through the shell too.
  return key.startsWith('pager.') || COMMAND.test(key);
}

// What a shell reads as one: an escaped sign, a quoted text, the variable, or a tilde that begins a word.
const SHELL_PARTS =
  /\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\$HOME\b|\$\{HOME\}|(?<![^\s=:!;&|(])~(?=[/\s;]|$)/g;
const HOME_VARIABLE = /\$HOME\b|\$\{HOME\}/g;

/** A shell puts the home in for `~` at the start of a word outside quotes, and for $HOME outside single quotes. */
function inShellWords(text: string, home: string): string {
  const bare = home.replace(/[^\w@%+:,./-]/g, '\\$&');
  const inQuotes = home.replace(/["$`\\]/g, '\\$&');
  return text.replace(SHELL_PARTS, (part) => {
    if (part.startsWith('\\') || part.startsWith("'")) return part;
    return part.startsWith('"') ? part.replace(HOME_VARIABLE, () => inQuotes) : bare;
  });
}

/** The condition of an `includeIf` with the person's home, and the folder of the file it stands in, written out. */
export function withPersonsCondition(
  condition: string,
  { personHome, folder }: { readonly personHome: string; readonly folder: string },
): string {
  const [, kind, pattern] = /^(gitdir(?:\/i)?:)(.*)$/s.exec(condition) ?? [];
  if (kind === undefined || pattern === undefined) return condition;
  if (pattern.startsWith('~/')) return `${kind}${personHome}${pattern.slice(1)}`;
  return pattern.startsWith('./') ? `${kind}${folder}${pattern.slice(1)}` : condition;
}
