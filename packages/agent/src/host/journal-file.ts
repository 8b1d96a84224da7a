import { createReadStream } from 'node:fs';
import { JournalLine } from '@quarterdeck/contract/journal';

/** Name of a run's journal in its run folder. */
export const JOURNAL_FILE = 'journal.jsonl';

/** A journal line from its text, or null when it is not one. */
export function parseLine(text: string): JournalLine | null {
  try {
    const parsed = JournalLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The lines of a file that end in a newline, without it; none when there is no file. */
export async function* completeLines(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
