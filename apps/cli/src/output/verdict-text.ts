import type { ReviewVerdict } from '@quarterdeck/contract/review';
import type { Context } from '../command/context.ts';
import { relativeText } from './amount-text.ts';
import { oneLine, plainText } from './plain-text.ts';
import type { Cell } from './table.ts';

/** What was said of the work, in a cell. */
export function verdictNote({ decision, by }: ReviewVerdict): Cell {
  return decision === 'approved'
    ? { text: `✓ approved by ${by}`, tone: 'green' }
    : { text: `${by} asked for changes`, tone: 'amber' };
}

/** What was said of the work, by whom and when. */
export function verdictText({ paint, terminal }: Context, verdict: ReviewVerdict): string {
  const { text, tone = 'faint' } = verdictNote(verdict);
  const when = paint('faint', relativeText(verdict.at, terminal.now()));
  const summary = verdict.summary.trim() === '' ? '' : `\n${plainText(verdict.summary)}`;
  return `${paint(tone, oneLine(text))} ${when}${summary}`;
}
