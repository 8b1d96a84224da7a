import { DEMO_SCRIPTS } from './demo-story.ts';
import type { DemoScript } from './script.ts';
import { lookOver } from './scripts/look-over.ts';
import { noteRemarks } from './scripts/note-remarks.ts';
import { takeNote } from './scripts/take-note.ts';

/** The script for the task a first prompt is about. The brief has the title as its first heading; other text has it as its first line. */
export function chooseScript(prompt: string): DemoScript {
  const lines = prompt.split('\n').map((line) => line.trim());
  const heading = lines
    .find((line) => line.startsWith('# '))
    ?.slice(2)
    .trim();
  const title = heading || lines.find((line) => line !== '') || 'A task without a title';
  if (prompt.startsWith('You are reviewing')) return lookOver(title.slice(0, 200));
  const remarks = noteRemarks(title.slice(0, 200), prompt);
  if (remarks) return remarks;
  return DEMO_SCRIPTS.find((script) => script.title === title) ?? takeNote(title.slice(0, 200));
}
