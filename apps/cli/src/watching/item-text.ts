import type { TranscriptItem } from '@quarterdeck/contract/session';
import { countOf, durationText } from '../output/amount-text.ts';
import type { Paint, Tone } from '../output/paint.ts';
import { oneLine, plainText } from '../output/plain-text.ts';

type Item<K extends TranscriptItem['kind']> = Extract<TranscriptItem, { kind: K }>;

/** A tool call that has ended, on one line. */
export function toolLine(paint: Paint, item: Item<'tool'>): string {
  const isGood = item.status === 'completed';
  const took =
    item.endedAt === null ? '' : paint('faint', `  ${durationText(item.endedAt - item.startedAt)}`);
  const indent = item.parentItemId === null ? '' : '  ';
  return `${indent}${isGood ? paint('green', '✓') : paint('red', '✕ failed')} ${toolWords(item)}${changeCounts(paint, item)}${took}`;
}

/** What a tool call does, in plain words. */
export function toolWords(item: Item<'tool'>): string {
  return oneLine(item.title) || item.toolKind;
}

function changeCounts(paint: Paint, { changes }: Item<'tool'>): string {
  if (changes.length === 0) return '';
  let added = 0;
  let removed = 0;
  for (const { oldText, newText } of changes) {
    const before = oldText?.split('\n') ?? [];
    const after = newText === '' ? [] : newText.split('\n');
    added += linesOnlyIn(after, before);
    removed += linesOnlyIn(before, after);
  }
  return `  ${paint('green', `+${added}`)} ${paint('red', `-${removed}`)}`;
}

/** A fair count for one line of text; the real diff is one command away. */
function linesOnlyIn(lines: readonly string[], others: readonly string[]): number {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line)).length;
}

const OUTCOME_MARKS = {
  pending: ['?', 'amber'],
  allowed: ['✓', 'green'],
  denied: ['✕', 'red'],
  answered: ['✓', 'green'],
  withdrawn: ['·', 'grey'],
} as const satisfies Record<Item<'permission'>['outcome'], readonly [string, Tone]>;

/** A permission request: the commands that answer it while it waits, who decided when it is settled. */
export function permissionLines(paint: Paint, item: Item<'permission'>): readonly string[] {
  const [glyph, tone] = OUTCOME_MARKS[item.outcome];
  const title = oneLine(item.title);
  if (item.outcome !== 'pending') {
    const by = item.decidedBy ? ` by ${oneLine(item.decidedBy)}` : '';
    const choice = item.choice ? ` with "${oneLine(item.choice)}"` : '';
    return [`${paint(tone, `${glyph} ${item.outcome}${choice}${by}`)}  ${title}`];
  }
  const asked = `${paint(tone, `${glyph} needs you`)}  ${paint('bold', title)}`;
  if (item.proposalId === null) return [asked];
  return [
    asked,
    `    quarterdeck approval allow ${item.proposalId}     ${paint('faint', '(--for task, --for project)')}`,
    `    quarterdeck approval deny ${item.proposalId} --reason "…"`,
  ];
}

/** How far the agent's plan is and what it is at. */
export function planLine(paint: Paint, { entries }: Item<'plan'>): string {
  const done = entries.filter((entry) => entry.status === 'completed').length;
  const current = entries.find((entry) => entry.status === 'in_progress');
  return `${paint('violet', `☑ plan ${done}/${entries.length}`)}${current ? `  ${oneLine(current.content)}` : ''}`;
}

const NOTICE_TONES = { note: 'grey', warning: 'amber', error: 'red' } as const;

/** Something the run wants known. */
export function noticeLine(paint: Paint, item: Item<'notice'>): string {
  return paint(NOTICE_TONES[item.level], `${item.level === 'note' ? '·' : '!'} ${oneLine(item.text)}`);
}

/** What was said to the agent. The first prompt of a run repeats the whole task; its beginning is enough to know it by. */
export function promptLine(paint: Paint, item: Item<'prompt'>): string {
  const [first = '', ...rest] = plainText(item.text).trim().split('\n');
  const more = rest.length > 0 ? paint('faint', `  (${countOf(rest.length, 'more line')})`) : '';
  return `${paint('amber', `› ${oneLine(item.author)}`)}  ${first}${more}`;
}
