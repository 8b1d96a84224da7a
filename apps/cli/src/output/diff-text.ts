import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { countOf } from './amount-text.ts';
import type { Paint, Tone } from './paint.ts';
import { plainText } from './plain-text.ts';

const LINE_TONES: readonly (readonly [RegExp, Tone])[] = [
  [/^(diff |index |new file|deleted file|rename |similarity |old mode|new mode)/, 'faint'],
  [/^(\+\+\+|---) /, 'bold'],
  [/^@@/, 'teal'],
  [/^\+/, 'green'],
  [/^-/, 'red'],
];

/** A unified diff for eyes: coloured by line and safe for a terminal. */
export function diffText(paint: Paint, patch: string): string {
  return plainText(patch)
    .split('\n')
    .map((line) => {
      const tone = LINE_TONES.find(([pattern]) => pattern.test(line))?.[1];
      return tone ? paint(tone, line) : line;
    })
    .join('\n');
}

/** One line on how large a change is and whether the patch holds all of it. */
export function diffSummary(paint: Paint, { stat, branch, hasUncommitted, isCut }: WorkspaceDiff): string {
  const parts = [
    `${countOf(stat.files, 'file')} changed, ${paint('green', `+${stat.added}`)} ${paint('red', `-${stat.removed}`)}`,
    branch ? `on ${branch}` : null,
    hasUncommitted ? 'with uncommitted changes' : null,
    isCut ? paint('amber', 'cut at 4 MiB') : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
