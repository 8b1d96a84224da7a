import type { ChangesInput, LineComment } from '@quarterdeck/contract/landing';

/** What a reviewer wants changed as one Markdown comment, for people and for the agent. */
export function writeRemarks({ summary, comments }: ChangesInput): string {
  return ['**Changes requested**', summary.trim(), ...comments.map(writeLineComment)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function writeLineComment({ path, line, side, quote, body }: LineComment): string {
  const place = `\`${path}:${line}\`${side === 'old' ? ' (as it was before the change)' : ''}`;
  // A line of code may hold backticks of its own; indented code needs no fence.
  const quoted = quote?.trim() ? `\n\n    ${quote.trimEnd()}\n` : '';
  return `${place}${quoted}\n${body.trim()}`;
}
