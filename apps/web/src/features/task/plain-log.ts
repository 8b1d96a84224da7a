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
