/**
 * What the program of an agent says for itself while its model says nothing, though it is sent as a message: what it falls back to, or
 * that it tries again. No report begins so.
 */
const BEGINS =
  /^\s*\W{0,3}(?:(?:info|warning|notice)\s*:\s*\S|(?:reconnecting|retrying)\b|model metadata (?:for|not found)|auto mode\b|(?:request failed|response was interrupted)[^\n]*\bretrying\b)/i;
const ENDS =
  /\n+|(?:\.{3}|…)\s*(?=(?:info|warning|notice|error|api error|reconnecting|retrying|unexpected status)\b)/i;
const LONGEST = 2000;

export interface Parted {
  readonly notices: readonly string[];
  /** What the agent said after them. */
  readonly rest: string;
}

/** Takes the notices off the start of a text. */
export function partNotices(text: string): Parted {
  const notices: string[] = [];
  let rest = text;
  while (notices.length < 20 && BEGINS.test(rest)) {
    const end = rest.slice(1).match(ENDS);
    const from = end?.index === undefined ? rest.length : end.index + 1 + end[0].length;
    notices.push(rest.slice(0, from).trim());
    rest = rest.slice(from);
  }
  return { notices, rest };
}

/** Whether a piece of a message came whole, as programs send it; models send theirs word by word. */
export function isWhole(piece: string): boolean {
  return piece.length >= 15 && piece.length <= LONGEST && /(?:[.…!?)\]\n]|\d\/\d+)\s*$/.test(piece);
}
