// Terminal colours and cursor moves, which a page cannot show.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007)/g;

/** A log as plain text: without terminal codes, and a line that was written over shows its last version. */
export function plainLog(text: string): string {
  return text
    .replaceAll(ESCAPES, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/^.*\r(?=.)/gm, '');
}

/** Options of commands, such as `--apply`, which a browser would break after a hyphen. */
const FLAG = /(?<![^\s"'`(=[])(--?[a-z][\w-]{0,40})/i;
/** Of a log with more of them than this a page would be slow. */
const MOST_FLAGS = 2000;

/** A text cut so that every second part is an option that stays in one line. */
export function wholeFlags(text: string): readonly string[] {
  const parts = text.split(new RegExp(FLAG, 'gi'));
  return parts.length > 2 * MOST_FLAGS ? [text] : parts;
}
