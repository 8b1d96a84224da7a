import type { TaskCard } from '@quarterdeck/contract/task';
import type { Context } from '../command/context.ts';
import { oneLine } from './plain-text.ts';

/** How the landing of a task went, on a line of its own; empty when there was none. */
export function landingLine({ paint }: Context, { landing }: Pick<TaskCard, 'landing'>): string {
  if (landing === null) return '';
  const commit = landing.commit === null ? '' : ` (${landing.commit.slice(0, 10)})`;
  const tone = landing.status === 'landed' ? 'green' : 'red';
  return `\n${paint(tone, oneLine(landing.message))}${commit}`;
}
