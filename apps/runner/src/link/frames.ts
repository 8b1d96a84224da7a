import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { ToRunner } from '@quarterdeck/contract/runner-protocol';

export type Hello = Extract<FromRunner, { type: 'hello' }>;
export type Welcome = Extract<ToRunner, { type: 'welcome' }>;
/** What the server says after its welcome. */
export type ServerFrame = Exclude<ToRunner, Welcome>;

/** A frame from its text, or null when it is none this runner knows, as a server newer than the runner may send. */
export function decodeFrame(text: string): ToRunner | null {
  try {
    const parsed = ToRunner.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
