import { styleText } from 'node:util';
import type { Terminal, Writer } from '../command/terminal.ts';

/** The house's colours in the 256-colour palette; they are readable on dark and on light terminals. */
const TONES = {
  violet: 141,
  grey: 245,
  slate: 67,
  blue: 75,
  amber: 215,
  teal: 43,
  red: 203,
  green: 78,
  faint: 241,
} as const;

export type Tone = keyof typeof TONES | 'bold';
export type Paint = (tone: Tone, text: string) => string;

/** Colours text, or leaves it as it is where colours are not wanted. */
export function createPaint(isColoured: boolean): Paint {
  if (!isColoured) return (_, text) => text;
  return (tone, text) =>
    tone === 'bold'
      ? styleText('bold', text, { validateStream: false })
      : `\u001b[38;5;${TONES[tone]}m${text}\u001b[39m`;
}

/** Colours go to a terminal that can show them, unless NO_COLOR is set (https://no-color.org); FORCE_COLOR wins. */
export function wantsColour(writer: Writer, env: Terminal['env']): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return writer.isTTY === true && env['TERM'] !== 'dumb';
}
